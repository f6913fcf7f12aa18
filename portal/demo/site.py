"""The demo's pages and news, in Vietnamese and, where there are words for it, English."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from competitions.calls.models import Competition
from competitions.season.models import CompetitionIndexPage, CompetitionPage
from portal.core.pages import BasePage
from portal.core.text import slugify
from portal.demo.content import articles as news
from portal.demo.content import department
from portal.demo.content import pages as words
from portal.demo.covers import draw_cover
from portal.demo.logos import draw_logo
from portal.news.models import ArticlePage, NewsIndexPage, Topic
from portal.pages.founding import found_site
from portal.pages.models import (
    ContactPage,
    DepartmentUnit,
    FooterLink,
    HomePage,
    Officer,
    OrganisationPage,
    SiteMapPage,
    SiteSettings,
    StandardPage,
)
from portal.pages.sections import default_arrangement


def blocks(parts: Iterable[tuple[Any, ...]]) -> list[tuple[str, Any]]:
    """Turn the short notation of the demo's words into a stream of blocks."""
    return [_block(part) for part in parts]


def _block(part: tuple[Any, ...]) -> tuple[str, Any]:
    match part[0]:
        case "h":
            return "heading", {"text": part[1], "level": "h2"}
        case "q":
            return "quote", {"text": part[1], "source": part[2]}
        case "n":
            numbers = [number.split(" ", 1) for number in part[1:]]
            return "numbers", {"items": [{"value": n, "label": label} for n, label in numbers]}
        case "a":
            return "accordion", {"items": [{"title": t, "body": b} for t, b in part[1:]]}
        case _:
            return "paragraph", part[1]


def make_site(hostname: str, port: int) -> HomePage:
    """The home page in two languages, settings, standing pages and their footer links."""
    home = found_site(hostname, port)
    partners = _partners()
    for code, facts in words.HOME.items():
        page = HomePage.objects.get(translation_key=home.translation_key, locale=_locale(code))
        for name, value in facts.items():
            setattr(page, name, value)
        page.sections = _arrangement(partners[code])
        page.save_revision().publish()
    settings = SiteSettings.objects.get(site__is_default_site=True)
    settings.address_vi = "Số 1 đường Ví Dụ, phường Long An, tỉnh Tây Ninh"
    settings.address_en = "1 Example Street, Long An ward, Tây Ninh province"
    settings.phone = "0272 000 0000"
    settings.email = "cong@demo.example"
    settings.responsible_vi = "Văn phòng Sở (dữ liệu minh họa)"
    settings.responsible_en = "Office of the Department (demo)"
    settings.save()
    home.refresh_from_db()
    _standing_pages(home, settings)
    return home


def _arrangement(partners: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """The portal's own arrangement, with the partners' logos in it."""
    return [
        (name, {**value, "items": partners} if name == "partners" else value)
        for name, value in default_arrangement()
    ]


def _partners() -> dict[str, list[dict[str, Any]]]:
    """The invented partners by language; both name the same logos."""
    found: dict[str, list[dict[str, Any]]] = {"vi": [], "en": []}
    for name, name_en, words_of_logo, mark, colour, url in words.PARTNERS:
        drawn = ContentFile(draw_logo(words_of_logo, mark, colour), f"{slugify(name)[:50]}.png")
        image = get_image_model().objects.create(title=name, file=ImageFile(drawn, drawn.name))
        for code, text in (("vi", name), ("en", name_en)):
            found[code].append({"name": text, "url": url, "logo": image, "alt": ""})
    return found


def _standing_pages(home: HomePage, settings: SiteSettings) -> None:
    for in_menu, in_footer, page in _made_standing_pages(home):
        page.show_in_menus = in_menu
        page.save_revision().publish()
        if in_footer and page.locale_id == home.locale_id:
            FooterLink.objects.create(settings=settings, page=page, sort_order=page.pk)


def _made_standing_pages(home: HomePage) -> Iterable[tuple[bool, bool, BasePage]]:
    for key, in_menu, in_footer, vietnamese, english in words.STANDING:
        purpose = key if key in StandardPage.Purpose.values else ""
        page = add_page(home, StandardPage, **_filled(vietnamese), purpose=purpose)
        yield in_menu, in_footer, page
        if english:
            yield in_menu, in_footer, translate(page, **_filled(english))
    for purpose, in_footer, facts in department.PAGES:
        yield False, in_footer, add_page(home, StandardPage, **_filled(facts), purpose=purpose)
    organisation = add_page(home, OrganisationPage, **department.ORGANISATION["vi"])
    yield False, True, organisation
    yield False, True, translate(organisation, **department.ORGANISATION["en"])
    yield False, True, add_page(home, SiteMapPage, **department.SITE_MAP)
    contact = add_page(
        home, ContactPage, **words.CONTACT["vi"], body=blocks(words.CONTACT_BODY["vi"])
    )
    yield False, True, contact
    yield (
        False,
        True,
        translate(contact, **words.CONTACT["en"], body=blocks(words.CONTACT_BODY["en"])),
    )


def make_department() -> None:
    """Units and people of the register."""
    units: dict[str, DepartmentUnit] = {}
    for order, (key, parent, name, name_en, duties, duties_en) in enumerate(department.UNITS):
        units[key] = DepartmentUnit.objects.create(
            parent=units.get(parent or ""),
            name=name,
            name_en=name_en,
            duties=duties,
            duties_en=duties_en,
            phone=department.PHONE,
            email=f"{key.replace('-', '')}@demo.example",
            order=order,
        )
    for order, (unit, name, position, english, login, focal) in enumerate(department.OFFICERS):
        Officer.objects.create(
            unit=units[unit],
            full_name=name,
            position=position,
            position_en=english,
            phone=department.PHONE,
            email=f"{login}@demo.example",
            focal=focal,
            order=order,
        )


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "body": blocks(facts["body"])}


def _locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def add_page(parent: Page, kind: type[BasePage], **fields: Any) -> Any:
    """A live page of `kind` under `parent`."""
    fields.setdefault("slug", slugify(fields["title"]))
    page = kind(locale=parent.locale, **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def translate(page: Any, **fields: Any) -> Any:
    """The English page of `page`, live, with its own words."""
    other = page.copy_for_translation(_locale("en"))
    fields.setdefault("slug", slugify(fields["title"]))
    for name, value in fields.items():
        setattr(other, name, value)
    other.live = True
    other.save()
    other.save_revision().publish()
    return other


def make_news(home: HomePage, today: datetime, step: Callable[[], None]) -> None:
    """Topics, the index in two languages and ten articles with drawn covers."""
    topics = {
        slug: Topic.objects.create(label=label, label_en=label_en, slug=slug, order=order)
        for order, (label, label_en, slug) in enumerate(news.TOPICS)
    }
    index = add_page(home, NewsIndexPage, **words.NEWS["vi"], show_in_menus=True)
    translate(index, **words.NEWS["en"], show_in_menus=True)
    for article in reversed(news.ARTICLES):
        page = add_page(index, ArticlePage, **article_facts(article, topics, today))
        if article.english:
            translate(page, **article_facts(article.english, topics, today, cover=page.cover))
        step()


def article_facts(
    article: news.Article, topics: dict[str, Topic], today: datetime, cover: Any = None
) -> dict[str, Any]:
    """The fields of an article's page; a cover is drawn unless one is given."""
    return {
        "title": article.title,
        "slug": slugify(article.title)[:80].strip("-"),
        "summary": article.lead,
        "topic": topics[article.topic],
        "author_unit": article.unit,
        "day": today - timedelta(days=article.days_ago),
        "cover": cover or _cover(article.title),
        "cover_caption": article.caption,
        "cover_alt": news.COVER_ALT_EN if cover else news.COVER_ALT,
        "body": blocks(article.parts),
    }


def _cover(title: str) -> Any:
    drawn = ContentFile(draw_cover(title), name=f"{slugify(title)[:50]}.jpg")
    return get_image_model().objects.create(title=title[:100], file=ImageFile(drawn, drawn.name))


def make_competition_pages(home: HomePage, competitions: Iterable[Competition]) -> None:
    """The index of competitions and a page for each, in two languages."""
    index = add_page(home, CompetitionIndexPage, **words.COMPETITIONS["vi"], show_in_menus=True)
    translate(index, **words.COMPETITIONS["en"], show_in_menus=True)
    for competition in competitions:
        page = add_page(
            index,
            CompetitionPage,
            title=competition.title,
            slug=competition.code_prefix.lower(),
            summary="Hai bảng Ý tưởng và Dự án; hồ sơ nộp trực tuyến, kết quả công khai.",
            competition=competition,
            who_may_enter=blocks(words.WHO_MAY_ENTER["vi"]),
            rules=blocks(words.RULES["vi"]),
        )
        translate(
            page,
            title=competition.title_en,
            slug=competition.code_prefix.lower(),
            summary="Two tracks, Ideas and Projects; entries online, results in the open.",
            who_may_enter=blocks(words.WHO_MAY_ENTER["en"]),
            rules=blocks(words.RULES["en"]),
        )
