"""What the directory gives to search and home, what it forgets, and awards from competitions."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from competitions.entries.models import Entry
from competitions.judging import deciding, publishing
from competitions.judging.models import EntryInRound
from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.extension_points import NAMES, gather, providers
from portal.core.page_cache.storing import pages
from portal.pages.owned_records import draft_of
from portal.search.indexing import rebuild
from portal.search.models import Document
from startups.directory.browsing import awards_of
from startups.directory.models import DirectoryPage, StartupProfile
from startups.directory.writing import save_draft
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.directory import owner_of, public, recognise, sent, stored
from tests.factories.judging import JudgingRound, decision_pdf, make_round
from tests.factories.pages import english
from tests.reading import page_of, words
from tests.with_page_cache import page_cache_on  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

AWARD_QUERIES = 3


def judged(organisation: Organisation, prefix: str = "KN2026") -> JudgingRound:
    """A round whose winner belongs to the organisation; its result is not published yet."""
    made = make_round(prefix=prefix, judges=1, entries=2)
    Entry.objects.filter(pk=made.entries[0].pk).update(
        applicant=Entry.Applicant.ORGANISATION, organisation=organisation
    )
    made.assign_all()
    made.open()
    made.score_all()
    made.close()
    prize = made.track.prizes.first()
    outcomes = {
        made.entries[0].pk: (EntryInRound.State.ADVANCED, prize.pk),
        made.entries[1].pk: (EntryInRound.State.NOT_ADVANCED, None),
    }
    deciding.decide(made.round_track, outcomes, made.officer)
    deciding.settle(made.round_track, made.officer)
    made.round_track.refresh_from_db()
    return made


def publish(made: JudgingRound) -> None:
    decision = publishing.prepare(
        made.round_track, "9/QĐ", clock.today(), "Nguyễn Ký", decision_pdf(), made.officer
    )
    publishing.propose(decision, made.officer)
    decision.refresh_from_db()
    publishing.approve(decision, UserFactory(director=True))
    decision.refresh_from_db()
    publishing.publish(decision, made.officer)


def test_awards_come_from_published_results_only(directory: DirectoryPage, client: Client) -> None:
    organisation = OrganisationFactory()
    public(organisation, name="Bã Xanh")
    made = judged(organisation)
    assert awards_of([organisation.pk]) == {}
    assert not page_of(client.get("/khoi-nghiep/ba-xanh/")).select("#startup-awards")
    publish(made)
    [award] = awards_of([organisation.pk])[organisation.pk]
    assert str(award.title) == made.track.prizes.first().title
    assert award.day == clock.today()
    page = page_of(client.get("/khoi-nghiep/ba-xanh/"))
    section = page.select_one("section[aria-labelledby=startup-awards]")
    assert str(award.title) in words(section)
    assert str(award.detail) in words(section)
    found = page_of(client.get("/khoi-nghiep/?giai-thuong=co"))
    assert [link.get_text() for link in found.select(".startups h2 a")] == ["Bã Xanh"]


def test_awards_cost_the_same_for_one_and_for_many(django_assert_num_queries: Any) -> None:
    organisations = [OrganisationFactory() for _number in range(3)]
    for number, organisation in enumerate(organisations):
        publish(judged(organisation, f"KN{number}"))
    keys = [one.pk for one in organisations]
    awards_of(keys)
    for asked in (keys[:1], keys):
        with django_assert_num_queries(AWARD_QUERIES):
            assert set(awards_of(asked)) == set(asked)


def test_the_hooks_are_declared() -> None:
    for name in ("portal_awards", "portal_organisation_links"):
        assert name in NAMES
        assert providers(name)


def titles(language: str) -> list[str]:
    found = Document.objects.filter(kind="startup", language=language)
    return sorted(found.values_list("title", flat=True))


def test_search_knows_what_is_public(directory: DirectoryPage) -> None:
    english(directory, title="Startups")
    public(name="Bã Xanh")
    public(name="Tưới Đúng", name_en="Right Water", tagline_en="Water when it is needed")
    sent(name="Chưa Duyệt")
    rebuild()
    assert titles("vi") == ["Bã Xanh", "Tưới Đúng"]
    assert titles("en") == ["Right Water"]


@pytest.mark.usefixtures("directory")
def test_search_follows_when_a_profile_goes_live_and_down(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        profile = public(name="Bã Xanh")
    assert titles("vi") == ["Bã Xanh"]
    with django_capture_on_commit_callbacks(execute=True):
        profile.unpublish()
    assert titles("vi") == []


def test_the_home_page_counts_public_startups(rf: Any) -> None:
    def startups() -> list[int]:
        pages.cache_clear()
        figures = gather("portal_figures", rf.get("/"))
        return [figure.value for figure in figures if str(figure.label) in {"startup", "startups"}]

    sent()
    assert startups() == []
    public()
    assert startups() == [1]


@pytest.mark.usefixtures("directory", "page_cache_on")
def test_pages_are_forgotten_when_the_public_would_see_a_change() -> None:
    def forgets(act: Any) -> bool:
        before = pages().stamp.current()
        act()
        return pages().stamp.current() != before

    profile = public(name="Bã Xanh")
    owner = owner_of(profile.standing.organisation)

    def write() -> None:
        written = draft_of(stored(profile))
        written.tagline = "Một câu khác"
        save_draft(written, written.draft_version, owner)

    assert not forgets(write), "a draft shows nothing"
    assert forgets(lambda: stored(profile).latest_revision.publish())
    assert forgets(lambda: recognise(profile))
    assert forgets(lambda: stored(profile).unpublish())


def test_recognition_ends_by_itself(directory: DirectoryPage, client: Client) -> None:
    today = clock.today()
    profile = public(name="Bã Xanh")
    recognise(profile, issued_on=today - timedelta(days=10), valid_until=today)
    assert page_of(client.get("/khoi-nghiep/ba-xanh/")).select("#startup-recognition")
    with clock.held_at(clock.now() + timedelta(days=2)):
        page = page_of(client.get("/khoi-nghiep/ba-xanh/"))
        assert not page.select("#startup-recognition")
        assert StartupProfile.objects.public().count() == 1
