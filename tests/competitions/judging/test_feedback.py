"""After publication a team reads its total, the means and the comments; others read nothing."""

import pytest

from competitions.entries.models import TeamMember
from competitions.judging import deciding, publishing
from competitions.judging.models import Scorecard
from portal.core import clock
from tests.factories.judging import decision_pdf, person
from tests.reading import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(marking):
    for judge, mark in zip(marking.judges, ("20", "25"), strict=True):
        for entry in marking.entries:
            marking.score(judge, entry, mark, "15", "8", comment=f"Nhận xét của {judge.user}")
    Scorecard.objects.update(private_note="GHI CHÚ RIÊNG")
    marking.close()
    outcomes = {entry.pk: ("not_advanced", None) for entry in marking.entries}
    deciding.decide(marking.round_track, outcomes, marking.officer)
    deciding.settle(marking.round_track, marking.officer)
    decision = publishing.prepare(
        marking.round_track, "7/QĐ", clock.today(), "Giám đốc", decision_pdf(), marking.officer
    )
    publishing.approve(publishing.propose(decision, marking.officer), marking.director)
    marking.decision = decision
    return marking


def address(made):
    return f"/workspace/entries/{made.entries[0].key}/feedback/"


def text_of(response):
    assert response.status_code == 200, response.status_code
    page = page_of(response, None).select_one("main")
    return " ".join(page.get_text(" ", strip=True).split())


def test_nothing_is_shown_before_publication(published, signed_in):
    assert signed_in(published.entries[0].captain).get(address(published)).status_code == 404


def test_the_team_reads_total_means_and_comments(published, signed_in):
    publishing.publish(published.decision, published.officer)
    mate = person()
    TeamMember.objects.create(
        entry=published.entries[0], full_name="Bạn", email=mate.email, user=mate
    )
    for reader in (published.entries[0].captain, mate, published.officer, published.director):
        text = text_of(signed_in(reader).get(address(published)))
        assert "61,5" in text
        assert "22,5 / 40" in text
        assert f"Nhận xét của {published.judges[0].user}" in text
        assert "GHI CHÚ RIÊNG" not in text


def test_other_teams_and_visitors_read_nothing(published, signed_in, client):
    publishing.publish(published.decision, published.officer)
    strangers = (published.entries[1].captain, published.judges[0].user, person(editor=True))
    for stranger in strangers:
        assert signed_in(stranger).get(address(published)).status_code == 404
    assert client.get(address(published)).status_code == 302


@pytest.mark.parametrize("named", [True, False])
def test_judges_are_named_only_where_the_competition_names_them(published, signed_in, named):
    Scorecard.objects.update(comment="Cố lên")
    published.competition.judges_named = named
    published.competition.save()
    publishing.publish(published.decision, published.officer)
    text = text_of(signed_in(published.entries[0].captain).get(address(published)))
    assert "Cố lên" in text
    assert (str(published.judges[0].user) in text) == named
