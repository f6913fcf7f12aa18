"""Who is told what at every address that is not public."""

from fnmatch import fnmatch
from typing import ClassVar

import pytest
from django.test import Client, TestCase, override_settings

from tests.refusals import matrix
from tests.refusals.addresses import Address, Places, addresses
from tests.visiting import ANONYMOUS, Visitors, outcome
from tests.worlds import World, build


def rows(table: str) -> list[tuple[str, str, list[str]]]:
    """(method, name, expected answers in the order of the personas)."""
    split = [line.split() for line in table.strip("\n").splitlines()[1:]]
    assert all(len(line) == 2 + len(matrix.PERSONAS) for line in split), split
    return [(method, name, answers) for method, name, *answers in split]


def ours() -> list[Address]:
    return [one for one in addresses() if one.name and not one.vendor]


class InAWorld(TestCase):
    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = build()

    def setUp(self) -> None:
        self.places = Places(self.world)
        self.visitors = Visitors(self.world, matrix.PERSONAS)

    def check(self, wanted: list[tuple[str, str, list[str]]]) -> None:
        found = self.differences(wanted)
        assert not found, "Answered otherwise:\n" + "\n".join(found)

    def differences(self, wanted: list[tuple[str, str, list[str]]]) -> list[str]:
        """Rows answered otherwise, written as the table would have to say."""
        found = []
        for method, name, expected in wanted:
            path = self.places.path(name)
            answers = [self.visitors.ask(who, path, method) for who in matrix.PERSONAS]
            got = [outcome(answer) for answer in answers]
            if got != expected:
                broken = {repr(a.exc_info[1]) for a in answers if getattr(a, "exc_info", None)}
                found.append(
                    f"{method:4} {name:28} {' '.join(f'{one:4}' for one in got)} {broken or ''}"
                )
        return found


@pytest.mark.walk
class TestTheMatrix(InAWorld):
    def test_front_of_house(self) -> None:
        self.check(rows(matrix.FRONT))

    def test_back_office(self) -> None:
        self.check(rows(matrix.BACK))

    def test_lists_of_the_back_office(self) -> None:
        self.check([("GET", name, answers) for name, answers in in_lists().items()])

    def test_the_demo_outbox_is_there_in_the_demo_only(self) -> None:
        for name in matrix.DEMO_ONLY:
            assert Client().get(self.places.path(name)).status_code == 200
            with override_settings(DEMO=False):
                for who in matrix.PERSONAS:
                    answer = self.visitors.ask(who, self.places.path(name))
                    assert outcome(answer) == "404", (name, who)

    def test_a_result_that_is_not_published_has_no_public_address(self) -> None:
        page, decision = "/cuoc-thi/marking/ket-qua/", self.world.decision
        published = "/cuoc-thi/published/ket-qua/"
        signed = f"{published}quyet-dinh/{decision.pk}/"
        for who in matrix.PERSONAS:
            assert outcome(self.visitors.ask(who, page)) == "404", who
            assert outcome(self.visitors.ask(who, signed)) == "404", who
            assert outcome(self.visitors.ask(who, published)) == "200", who

    def test_private_files_are_not_among_the_public_media(self) -> None:
        stored = self.world.handed_in.file.file.name
        for path in (f"/media/{stored}", f"/media/../private/{stored}", f"/media/private/{stored}"):
            for who in (ANONYMOUS, "founder", "officer"):
                assert outcome(self.visitors.ask(who, path)) == "404", (path, who)


def listed() -> set[str]:
    """Names that some table judges."""
    tables = rows(matrix.FRONT) + rows(matrix.BACK)
    return {name.partition("#")[0] for _method, name, _answers in tables}


def in_lists() -> dict[str, list[str]]:
    """Addresses that a pattern judges, with the answers the first such pattern expects."""
    found: dict[str, list[str]] = {}
    for one in ours():
        for _method, pattern, answers in rows(matrix.LISTS):
            if one.name not in listed() and fnmatch(one.name, pattern):
                found.setdefault(one.name, answers)
    return found


def test_every_address_is_public_or_in_the_matrix() -> None:
    """A new URL has to be given its row here, or be named as public, before anything is merged."""
    judged = listed() | set(in_lists()) | matrix.PUBLIC | matrix.DEMO_ONLY
    forgotten = [one for one in ours() if one.name not in judged]
    assert forgotten == []


def test_the_matrix_names_nothing_that_is_gone() -> None:
    there = {one.name for one in addresses()}
    assert (listed() | matrix.PUBLIC | matrix.DEMO_ONLY) - there == set()


class TestVendorPages(InAWorld):
    """Wagtail's and allauth's own addresses, by one rule for each prefix."""

    def test_the_back_office_is_shut_to_people_without_a_role(self) -> None:
        found = []
        for one in addresses():
            if not one.vendor or not one.in_back_office or one.name in matrix.OPEN_BACK_OFFICE:
                continue
            answers = [
                outcome(self.visitors.ask(who, one.sample)) for who in (ANONYMOUS, "founder")
            ]
            if answers not in (["login", "403"], ["404", "403"]):
                found.append((one.name, one.sample, answers))
        assert found == []

    def test_pages_of_ones_own_account_ask_to_sign_in(self) -> None:
        found = []
        for one in addresses():
            if one.vendor and one.route.startswith("accounts/") and one.name:
                answer = outcome(self.visitors.ask(ANONYMOUS, one.sample))
                wanted = (
                    {"200", "302", "401", "login"} if one.name in matrix.ENTRANCE else {"login"}
                )
                if answer not in wanted:
                    found.append((one.name, answer))
        assert found == []

    def test_no_vendor_page_outside_these_prefixes(self) -> None:
        outside = {
            one.name
            for one in addresses()
            if one.vendor and not one.route.startswith(("admin/", "accounts/"))
        }
        assert outside == matrix.PUBLIC_VENDOR_PAGES
