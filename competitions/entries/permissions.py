"""Who may do what with an entry. Pure questions with an answer and its reason.

The team reads and writes its entry; officers and directors read what was handed in and never a
draft; only officers decide. Everybody else is answered as if the entry did not exist.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from competitions.calls.models import Competition, RoundTrack, Track
from competitions.entries.models import Entry, EntryFile, Submission
from competitions.entries.queries import intake_of
from competitions.entries.showing import files_in
from portal.accounts import roles
from portal.core import clock
from portal.core.templatetags.portal import moment
from portal.core.verdicts import YES, Verdict, no

if TYPE_CHECKING:
    from datetime import datetime

    from portal.accounts.models import User


def is_captain(user: Any, entry: Entry) -> bool:
    return bool(user.is_authenticated) and entry.captain_id == user.pk


def in_team(user: Any, entry: Entry) -> bool:
    """The captain, and members whose account is tied to their place by their own act."""
    if not user.is_authenticated or not user.is_active:
        return False
    if entry.captain_id == user.pk:
        return True
    return entry.members.filter(user=user, declined_at__isnull=True).exists()


def may_start(user: "User", competition: Competition, track: Track) -> Verdict:
    """May this person begin a draft in `track` now?"""
    if roles.reads_everything(user):
        return no(_("People who run the competition cannot enter it."))
    if track.competition_id != competition.pk:
        return no(_("This track belongs to another competition."))
    if competition.state != Competition.State.ANNOUNCED:
        return no(_("This competition is not taking entries."))
    return takes_entries(intake_of(track))


def takes_entries(intake: RoundTrack | None, at: "datetime | None" = None) -> Verdict:
    """Does the track's first round take entries at this moment?"""
    now = at or clock.now()
    if intake is None or intake.opens_at is None or intake.closes_at is None:
        return no(_("This track is not taking entries."))
    if intake.round.competition.state != Competition.State.ANNOUNCED:
        return no(_("This competition is not taking entries."))
    if intake.takes_entries_at(now):
        return YES
    if now < intake.opens_at:
        return no(_("Entries are taken from %(when)s.") % {"when": moment(intake.opens_at)})
    if now > intake.closes_at:
        return no(_("The deadline was %(when)s.") % {"when": moment(intake.closes_at)})
    return no(_("This track is not taking entries."))


def may_read_entry(user: Any, entry: Entry) -> Verdict:
    """The team always; officers and directors once it was handed in."""
    if in_team(user, entry):
        return YES
    return may_read_dossier(user, entry)


def may_read_dossier(user: Any, entry: Entry) -> Verdict:
    """May this person read it in the back office?"""
    if entry.handed_in and roles.reads_everything(user):
        return YES
    return no(_("This entry belongs to another team."))


def still_open(entry: Entry, intake: RoundTrack | None = None) -> Verdict:
    """May the entry still change now, whoever asks? An asked team has a deadline of its own."""
    state = Entry.State(entry.state)
    if state == Entry.State.WITHDRAWN:
        return no(_("This entry was withdrawn."))
    if state == Entry.State.INELIGIBLE:
        return no(_("This entry was found not eligible. Write to the organisers."))
    if state == Entry.State.ASKED and entry.asked_until is not None:
        # As at closing, the last second itself still counts.
        if clock.now().replace(microsecond=0) <= entry.asked_until:
            return YES
        return no(_("The time to complete it ended at %(when)s.") % _when(entry.asked_until))
    return takes_entries(intake or intake_of(entry.track))


def _when(moment_: "datetime") -> dict[str, str]:
    return {"when": moment(moment_)}


def may_edit_entry(user: Any, entry: Entry, intake: RoundTrack | None = None) -> Verdict:
    if not in_team(user, entry):
        return no(_("This entry belongs to another team."))
    return still_open(entry, intake)


def may_name_team(user: Any, entry: Entry, intake: RoundTrack | None = None) -> Verdict:
    """Only the captain handles the other members' contact data."""
    if not is_captain(user, entry):
        return no(_("Only the captain names and changes members."))
    return still_open(entry, intake)


def may_submit_entry(user: Any, entry: Entry, intake: RoundTrack | None = None) -> Verdict:
    """Only the captain commits the team."""
    if not is_captain(user, entry):
        return no(_("Only the captain submits the entry."))
    return still_open(entry, intake)


def may_withdraw(user: Any, entry: Entry, intake: RoundTrack | None = None) -> Verdict:
    """The captain, until the first result of the track is published."""
    if not is_captain(user, entry):
        return no(_("Only the captain withdraws the entry."))
    if entry.state == Entry.State.WITHDRAWN:
        return no(_("This entry was withdrawn."))
    first = intake or intake_of(entry.track)
    if first is not None and first.state == RoundTrack.State.PUBLISHED:
        return no(_("The result is published: the entry can no longer be withdrawn."))
    return YES


def may_screen(user: Any, entry: Entry) -> Verdict:
    """Only officers decide about dossiers, never about a team of their own."""
    if not roles.is_officer(user):
        return no(_("Only programme officers decide about dossiers."))
    if not entry.handed_in:
        return no(_("A draft cannot be screened."))
    if in_team(user, entry):
        return no(_("You belong to this team: a colleague has to decide."))
    return YES


def may_decide(user: Any, entry: Entry) -> Verdict:
    """May this officer decide about the dossier now?"""
    if not (screens := may_screen(user, entry)):
        return screens
    if entry.state not in {Entry.State.SUBMITTED, Entry.State.ASKED}:
        reason = _("This dossier is not waiting for a decision: its state is “%(state)s”.")
        return no(reason % {"state": entry.get_state_display()}, code="not_waiting")
    intake = intake_of(entry.track)
    if intake is not None and intake.state == RoundTrack.State.PUBLISHED:
        return no(_("The result of this track is published."), code="too_late")
    return YES


def may_screen_again(user: Any, entry: Entry) -> Verdict:
    """Take a decision back? Not once marking has begun: the judges' list stands."""
    if not (screens := may_screen(user, entry)):
        return screens
    if entry.state not in {Entry.State.ELIGIBLE, Entry.State.INELIGIBLE, Entry.State.ASKED}:
        return no(_("There is no decision to take back."), code="no_decision")
    intake = intake_of(entry.track)
    if intake is None or intake.state != RoundTrack.State.RUNNING:
        return no(_("Marking has begun: decisions of screening stand."), code="too_late")
    return YES


def may_list_dossiers(user: Any) -> Verdict:
    if roles.reads_everything(user):
        return YES
    return no(_("Only programme officers and directors read dossiers."))


def may_read_file(user: Any, entry_file: EntryFile) -> Verdict:
    """The team; officers and directors only what stands in a submission."""
    entry = entry_file.entry
    if in_team(user, entry):
        return YES
    verdict = may_read_dossier(user, entry)
    if verdict and not was_handed_in(entry_file):
        return no(_("This file was not handed in."))
    return verdict


def was_handed_in(entry_file: EntryFile) -> bool:
    """Does any submission of the entry hold this file?"""
    snapshots = Submission.objects.filter(entry=entry_file.entry_id)
    return any(
        file["id"] == entry_file.file_id
        for snapshot in snapshots.values_list("snapshot", flat=True)
        for file in files_in(snapshot)
    )
