"""Adding, changing and deleting the rows of a competition's set-up, one row at a time."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from competitions.calls.freezing import adding_refused, deleting_refused, refuse_frozen_changes
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
from competitions.calls.permissions import may_edit_competition, may_edit_competitions
from competitions.calls.queries import competition_of
from portal.core.auditing import record
from portal.core.states import move
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User


def save_row(
    row: models.Model,
    by: "User",
    *,
    changed: Collection[str] = (),
    only_for_tracks: Iterable[Track] | None = None,
) -> None:
    """Store a new row, or the `changed` fields of a stored one.

    `only_for_tracks` are a question's tracks. Only what was changed is written, so two officers at
    one row keep each other's work. Raises Refused: not permitted, frozen, or taken meanwhile.
    """
    try:
        with transaction.atomic():
            if row._state.adding:
                _add(row, by)
            else:
                _change(row, by, changed)
            if only_for_tracks is not None and isinstance(row, Question):
                row.tracks.set(only_for_tracks)
    except IntegrityError as error:
        raise Refused(
            _("Something with the same name or number is there already. Look at the list again."),
            code="taken",
        ) from error


def _add(row: models.Model, by: "User") -> None:
    if isinstance(row, Competition):
        may_edit_competitions(by).require()
        row.created_by = by
    else:
        _lock(row, by)
        if reason := adding_refused(row):
            raise Refused(reason, code="frozen")
    row.save()
    if isinstance(row, RoundTrack):
        _join_announced(row)
    record("calls.row_added", row, user=by, kind=str(row._meta.verbose_name), title=str(row))


def _join_announced(round_track: RoundTrack) -> None:
    """A round added to an announced competition runs at once, as the others do."""
    if round_track.round.competition.state != Competition.State.ANNOUNCED:
        return
    if round_track.round.takes_entries and not (round_track.opens_at and round_track.closes_at):
        missing = _("The competition is announced: say when entries open and close.")
        raise Refused(missing, code="dates_missing", details={"opens_at": missing})
    move(round_track, RoundTrack.State.RUNNING)


def _change(row: models.Model, by: "User", changed: Collection[str]) -> None:
    _lock(row, by)
    columns = {field.name for field in row._meta.concrete_fields}
    if not changed:
        return
    refuse_frozen_changes(row, changed)
    before = type(row)._base_manager.get(pk=row.pk)
    if written := [name for name in changed if name in columns]:
        row.save(update_fields=written)
    record(
        "calls.row_changed",
        row,
        user=by,
        kind=str(row._meta.verbose_name),
        title=str(row),
        changes={
            name: [_plain(getattr(before, name)), _plain(getattr(row, name))] for name in written
        },
    )


def _plain(value: Any) -> str | int | bool | list | None:
    return value if isinstance(value, int | bool | list | None) else str(value)


def _lock(row: models.Model, by: "User") -> None:
    """Take the competition's row: every change of one competition waits for the one before."""
    competition = Competition.objects.select_for_update().get(pk=competition_of(row).pk)
    if not isinstance(row, Competition):
        # The sentences of `freezing` read the state through the row's own parents.
        competition_of(row).state = competition.state
    may_edit_competition(by, competition).require()
    if isinstance(row, Criterion):
        # Against marking that opens at this moment.
        row.round_track = RoundTrack.objects.select_for_update().get(pk=row.round_track_id)


def goes_with(row: models.Model) -> list[models.QuerySet]:
    """What is deleted together with a row, in the order in which it has to go."""
    match row:
        case Competition():
            return [
                Question.objects.filter(section__form__competition=row),
                Section.objects.filter(form__competition=row),
                EntryForm.objects.filter(competition=row),
                Criterion.objects.filter(round_track__round__competition=row),
                RoundTrack.objects.filter(round__competition=row),
                Prize.objects.filter(track__competition=row),
                Round.objects.filter(competition=row),
                Track.objects.filter(competition=row),
            ]
        case Track():
            return [
                Criterion.objects.filter(round_track__track=row),
                RoundTrack.objects.filter(track=row),
                Prize.objects.filter(track=row),
            ]
        case Round():
            return [
                Criterion.objects.filter(round_track__round=row),
                RoundTrack.objects.filter(round=row),
            ]
        case RoundTrack():
            return [Criterion.objects.filter(round_track=row)]
        case EntryForm():
            return [
                Question.objects.filter(section__form=row),
                Section.objects.filter(form=row),
            ]
        case Section():
            return [Question.objects.filter(section=row)]
        case _:
            return []


def delete_row(row: models.Model, by: "User") -> None:
    """Delete a row and what hangs on it, while nothing of it is in use.

    Raises Refused with the reason; whatever another app still holds on to is never deleted.
    """
    try:
        with transaction.atomic():
            _lock(row, by)
            stored = type(row)._base_manager.get(pk=row.pk)
            if reason := deleting_refused(stored):
                raise Refused(reason, code="frozen")
            record(
                "calls.row_deleted",
                competition_of(stored),
                user=by,
                kind=str(row._meta.verbose_name),
                title=str(row),
            )
            for rows in goes_with(stored):
                rows.delete()
            stored.delete()
    except ProtectedError as error:
        raise Refused(
            _("Other records hold on to this (a page, an entry or a score), so it stays."),
            code="protected",
        ) from error
