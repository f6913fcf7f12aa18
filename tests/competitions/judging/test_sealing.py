"""Results anyone can verify: sheets are sealed, and a changed file is found out."""

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from competitions.judging import deciding, publishing, scoring
from competitions.judging.models import EntryInRound, Mark, ResultDecision, Seal
from competitions.judging.verifying import Report, verify
from portal.core import clock
from portal.core.verdicts import Refused
from tests.factories.judging import JudgingRound, decision_pdf, make_round

pytestmark = pytest.mark.django_db


def marked_round() -> JudgingRound:
    """Two judges, three entries, one sheet that was reopened; everything handed in."""
    made = make_round(judges=2, entries=3)
    made.assign_all()
    made.open()
    for number, entry in enumerate(made.entries):
        for judge in made.judges:
            made.score(judge, entry, str(20 + number), "15", "8")
    scoring.hand_in_all(made.judges[0], made.judges[0].user)
    card = made.card(made.judges[0], made.entries[0])
    scoring.reopen(card, made.officer, "Cộng nhầm")
    made.score(made.judges[0], made.entries[0], "30", "15", "8")
    scoring.hand_in_all(made.judges[0], made.judges[0].user)
    made.close()
    return made


def approved(made: JudgingRound) -> ResultDecision:
    advanced = EntryInRound.State.ADVANCED
    outcomes = {entry.pk: (advanced, None) for entry in made.entries}
    deciding.decide(made.round_track, outcomes, made.officer)
    deciding.settle(made.round_track, made.officer)
    made.round_track.refresh_from_db()
    facts = ("12/QĐ-SKHCN", clock.today(), "Nguyễn Văn Giám", decision_pdf("qd.pdf"))
    decision = publishing.prepare(made.round_track, *facts, made.officer)
    publishing.propose(decision, made.officer)
    return publishing.approve(decision, made.director)


@pytest.fixture
def sealed() -> str:
    made = marked_round()
    decision = publishing.publish(approved(made), made.officer)
    return decision.sealed


def changed(sealed: str, *path: Any, to: Any) -> Report:
    """The report on the file with one value exchanged."""
    document = json.loads(sealed)
    place = document
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != to
    place[path[-1]] = to
    return verify(json.dumps(document).encode())


def test_each_handed_in_sheet_gets_a_seal_that_holds_the_one_before() -> None:
    made = marked_round()
    seals = list(Seal.objects.filter(round_track=made.round_track))
    assert [seal.number for seal in seals] == list(range(1, 8))  # six sheets, one of them twice
    assert [seal.previous for seal in seals] == ["", *[seal.sha256 for seal in seals[:-1]]]
    twice = made.card(made.judges[0], made.entries[0]).seals.all()
    assert [next(iter(seal.content["marks"].values())) for seal in twice] == ["20.00", "30.00"]


def test_the_published_file_verifies_and_names_no_judge(sealed: str) -> None:
    report = verify(sealed.encode())
    assert report.passed
    assert len(report.checks) == 4
    decision = ResultDecision.objects.get()
    assert decision.sealed_sha256 == report.sha256
    for judge in decision.round_track.judges.all():
        assert judge.user.full_name not in sealed
        assert judge.user.email not in sealed
    [first] = [row for row in json.loads(sealed)["ranking"] if row["rank"] == 1]
    assert decision.rows.get(rank=1).entry.code == first["entry"]


@pytest.mark.parametrize(
    ("path", "to", "failing"),
    [
        (("seals", 2, "content", "judge"), "G0", 0),
        (("seals", 0, "sha256"), "0" * 64, 0),
        (("seals", 1, "previous"), "", 0),
        (("counted", 0), 1, 1),
        (("counted", 0), 99, 1),
        (("rules", "sheets_needed"), 3, 3),
        (("rules", "minimum_total"), "99.00", 3),
        (("criteria", 0, "weight"), "0.50", 3),
        (("criteria", 0, "maximum"), "5.00", 2),
        (("ranking", 0, "rank"), 2, 3),
        (("ranking", 0, "mean"), "1", 3),
        (("ranking", 0, "passes"), False, 3),
        (("ranking", 0, "entry"), "KN0000-001", 3),
    ],
)
def test_whatever_is_changed_is_found(
    sealed: str, path: tuple[Any, ...], to: Any, failing: int
) -> None:
    report = changed(sealed, *path, to=to)
    assert not report.checks[failing].passed
    assert not report.passed


def test_a_mark_cannot_be_changed(sealed: str) -> None:
    marks = json.loads(sealed)["seals"][0]["content"]["marks"]
    report = changed(sealed, "seals", 0, "content", "marks", next(iter(marks)), to="40.00")
    assert not report.checks[0].passed


def test_a_seal_cannot_be_taken_out(sealed: str) -> None:
    for number in range(7):
        document = json.loads(sealed)
        del document["seals"][number]
        report = verify(json.dumps(document).encode())
        assert not report.passed, number


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
        lambda value: json.dumps(
            {"format": "portal-result/1", "seals": value, "counted": value}
        ).encode()
    )
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_any_file_gets_an_answer(content: bytes) -> None:
    assert not verify(content).passed


@given(data=st.data())
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_no_value_anywhere_breaks_the_check(sealed: str, data: st.DataObject) -> None:
    """Whatever stands in place of any one value: an answer, and never an exception."""
    document = json.loads(sealed)
    place: Any = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(st.none() | st.integers() | st.text(max_size=5) | st.just([]))
    assert isinstance(verify(json.dumps(document).encode()).passed, bool)


def test_marks_changed_past_the_portal_stop_the_publication() -> None:
    made = marked_round()
    decision = approved(made)
    Mark.objects.filter(scorecard__entry=made.entries[1]).update(value=40)
    with pytest.raises(Refused) as refused:
        publishing.publish(decision, made.officer)
    assert refused.value.code == "seal_broken"
    decision.refresh_from_db()
    assert decision.state == ResultDecision.State.APPROVED
    assert not decision.rows.exists()


def test_a_withdrawn_entry_leaves_its_seal_and_not_its_place() -> None:
    made = marked_round()
    decision = approved(made)
    gone = made.entries[2]
    type(gone).objects.filter(pk=gone.pk).update(state="withdrawn")
    sealed = publishing.publish(decision, made.officer).sealed
    document = json.loads(sealed)
    assert gone.code in {seal["content"]["entry"] for seal in document["seals"]}
    assert gone.code not in {row["entry"] for row in document["ranking"]}
    assert verify(sealed.encode()).passed


def run(file: Path) -> str:
    out = io.StringIO()
    call_command("verify_results", str(file), stdout=out)
    return out.getvalue()


def test_the_command_says_yes_to_the_published_file(sealed: str, tmp_path: Path) -> None:
    file = tmp_path / "kn2026.json"
    file.write_text(sealed, encoding="utf-8")
    said = run(file)
    assert ResultDecision.objects.get().sealed_sha256 in said
    assert "published it with decision 12/QĐ-SKHCN" in said
    assert "WRONG" not in said


def test_the_command_does_not_know_a_forged_file_that_agrees_with_itself(
    sealed: str, tmp_path: Path
) -> None:
    document = copy.deepcopy(json.loads(sealed))
    document["decision"]["number"] = "13/QĐ-SKHCN"
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert "This portal did not publish it." in run(file)


def test_the_command_says_no_with_an_exit_code(tmp_path: Path) -> None:
    file = tmp_path / "no.json"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match="does not follow") as no:
        run(file)
    assert no.value.returncode == 1
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "missing.json")
