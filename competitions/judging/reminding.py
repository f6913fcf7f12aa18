"""Reminding judges of the sheets that are still open."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import RoundTrack
from competitions.judging import permissions
from competitions.judging.locking import lock_round
from competitions.judging.models import Judge, Scorecard
from portal.accounts.models import User
from portal.core import auditing, clock
from portal.core.noticing import tell
from portal.core.templatetags.portal import moment
from portal.core.verdicts import Refused

BEFORE_CLOSING = timedelta(days=2)
AGAIN_AFTER = timedelta(hours=1)
_LEFT = Q(
    scorecards__state__in=[Scorecard.State.ASSIGNED, Scorecard.State.STARTED],
    scorecards__entry__state=permissions.JUDGED,
)


def just_reminded(judge: Judge) -> bool:
    """Was the judge reminded so lately that another mail would only annoy?"""
    return judge.reminded_at is not None and judge.reminded_at > clock.now() - AGAIN_AFTER


def remind(judge: Judge, by: User | None) -> None:
    """Remind one judge; `by` is None when the clock does it.

    Raises Refused (not_marking, nothing_left, just_reminded).
    """
    if by is not None:
        permissions.may_run_judging(by).require()
    with transaction.atomic():
        round_track = lock_round(judge.round_track_id)
        judge = (
            Judge.objects.select_related("user")
            .annotate(left=Count("scorecards", filter=_LEFT))
            .get(pk=judge.pk)
        )
        if round_track.state != RoundTrack.State.MARKING:
            raise Refused(_("Marking is not open in this round."), code="not_marking")
        left = judge.left
        if not left or judge.state not in {Judge.State.INVITED, Judge.State.ACCEPTED}:
            raise Refused(_("This judge has no sheet left to complete."), code="nothing_left")
        if just_reminded(judge):
            raise Refused(
                _("This judge was reminded at %(when)s. Wait an hour before the next mail.")
                % {"when": moment(judge.reminded_at)},
                code="just_reminded",
            )
        Judge.objects.filter(pk=judge.pk).update(reminded_at=clock.now())
        auditing.record("judging.reminded", judge, user=by, left=left)
        _tell(judge, round_track, left)


def to_remind(now: datetime) -> QuerySet[Judge]:
    """Judges with open sheets whose round closes within two days and who were not told yet."""
    return (
        Judge.objects.filter(
            round_track__state=RoundTrack.State.MARKING,
            round_track__marking_closes_at__gt=now,
            round_track__marking_closes_at__lte=now + BEFORE_CLOSING,
            state__in=[Judge.State.INVITED, Judge.State.ACCEPTED],
        )
        .filter(
            Q(reminded_at__isnull=True)
            | Q(reminded_at__lt=F("round_track__marking_closes_at") - BEFORE_CLOSING)
        )
        .annotate(left=Count("scorecards", filter=_LEFT))
        .filter(left__gt=0)
        .order_by("pk")
    )


def _tell(judge: Judge, round_track: RoundTrack, left: int) -> None:
    tell(
        [judge.user],
        "judge_reminder",
        subject=lambda reader: (
            ngettext(
                "%(count)s dossier left to score, until %(when)s",
                "%(count)s dossiers left to score, until %(when)s",
                left,
            )
            % {"count": left, "when": moment(round_track.marking_closes_at)}
        ),
        body=lambda reader: (
            _("%(round)s, %(track)s of %(competition)s.")
            % {
                "round": round_track.round.local_title,
                "track": round_track.track.local_title,
                "competition": round_track.round.competition.local_title,
            }
        ),
        url=lambda reader: reverse("judging:desk"),
        action_label=lambda reader: _("Open the judge's desk"),
    )
