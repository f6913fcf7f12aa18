"""What an editor's form asks before something goes live: the tick, and what a review says."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core import secrecy


class ChecksGoingLive:
    """For forms with a field `no_state_secret` (a `secrecy.Tick`); `clean` calls the first verb.

    Drafts and what is sent for review need no tick.
    """

    data: Any
    instance: Any
    for_user: Any
    cleaned_data: dict[str, Any]
    add_error: Any

    def clean_going_live(self) -> None:
        """Refuse to publish or approve without what is needed, with all that was typed."""
        if self.data.get("action-publish") and self.may_publish():
            if not self.cleaned_data.get(secrecy.FIELD):
                self.add_error(secrecy.FIELD, secrecy.MISSING)
            self._clean_review("publish")
        elif self.data.get("action-workflow-action"):
            self._clean_review(self.data.get("workflow-action-name", ""))

    def may_publish(self) -> bool:
        raise NotImplementedError

    def _clean_review(self, action: str) -> None:
        """What a running review has against the action and what its dialogue collected."""
        task: Any = self.instance.current_workflow_task if self.instance.pk else None
        try:
            said = json.loads(self.data.get("workflow-action-extra-data") or "{}")
        except ValueError:
            said = None
        if not isinstance(said, dict):
            self.add_error(None, _("The answer of the dialogue did not arrive. Please try again."))
        elif hasattr(task, "refusals"):
            for field, reason in task.refusals(self.instance, self.for_user, action, said):
                self.add_error(field, reason)
