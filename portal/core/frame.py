"""What frames every page: menus, the two languages, the way to one's own work."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site, get_page_models

from portal.core.page_cache.parts import kept_part
from portal.core.text import key_from

HOME_DEPTH = 2
"""How deep home pages stand in Wagtail's tree, right under its root."""
UNTRANSLATED = "untranslated"
"""GET parameter with which a language link tells the page it leads to what was asked for."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of a menu."""

    title: str
    url: str
    current: bool = False
    children: tuple["MenuItem", ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language, or the nearest there is, with a note that says so.

    `absolute_url` is set only where this very page stands in that language (for hreflang).
    """

    code: str
    label: str
    url: str
    current: bool
    note: str = ""
    absolute_url: str = ""


def home_url() -> str:
    """Where the home page stands in the reader's language."""
    return reverse("wagtail_serve", args=[""])


def local_home(site: Site) -> Page:
    """The site's home page in the reader's language, else in the site's own."""
    home: Page = site.root_page
    language = get_language() or settings.LANGUAGE_CODE
    family = Page.objects.live().filter(translation_key=home.translation_key)
    return family.filter(locale__language_code=language).first() or home


def main_menu(request: HttpRequest) -> list[MenuItem]:
    """Live pages under the home page that editors put in the menu, and those under them."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    key = ("main menu", site.pk, get_language())
    return _marked(request, kept_part(key, lambda: _main_menu(request, site)))


def _main_menu(request: HttpRequest, site: Site) -> list[MenuItem]:
    home = local_home(site)
    shown = home.get_descendants().live().in_menu().filter(depth__lte=home.depth + 2)
    pages = list(shown.order_by("path"))
    return [
        _item(page, request, [child for child in pages if child.is_child_of(page)])
        for page in pages
        if page.depth == home.depth + 1
    ]


def site_map(request: HttpRequest, page: Page) -> list[MenuItem]:
    """The tree of public pages in the language of `page`, without lists that grow without end.

    A page type with `many_of_them = True` (articles) is told by the list it stands in.
    """
    home = page.get_ancestors().filter(depth=2).first() or page
    left_out = [
        ContentType.objects.get_for_model(model).pk
        for model in get_page_models()
        if getattr(model, "many_of_them", False)
    ]
    shown = home.get_descendants().live().public().exclude(content_type__in=left_out)
    below: dict[str, list[Page]] = defaultdict(list)
    for one in shown.order_by("path"):
        below[one.path[: -Page.steplen]].append(one)

    def item(one: Page) -> MenuItem:
        children = tuple(item(child) for child in below[one.path])
        return MenuItem(one.title, one.get_url(request) or "/", children=children)

    return [item(one) for one in below[home.path]]


def footer_menu(request: HttpRequest, pages: Callable[[], Iterable[Page]]) -> list[MenuItem]:
    """The footer's pages in the reader's language; a page without translation keeps its own."""
    site = Site.find_for_request(request)
    key = ("footer", site and site.pk, get_language())
    return _marked(request, kept_part(key, lambda: _footer_menu(request, pages())))


def _footer_menu(request: HttpRequest, pages: Iterable[Page]) -> list[MenuItem]:
    chosen = [page for page in pages if page.live]
    translated = {
        page.translation_key: page
        for page in Page.objects.live().filter(
            translation_key__in=[page.translation_key for page in chosen],
            locale__language_code=get_language(),
        )
    }
    return [_item(translated.get(page.translation_key, page), request) for page in chosen]


def _item(page: Page, request: HttpRequest, children: Iterable[Page] = ()) -> MenuItem:
    url = page.get_url(request) or "/"
    return MenuItem(page.title, url, children=tuple(_item(child, request) for child in children))


def _marked(request: HttpRequest, items: Iterable[MenuItem]) -> list[MenuItem]:
    """The same items, those marked that lead to where the reader is."""
    return [
        replace(
            item,
            current=item.url != "/" and request.path.startswith(item.url),
            children=tuple(_marked(request, item.children)),
        )
        for item in items
    ]


def language_links(request: HttpRequest, page: Page | None = None) -> list[LanguageLink]:
    """A link for each language. A page not yet translated falls back to its nearest parent."""
    if page is not None:
        return _page_links(request, page)
    current = get_language() or settings.LANGUAGE_CODE
    path = _address(request)
    return [
        LanguageLink(
            code, label, path if code == current else translate_url(path, code), code == current
        )
        for code, label in settings.WAGTAIL_CONTENT_LANGUAGES
    ]


def _address(request: HttpRequest) -> str:
    """The address as the portal reads it. Not `get_full_path()`: that repeats whatever stood in the
    query, and a page that is kept for everybody must not.
    """
    query = request.GET.urlencode()
    return f"{request.path}?{query}" if query else request.path


def language_of(page: Page) -> str:
    """The language a page is written in, without asking for its locale each time."""
    languages = kept_part(
        ("languages",), lambda: dict(Locale.objects.values_list("pk", "language_code"))
    )
    return languages.get(page.locale_id) or str(page.locale.language_code)


def _family(keys: list[UUID]) -> dict[tuple[str, UUID], Page]:
    """The live pages with these translation keys, by language and key."""
    family = Page.objects.live().filter(translation_key__in=keys).select_related("locale")
    return {(page.locale.language_code, page.translation_key): page for page in family}


def _page_links(request: HttpRequest, page: Page) -> list[LanguageLink]:
    way = list(_way(page))
    keys = [step.translation_key for step in way]
    if page.depth == HOME_DEPTH:  # a handful of pages: each is read more often than it changes
        found = kept_part(("family", page.translation_key), lambda: _family(keys))
    else:
        found = _family(keys)
    own = language_of(page)
    below = request.path.removeprefix(page.get_url(request) or "")
    if below.startswith("/"):  # not under this page's address: a preview
        below = ""
    links = []
    for code, label in settings.WAGTAIL_CONTENT_LANGUAGES:
        nearest = next(
            (found[key] for s in reversed(way) if (key := (code, s.translation_key)) in found), None
        )
        links.append(_page_link(request, page, code, label, nearest, below, code == own))
    return links


def _page_link(
    request: HttpRequest,
    page: Page,
    code: str,
    label: str,
    nearest: Page | None,
    below: str,
    current: bool,
) -> LanguageLink:
    if current:
        return LanguageLink(code, label, _address(request), True, "", _full(page, below))
    if nearest is not None and nearest.translation_key == page.translation_key:
        url = (nearest.get_url(request) or "/") + below
        return LanguageLink(code, label, url, False, "", _full(nearest, below))
    with override(code):
        url = (nearest and nearest.get_url(request)) or home_url()
        note = _("This page is not available in English yet; the link leads nearby.")
    return LanguageLink(code, label, f"{url}?{UNTRANSLATED}={page.pk}", False, note)


def _full(page: Page, below: str) -> str:
    return f"{page.full_url}{below}" if page.full_url else ""


def asked_for(request: HttpRequest) -> Page | None:
    """The page a reader wanted in this language and that does not exist in it yet."""
    wanted = key_from(request.GET.get(UNTRANSLATED, ""))
    return Page.objects.live().public().filter(pk=wanted).first() if wanted is not None else None


def breadcrumbs(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    """The way from the home page to this one, for `components/breadcrumbs.html`."""
    crumbs = [
        {"title": _("Home") if step.depth == 2 else step.title, "url": step.get_url(request) or ""}
        for step in _way(page)
    ]
    return crumbs if len(crumbs) > 1 else []


def _way(page: Page) -> Iterable[Page]:
    """The pages from the home page to this one, read once for breadcrumbs and languages."""
    if page.depth == HOME_DEPTH:
        return [page]
    way = getattr(page, "_way_from_home", None)
    if way is None:
        way = page.get_ancestors(inclusive=True).filter(depth__gte=HOME_DEPTH)
        page._way_from_home = way
    return way
