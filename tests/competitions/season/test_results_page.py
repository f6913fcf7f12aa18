"""Published results: open, exact, and silent about what is not decided."""

import hashlib
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from competitions.calls.models import Competition, Round, RoundTrack
from competitions.judging import deciding, publishing
from competitions.judging.models import EntryInRound, ResultDecision
from competitions.season.models import CompetitionPage
from portal.core import clock
from portal.search.indexing import rebuild
from tests.factories.entries import OpenCompetitionFactory
from tests.factories.judging import JudgingRound, decision_pdf, make_round
from tests.factories.pages import CompetitionPageFactory, home
from tests.reading import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

URL = "/cuoc-thi/cuoc-thi-2026/"


def prepared(judged: JudgingRound) -> ResultDecision:
    states = EntryInRound.State
    last = publishing.is_last_round(judged.round_track)
    prize = judged.track.prizes.first() if last else None
    outcomes = {
        entry.pk: (
            states.ADVANCED if number == 0 else states.NOT_ADVANCED,
            prize.pk if prize and number == 0 else None,
        )
        for number, entry in enumerate(judged.entries)
    }
    deciding.decide(judged.round_track, outcomes, judged.officer)
    deciding.settle(judged.round_track, judged.officer)
    judged.round_track.refresh_from_db()
    return publishing.prepare(
        judged.round_track,
        "125/QĐ-SKHCN",
        clock.today(),
        "Nguyễn Văn Giám",
        decision_pdf("quyết định.pdf"),
        judged.officer,
    )


def publish(judged: JudgingRound) -> ResultDecision:
    decision = prepared(judged)
    decision = publishing.propose(decision, judged.officer)
    decision = publishing.approve(decision, judged.director)
    return publishing.publish(decision, judged.officer)


def soup(client: Client, url: str) -> BeautifulSoup:
    return page_of(client.get(url))


def test_nothing_shows_before_publication(judged: JudgingRound, client: Client) -> None:
    decision = prepared(judged)
    assert client.get(f"{URL}ket-qua/").status_code == 404
    assert client.get(f"{URL}ket-qua/quyet-dinh/{decision.pk}/").status_code == 404
    assert "Xem kết quả" not in soup(client, URL).get_text()


def test_the_table_shows_ranks_ties_and_outcomes(judged: JudgingRound, client: Client) -> None:
    publish(judged)
    page = soup(client, f"{URL}ket-qua/")
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td, th")]
        for row in page.select("tbody tr")
    ]
    first, second, third = (entry for entry in judged.entries)
    name = first.captain.full_name
    assert rows[0] == ["1", first.code, first.title, name, "69,00", "Giải Nhất"]
    assert [row[:2] for row in rows[1:]] == [
        ["Đồng hạng 2", second.code],
        ["Đồng hạng 2", third.code],
    ]
    assert [row[4:] for row in rows[1:]] == [["59,00", ""], ["59,00", ""]]


def test_where_a_round_follows_each_entry_is_told_whether_it_goes_on(
    judged: JudgingRound, client: Client
) -> None:
    final = Round.objects.create(competition=judged.competition, number=9, title="Chung kết")
    RoundTrack.objects.create(round=final, track=judged.track)
    publish(judged)
    page = soup(client, f"{URL}ket-qua/")
    outcomes = [row.select("td")[-1].get_text(strip=True) for row in page.select("tbody tr")]
    assert outcomes == ["Vào vòng sau", "Không vào vòng sau", "Không vào vòng sau"]


def test_the_decision_stands_beside_and_who_approved_does_not(
    judged: JudgingRound, client: Client
) -> None:
    decision = publish(judged)
    page = soup(client, f"{URL}ket-qua/")
    facts = page.select_one(".result-facts").get_text(" ", strip=True)
    assert "125/QĐ-SKHCN" in facts
    assert "Nguyễn Văn Giám" in facts
    assert judged.director.full_name not in page.get_text()
    assert judged.officer.full_name not in page.get_text()
    link = page.select_one(".result-facts a")
    assert link["href"] == f"{URL}ket-qua/quyet-dinh/{decision.pk}/"
    response = client.get(link["href"])
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_anybody_can_check_the_ranking(judged: JudgingRound, client: Client) -> None:
    decision = publish(judged)
    link = soup(client, f"{URL}ket-qua/").select(".result-facts a")[-1]
    page = soup(client, link["href"])
    chips = [chip.get_text(strip=True) for chip in page.select("main .chip")]
    assert chips == ["Khớp"] * 4
    assert decision.sealed_sha256 in page.get_text()
    first = page.select("table")[0].select("tbody tr")[0].get_text(" ", strip=True)
    assert first == f"1 {judged.entries[0].code} 69,00 1 Có"
    file = client.get(page.select_one("a[download]")["href"])
    assert file["Content-Type"] == "application/json; charset=utf-8"
    assert hashlib.sha256(file.content).hexdigest() == decision.sealed_sha256


def test_a_stored_file_that_was_exchanged_is_found_out(
    judged: JudgingRound, client: Client
) -> None:
    decision = publish(judged)
    address = f"{URL}ket-qua/kiem-chung/{decision.pk}/"
    forged = decision.sealed.replace('"rank":1', '"rank":4')
    ResultDecision.objects.filter(pk=decision.pk).update(sealed=forged)
    page = soup(client, address)
    assert "Không khớp" in page.get_text()
    assert "Tệp đã bị thay sau khi công bố" in page.get_text()
    ResultDecision.objects.filter(pk=decision.pk).update(sealed="nothing")
    assert "không phải là tệp kết quả niêm phong" in soup(client, address).get_text()


def test_what_was_told_of_results_leads_on_when_the_competition_is_renamed(
    judged: JudgingRound, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    decision = publish(judged)
    page = CompetitionPage.objects.get(competition=judged.track.competition)
    page.slug = "mua-2026"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for name in ("kiem-chung", "niem-phong", "quyet-dinh"):
        below = f"ket-qua/{name}/{decision.pk}/"
        answer = client.get(f"{URL}{below}")
        assert (answer.status_code, answer["Location"]) == (301, f"/cuoc-thi/mua-2026/{below}")


def test_nothing_can_be_checked_before_publication(judged: JudgingRound, client: Client) -> None:
    decision = prepared(judged)
    for name in (f"kiem-chung/{decision.pk}/", f"niem-phong/{decision.pk}/"):
        assert client.get(f"{URL}ket-qua/{name}").status_code == 404


def test_another_competition_does_not_hand_out_the_file(
    judged: JudgingRound, client: Client
) -> None:
    decision = publish(judged)
    other = make_round(prefix="KN2025").competition
    Competition.objects.filter(pk=other.pk).update(title="Khác")
    other.refresh_from_db()
    index = home().get_children().get(slug="cuoc-thi").specific
    CompetitionPageFactory(parent=index, competition=other)
    assert client.get(f"/cuoc-thi/khac/ket-qua/quyet-dinh/{decision.pk}/").status_code == 404


def test_visitors_are_led_to_the_results(judged: JudgingRound, client: Client) -> None:
    publish(judged)
    page = soup(client, URL)
    button = page.select_one(".next-step__action a.button")
    assert (button.get_text(strip=True), button["href"]) == ("Xem kết quả", f"{URL}ket-qua/")
    client.force_login(judged.entries[0].captain)
    own = soup(client, URL).select_one(".next-step__action a.button")
    assert own["href"] == f"/workspace/entries/{judged.entries[0].key}/feedback/"


def test_results_are_found_without_accents(judged: JudgingRound, client: Client) -> None:
    rebuild()
    assert not soup(client, "/tim-kiem/?q=125/qd").select(".row")
    publish(judged)
    rebuild()
    for words in ("125/qd-skhcn", judged.entries[1].code, "ket qua cuoc thi 2026"):
        page = soup(client, f"/tim-kiem/?q={words}&loai=result")
        assert page.select_one(".row__title a")["href"] == f"{URL}ket-qua/", words


def test_the_language_switch_keeps_to_the_results(judged: JudgingRound, client: Client) -> None:
    publish(judged)
    page = soup(client, f"{URL}ket-qua/")
    assert page.select_one("link[rel=canonical]")["href"] == f"http://localhost{URL}ket-qua/"
    crumbs = [crumb.get_text(strip=True) for crumb in page.select(".breadcrumbs li")]
    assert crumbs == ["Trang chủ", "Cuộc thi", "Cuộc thi 2026", "Kết quả"]


def test_search_puts_the_open_competition_first_and_what_is_over_last(
    judged: JudgingRound, client: Client
) -> None:
    index = CompetitionPage.objects.get().get_parent()
    taking = OpenCompetitionFactory(title="Cuộc thi 2027", year=2027)
    CompetitionPageFactory(parent=index, competition=taking)
    publish(judged)
    rebuild()
    found = page_of(client.get("/tim-kiem/?q=cuoc+thi&loai=competition")).select(".row__title")
    assert [" ".join(row.get_text().split()) for row in found] == ["Cuộc thi 2027", "Cuộc thi 2026"]
