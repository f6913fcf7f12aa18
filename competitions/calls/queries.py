"""Reading competitions."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Prefetch, Q, QuerySet

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

# From each kind of row to its competition, as a lookup.
COMPETITION_PATH: dict[type[models.Model], str] = {
    Track: "competition",
    Round: "competition",
    RoundTrack: "round__competition",
    EntryForm: "competition",
    Section: "form__competition",
    Question: "section__form__competition",
    Criterion: "round_track__round__competition",
    Prize: "track__competition",
}


def competition_of(row: models.Model) -> Competition:
    """The competition a row of the set-up belongs to."""
    found: models.Model = row
    if not isinstance(row, Competition):
        for step in COMPETITION_PATH[type(row)].split("__"):
            found = getattr(found, step)
    assert isinstance(found, Competition)
    return found


def taking_entries(moment: datetime) -> QuerySet[RoundTrack]:
    """First rounds of tracks that take entries at `moment`; the closing second still counts."""
    return RoundTrack.objects.filter(
        round__number=1,
        round__competition__state=Competition.State.ANNOUNCED,
        state=RoundTrack.State.RUNNING,
        opens_at__lte=moment,
        closes_at__gte=moment.replace(microsecond=0),
    )


def competitions_open(moment: datetime) -> QuerySet[Competition]:
    """Competitions that take entries in some track at `moment`."""
    return Competition.objects.filter(pk__in=taking_entries(moment).values("round__competition"))


def current_form(competition: Competition) -> EntryForm | None:
    """The version of the form that new entries are given."""
    return competition.forms.filter(state=EntryForm.State.IN_USE).first()


def questions_for(form: EntryForm, track: Track) -> list[tuple[Section, list[Question]]]:
    """The sections of a form with the questions asked of a track, in order; two queries.

    A section without any question for the track is left out.
    """
    asked = (
        Question.objects.filter(Q(tracks__isnull=True) | Q(tracks=track))
        .order_by("order", "pk")
        .distinct()
    )
    sections = form.sections.order_by("order", "pk").prefetch_related(
        Prefetch("questions", queryset=asked)
    )
    return [
        (section, questions) for section in sections if (questions := list(section.questions.all()))
    ]


def loaded() -> QuerySet[Competition]:
    """Competitions with everything their set-up consists of; eight queries for any number.

    Each round track in `rounds` shares its round; its track is fetched with it.
    """
    stages = RoundTrack.objects.select_related("track").order_by("track__order", "track_id")
    return Competition.objects.prefetch_related(
        Prefetch("tracks", Track.objects.order_by("order", "pk")),
        Prefetch("tracks__prizes", Prize.objects.order_by("order", "pk")),
        Prefetch("rounds", Round.objects.order_by("number")),
        Prefetch("rounds__round_tracks", stages),
        Prefetch("rounds__round_tracks__criteria", Criterion.objects.order_by("order", "pk")),
        Prefetch(
            "forms",
            EntryForm.objects.annotate(question_count=Count("sections__questions")).order_by(
                "-version"
            ),
        ),
    )


def round_tracks_of(competition: Competition) -> list[RoundTrack]:
    """All round tracks of a loaded competition, round by round, without a query."""
    return [stage for round_ in competition.rounds.all() for stage in round_.round_tracks.all()]
