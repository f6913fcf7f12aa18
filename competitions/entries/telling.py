"""What teams and officers are told. Words are said in each recipient's own language."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry, ScreeningDecision, Submission, TeamMember
from portal.accounts.models import User
from portal.core import noticing
from portal.core.templatetags.portal import receipt_moment, weekday_moment

if TYPE_CHECKING:
    pass

SUBMITTED = "entry-submitted"
ASKED = "entry-asked"
DECIDED = "entry-decided"
DEADLINE = "entry-deadline"
MEMBER = "entry-member"
RESUBMITTED = "entry-resubmitted"

Said = Callable[[User], str]


def team_of(entry: Entry) -> list[User]:
    """The captain and the members who agreed and have an account."""
    members = User.objects.filter(
        team_places__entry=entry,
        team_places__consent__isnull=False,
        team_places__declined_at__isnull=True,
    )
    return [entry.captain, *members.exclude(pk=entry.captain_id)]


def _address(name: str, entry: Entry) -> Said:
    """The address under the language of the recipient, who is being written to right now."""
    return lambda _user: reverse(f"entries:{name}", args=[entry.key])


def tell_submitted(entry: Entry, submission: Submission) -> None:
    def subject(_user: User) -> str:
        return _("Received: entry %(code)s") % {"code": entry.code}

    def body(_user: User) -> str:
        return _(
            "The portal received “%(title)s” at %(when)s.\n\nCode of the entry: %(code)s\n"
            "Submission number %(number)s\nVerification code (SHA-256): %(receipt)s\n\n"
            "You may change the entry and submit again until the deadline; this submission "
            "counts until then."
        ) % {
            "title": entry.title,
            "when": receipt_moment(submission.submitted_at),
            "code": entry.code,
            "number": submission.number,
            "receipt": submission.receipt,
        }

    noticing.tell(
        team_of(entry),
        SUBMITTED,
        subject=subject,
        body=body,
        url=_address("receipt", entry),
        action_label=lambda _user: _("See the receipt"),
    )


def tell_asked(entry: Entry, decision: ScreeningDecision) -> None:
    def body(_user: User) -> str:
        return _(
            "The organisers ask you to complete “%(title)s” (%(code)s) by %(until)s:\n\n"
            "%(what)s\n\nUntil then your earlier submission stays valid."
        ) % {
            "title": entry.title,
            "code": entry.code,
            "until": weekday_moment(decision.until),
            "what": decision.reason,
        }

    noticing.tell(
        team_of(entry),
        ASKED,
        subject=lambda _user: _("Please complete entry %(code)s") % {"code": entry.code},
        body=body,
        url=_address("entry", entry),
        action_label=lambda _user: _("Complete the entry"),
    )


def tell_decided(entry: Entry, decision: ScreeningDecision) -> None:
    """Eligible, not eligible, or to be screened again: with the reason, where there is one."""
    outcome = ScreeningDecision.Outcome

    def subject(_user: User) -> str:
        words = {
            outcome.ELIGIBLE: _("Entry %(code)s is eligible"),
            outcome.INELIGIBLE: _("Entry %(code)s is not eligible"),
            outcome.REOPENED: _("Entry %(code)s is being screened again"),
        }
        return words[outcome(decision.outcome)] % {"code": entry.code}

    def body(_user: User) -> str:
        words = {
            outcome.ELIGIBLE: _("“%(title)s” meets the conditions and goes on to judging."),
            outcome.INELIGIBLE: _(
                "“%(title)s” does not meet the conditions.\n\nReason: %(reason)s"
            ),
            outcome.REOPENED: _("The organisers look at “%(title)s” again.\n\nReason: %(reason)s"),
        }
        return words[outcome(decision.outcome)] % {
            "title": entry.title,
            "reason": decision.reason,
        }

    noticing.tell(
        team_of(entry),
        DECIDED,
        subject=subject,
        body=body,
        url=_address("entry", entry),
        action_label=lambda _user: _("Open the entry"),
    )


def tell_completed(entry: Entry, officer: User) -> None:
    """The officer who asked learns that the team answered."""
    noticing.tell(
        [officer],
        RESUBMITTED,
        subject=lambda _user: _("Entry %(code)s was completed") % {"code": entry.code},
        body=lambda _user: (
            _("The team of “%(title)s” submitted again what you asked for.")
            % {"title": entry.title}
        ),
        url=lambda _user: reverse("entries_admin:entry", args=[entry.pk]),
        action_label=lambda _user: _("Open the dossier"),
    )


def tell_deadline(entry: Entry, intake: RoundTrack) -> None:
    def body(_user: User) -> str:
        return _(
            "“%(title)s” is still a draft. Entries are taken until %(until)s; "
            "a draft does not count as submitted."
        ) % {
            "title": entry.title or _("Untitled entry"),
            "until": weekday_moment(intake.closes_at),
        }

    noticing.tell(
        team_of(entry),
        DEADLINE,
        subject=lambda _user: (
            _("Your entry for “%(track)s” is not submitted yet")
            % {"track": entry.track.local_title}
        ),
        body=body,
        url=_address("entry", entry),
        action_label=lambda _user: _("Finish the entry"),
    )


def ask_member(member: TeamMember, token: str) -> None:
    """Mail the link with which a named person agrees or declines. They may have no account."""
    entry = member.entry
    language = entry.captain.language
    with translation.override(language):
        noticing.mail_to(
            member.email,
            MEMBER,
            subject=_("%(captain)s names you in a team") % {"captain": str(entry.captain)},
            body=_(
                "%(captain)s names you as a member of the team of “%(title)s” in “%(competition)s”."
                "\n\nYour name appears only if you agree. Please answer through the link; you "
                "need no account."
            )
            % {
                "captain": str(entry.captain),
                "title": entry.title or _("Untitled entry"),
                "competition": entry.competition.local_title,
            },
            url=reverse("entries:consent", args=[token]),
            action_label=_("Agree or decline"),
            language=language,
        )
