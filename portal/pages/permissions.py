"""Who may do what with the pages as a whole: approve them, look after their translations."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.accounts.roles import EDITORS, has_role
from portal.core.verdicts import YES, Verdict, no

if TYPE_CHECKING:
    from portal.accounts.models import User


def may_see_translations(user: Any) -> Verdict:
    """Those who translate, and administrators."""
    if has_role(user, EDITORS):
        return YES
    return no(_("Only editors look after translations."), code="forbidden")


def may_approve(user: "User", page: Any) -> Verdict:
    """Somebody else than who submitted it; in a small office, by the site's settings, anybody.

    `page` is a page or a reviewed record.
    """
    state = page.current_workflow_state
    if state is None or state.requested_by_id != user.pk or own_approval(page):
        return YES
    return no(
        _(
            "You submitted this page yourself, so a colleague approves it. To publish it on your "
            "own, cancel the workflow first."
        ),
        code="own_submission",
    )


def own_approval(page: Any) -> bool:
    """Do the settings of the page's site, else the default site, let people approve their own?"""
    return not where_others_approve([page])


def where_others_approve(pages: Iterable[Any]) -> list[Any]:
    """Those of the pages or records whose site asks for a colleague; the settings are read once.

    A record belongs to the default site.
    """
    from portal.pages.models import SiteSettings

    small = SiteSettings.objects.filter(own_approval=True)
    sites = dict(small.values_list("site_id", "site__is_default_site"))
    by_default = any(sites.values())

    def asks(page: Any) -> bool:
        parts = page.get_url_parts() if isinstance(page, Page) else None
        return not (parts[0] in sites if parts else by_default)

    return [page for page in pages if asks(page)]
