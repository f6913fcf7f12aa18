"""What the pages of one entry share: finding it, the steps on the left, the deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competitions.calls.models import RoundTrack
from competitions.calls.queries import questions_for
from competitions.entries.models import Entry
from competitions.entries.permissions import in_team, is_captain, still_open
from competitions.entries.queries import intake_of
from competitions.entries.showing import FileURL, PageURL
from competitions.entries.submitting import Lacking, lacking
from portal.core.verdicts import Verdict


def team_entry(request: HttpRequest, key: UUID) -> Entry:
    """The entry, for its team only. To everybody else it does not exist."""
    entry = (
        Entry.objects.filter(key=key)
        .select_related("competition", "track", "form", "organisation", "captain")
        .first()
    )
    if entry is None or not in_team(request.user, entry):
        raise Http404("no such entry")
    return entry


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list on the left, as `components/steps.html` takes it."""

    title: str
    url: str
    state: str
    current: bool
    note: str = ""


@dataclass(slots=True)
class Frame:
    """Everything around the middle of a page about an entry."""

    entry: Entry
    intake: RoundTrack | None
    open: Verdict
    captain: bool
    missing: list[Lacking]
    steps: list[Step]

    @property
    def deadline(self) -> Any:
        """The moment until which the team may write."""
        if self.entry.state == Entry.State.ASKED:
            return self.entry.asked_until
        return self.intake.closes_at if self.intake else None


def frame_of(request: HttpRequest, entry: Entry, current: str) -> Frame:
    """The frame of one entry's page; `current` is "basics", "team", "review" or a section's id."""
    intake = intake_of(entry.track)
    missing = lacking(entry)
    return Frame(
        entry=entry,
        intake=intake,
        open=still_open(entry, intake),
        captain=is_captain(request.user, entry),
        missing=missing,
        steps=_steps(entry, missing, current),
    )


def _steps(entry: Entry, missing: list[Lacking], current: str) -> list[Step]:
    by_section: dict[int, int] = {}
    for item in missing:
        if item.section is not None:
            by_section[item.section.pk] = by_section.get(item.section.pk, 0) + 1
    places = {item.place for item in missing}
    answered = set(entry.answers.values_list("question__section", flat=True)) | set(
        entry.files.filter(removed_at__isnull=True).values_list("question__section", flat=True)
    )
    steps = [
        _step(_("Basic facts"), "basics", entry, current, "" if "basics" in places else "done")
    ]
    for section, questions in sections_of(entry):
        left = by_section.get(section.pk, 0)
        steps.append(
            Step(
                title=section.local_title,
                url=reverse("entries:section", args=[entry.key, section.pk]),
                state=_section_state(left, section.pk in answered, questions),
                current=current == str(section.pk),
                note=ngettext("%(count)s left", "%(count)s left", left) % {"count": left}
                if left
                else "",
            )
        )
    steps.append(_step(_("Team"), "team", entry, current, "" if "team" in places else "done"))
    done = "done" if entry.handed_in and not missing else ""
    steps.append(_step(_("Review and submit"), "review", entry, current, done))
    return steps


def _section_state(left: int, answered: bool, questions: Sequence[Any]) -> str:
    if not left and (answered or any(question.required for question in questions)):
        return "done"
    return "started" if answered else ""


def _step(title: str, name: str, entry: Entry, current: str, state: str) -> Step:
    url = reverse(f"entries:{name}", args=[entry.key])
    return Step(title=title, url=url, state=state, current=current == name)


def sections_of(entry: Entry) -> list[tuple[Any, list[Any]]]:
    """The form's sections for this entry's track, read once a request."""
    cached = getattr(entry, "_sections", None)
    if cached is None:
        cached = questions_for(entry.form, entry.track)
        entry._sections = cached  # type: ignore[attr-defined]
    return cached


def crumbs(entry: Entry, *further: tuple[str, str]) -> list[dict[str, str]]:
    """Việc của tôi › Hồ sơ dự thi › this entry › …"""
    path = [
        (_("My work"), reverse("workspace:home")),
        (_("My entries"), reverse("entries:list")),
        (entry.title or _("Untitled entry"), reverse("entries:entry", args=[entry.key])),
        *further,
    ]
    return [{"title": title, "url": url} for title, url in path]


def file_addresses(entry: Entry) -> tuple[FileURL, PageURL]:
    """Where the team opens the entry's files and page pictures."""

    def file_url(file_id: int) -> str:
        return reverse("entries:file", args=[entry.key, file_id])

    def page_url(file_id: int, number: int) -> str:
        return reverse("entries:page", args=[entry.key, file_id, number])

    return file_url, page_url
