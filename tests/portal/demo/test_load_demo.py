"""The demo season: what the issue promises of it, the same each time, never over real data."""

from collections import Counter
from io import StringIO
from typing import Any, ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse

from competitions.calls.models import Competition, RoundTrack
from competitions.calls.queries import competitions_open
from competitions.entries.models import Entry, TeamMember
from competitions.judging.models import (
    ConflictOfInterest,
    Judge,
    PublishedRow,
    ResultDecision,
    Scorecard,
)
from competitions.judging.standings import standings
from events.techmart.models import (
    ConnectionRequest,
    Demand,
    Expert,
    MarketPage,
    Need,
    Offer,
    Outcome,
    Supplier,
)
from events.techmart.numbers.counting import quarter_of
from events.techmart.numbers.publishing import totals
from portal.accounts import roles
from portal.accounts.models import Membership, User
from portal.core import clock
from portal.core.demo_mode import DEMO_PASSWORD
from portal.demo import loading
from portal.news.models import ArticlePage
from portal.pages.founding import found_site
from portal.pages.owned_records import where
from startups.directory.models import Recognition, StartupProfile
from tests.factories.accounts import UserFactory

DAY = "2026-11-23"
NOW = loading.moment_of(DAY)


def load(*options: str) -> str:
    said = StringIO()
    call_command("load_demo", "--today", DAY, *options, stdout=said)
    return said.getvalue()


def fingerprint() -> list[Any]:
    """What a reader could compare between two loads: words, codes, dates, marks."""
    totals = [
        (
            str(one),
            [(line.entry.code, line.mean, line.ranked.rank) for line in standings(one).lines],
        )
        for one in RoundTrack.objects.filter(round__number=1).order_by("round__competition__year")
    ]
    return [
        list(Entry.objects.order_by("title").values_list("title", "code", "state", "submitted_at")),
        [
            (member.entry.title, member.full_name, member.agreed)
            for member in TeamMember.objects.select_related("entry").order_by(
                "entry__title", "email"
            )
        ],
        list(ResultDecision.objects.order_by("number").values_list("number", "decided_on")),
        list(ArticlePage.objects.order_by("title").values_list("title", "day")),
        list(
            Scorecard.objects.order_by("entry__title", "judge__user__email").values_list(
                "entry__title", "judge__user__email", "state", "comment"
            )
        ),
        totals,
    ]


@pytest.mark.django_db
def test_the_same_day_gives_the_same_season_and_a_larger_one_adds_to_it() -> None:
    with transaction.atomic():
        load("--scale", "3")
        larger = fingerprint()
        transaction.set_rollback(True)
    load()
    season = fingerprint()
    for more, one in zip(larger, season, strict=True):
        assert one
        assert [line for line in more if line in one] == one
    more_rows = [len(more) - len(one) for more, one in zip(larger, season, strict=True)]
    entries, articles = more_rows[0], more_rows[3]
    assert (entries, articles) == (4, 20)
    added = [line for line in larger[0] if line not in season[0]]
    assert {state for _title, _code, state, _at in added} == {Entry.State.SUBMITTED}


class TestTheSeason(TestCase):
    """One season. Workers may share its tests, so it is loaded once in each and no more."""

    said: ClassVar[str]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.said = load()

    def setUp(self) -> None:
        held = clock.held_at(NOW)
        held.__enter__()
        self.addCleanup(held.__exit__, None, None, None)

    def competition(self, years_from_now: int) -> Competition:
        return Competition.objects.get(year=2026 + years_from_now)

    def test_a_bar_shows_how_far_it_is(self) -> None:
        assert "100%" in self.said

    def test_one_competition_takes_entries_and_has_drafts(self) -> None:
        competition = self.competition(1)
        assert list(competitions_open(NOW)) == [competition]
        entries = Entry.objects.filter(competition=competition)
        assert entries.count() == 3
        assert {entry.state for entry in entries} == {"draft"}
        assert all(entry.code is None and entry.answers.exists() for entry in entries)

    def test_one_is_in_marking_with_24_entries_in_two_tracks(self) -> None:
        entries = Entry.objects.filter(competition=self.competition(0))
        assert Counter(entries.values_list("track__title_en", flat=True)) == {
            "Ideas": 12,
            "Projects": 12,
        }
        states = Counter(entries.values_list("state", flat=True))
        assert states == {"eligible": 22, "withdrawn": 1, "ineligible": 1}
        first = RoundTrack.objects.filter(round__competition=self.competition(0), round__number=1)
        assert {one.state for one in first} == {"marking"}
        assert entries.get(state="ineligible").reason

    def test_six_judges_give_three_marks_to_each_entry(self) -> None:
        seats = Judge.objects.filter(round_track__round__competition=self.competition(0))
        assert {seat.state for seat in seats} == {"accepted"}
        assert seats.values("user").distinct().count() == 6
        cards = Scorecard.objects.filter(judge__in=seats)
        each = Counter(cards.values_list("entry__code", flat=True))
        assert len(each) == 22
        assert set(each.values()) == {3}
        assert not ConflictOfInterest.objects.exists()

    def test_some_sheets_are_complete_some_begun_some_untouched(self) -> None:
        cards = Scorecard.objects.filter(judge__round_track__round__competition=self.competition(0))
        states = Counter(cards.values_list("state", flat=True))
        assert set(states) == {"complete", "started", "assigned"}
        assert all(states.values())

    def test_an_earlier_one_has_published_results(self) -> None:
        decisions = ResultDecision.objects.filter(
            round_track__round__competition=self.competition(-1)
        )
        assert [one.state for one in decisions] == ["published", "published"]
        assert all(one.approved_by_id != one.prepared_by_id for one in decisions)
        assert PublishedRow.objects.count() == 6
        assert PublishedRow.objects.exclude(prize="").exists()
        page = Client().get("/cuoc-thi/")
        assert str(self.competition(-1).title) in page.content.decode()

    def test_the_accounts_of_the_readme_come_in(self) -> None:
        logins = ["quantri", "lanhdao", "bientap", "chuyenvien", "letan"]
        logins += [f"giamkhao{n}" for n in range(1, 7)] + [f"startup{n}" for n in range(1, 13)]
        logins += [f"congty{n}" for n in range(1, 5)] + [f"nhacungung{n}" for n in range(1, 9)]
        for login in logins:
            client = Client()
            address = {"login": f"{login}@demo.example", "password": DEMO_PASSWORD}
            answer = client.post(reverse("account_login"), address)
            assert answer.status_code == 302, login
            assert client.get(reverse("workspace:home")).status_code == 200, login
        assert set(User.objects.values_list("email", flat=True)) == {
            f"{login}@demo.example" for login in logins
        }

    def test_staff_have_their_roles_and_organisations_their_owners(self) -> None:
        held = {
            "quantri": roles.ADMINISTRATORS,
            "lanhdao": roles.DIRECTORS,
            "bientap": roles.EDITORS,
            "chuyenvien": roles.OFFICERS,
            "letan": roles.FRONT_DESK,
        }
        for login, role in held.items():
            user = User.objects.get(email=f"{login}@demo.example")
            assert [group.name for group in user.groups.all()] == [role]
            assert Client().get("/admin/").status_code == 302
        assert Membership.objects.filter(role="owner").count() == 21

    def test_ten_articles_and_every_page_open(self) -> None:
        assert ArticlePage.objects.live().filter(locale__language_code="vi").count() == 10
        from wagtail.models import Page

        for page in Page.objects.live().filter(depth__gt=1):
            answer = Client().get(page.get_url())
            assert answer.status_code == 200, page.get_url()

    def test_one_article_waits_for_its_editor_and_one_has_attachments_and_tags(self) -> None:
        waiting = ArticlePage.objects.get(live=False)
        assert waiting.workflow_in_progress
        assert waiting.wagtail_admin_comments.get().user.email == "bientap@demo.example"
        editor = Client()
        editor.force_login(User.objects.get(email="bientap@demo.example"))
        assert waiting.title in editor.get(reverse("workspace:home")).content.decode()
        dressed = ArticlePage.objects.get(attachments__isnull=False, attachments__sort_order=0)
        assert dressed.attachments.count() == 2
        assert len(dressed.tags.all()) == 3

    def test_ten_startups_one_waits_one_was_returned_two_are_recognised(self) -> None:
        stand = Counter(where(profile).value for profile in StartupProfile.objects.all())
        assert stand == {"live": 8, "in_review": 1, "returned": 1}
        assert Recognition.objects.in_force().count() == 2
        awarded = Client().get("/khoi-nghiep/?giai-thuong=co").content.decode()
        assert "Tưới Đúng" in awarded
        assert "Lục Bình Farm" not in awarded
        for page in ("/khoi-nghiep/tuoi-dung/", "/en/startups/tuoi-dung/"):
            assert Client().get(page).status_code == 200

    def test_the_market_is_full_and_nothing_that_waits_shows(self) -> None:
        shown = [model.objects.public().count() for model in (Offer, Demand, Expert, Supplier)]
        assert shown == [60, 19, 25, 18]
        stand = Counter(where(offer).value for offer in Offer.objects.all())
        assert stand == {"live": 60, "in_review": 1, "returned": 1, "draft": 1}
        for model in (Offer, Demand, Expert, Supplier):
            for slug in model.objects.public().values_list("standing__slug", flat=True)[:3]:
                route = model._meta.model_name
                page = MarketPage.public_in("vi")
                address = page.address_of(route, slug, page.get_url())
                assert Client().get(address).status_code == 200, address

    def test_the_connection_desk_has_work_and_a_history(self) -> None:
        states = Counter(ConnectionRequest.objects.values_list("state", flat=True))
        assert states.total() == 12
        assert len(states) >= 10
        needs = Counter(Need.objects.values_list("state", flat=True))
        assert set(needs) == {"new", "in_hand", "answered", "demand", "closed"}
        days = Outcome.objects.standing().values_list("signed_on", flat=True)
        assert len({quarter_of(day) for day in days}) >= 3
        told = totals()
        assert told.whole.memoranda
        assert told.whole.contracts
        assert told.value

    def test_nobody_outside_the_demo_is_named(self) -> None:
        addresses = TeamMember.objects.values_list("email", flat=True)
        assert all(address.endswith("@demo.example") for address in addresses)

    def test_loading_again_changes_nothing(self) -> None:
        before = Entry.objects.count()
        assert "already" in load()
        assert Entry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("scale", ["0", "-1", "1001"])
def test_a_scale_that_makes_no_sense_is_refused(scale: str) -> None:
    with pytest.raises(CommandError, match="from 1 to 1000"):
        call_command("load_demo", "--scale", scale, stdout=StringIO())
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_database_with_a_real_account_is_refused() -> None:
    UserFactory(email="that@tayninh.example")
    with pytest.raises(CommandError, match="real accounts"):
        load()
    assert not Competition.objects.exists()


@pytest.mark.django_db
def test_a_database_with_pages_is_refused() -> None:
    found_site("localhost", 80)
    with pytest.raises(CommandError, match="pages"):
        load()
    assert not Competition.objects.exists()


@pytest.mark.django_db
def test_if_empty_leaves_a_database_in_use_alone() -> None:
    UserFactory(email="that@tayninh.example")
    said = StringIO()
    call_command("load_demo", "--if-empty", stdout=said)
    assert "not loaded" in said.getvalue()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_day_that_is_no_day_is_refused() -> None:
    with pytest.raises(CommandError, match="2026-11-23"):
        call_command("load_demo", "--today", "31/02/2026")
