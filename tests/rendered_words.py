"""Reading rendered pages: every word a person meets, and the messages it must not equal."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, Declaration, Doctype, NavigableString
from django.conf import settings

SPOKEN = ("placeholder", "aria-label", "title", "alt", "aria-description", "data-confirm")
BUTTONS = frozenset({"submit", "button", "reset"})
LEFTOVERS = re.compile(r"\{\{|\{%|%\(|^(None|True|False)$|[:(] ?None\b|__proxy__|object at 0x")
LONGEST_MESSAGE = 500
WAGTAILS_HIDDEN_COUNTER = "data-side-panel-toggle-counter"
UNREAD = frozenset({"script", "style", "template", "code", "svg"})
ENGLISH_WORDS = re.compile(
    r"\b(the|and|this|that|your|you|with|from|not|is|are|was|has|have|for|please|must|should"
    r"|cannot|been|will|select|enter|choose)\b",
    re.IGNORECASE,
)
_WORDY = re.compile(r"[A-Za-z]{2}")
_FILLED = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")
PACKAGES = (
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "wagtail",
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail_localize",
    "wagtail_localize.locales",
    "allauth",
    "django_filters",
    "phonenumber_field",
    "taggit",
)


def words(page: BeautifulSoup, *, language: str) -> Iterator[str]:
    """Every text node and spoken attribute, but for parts marked as in another language."""
    for node in page.find_all(string=True):
        if isinstance(node, Comment | Declaration | Doctype) or not isinstance(
            node, NavigableString
        ):
            continue
        if node.strip() and _read(node.parent, language):
            yield " ".join(node.split())
    for tag in page.find_all(True):
        if _read(tag, language):
            yield from _attributes(tag)


def _attributes(tag: Tag) -> Iterator[str]:
    for name in SPOKEN:
        value = str(tag.get(name) or "").strip()
        if value:
            yield " ".join(value.split())
    if tag.name == "input" and tag.get("type") in BUTTONS and tag.get("value"):
        yield str(tag["value"]).strip()


def _read(tag: Tag | None, language: str) -> bool:
    for around in [tag, *tag.parents] if tag else []:
        if around.name in UNREAD or around.has_attr(WAGTAILS_HIDDEN_COUNTER):
            return False
        said = around.get("lang")
        if said:
            return str(said).startswith(language)
    return True


def leftovers(found: Iterator[str] | list[str]) -> list[str]:
    """What a template or a format string left behind."""
    return [word for word in found if LEFTOVERS.search(word)]


class Catalogue:
    """English messages that a Vietnamese page must not show, and Vietnamese ones of ours."""

    def __init__(self) -> None:
        english: set[str] = set()
        for package in PACKAGES:
            english |= set(_messages(_of_package(package)))
        same: set[str] = set()
        self.ours: dict[str, str] = {}
        for path in settings.LOCALE_PATHS:
            translated = _messages(Path(path) / "vi" / "LC_MESSAGES" / "django.po")
            english |= set(translated)
            same |= {said for said, means in translated.items() if said == means}
            if Path(path).name == "locale":
                self.ours = translated
        self.plain = {
            one for one in english if _WORDY.search(one) and not _FILLED.search(one)
        } - same
        self.patterns = [
            pattern for one in english - same if (pattern := _pattern(one)) is not None
        ]
        self.vietnamese = {
            means for said, means in self.ours.items() if means and means != said
        } - set(self.ours)

    def untranslated(self, word: str) -> bool:
        """Is this an English message, alone or with its placeholders filled in?"""
        if word in self.plain:
            return True
        if not word.isascii() or " " not in word or len(word) > LONGEST_MESSAGE:
            return False
        return bool(ENGLISH_WORDS.search(word)) or any(p.fullmatch(word) for p in self.patterns)


@cache
def catalogue() -> Catalogue:
    """Read once a run: parsing takes some seconds."""
    return Catalogue()


def _of_package(name: str) -> Path:
    found = find_spec(name)
    folder = Path(found.submodule_search_locations[0]) / "locale"  # type: ignore[union-attr,index]
    # A package without an English catalogue has the same messages in its German one.
    for language in ("en", "de"):
        path = folder / language / "LC_MESSAGES" / "django.po"
        if path.exists():
            return path
    raise FileNotFoundError(folder)


def _messages(path: Path) -> dict[str, str]:
    found = {}
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        found[" ".join(entry.msgid.split())] = " ".join(entry.msgstr.split())
        if entry.msgid_plural:
            plural = entry.msgstr_plural.get(0, "")
            found[" ".join(entry.msgid_plural.split())] = " ".join(plural.split())
    return found


def _pattern(message: str) -> re.Pattern[str] | None:
    """A message with placeholders as an expression; None where it has too few words of its own."""
    parts = _FILLED.split(message.replace("%%", "%"))
    if len(parts) < 2 or len(re.findall(r"[A-Za-z]{3,}", " ".join(parts))) < 2:
        return None
    return re.compile(".+".join(re.escape(part) for part in parts))
