"""Setting a whole season up in one act: the standard one, or a copy of an earlier one."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from competitions.calls import standard_season as standard
from competitions.calls.freezing import copy_questions
from competitions.calls.models import (
    Competition,
    Criterion,
    EntryForm,
    Prize,
    Question,
    Round,
    RoundTrack,
    Section,
    Track,
)
from competitions.calls.permissions import may_edit_competition
from portal.core.auditing import record
from portal.core.verdicts import YES, Verdict, no

if TYPE_CHECKING:
    from portal.accounts.models import User

COMPETITION_RULES = (
    "panel_name",
    "max_team_size",
    "max_entries_per_person",
    "max_entries_per_organisation",
    "second_person_approves",
    "judges_named",
    "contact_email",
)


def is_empty(competition: Competition) -> bool:
    """Has nothing been set up yet?"""
    return not (
        competition.tracks.exists() or competition.rounds.exists() or competition.forms.exists()
    )


def may_set_up(user: "User", competition: Competition) -> Verdict:
    """Only an empty draft is set up in one act; rows that stand are never overwritten."""
    verdict = may_edit_competition(user, competition)
    if not verdict:
        return verdict
    if competition.state != Competition.State.DRAFT:
        return no(_("Only a competition that has not been announced can be set up like this."))
    if not is_empty(competition):
        return no(_("This competition is not empty any more. Change its rows one by one."))
    return YES


def _locked(competition: Competition, by: "User") -> Competition:
    competition = Competition.objects.select_for_update().get(pk=competition.pk)
    may_set_up(by, competition).require()
    return competition


def set_up_standard(competition: Competition, by: "User") -> Competition:
    """Fill an empty draft with the standard season: all rows editable, all dates empty.

    Raises Refused when the person may not or something is there already.
    """
    with transaction.atomic():
        competition = _locked(competition, by)
        tracks = {
            row["title"]: Track.objects.create(competition=competition, order=order, **row)
            for order, row in enumerate(standard.TRACKS, start=1)
        }
        for row in standard.ROUNDS:
            _standard_round(Round.objects.create(competition=competition, **row), tracks)
        for title, prizes in standard.PRIZES.items():
            _standard_prizes(tracks[title], prizes)
        _standard_form(EntryForm.objects.create(competition=competition, version=1), tracks)
        record("calls.set_up", competition, user=by)
    return competition


def _standard_round(round_: Round, tracks: dict[str, Track]) -> None:
    for track in tracks.values():
        round_track = RoundTrack.objects.create(
            round=round_,
            track=track,
            judges_per_entry=standard.JUDGES_PER_ENTRY[round_.number],
            places=standard.PLACES[round_.number],
        )
        Criterion.objects.bulk_create(
            Criterion(
                round_track=round_track,
                title=title,
                title_en=title_en,
                maximum=points,
                step=standard.STEP,
                anchors=anchors,
                anchors_en=anchors_en,
                order=order,
            )
            for order, (title, title_en, points, anchors, anchors_en) in enumerate(
                standard.RUBRICS[round_.number], start=1
            )
        )


def _standard_prizes(track: Track, prizes: list[tuple[str, str, int, int]]) -> None:
    Prize.objects.bulk_create(
        Prize(
            track=track,
            title=title,
            title_en=title_en,
            quantity=quantity,
            amount=amount,
            note=standard.PRIZE_NOTE,
            order=order,
        )
        for order, (title, title_en, quantity, amount) in enumerate(prizes, start=1)
    )


def _standard_form(form: EntryForm, tracks: dict[str, Track]) -> None:
    for place, part in enumerate(standard.SECTIONS, start=1):
        fields = {name: value for name, value in part.items() if name != "questions"}
        section = Section.objects.create(form=form, order=place, **fields)
        for order, asked in enumerate(part["questions"], start=1):
            only_for = asked.get("track")
            question = Question.objects.create(
                section=section,
                order=order,
                **{name: value for name, value in asked.items() if name != "track"},
            )
            if only_for:
                question.tracks.add(tracks[only_for])


def may_copy(user: "User", source: Competition, target: Competition) -> Verdict:
    verdict = may_set_up(user, target)
    if verdict and source.pk == target.pk:
        return no(_("Choose another competition to copy from."))
    return verdict


def copy_competition(source: Competition, target: Competition, by: "User") -> Competition:
    """Fill an empty draft with the tracks, rounds, criteria, prizes and form of `source`.

    The form is the version in use there, else the newest; it becomes a draft here. Dates stay
    empty: a forgotten date of last year is worse than none. Raises Refused.
    """
    with transaction.atomic():
        target = _locked(target, by)
        may_copy(by, source, target).require()
        for name in COMPETITION_RULES:
            setattr(target, name, getattr(source, name))
        target.save(update_fields=COMPETITION_RULES)
        tracks = {track.pk: _copied_track(track, target) for track in source.tracks.all()}
        for round_ in source.rounds.all():
            _copy_round(round_, target, tracks)
        form = (
            source.forms.filter(state=EntryForm.State.IN_USE).first()
            or source.forms.order_by("-version").first()
        )
        if form:
            new = EntryForm.objects.create(competition=target, version=1)
            copy_questions(form, new, tracks)
        record("calls.copied", target, user=by, source=source.pk, title=source.title)
    return target


def _copied_track(track: Track, target: Competition) -> Track:
    prizes = list(track.prizes.all())
    new = Track.objects.create(
        competition=target,
        title=track.title,
        title_en=track.title_en,
        description=track.description,
        description_en=track.description_en,
        order=track.order,
    )
    for prize in prizes:
        prize.pk, prize.track = None, new
        prize._state.adding = True
        prize.save()
    return new


def _copy_round(round_: Round, target: Competition, tracks: dict[int, Track]) -> None:
    new = Round.objects.create(
        competition=target,
        number=round_.number,
        title=round_.title,
        title_en=round_.title_en,
        description=round_.description,
        description_en=round_.description_en,
    )
    for old in round_.round_tracks.prefetch_related("criteria"):
        round_track = RoundTrack.objects.create(
            round=new,
            track=tracks[old.track_id],
            minimum_total=old.minimum_total,
            no_zero=old.no_zero,
            places=old.places,
            judges_per_entry=old.judges_per_entry,
        )
        for criterion in old.criteria.all():
            criterion.pk, criterion.round_track = None, round_track
            criterion._state.adding = True
            criterion.save()
