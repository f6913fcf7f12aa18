"""No page speaks the wrong language, as anybody, at rest or after a refused form.

What is loaded here anyway is read for its markup too: loading all of it costs a minute.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from bs4 import BeautifulSoup
from django.test import TestCase

from tests.markup import faults
from tests.refusals.addresses import Places, addresses
from tests.rendered_words import Catalogue, catalogue, leftovers, words
from tests.visiting import ANONYMOUS, Visitors
from tests.worlds import World, build

FRONT = (ANONYMOUS, "founder", "judge", "invited_judge", "officer")
BACK = ("officer", "administrator")

SAME_IN_BOTH = {
    "English": "a language is named in itself",
    "ID": "the same word in Vietnamese",
    "Search": "an unseen second button on Wagtail's start page, written in its template",
}
"""Words that are allowed on a Vietnamese page, and why."""

# Data for programs has no words for readers.
NOT_WALKED = ("api:", "wagtailusers_", "consent_texts:inspect", "consent_texts:copy")
"""Wagtail's screens of people and roles; consent texts, whose English half is shown there."""


def none(found: dict[str, str], what: str = "In the wrong language") -> None:
    listed = [f"{word!r}: {where}" for word, where in found.items()]
    assert not listed, f"{what}:\n" + "\n".join(listed)


@pytest.mark.any_database
@pytest.mark.walk
class Walk(TestCase):
    """Every page of the portal, asked for and posted to with nothing in the form."""

    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = build()

    def setUp(self) -> None:
        self.places = Places(self.world)
        self.visitors = Visitors(self.world, tuple({*FRONT, *BACK}))
        self.messages: Catalogue = catalogue()
        self.malformed: dict[str, str] = {}

    def paths(self, *, back_office: bool) -> list[str]:
        names = [
            one
            for one in addresses()
            if one.in_back_office == back_office and not one.name.startswith(NOT_WALKED)
        ]
        ours = [self.places.path(one.name) for one in names if one.name and not one.vendor]
        if back_office:
            return [path for path in ours if not path.endswith(("/login/", "/logout/"))]
        allauth = [one.sample for one in names if one.vendor and one.route.startswith("accounts/")]
        searches = ["/tim-kiem/", "/tim-kiem/?q=mia", "/tim-kiem/?q=khong-co-gi-nhu-the"]
        drafts = [
            self.places.path(f"entries:{name}#draft")
            for name in ("entry", "basics", "section", "team", "member", "review", "withdraw")
        ]
        results = "/cuoc-thi/published/ket-qua/"
        checked = f"{results}kiem-chung/{self.world.published.round_track.result_decision.pk}/"
        pages = [*self.world.pages.values(), results, checked]
        return [*pages, *searches, *drafts, *ours, *allauth, "/khong-co-trang-nay/"]

    def readings(self, names: tuple[str, ...], paths: list[str]) -> Iterator[tuple[str, Any]]:
        """(who asked what, the page): everybody asks, the first who gets in also posts nothing."""
        for path in dict.fromkeys(paths):
            posted = False
            for name in names:
                got = self.visitors.ask(name, path)
                answers = {f"GET {path} as {name}": got}
                if not posted and got.status_code in {200, 405}:
                    posted = True
                    answers[f"POST {path} as {name}"] = self.visitors.ask(name, path, "POST")
                for where, response in answers.items():
                    yield from self._page(where, response)
                    if not path.startswith("/admin/"):
                        self._read_markup(where, response, path)

    @staticmethod
    def _page(where: str, response: Any) -> Iterator[tuple[str, Any]]:
        if response["Content-Type"].startswith("text/html") and response.content:
            page = BeautifulSoup(response.content, "html.parser")
            yield f"{where} ({response.status_code})", page

    def _read_markup(self, where: str, response: Any, path: str) -> None:
        """Whole pages of ours; what a script asks for is a part, the back office is Wagtail's."""
        language = "en" if path.startswith("/en/") else "vi"
        whole = response.get("Content-Type", "").startswith("text/html")
        html = response.content.decode() if whole else ""
        if "<html" in html:
            for fault in faults(html, language=language):
                self.malformed.setdefault(fault.partition(": ")[2] or fault, where)

    def untranslated(self, readings: Iterator[tuple[str, Any]]) -> dict[str, str]:
        """Each word that should be Vietnamese, with the first place that shows it."""
        found: dict[str, str] = {}
        for where, page in readings:
            said = list(words(page, language="vi"))
            wrong = [
                word
                for word in said
                if self.messages.untranslated(word) and word not in SAME_IN_BOTH
            ]
            for word in [*wrong, *leftovers(said)]:
                found.setdefault(word, where)
        return found

    def test_the_net_catches_what_it_should(self) -> None:
        page = BeautifulSoup(
            "<p>Log in</p><b title='Save draft'>Tốt</b><i lang='en'>Sign out</i>"
            "<input placeholder='You must type this'><style>the</style><p>None</p>",
            "html.parser",
        )
        said = list(words(page, language="vi"))
        assert "Sign out" not in said
        caught = {word for word in said if self.messages.untranslated(word)}
        assert caught == {"Log in", "Save draft", "You must type this", "None"}
        assert leftovers(said) == ["None"]
        assert self.messages.untranslated("Please wait 5 minutes")

    def test_public_and_work_pages_are_vietnamese_and_well_formed(self) -> None:
        paths = self.paths(back_office=False)
        none(self.untranslated(self.readings(FRONT, paths)))
        none(self.malformed, "Not as HTML is written")

    def test_our_back_office_is_vietnamese(self) -> None:
        paths = [*self.paths(back_office=True), "/admin/"]
        none(self.untranslated(self.readings(BACK, paths)))

    def test_english_pages_are_english_and_well_formed(self) -> None:
        english = [f"/en{path}" for path in self.paths(back_office=False)]
        found: dict[str, str] = {}
        for where, page in self.readings((ANONYMOUS, "founder", "judge"), english):
            said = list(words(page, language="en"))
            for word in [*(w for w in said if w in self.messages.vietnamese), *leftovers(said)]:
                found.setdefault(word, where)
        none(found)
        none(self.malformed, "Not as HTML is written")
