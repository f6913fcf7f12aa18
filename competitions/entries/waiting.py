"""What waits for somebody: the founder's and the officer's tasks."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import RoundTrack
from competitions.entries.models import Entry
from competitions.entries.queries import dossiers, intakes_of, of_team
from portal.accounts import roles
from portal.core import clock
from portal.core.extension_points import Task

if TYPE_CHECKING:
    from portal.accounts.models import User

URGENT_DAYS = 3


def tasks_of(user: "User") -> Sequence[Task]:
    """Everything about entries that this person has to do next."""
    found = [*_founder_tasks(user)]
    if roles.is_officer(user):
        found += _officer_tasks()
    return found


def _founder_tasks(user: "User") -> list[Task]:
    pending = Count(
        "members",
        filter=Q(members__consent__isnull=True, members__is_captain=False)
        & Q(members__declined_at__isnull=True),
    )
    entries = list(
        Entry.objects.filter(pk__in=of_team(user).values("pk"))
        .exclude(state__in=[Entry.State.WITHDRAWN, Entry.State.INELIGIBLE])
        .select_related("track", "competition")
        .annotate(pending=pending)
    )
    intakes = intakes_of({entry.track_id for entry in entries})
    now = clock.now()
    found = []
    for entry in entries:
        intake = intakes.get(entry.track_id)
        if entry.state == Entry.State.ASKED:
            if entry.asked_until and now <= entry.asked_until:
                found.append(_asked(entry))
        elif entry.state == Entry.State.DRAFT and intake and intake.takes_entries_at(now):
            found.append(_draft(entry, intake.closes_at))
        if entry.pending and entry.captain_id == user.pk and _still_matters(entry, intake):
            found.append(_consents(entry, entry.pending))
    return found


def _still_matters(entry: Entry, intake: RoundTrack | None) -> bool:
    """Consents of a draft that missed its deadline wait for nothing."""
    return entry.handed_in or (intake is not None and intake.takes_entries_at(clock.now()))


def _name(entry: Entry) -> str:
    return entry.title or _("Untitled entry")


def _draft(entry: Entry, closes: datetime | None) -> Task:
    return Task(
        title=_("Finish and submit “%(title)s”") % {"title": _name(entry)},
        detail=f"{entry.competition.local_title} · {entry.track.local_title}",
        url=reverse("entries:entry", args=[entry.key]),
        action=_("Continue"),
        group=_("Entries"),
        due=closes,
        urgent=closes is not None and (closes - clock.now()).days < URGENT_DAYS,
    )


def _asked(entry: Entry) -> Task:
    return Task(
        title=_("Complete “%(title)s” (%(code)s)") % {"title": _name(entry), "code": entry.code},
        detail=entry.asked_for,
        url=reverse("entries:entry", args=[entry.key]),
        action=_("Complete it"),
        group=_("Entries"),
        due=entry.asked_until,
        urgent=True,
    )


def _consents(entry: Entry, count: int) -> Task:
    return Task(
        title=ngettext(
            "%(count)s member of “%(title)s” has not answered",
            "%(count)s members of “%(title)s” have not answered",
            count,
        )
        % {"count": count, "title": _name(entry)},
        detail=_("Until they agree, judges do not see their names."),
        url=reverse("entries:team", args=[entry.key]),
        action=_("Open the team"),
        group=_("Entries"),
        count=count,
    )


def _officer_tasks() -> list[Task]:
    """One line a competition: dossiers that wait for a decision."""
    waiting = (
        dossiers()
        .filter(state=Entry.State.SUBMITTED)
        .order_by()
        .values("competition", "competition__title")
        .annotate(count=Count("pk"))
        .order_by("competition")
    )
    list_url = reverse("entries_admin:list")
    return [
        Task(
            title=ngettext(
                "%(count)s dossier waits for screening",
                "%(count)s dossiers wait for screening",
                row["count"],
            )
            % {"count": row["count"]},
            detail=row["competition__title"],
            url=f"{list_url}?competition={row['competition']}&state={Entry.State.SUBMITTED}",
            action=_("Screen dossiers"),
            group=_("Dossiers"),
            count=row["count"],
        )
        for row in waiting
    ]
