"""The first page tree of a portal: two languages, a home page in each, the site's settings."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from portal.news.models import NewsIndexPage
from portal.pages.models import HomePage, SiteSettings
from portal.pages.newsroom import open_newsroom
from portal.pages.sections import default_arrangement


@transaction.atomic
def found_site(hostname: str = "localhost", port: int = 80) -> HomePage:
    """Make the site root and everything it stands on; what is there already stays as it is.

    Creates both locales, a live home page in Vietnamese (in place of Wagtail's welcome page) and
    its English sibling, the default site at `hostname`:`port`, and the site's settings. Returns
    the Vietnamese home page. Safe to run again: only the address of the site is written anew.
    """
    main, *others = [_locale(code) for code, _label in settings.WAGTAIL_CONTENT_LANGUAGES]
    home = HomePage.objects.filter(locale=main, depth=2).first() or _first_home(main)
    site = _site(home, hostname, port)
    for locale in others:
        if not home.has_translation(locale):
            _home_in(home, locale)
    SiteSettings.objects.get_or_create(site=site)
    for index in NewsIndexPage.objects.live():
        open_newsroom(index)
    _remove_welcome_page()
    home.refresh_from_db()
    return home


def _locale(code: str) -> Locale:
    variant = get_supported_content_language_variant(code)
    return Locale.objects.get_or_create(language_code=variant)[0]


def _first_home(locale: Locale) -> HomePage:
    with override(locale.language_code):
        home = HomePage(title=_("Innovation portal"), lead=_lead(), locale=locale, slug="trang-chu")
    root: Page = Page.get_first_root_node()
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _home_in(home: HomePage, locale: Locale) -> None:
    """The same home page in another language, with its own words, live at once.

    Only the home page is founded in both languages: everything under it is an editor's decision.
    """
    with override(locale.language_code):
        title, lead = _("Innovation portal"), _lead()
    other: HomePage = home.copy_for_translation(locale)
    other.title, other.draft_title, other.lead, other.summary = title, title, lead, ""
    other.live, other.has_unpublished_changes = True, False
    other.sections = default_arrangement()
    other.save()
    other.save_revision().publish()


def _lead() -> str:
    return _("Enter the startup competition, follow the news, meet the people who innovate here.")


def _site(home: HomePage, hostname: str, port: int) -> Site:
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port = hostname, port
    if site.pk is None or not isinstance(site.root_page.specific, HomePage):
        site.root_page = home
    with override(home.locale.language_code):
        site.site_name = site.site_name or str(home.title)
    site.save()
    return site


def _remove_welcome_page() -> None:
    """Wagtail's first migration leaves a page in English behind. Ours are never plain `Page`."""
    for page in Page.objects.filter(depth=2):
        if page.specific_class is Page:
            page.delete()
