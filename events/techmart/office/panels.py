"""What stands above the form of a record in the back office: whose, how far, what to look at."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from events.techmart.fullness import fullness
from events.techmart.office.checks import QUESTIONS, checks
from portal.accounts.models import Organisation
from portal.pages.owned_records import where


class ReviewPanel(Panel):
    """Facts of the standing, what the software sees in the draft, what only a person can judge."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Review"), "icon": "clipboard-list", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "techmart/admin/review_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk and hasattr(self.instance, "standing"))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            draft = self.instance
            model = type(draft)
            stored = model._base_manager.select_related(
                "standing__organisation", "standing__declared_by", "latest_revision"
            ).get(pk=draft.pk)
            space = f"wagtailsnippets_techmart_{model._meta.model_name}"
            changed = stored.live and stored.has_unpublished_changes and stored.live_revision_id
            return {
                **super().get_context_data(parent_context),
                "standing": stored.standing,
                "where": where(stored),
                "fullness": fullness(model, draft.serializable_data()),
                "checks": checks(stored, draft),
                "questions": QUESTIONS[model],
                "organisation_url": _organisation_url(stored.standing.organisation),
                "compare_url": reverse(
                    f"{space}:revisions_compare", args=[draft.pk, "live", "latest"]
                )
                if changed
                else "",
                "history_url": reverse(f"{space}:history", args=[draft.pk]),
            }


def _organisation_url(organisation: Organisation | None) -> str:
    return reverse("organisation:inspect", args=[organisation.pk]) if organisation else ""
