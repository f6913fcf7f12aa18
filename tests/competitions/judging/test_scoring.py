"""Marks: never a silent overwrite, never a silent zero, every change kept."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from competitions.entries.models import Entry
from competitions.judging import assigning, scoring
from competitions.judging.models import EntryInRound, Judge, Mark, Scorecard
from competitions.judging.standings import standings
from portal.core import clock
from portal.core.models import Notice
from portal.core.states import StaleState
from portal.core.verdicts import Refused
from tests.factories.judging import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(marking) -> Scorecard:
    return marking.card(marking.judges[0], marking.entries[0])


def save(marking, card, *, version=None, **changes):
    marks = changes.pop("marks", {})
    if isinstance(marks, tuple):
        marks = marking.marks(*marks)
    return scoring.save(card, card.judge.user, version or card.version, marks, **changes)


def stored(card):
    return dict(Mark.objects.filter(scorecard=card).values_list("criterion_id", "value"))


def test_some_marks_can_be_kept_and_the_rest_is_missing_not_zero(marking, card):
    first = marking.criteria[0]
    saved = save(marking, card, marks={first.pk: Decimal("7.5")})
    assert (saved.state, saved.version) == (Scorecard.State.STARTED, 2)
    assert stored(card) == {first.pk: Decimal("7.5")}


def test_a_second_window_never_overwrites_silently(marking, card):
    save(marking, card, marks=("20", "15", "8"), comment="Hay")
    stale = Scorecard.objects.get(pk=card.pk)
    with pytest.raises(scoring.StaleSheet):
        save(marking, stale, version=1, marks=("1", "1", "1"), comment="Đè lên")
    card.refresh_from_db()
    assert card.comment == "Hay"
    assert set(stored(card).values()) == {Decimal(20), Decimal(15), Decimal(8)}


def test_saving_what_is_stored_already_changes_nothing(marking, card):
    saved = save(marking, card, marks=("20", "15", "8"))
    again = save(marking, saved, marks=("20.0", "15.00", "8"))
    assert again.version == saved.version
    assert card.mark_changes.count() == 3


def test_every_change_is_kept(marking, card):
    first = marking.criteria[0]
    for value in (Decimal(5), Decimal("5.5"), None):
        card = save(marking, card, marks={first.pk: value})
    changes = list(card.mark_changes.values_list("old", "new"))
    assert changes == [
        (None, Decimal(5)),
        (Decimal(5), Decimal("5.5")),
        (Decimal("5.5"), None),
    ]
    assert stored(card) == {}


@pytest.mark.parametrize("value", ["-0.5", "40.5", "41", "NaN", "Infinity", "7.3", "1e9"])
def test_a_mark_outside_the_scale_or_the_step_is_refused(marking, card, value):
    first = marking.criteria[0]
    with pytest.raises(Refused) as refused:
        save(marking, card, marks={first.pk: Decimal(value)})
    assert list(refused.value.details) == [f"mark-{first.pk}"]
    assert stored(card) == {}


@pytest.mark.parametrize("value", ["0", "0.5", "40"])
def test_the_ends_of_the_scale_are_marks(marking, card, value):
    first = marking.criteria[0]
    save(marking, card, marks={first.pk: Decimal(value)})
    assert stored(card) == {first.pk: Decimal(value)}


def test_the_highest_mark_needs_no_step(marking, card):
    first = marking.criteria[0]
    type(first).objects.filter(pk=first.pk).update(maximum=Decimal("25"), step=Decimal("10"))
    save(marking, card, marks={first.pk: Decimal("25")})
    with pytest.raises(Refused):
        save(marking, card, version=2, marks={first.pk: Decimal("24")})


def test_a_criterion_of_another_round_is_refused(marking, card):
    with pytest.raises(Refused) as refused:
        save(marking, card, marks={999_999: Decimal(1)})
    assert refused.value.code == "foreign_criterion"


def test_completing_names_what_is_missing(marking, card):
    first, second, third = marking.criteria
    save(marking, card, marks={first.pk: Decimal(20)})
    with pytest.raises(Refused) as refused:
        scoring.complete(card, card.judge.user)
    assert refused.value.code == "missing_marks"
    assert set(refused.value.details) == {f"mark-{second.pk}", f"mark-{third.pk}"}
    assert second.title in str(refused.value.reason)


def test_a_complete_sheet_stays_editable(marking, card):
    done = marking.score(marking.judges[0], marking.entries[0], "20", "15", "8")
    first = marking.criteria[0]
    edited = save(marking, done, marks={first.pk: Decimal(21)})
    assert edited.state == Scorecard.State.COMPLETE
    emptied = save(marking, edited, marks={first.pk: None})
    assert emptied.state == Scorecard.State.STARTED
    assert scoring.complete(save(marking, emptied, marks=("1", "1", "1")), card.judge.user)


def test_handing_in_needs_every_sheet_complete(marking):
    judge = marking.judges[0]
    marking.score(judge, marking.entries[0], "20", "15", "8")
    with pytest.raises(Refused) as refused:
        scoring.hand_in_all(judge, judge.user)
    assert refused.value.code == "unfinished"
    assert marking.entries[1].code in str(refused.value.reason)
    assert marking.entries[0].code not in str(refused.value.reason)


def hand_in(marking, judge):
    for entry in marking.entries:
        marking.score(judge, entry, "20", "15", "8")
    return scoring.hand_in_all(judge, judge.user)


def test_sheets_that_were_handed_in_are_locked(marking, card):
    judge = marking.judges[0]
    assert len(hand_in(marking, judge)) == 3
    judge.refresh_from_db()
    assert judge.handed_in_at
    card.refresh_from_db()
    with pytest.raises(Refused):
        save(marking, card, marks=("1", "1", "1"))
    with pytest.raises(Refused) as refused:
        scoring.hand_in_all(judge, judge.user)
    assert refused.value.code == "nothing_to_hand_in"


def test_the_database_knows_no_sheet_handed_in_without_a_time(card):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scorecard.objects.filter(pk=card.pk).update(state=Scorecard.State.HANDED_IN)


def test_an_officer_reopens_with_a_reason_and_the_judge_is_told(marking, card):
    judge = marking.judges[0]
    hand_in(marking, judge)
    with pytest.raises(Refused) as refused:
        scoring.reopen(card, marking.officer, "  ")
    assert refused.value.field == "reason"
    for stranger in (marking.director, judge.user):
        with pytest.raises(Refused):
            scoring.reopen(card, stranger, "Vì sao")
    scoring.reopen(card, marking.officer, "Cộng nhầm điểm")
    card.refresh_from_db()
    assert (card.state, card.handed_in_at) == (Scorecard.State.STARTED, None)
    assert card.reopenings.get().reason == "Cộng nhầm điểm"
    notice = Notice.objects.get(recipient=judge.user, kind="judge_reopened")
    assert notice.body == "Cộng nhầm điểm"
    with pytest.raises(Refused) as refused:
        scoring.reopen(card, marking.officer, "Lại")
    assert refused.value.code == "not_handed_in"


def test_a_reopened_sheet_can_be_changed_after_closing_and_others_cannot(marking, card):
    first, second = marking.judges
    hand_in(marking, first)
    hand_in(marking, second)
    marking.close()
    scoring.reopen(card, marking.officer, "Xem lại tiêu chí đội ngũ")
    card.refresh_from_db()
    card = save(marking, card, marks=("30", "15", "8"))
    with pytest.raises(Refused):
        save(marking, marking.card(first, marking.entries[1]), marks=("1", "1", "1"))
    scoring.complete(card, first.user)
    assert [sheet.pk for sheet in scoring.hand_in_all(first, first.user)] == [card.pk]
    card.refresh_from_db()
    assert card.reopened_at is None


def test_a_withdrawn_entry_is_asked_of_nobody(marking):
    judge, gone = marking.judges[0], marking.entries[2]
    for entry in marking.entries[:2]:
        marking.score(judge, entry, "20", "15", "8")
    card = marking.card(judge, gone)
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=clock.now())
    with pytest.raises(Refused):
        save(marking, card, marks=("1", "1", "1"))
    assert len(scoring.hand_in_all(judge, judge.user)) == 2


def test_only_the_judge_marks(marking, card):
    for stranger in (marking.judges[1].user, marking.officer, marking.director, person()):
        with pytest.raises(Refused):
            scoring.save(card, stranger, card.version, marking.marks("1", "1", "1"))
        with pytest.raises(Refused):
            scoring.complete(card, stranger)
        with pytest.raises(Refused):
            scoring.hand_in_all(marking.judges[0], stranger)


def test_an_invited_judge_marks_nothing_before_accepting(panel):
    seat = panel.judge(accepted=False)
    panel.assign_all()
    panel.open()
    card = panel.card(seat, panel.entries[0])
    with pytest.raises(Refused):
        scoring.save(card, seat.user, 1, panel.marks("1", "1", "1"))
    with pytest.raises(Refused):
        scoring.hand_in_all(seat, seat.user)


def test_nothing_is_marked_before_opening(panel):
    panel.assign_all()
    card = panel.card(panel.judges[0], panel.entries[0])
    with pytest.raises(Refused):
        scoring.save(card, card.judge.user, 1, panel.marks("1", "1", "1"))


def test_the_closing_second_still_counts(marking, card, at):
    closes = clock.now().replace(microsecond=0) + timedelta(hours=1)
    type(marking.round_track).objects.update(marking_closes_at=closes)
    at_local(at, closes)
    card = save(marking, card, marks=("20", "15", "8"))
    at_local(at, closes + timedelta(seconds=1))
    with pytest.raises(Refused):
        save(marking, card, marks=("1", "1", "1"))


def at_local(at, moment):
    """Move the clock to an aware moment."""
    at(timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S"))


def test_opening_gives_every_eligible_entry_its_place_and_tells_the_judges(panel):
    panel.assign_all()
    panel.open()
    assert panel.round_track.state == "marking"
    assert EntryInRound.objects.filter(round_track=panel.round_track).count() == 3
    notices = Notice.objects.filter(kind="judge_assigned")
    assert {notice.recipient_id for notice in notices} == {judge.user_id for judge in panel.judges}
    assert "3" in notices[0].subject
    with pytest.raises(StaleState):
        scoring.open_marking(panel.round_track, panel.officer)


def test_opening_is_refused_without_entries_criteria_or_a_closing_time(panel):
    type(panel.round_track).objects.update(marking_closes_at=None)
    with pytest.raises(Refused) as refused:
        scoring.open_marking(panel.round_track, panel.officer)
    assert refused.value.code == "no_closing_time"
    for criterion in panel.criteria:
        criterion.delete()
    with pytest.raises(Refused) as refused:
        scoring.open_marking(panel.round_track, panel.officer)
    assert refused.value.code == "no_criteria"
    with pytest.raises(Refused):
        scoring.open_marking(panel.round_track, panel.director)


def test_closing_early_is_refused_while_sheets_are_unfinished(marking):
    with pytest.raises(Refused) as refused:
        scoring.close_marking(marking.round_track, marking.officer)
    assert refused.value.code == "still_marking"
    with pytest.raises(Refused):
        scoring.close_marking(marking.round_track, marking.director)


def test_closing_hands_in_complete_sheets_and_lists_the_others(marking, at):
    judge = marking.judges[0]
    marking.score(judge, marking.entries[0], "20", "15", "8")
    at_local(at, marking.round_track.marking_closes_at + timedelta(minutes=1))
    closed = scoring.close_marking(marking.round_track, marking.officer)
    assert closed.handed_in == 1
    assert len(closed.unfinished) == 5
    card = marking.card(judge, marking.entries[0])
    assert card.state == Scorecard.State.HANDED_IN
    assert Judge.objects.get(pk=judge.pk).handed_in_at


def test_prolonging_opens_a_closed_round_again(marking, at):
    at_local(at, marking.round_track.marking_closes_at + timedelta(minutes=1))
    scoring.close_marking(marking.round_track, None)
    until = clock.now() + timedelta(days=1)
    for bad, code in ((("", until), "no_reason"), (("Vì", clock.now()), "past")):
        with pytest.raises(Refused) as refused:
            scoring.prolong_marking(marking.round_track, marking.officer, bad[1], bad[0])
        assert refused.value.code == code
    scoring.prolong_marking(marking.round_track, marking.officer, until, "Mất điện")
    card = marking.card(marking.judges[0], marking.entries[0])
    save(marking, card, marks=("20", "15", "8"))
    with pytest.raises(Refused) as refused:
        scoring.prolong_marking(marking.round_track, marking.officer, until, "Như cũ")
    assert (refused.value.code, refused.value.field) == ("not_later", "until")
    later = until + timedelta(days=1)
    assert scoring.prolong_marking(marking.round_track, marking.officer, later, "Thêm")


def test_closing_early_is_when_marking_closed(marking):
    planned = marking.round_track.marking_closes_at
    marking.score_all()
    scoring.close_marking(marking.round_track, marking.officer)
    marking.round_track.refresh_from_db()
    assert marking.round_track.marking_closes_at < planned


def test_a_conflicted_sheet_leaves_the_ranking(marking):
    marking.score_all()
    before = {line.entry.pk: line.ranked.counted for line in standings(marking.round_track).lines}
    card = marking.card(marking.judges[0], marking.entries[0])
    assigning.declare_conflict(card, "family", "", marking.officer)
    after = {line.entry.pk: line.ranked.counted for line in standings(marking.round_track).lines}
    entry = marking.entries[0].pk
    assert (before[entry], after[entry]) == (2, 1)


def test_a_comment_that_is_too_long_is_refused(marking, card):
    with pytest.raises(Refused) as refused:
        save(marking, card, comment="x" * 10_001)
    assert refused.value.field == "comment"
