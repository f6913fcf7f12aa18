"""What the market gives to home, search, workspace and the back office."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from events.techmart import connection_hooks, import_hooks, searching, trust_hooks, work_hooks
from events.techmart.models import MarketPage, Supplier
from events.techmart.viewsets import MarketGroup
from portal.accounts.models import User
from portal.core import auditing
from portal.core.extension_points import OrganisationLink, SearchDocument

# What verification, freshness, reports and saved searches answer; what writing and reviewing do;
# what the desk and the sides of connections answer; what imports answer.
__all__ = ["connection_hooks", "import_hooks", "trust_hooks", "work_hooks"]

register_snippet(MarketGroup)


@hooks.register("portal_search_documents")
def market_documents(
    language: str, things: Collection[str] | None = None
) -> Iterable[SearchDocument]:
    return searching.documents(language, things)


@hooks.register("portal_organisation_links")
def supplier_pages(
    user: User, organisation_ids: Sequence[int]
) -> Mapping[int, Sequence[OrganisationLink]]:
    """The public page of each organisation that has one."""
    page = MarketPage.public_in((get_language() or "vi")[:2])
    if page is None:
        return {}
    base = page.get_url() or ""
    shown = Supplier.objects.public().filter(standing__organisation__in=organisation_ids)
    return {
        one.standing.organisation_id: [
            OrganisationLink(
                _("Page in the technology market"),
                page.address_of("supplier", one.standing.slug, base),
                _("Everybody sees it"),
            )
        ]
        for one in shown.select_related("standing")
    }


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    auditing.declare(
        actions,
        {
            "techmart.started": gettext_lazy("Record begun"),
            "techmart.entered": gettext_lazy("Record entered on behalf of its owner"),
            "techmart.saved": gettext_lazy("Draft saved by its owner"),
            "techmart.ready": gettext_lazy("Owner asked to send the record"),
            "techmart.sent": gettext_lazy("Record sent for review"),
            "techmart.taken_back": gettext_lazy("Record taken back"),
            "techmart.hidden": gettext_lazy("Owner's name hidden"),
            "techmart.named": gettext_lazy("Owner's name shown"),
            "techmart.closed": gettext_lazy("Record closed"),
            "techmart.reopened": gettext_lazy("Record opened again"),
            "techmart.agreed": gettext_lazy("Consents of an expert changed"),
        },
    )
