"""Who may do what with the pages as a whole: approve them, look after their translations."""

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


def may_approve(user: "User", page: Page) -> Verdict:
    """Somebody else than who submitted it; in a small office, by the site's settings, anybody."""
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


def own_approval(page: Page) -> bool:
    """Do the settings of the page's site, else the default site, let people approve their own?"""
    from portal.pages.models import SiteSettings

    site = page.get_site()
    wanted = {"site": site} if site else {"site__is_default_site": True}
    return SiteSettings.objects.filter(**wanted, own_approval=True).exists()
