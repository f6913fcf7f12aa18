"""Every form of the portal, sent with what nobody should send: never a 500, never a loss.

The forms are found by reading the pages, so a new form is tried as soon as a page shows it.
What files may be is proved with `portal.core.receiving`; here they come through the addresses.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client, TestCase

from competitions.entries.models import Answer, Entry, EntryFile
from competitions.judging.models import Mark, ResultDecision, Scorecard
from tests.factories import core as files
from tests.refusals.addresses import Places, addresses
from tests.rendered_words import catalogue, leftovers, words
from tests.visiting import ANONYMOUS, Visitors
from tests.worlds import World, build

URLENCODED = "application/x-www-form-urlencoded"
TEXT_LIKE = frozenset({"text", "email", "tel", "url", "search", "password", "number", "date"})
LEAVE_ALONE = frozenset({"csrfmiddlewaretoken"})
MESSAGES = catalogue

HOSTILE = {
    "a NUL byte": b"Ten\x00 nhom",
    "broken UTF-8": b"T\xff\xfe\xc3(n",
    "a day that does not exist": b"31/02/2026",
    "a huge number": b"9" * 400,
    "infinity": b"1e999999",
    "not a number": b"NaN",
    "emoji and a right-to-left override": "🚀 gnorưT \u202e\u2066 Nhóm".encode(),
    "decomposed letters": "Hồ sơ của Nguyễn".encode(),
    "markup": b"<script>alert(1)</script>{{ 7|add:1 }}%(name)s",
    "a long line": "ă".encode() * 5000,
}
TAMPERED = {
    "a key of somebody else's": b"999999999",
    "a key past every column": b"9" * 30,
    "a key that is no number": b"abc",
    "a minus": b"-1",
    "a NUL": b"1\x00",
    "nothing": b"",
}


@dataclass(slots=True)
class FoundForm:
    """A form as a page shows it: where it posts, and what it would send."""

    page: str
    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, kind, value) of what a browser would send; kind is "typed" or "given"."""

    def typed(self, payload: bytes) -> list[tuple[str, bytes]]:
        """The form with every text replaced."""
        return [
            (name, payload if kind == "typed" else value.encode())
            for name, kind, value in self.fields
        ]

    def tampered(self, payload: bytes) -> list[tuple[str, bytes]]:
        """The form with every choice and hidden token replaced."""
        return [
            (name, payload if kind == "given" else value.encode())
            for name, kind, value in self.fields
        ]


def forms_on(path: str, page: BeautifulSoup) -> Iterator[FoundForm]:
    """The forms of a page that post."""
    for form in page.find_all("form"):
        if str(form.get("method", "get")).lower() != "post":
            continue
        found = FoundForm(path, urljoin(path, str(form.get("action") or "")))
        own = page.find_all(attrs={"form": form.get("id")}) if form.get("id") else []
        for control in [*form.find_all(["input", "textarea", "select", "button"]), *own]:
            found.fields.extend(_sent(control))
        yield found


def _sent(control: Tag) -> Iterator[tuple[str, str, str]]:
    name, kind = str(control.get("name") or ""), str(control.get("type") or "text").lower()
    if not name or name in LEAVE_ALONE or kind == "file" or control.has_attr("disabled"):
        return
    if control.name == "textarea":
        yield name, "typed", control.text
    elif control.name == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        yield name, "given", str(chosen.get("value", "")) if chosen else ""
    elif control.name == "input" and kind in TEXT_LIKE:
        yield name, "typed", str(control.get("value") or "")
    else:
        yield name, "given", str(control.get("value") or "on")


def urlencoded(pairs: list[tuple[str, bytes]]) -> bytes:
    """As a browser would send it, but byte for byte what we say."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs
    ).encode()


PEOPLE = (ANONYMOUS, "founder", "judge", "invited_judge", "officer", "director", "administrator")


class EveryForm(TestCase):
    """Forms found on the pages of each person."""

    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = build()

    def setUp(self) -> None:
        self.visitors = Visitors(self.world, PEOPLE)

    def pages(self) -> list[str]:
        places = Places(self.world)
        ours = [one for one in addresses() if one.name and not one.vendor]
        paths = [places.path(one.name) for one in ours]
        paths += [places.path(f"entries:{name}#draft") for name in ("basics", "section", "team")]
        paths += [places.path(f"entries:{name}#draft") for name in ("member", "review")]
        entrance = ("login", "signup", "password/reset", "login/code", "email", "password/change")
        return [*paths, *(f"/accounts/{name}/" for name in entrance)]

    def forms(self) -> Iterator[tuple[str, FoundForm]]:
        """Each form once, with somebody who can see it."""
        seen = set()
        for path in dict.fromkeys(self.pages()):
            for person in PEOPLE:
                response = self.visitors.ask(person, path)
                if response.status_code != 200 or "text/html" not in response["Content-Type"]:
                    continue
                for form in forms_on(path, BeautifulSoup(response.content, "html.parser")):
                    mark = (form.action, frozenset(name for name, _kind, _value in form.fields))
                    if form.fields and mark not in seen:
                        seen.add(mark)
                        yield person, form

    def attempt(self, person: str, form: FoundForm, pairs: list[tuple[str, bytes]]) -> str:
        """What is wrong with the answer; "" when nothing is."""
        response = self.visitors.ask(
            person, form.action, "POST", urlencoded(pairs), content_type=URLENCODED
        )
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            return f"{response.status_code} {error[1]!r}"[:300] if error else "500"
        if response.status_code in {200, 422} and "text/html" in response["Content-Type"]:
            return self.wrong_words(BeautifulSoup(response.content, "html.parser"))
        return ""

    def wrong_words(self, page: BeautifulSoup) -> str:
        """What the answer should not show: another language, or typed markup come alive."""
        if page.find("script", string="alert(1)"):
            return "typed markup is live"
        found = words(page, language="vi")
        return ", ".join(word for word in found if catalogue().untranslated(word))[:300]

    def trial(self, change: str, payloads: dict[str, bytes]) -> dict[str, str]:
        problems = {}
        for person, form in list(self.forms()):
            for name, payload in payloads.items():
                wrong = self.attempt(person, form, getattr(form, change)(payload))
                if wrong:
                    problems[f"{form.action} as {person}: {name}"] = wrong
        return problems

    def test_the_forms_are_found(self) -> None:
        actions = {urlsplit(form.action).path for _person, form in self.forms()}
        for part in ("signup", "organisations/new", "basics", "section", "team", "judging"):
            assert any(part in action for action in actions), (part, sorted(actions))
        assert len(actions) > 40

    def test_hostile_text_is_answered_in_words(self) -> None:
        assert self.trial("typed", HOSTILE) == {}

    def test_tampered_choices_and_tokens_are_answered_in_words(self) -> None:
        assert self.trial("tampered", TAMPERED) == {}
