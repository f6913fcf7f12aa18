"""Reviewed records of outsiders in the back office: nothing old is written, publishing ticks.

What owners write in the workspace, officers and editors read, change and publish here.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from portal.core import secrecy
from portal.core.going_live import ChecksGoingLive
from portal.core.text import clean_line, clean_text
from portal.core.viewsets import KnowsWhereNext, require_whole_rows


class RecordOfficeForm(ChecksGoingLive, WagtailAdminModelForm):
    """What the office changes; whoever publishes ticks, and publishes nothing incomplete."""

    LINES: ClassVar[Sequence[str]] = ()
    TEXTS: ClassVar[Sequence[str]] = ()
    NEEDED: ClassVar[Sequence[str]] = ()
    NAMED_BY: ClassVar[str] = "name"
    """No draft is without it, though Wagtail lets drafts wait for what is required."""

    no_state_secret = secrecy.Tick(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for field in self.LINES:
            if cleaned.get(field):
                cleaned[field] = clean_line(cleaned[field])
        for field in self.TEXTS:
            if cleaned.get(field):
                cleaned[field] = clean_text(cleaned[field]).strip()
        unnamed = self.NAMED_BY in self.fields and not cleaned.get(self.NAMED_BY)
        if unnamed and self.NAMED_BY not in self.errors:
            self.add_error(self.NAMED_BY, self.fields[self.NAMED_BY].error_messages["required"])
        if self.data.get("action-publish"):
            self._check_complete(cleaned)
        self.clean_going_live()
        return cleaned

    def _check_complete(self, cleaned: dict[str, Any]) -> None:
        for field in self.NEEDED:
            if not cleaned.get(field) and field in self.fields and field not in self.errors:
                self.add_error(field, _("A public record needs this."))

    def may_publish(self) -> bool:
        options = self.instance._meta
        publish = f"{options.app_label}.publish_{options.model_name}"
        return bool(self.for_user and self.for_user.has_perm(publish))


class EditRecord(EditView):
    """Publishing carries the tick of whoever publishes; a form out of date is refused."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_whole_rows(request.POST)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def is_valid(self, form: Any) -> bool:
        # Wagtail refuses this only where a script saves by itself. Here an owner may have written.
        if self.is_out_of_date and self.action != "cancel-workflow":
            self.produced_error_code = "invalid_revision"
            self.produced_error_message = _(
                "Somebody has saved this since you opened it. Open it anew before you change it."
            )
            return False
        return bool(super().is_valid(form))

    def publish_action(self) -> HttpResponse | None:
        if not secrecy.is_ticked(self.request.POST):
            answer: HttpResponse | None = super().publish_action()  # the gate refuses
            return answer
        with secrecy.ticked_by(self.request.user):
            return super().publish_action()


class UnscheduleRecord(KnowsWhereNext, SnippetViewSet.revisions_unschedule_view_class):
    pass
