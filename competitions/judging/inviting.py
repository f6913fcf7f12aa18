"""Forming a panel: inviting, accepting with two promises, declining, removing."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry
from competitions.judging import permissions
from competitions.judging.locking import lock_round
from competitions.judging.models import Judge, Scorecard
from portal.accounts.models import User
from portal.core import auditing, clock, consenting
from portal.core.noticing import tell
from portal.core.states import move
from portal.core.text import clean_line
from portal.core.verdicts import Refused

IMPARTIALITY = "judge_impartiality"
CONFIDENTIALITY = "judge_confidentiality"
_CLOSED = frozenset({RoundTrack.State.DECIDED, RoundTrack.State.PUBLISHED})


def invite(
    round_track: RoundTrack,
    email: str,
    full_name: str,
    title: str = "",
    is_chair: bool = False,
    *,
    by: User,
) -> Judge:
    """Invite a person to a panel; somebody unknown gets an account without a password.

    The mail leads to the desk, where a code sent to the same address is the way in. Who declined
    or was removed can be invited again. Nobody who enters the competition judges it, and a chair
    who has accepted is replaced by `make_chair` only. Raises Refused (bad_email, no_name, seated,
    closed, contestant, has_chair).
    """
    permissions.may_run_judging(by).require()
    address, name = _checked(email, full_name)
    with transaction.atomic():
        round_track = lock_round(round_track.pk)
        _require_open(round_track)
        user = _account(address, name)
        _require_no_contestant(user, round_track)
        if is_chair:
            _require_no_chair(round_track)
        judge = Judge.objects.filter(round_track=round_track, user=user).first()
        details: dict[str, Any] = {
            "title": clean_line(title)[:150],
            "invited_by": by,
            "invited_at": clock.now(),
        }
        if judge is None:
            judge = Judge.objects.create(round_track=round_track, user=user, **details)
        elif judge.state in {Judge.State.DECLINED, Judge.State.REMOVED}:
            move(judge, Judge.State.INVITED, answered_at=None, **details)
        else:
            raise Refused(
                _("%(name)s already has a seat in this panel.") % {"name": user},
                code="seated",
                field="email",
            )
        if is_chair:
            make_chair(judge, by=by)
        auditing.record("judging.invited", judge, user=by, email=address)
        _send_invitation(judge, round_track)
    return judge


def resend(judge: Judge, *, by: User) -> None:
    """Send the invitation once more to somebody who has not answered."""
    permissions.may_run_judging(by).require()
    if judge.state != Judge.State.INVITED:
        raise Refused(_("This invitation has been answered."), code="answered")
    with transaction.atomic():
        auditing.record("judging.invited_again", judge, user=by)
        _send_invitation(judge, judge.round_track)


def make_chair(judge: Judge, *, by: User) -> None:
    """Give the chair to this judge; whoever had it becomes an ordinary member."""
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        lock_round(judge.round_track_id)
        Judge.objects.filter(round_track=judge.round_track_id, is_chair=True).update(is_chair=False)
        seated = Judge.objects.filter(pk=judge.pk).exclude(
            state__in=[Judge.State.DECLINED, Judge.State.REMOVED]
        )
        if not seated.update(is_chair=True):
            raise Refused(_("This person has no seat in the panel."), code="no_seat")
        judge.is_chair = True
        auditing.record("judging.chair", judge, user=by)


def accept(judge: Judge, user: User, *, impartial: bool = True, confidential: bool = True) -> None:
    """Take the seat by promising impartiality and confidentiality; both are kept as consents.

    Raises Refused with one sentence for each promise that was not given.
    """
    permissions.may_answer_invitation(user, judge).require()
    missing: dict[str, str | Promise] = {}
    if not impartial:
        missing["impartial"] = _("Tick this to promise impartiality.")
    if not confidential:
        missing["confidential"] = _("Tick this to promise confidentiality.")
    if missing:
        raise Refused(
            _("A judge promises both before any dossier is shown."),
            code="not_promised",
            details=missing,
        )
    with transaction.atomic():
        lock_round(judge.round_track_id)
        about = f"judging.judge:{judge.pk}"
        move(
            judge,
            Judge.State.ACCEPTED,
            answered_at=clock.now(),
            impartiality=consenting.give(IMPARTIALITY, user=user, about=about),
            confidentiality=consenting.give(CONFIDENTIALITY, user=user, about=about),
        )
        auditing.record("judging.accepted", judge, user=user)


def decline(judge: Judge, user: User, reason: str) -> None:
    """Refuse the seat. Sheets that were assigned already are declined with it."""
    permissions.may_answer_invitation(user, judge).require()
    reason = reason.strip()
    if not reason:
        raise Refused(_("Please say why in a few words."), code="no_reason", field="reason")
    with transaction.atomic():
        lock_round(judge.round_track_id)
        move(judge, Judge.State.DECLINED, answered_at=clock.now(), is_chair=False)
        _release(judge, reason)
        auditing.record("judging.declined", judge, user=user, reason=reason)
        tell(
            [judge.invited_by],
            "judge_declined",
            subject=lambda reader: (
                _("%(judge)s declined the invitation to the panel") % {"judge": judge.user}
            ),
            body=reason,
            url=reverse("judging_admin:panel", args=[judge.round_track_id]),
            action_label=lambda reader: _("Open the panel"),
        )


def remove(judge: Judge, *, by: User) -> None:
    """Take a judge out of the panel. Impossible once a sheet is complete: its marks count."""
    permissions.may_run_judging(by).require()
    with transaction.atomic():
        _require_open(lock_round(judge.round_track_id))
        done = judge.scorecards.filter(
            state__in=[Scorecard.State.COMPLETE, Scorecard.State.HANDED_IN]
        )
        if done.exists():
            raise Refused(
                _("This judge has complete sheets; their marks count. The seat stays."),
                code="has_marks",
            )
        move(judge, Judge.State.REMOVED, is_chair=False)
        _release(judge, _("The judge left the panel."))
        auditing.record("judging.removed", judge, user=by)


def _require_no_contestant(user: User, round_track: RoundTrack) -> None:
    entries = Entry.objects.filter(competition=round_track.round.competition_id)
    own = Q(captain=user) | Q(members__user=user) | Q(members__email__iexact=user.email)
    if entries.filter(own, code__isnull=False).exclude(state=Entry.State.WITHDRAWN).exists():
        raise Refused(
            _("This person enters the competition and cannot judge it."),
            code="contestant",
            field="email",
        )


def _require_no_chair(round_track: RoundTrack) -> None:
    seated = Judge.objects.filter(round_track=round_track, state=Judge.State.ACCEPTED)
    chair = seated.filter(is_chair=True).select_related("user").first()
    if chair is not None:
        raise Refused(
            _("%(name)s is the chair. Invite first, then give the chair in the list.")
            % {"name": chair.user},
            code="has_chair",
            field="is_chair",
        )


def _checked(email: str, full_name: str) -> tuple[str, str]:
    address, name = email.strip().lower(), clean_line(full_name)[:150]
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            _("Enter an email address such as name@example.vn."), code="bad_email", field="email"
        ) from None
    if not name and not User.objects.filter(email=address).exclude(full_name="").exists():
        raise Refused(_("Enter the judge's full name."), code="no_name", field="full_name")
    return address, name


def _account(address: str, name: str) -> User:
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = User.objects.create_user(address, None, full_name=name)
    elif not user.full_name:
        user.full_name = name
        user.save(update_fields=["full_name", "sort_key", "email"])
    if not user.is_active:
        raise Refused(_("This account is closed."), code="closed_account", field="email")
    # The code that lets the judge in proves the address; until then it is not verified.
    has_primary = EmailAddress.objects.filter(user=user, primary=True).exists()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"primary": not has_primary, "verified": False}
    )
    return user


def _require_open(round_track: RoundTrack) -> None:
    if round_track.state in _CLOSED:
        raise Refused(_("The outcomes of this round are settled."), code="closed")


def _release(judge: Judge, reason: str) -> None:
    """Sheets nobody will fill in any more: declined, so that the entry shows what it lacks."""
    waiting = judge.scorecards.filter(state__in=[Scorecard.State.ASSIGNED, Scorecard.State.STARTED])
    for card in waiting:
        move(card, Scorecard.State.DECLINED, decline_reason=reason)


def _send_invitation(judge: Judge, round_track: RoundTrack) -> None:
    competition = round_track.round.competition
    tell(
        [judge.user],
        "judge_invited",
        subject=lambda reader: (
            _("Invitation to judge: %(competition)s") % {"competition": competition.local_title}
        ),
        body=lambda reader: (
            _(
                "You are invited to %(panel)s of %(competition)s, %(round)s, %(track)s. "
                "Open the desk with the button below; a code sent to this address lets you in. "
                "There is no password and no form to fill in."
            )
            % {
                "panel": competition.panel_name,
                "competition": competition.local_title,
                "round": round_track.round.local_title,
                "track": round_track.track.local_title,
            }
        ),
        url=lambda reader: f"{reverse('judging:desk')}?{urlencode({'email': reader.email})}",
        action_label=lambda reader: _("Open the judge's desk"),
    )
