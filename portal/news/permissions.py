"""Who may do what with news."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.verdicts import YES, Verdict, no
from portal.news.models import ArticlePage, NewsIndexPage

if TYPE_CHECKING:
    from portal.accounts.models import User


def may_add_article(user: "User", index: Page) -> Verdict:
    """Whoever may add a page below this news index; `index` need not be the specific page."""
    if not issubclass(index.specific_class or Page, NewsIndexPage):
        return no(_("Articles stand below a news index."), code="wrong_place")
    if index.permissions_for_user(user).can_add_subpage() and ArticlePage.can_create_at(index):
        return YES
    return no(_("You may not add articles here."), code="forbidden")
