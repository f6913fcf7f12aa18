"""Every form of the portal, sent with what nobody should send: never a 500, never a loss.

The forms are found by reading the pages, so a new form is tried as soon as a page shows it.
What files may be is proved with `portal.core.receiving`; here they come through the addresses.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import ClassVar
from urllib.parse import parse_qsl, quote_from_bytes, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import TestCase

from competitions.entries.models import Answer
from competitions.judging.models import ResultDecision
from portal.core import clock
from tests.factories import core as files
from tests.refusals.addresses import Places, addresses
from tests.rendered_words import catalogue, words
from tests.visiting import ANONYMOUS, Visitors
from tests.worlds import World, build

URLENCODED = "application/x-www-form-urlencoded"
TEXT_LIKE = frozenset({"text", "email", "tel", "url", "search", "password", "number", "date"})
LEAVE_ALONE = frozenset({"csrfmiddlewaretoken"})

HOSTILE = {
    "a NUL byte": b"Ten\x00 nhom",
    "broken UTF-8": b"T\xff\xfe\xc3(n",
    "a day that does not exist": b"31/02/2026",
    "a huge number": b"9" * 400,
    "not a number": b"NaN",
    "emoji, overrides, decomposed letters, markup": (
        "🚀 gnor\u202e\u2066 Hồ sơ <script>alert(1)</script>{{ 7 }}%(a)s".encode()
    ),
    "a long line": "ă".encode() * 5000,
}
TAMPERED = {
    "a key of nobody": b"999999999",
    "a key past every column": b"9" * 30,
    "a key that is no number": b"abc",
    "a NUL": b"1\x00",
}


@dataclass(slots=True)
class FoundForm:
    """A form as a page shows it: where it posts, and what it would send."""

    page: str
    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, kind, value) of what a browser would send; kind is "typed" or "given"."""

    def replaced(self, which: str, payloads: list[bytes]) -> list[tuple[str, bytes]]:
        """The form with every field of one kind replaced, by each payload in turn.

        Of the numbers of rows that formsets keep only the first: Django draws up to 2,000 empty
        rows for each that is too large, which took Wagtail's form of a role a minute.
        """
        turn = cycle(payloads)
        counts = [name for name, _kind, _value in self.fields if name.endswith("-TOTAL_FORMS")][1:]
        return [
            (name, next(turn) if kind == which and name not in counts else value.encode())
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


def questions_on(path: str, page: BeautifulSoup) -> set[str]:
    """The names that a page asks itself with: its forms that get, and links to its own address."""
    names = set()
    for form in page.find_all("form"):
        if str(form.get("method", "get")).lower() == "get":
            names |= {str(one["name"]) for one in form.find_all(attrs={"name": True})}
    for link in page.find_all("a", href=True):
        address = urlsplit(urljoin(path, str(link["href"])))
        if address.path == path:
            names |= {name for name, _value in parse_qsl(address.query, keep_blank_values=True)}
    return names


def urlencoded(pairs: list[tuple[str, bytes]]) -> bytes:
    """As a browser would send it, but byte for byte what we say."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs
    ).encode()


FRONT = (ANONYMOUS, "founder", "judge", "invited_judge", "officer")
BACK = ("officer", "administrator")
ENTRANCE = ("login", "signup", "password/reset", "login/code", "email", "password/change")
ALWAYS_ASKED = {"q", "page", "p", "next", "day", "resource", "organisation", "view", "tab", "kind"}
QUERIED = (b"9" * 30, "%\U0001f680' OR 1=1".encode(), b"-1", b"abc")
READ_ONLY = ("index", "index_results", "list", "list_results", "inspect", "history", "usage")
READ_ONLY += ("history_results", "delete")


@pytest.mark.walk
class EveryForm(TestCase):
    """Forms found on the pages, each with the first person who sees it."""

    world: ClassVar[World]
    forms: ClassVar[list[tuple[str, FoundForm]]]
    asked: ClassVar[dict[tuple[str, str], set[str]]]
    """What may stand in the query, by who asks and the path."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = build()
        cls.asked = {}
        cls.forms = list(cls.found(Visitors(cls.world, tuple({*FRONT, *BACK}))))

    def setUp(self) -> None:
        self.visitors = Visitors(self.world, tuple({*FRONT, *BACK}))

    @classmethod
    def pages(cls) -> Iterator[tuple[str, tuple[str, ...]]]:
        places = Places(cls.world)
        for one in addresses():
            view = one.name.rpartition(":")[2]
            if one.name and not one.vendor and not (one.in_back_office and view in READ_ONLY):
                yield places.path(one.name), BACK if one.in_back_office else FRONT
        for name in ("basics", "section", "team", "member", "review"):
            yield places.path(f"entries:{name}#draft"), FRONT
        for name in ENTRANCE:
            yield f"/accounts/{name}/", FRONT

    @classmethod
    def found(cls, visitors: Visitors) -> Iterator[tuple[str, FoundForm]]:
        seen = set()
        for path, people in cls.pages():
            for person in people:
                response = visitors.ask(person, path)
                if response.status_code != 200 or "text/html" not in response["Content-Type"]:
                    continue
                page = BeautifulSoup(response.content, "html.parser")
                cls.asked[person, path] = questions_on(path, page) | ALWAYS_ASKED
                for form in forms_on(path, page):
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
        # What Wagtail's own forms say is its own; our back-office screens are read elsewhere.
        front = not form.action.startswith("/admin/")
        if front and response.status_code in {200, 422}:
            return self.wrong_words(BeautifulSoup(response.content, "html.parser"))
        return ""

    def wrong_words(self, page: BeautifulSoup) -> str:
        """What the answer should not show: another language, or typed markup come alive."""
        if page.find("script", string="alert(1)"):
            return "typed markup is live"
        found = words(page, language="vi")
        return ", ".join(word for word in found if catalogue().untranslated(word))[:300]

    def trial(self, which: str, payloads: dict[str, bytes]) -> None:
        """Send each form once, its fields filled with the payloads in turn.

        The payloads go round over the fields and over the forms: across the portal
        every payload meets every kind of field many times.
        """
        problems = {}
        values = list(payloads.values())
        for number, (person, form) in enumerate(self.forms):
            turn = [values[(number + step) % len(values)] for step in range(len(values))]
            wrong = self.attempt(person, form, form.replaced(which, turn))
            if wrong:
                problems[f"{form.action} as {person}: {turn[0][:20]!r} first"] = wrong
        listed = [f"{where}: {wrong}" for where, wrong in problems.items()]
        assert not listed, "Answered badly:\n" + "\n".join(listed)

    def test_the_forms_are_found(self) -> None:
        actions = {urlsplit(form.action).path for _person, form in self.forms}
        for part in ("signup", "organisations/new", "basics", "section", "team", "judging"):
            assert any(part in action for action in actions), (part, sorted(actions))
        assert len(actions) > 40

    def test_what_stands_in_an_address_never_breaks_a_page(self) -> None:
        """All names of a page's query at once, each with what it should not hold.

        The payloads go round over the names and over the pages. A key past every column, which
        databases refuse each in its own way, comes to every name of every page.
        """
        broken = []
        for number, ((person, path), names) in enumerate(self.asked.items()):
            huge = [(name, QUERIED[0]) for name in sorted(names)]
            others = [
                (name, QUERIED[1 + (number + place) % (len(QUERIED) - 1)])
                for place, name in enumerate(sorted(names))
            ]
            for told in (huge, others):
                answer = self.visitors.ask(person, f"{path}?{urlencoded(told).decode()}")
                if answer.status_code >= 500:
                    broken.append(f"{path} as {person}: {told[0]!r} {answer.exc_info[1]!r}"[:300])
        assert not broken, "\n".join(broken)

    def test_hostile_text_is_answered_in_words(self) -> None:
        self.trial("typed", HOSTILE)

    def test_tampered_choices_and_tokens_are_answered_in_words(self) -> None:
        self.trial("given", TAMPERED)


class TooLarge(TestCase):
    """Ten megabytes of text: our own page, in the reader's language, and the draft as it was."""

    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = build()

    def setUp(self) -> None:
        self.places = Places(self.world)
        self.visitors = Visitors(self.world, tuple({*FRONT, *BACK}))

    def test_each_kind_of_form_answers_with_our_page(self) -> None:
        sent = {
            "/accounts/signup/": ANONYMOUS,
            self.places.path("accounts:organisation_create"): "founder",
            self.places.path("entries:section#draft"): "founder",
            self.places.path("judging:scorecard"): "judge",
            self.places.path("judging_admin:result"): "officer",
            self.places.path("calls_competition:add"): "officer",
        }
        body = b"title=" + b"a" * 10_000_000
        for path, person in sent.items():
            languages = ["vi"] if path.startswith("/admin/") else ["vi", "en"]
            for language in languages:
                address = path if language == "vi" else f"/en{path}"
                answer = self.visitors.ask(person, address, "POST", body, content_type=URLENCODED)
                assert answer.status_code == 413, address
                page = BeautifulSoup(answer.content, "html.parser")
                assert page.select_one(f"html[lang={language}] h1"), address

    def test_the_draft_is_kept(self) -> None:
        answers = Answer.objects.filter(entry=self.world.draft.entry).order_by("pk")
        before = list(answers.values())
        body = b"q1=" + b"a" * 10_000_000
        path = self.places.path("entries:section#draft")
        self.visitors.ask("founder", path, "POST", body, content_type=URLENCODED)
        assert list(answers.values()) == before


class TheSignedDecision(TestCase):
    """The decision's file comes through the same door as every other."""

    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = build()
        moment = ResultDecision.objects.filter(pk=cls.world.decision.pk)
        moment.update(state=ResultDecision.State.PREPARED)

    def test_what_is_no_pdf_is_refused_beside_the_field(self) -> None:
        uploads = {
            "an executable": files.upload("qd.pdf", b"MZ\x90\x00" + b"\x00" * 400),
            "a picture": files.upload("qd.pdf", files.picture()),
            "a polyglot": files.upload("qd.pdf", files.pdf() + b"PK\x03\x04<script>x</script>"),
            "nothing": files.upload("qd.pdf", b""),
        }
        visitors = Visitors(self.world, ("officer",))
        path = Places(self.world).path("judging_admin:result")
        kept = self.world.decision.file_id
        for kind, upload in uploads.items():
            posted = {
                "action": "prepare",
                "decision-number": "13/QĐ-UBND",
                "decision-decided_on": clock.today().strftime("%d/%m/%Y"),
                "decision-signatory": "Nguyễn Thị Ký",
                "decision-file": upload,
            }
            answer = visitors.ask("officer", path, "POST", posted)
            assert answer.status_code == 200, kind
            said = BeautifulSoup(answer.content, "html.parser")
            assert said.find("input", {"name": "decision-number"})["value"] == "13/QĐ-UBND"
            assert said.select(".field__errors, .error-message, .errorlist"), kind
            assert ResultDecision.objects.get(pk=self.world.decision.pk).file_id == kept
