"""Announcing a competition, putting it away, and what must stand before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competitions.calls.models import Competition, EntryForm, Round, RoundTrack
from competitions.calls.permissions import may_edit_competition, may_edit_competitions
from competitions.calls.queries import loaded, round_tracks_of
from portal.core import clock
from portal.core.auditing import record
from portal.core.states import move
from portal.core.verdicts import YES, Refused, Verdict, no
from portal.questions.answering import number_text
from portal.search.keeping_true import index_after_commit

if TYPE_CHECKING:
    from portal.accounts.models import User

USUAL_SUM = Decimal(100)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the readiness checklist.

    `model` names the list where it is put right (a model's name); `pk` the row to edit, else
    `prefill` holds what a new row begins with.
    """

    text: str | Promise
    done: bool
    required: bool = True
    model: str = ""
    pk: int | None = None
    prefill: Mapping[str, Any] = field(default_factory=dict)


def readiness(competition: Competition, now: datetime | None = None) -> list[Check]:
    """What stands and what is missing, in the order in which one sets a competition up.

    Asks nothing more of the database when the competition comes from `queries.loaded()`.
    """
    stages = round_tracks_of(competition)
    return [
        *_structure_checks(competition),
        *_form_checks(competition),
        *_first_round_checks(competition, now or clock.now()),
        *_advice(competition, stages),
    ]


def _structure_checks(competition: Competition) -> Iterator[Check]:
    own = {"competition": competition.pk}
    yield Check(_("At least one track"), bool(competition.tracks.all()), model="track", prefill=own)
    yield Check(
        _("A first round, which takes the entries"),
        _first_round(competition) is not None,
        model="round",
        prefill={**own, "number": 1},
    )


def _first_round(competition: Competition) -> Round | None:
    return next((round_ for round_ in competition.rounds.all() if round_.takes_entries), None)


def _form_checks(competition: Competition) -> Iterator[Check]:
    forms = list(competition.forms.all())
    draft = next((form for form in forms if form.state == EntryForm.State.DRAFT), None)
    yield Check(
        _("An entry form in use"),
        any(form.state == EntryForm.State.IN_USE for form in forms),
        model="entryform",
        pk=draft.pk if draft else None,
        prefill={"competition": competition.pk},
    )


def _first_round_checks(competition: Competition, now: datetime) -> Iterator[Check]:
    first = _first_round(competition)
    if first is None:
        return
    stages = {stage.track_id: stage for stage in first.round_tracks.all()}
    for track in competition.tracks.all():
        stage = stages.get(track.pk)
        yield Check(
            _("%(track)s: opening and closing of entries, closing still to come")
            % {"track": track},
            _dates_stand(stage, now, drafted=competition.state == Competition.State.DRAFT),
            model="roundtrack",
            pk=stage.pk if stage else None,
            prefill={"competition": competition.pk, "round": first.pk, "track": track.pk},
        )
        if stage:
            yield _criteria_check(stage, competition, required=True)


def _dates_stand(stage: RoundTrack | None, now: datetime, *, drafted: bool) -> bool:
    """Once announced, a closing time that has passed is how it should be."""
    return (
        stage is not None
        and stage.opens_at is not None
        and stage.closes_at is not None
        and (stage.closes_at > now or not drafted)
    )


def _criteria_check(stage: RoundTrack, competition: Competition, *, required: bool) -> Check:
    """Criteria stand, and the pass mark can be reached with them."""
    points = sum_of_points(stage)
    return Check(
        _("%(round_track)s: criteria that reach the least total to pass") % {"round_track": stage},
        points > 0 and points >= stage.minimum_total,
        required=required,
        model="criterion",
        prefill={"competition": competition.pk, "round_track": stage.pk},
    )


def sum_of_points(round_track: RoundTrack) -> Decimal:
    """The highest total a judge can give."""
    return sum((criterion.points for criterion in round_track.criteria.all()), Decimal(0))


def _advice(competition: Competition, stages: list[RoundTrack]) -> Iterator[Check]:
    """What may still be missing when the competition is announced."""
    own = {"competition": competition.pk}
    for track in competition.tracks.all():
        yield Check(
            _("%(track)s: prizes") % {"track": track},
            bool(track.prizes.all()),
            required=False,
            model="prize",
            prefill={**own, "track": track.pk},
        )
    for stage in stages:
        yield from _stage_advice(stage, competition)
    for text, given in (
        (_("A contact address"), competition.contact_email),
        (_("The title in English"), competition.title_en),
    ):
        yield Check(text, bool(given), required=False, model="competition", pk=competition.pk)


def _stage_advice(stage: RoundTrack, competition: Competition) -> Iterator[Check]:
    if not stage.round.takes_entries:
        yield _criteria_check(stage, competition, required=False)
    points = sum_of_points(stage)
    if points and points != USUAL_SUM:
        yield Check(
            _("%(round_track)s: the criteria add up to %(points)s points, not 100")
            % {"round_track": stage, "points": number_text(points)},
            False,
            required=False,
            model="criterion",
            prefill={"competition": competition.pk, "round_track": stage.pk},
        )
    yield Check(
        _("%(round_track)s: dates of marking and of the result") % {"round_track": stage},
        None not in {stage.marking_opens_at, stage.marking_closes_at, stage.results_at},
        required=False,
        model="roundtrack",
        pk=stage.pk,
    )


def may_announce(user: Any, competition: Competition) -> Verdict:
    """Officers announce a draft in which nothing required is missing."""
    verdict = may_edit_competition(user, competition)
    if not verdict:
        return verdict
    if competition.state != Competition.State.DRAFT:
        return no(_("This competition has been announced already."))
    checks = readiness(loaded().get(pk=competition.pk))
    missing = [check.text for check in checks if check.required and not check.done]
    if missing:
        return no(
            _("Before the competition can be announced, this is missing: %(list)s.")
            % {"list": "; ".join(str(text) for text in missing)}
        )
    return YES


def announce(competition: Competition, by: "User") -> Competition:
    """Announce a competition and start its rounds; entries come in by their dates.

    Effects in order: the competition is announced, every round of every track starts running,
    the audit log says so. Raises Refused with what is missing.
    """
    with transaction.atomic():
        competition = Competition.objects.select_for_update().get(pk=competition.pk)
        may_announce(by, competition).require()
        move(competition, Competition.State.ANNOUNCED)
        for round_track in RoundTrack.objects.filter(
            round__competition=competition, state=RoundTrack.State.SETTING_UP
        ):
            move(round_track, RoundTrack.State.RUNNING)
        record("calls.announced", competition, user=by)
        index_after_commit([f"competition:{competition.pk}"])
    return competition


UNFINISHED = frozenset(
    {RoundTrack.State.MARKING, RoundTrack.State.DELIBERATING, RoundTrack.State.DECIDED}
)


def may_archive(user: Any, competition: Competition) -> Verdict:
    """Officers put an announced competition away once nothing of it is under way."""
    verdict = may_edit_competition(user, competition)
    if not verdict:
        return verdict
    if competition.state != Competition.State.ANNOUNCED:
        return no(_("Only an announced competition can be archived."))
    now = clock.now()
    for round_track in RoundTrack.objects.filter(round__competition=competition).select_related(
        "round", "track"
    ):
        if round_track.state in UNFINISHED:
            return no(
                _("%(round_track)s is not finished: publish its result first.")
                % {"round_track": round_track}
            )
        if round_track.phase(now) == RoundTrack.Phase.COLLECTING:
            return no(_("%(round_track)s is still taking entries.") % {"round_track": round_track})
    return YES


def archive(competition: Competition, by: "User") -> Competition:
    """Put a finished competition away: still public, no longer changed. Raises Refused."""
    with transaction.atomic():
        competition = Competition.objects.select_for_update().get(pk=competition.pk)
        may_archive(by, competition).require()
        move(competition, Competition.State.ARCHIVED)
        record("calls.archived", competition, user=by)
    return competition


def bring_back(competition: Competition, by: "User") -> Competition:
    """Take an archived competition out again. Raises Refused."""
    with transaction.atomic():
        competition = Competition.objects.select_for_update().get(pk=competition.pk)
        may_edit_competitions(by).require()
        if competition.state != Competition.State.ARCHIVED:
            raise Refused(_("Only an archived competition can be brought back."))
        move(competition, Competition.State.ANNOUNCED)
        record("calls.brought_back", competition, user=by)
    return competition
