"""A dossier as it is read: by the team on review, by officers and by judges, exactly the same.

The texts come from the frozen snapshot. Only a member's name follows the member's consent of
today, so that agreeing later shows it and taking consent back hides it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from competitions.entries.models import Entry, Submission, TeamMember
from portal.core.languages import Said, in_reader_language, said
from portal.core.models import PageImage, PrivateFile

FileURL = Callable[[int], str]
PageURL = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Picture:
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    name: str
    size: int
    kind: str
    url: str
    pictures: list[Picture]
    waiting: bool
    """The page pictures are still being made."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question and its frozen answer."""

    question_id: int
    label: Said
    kind: str
    value: str | list[str] | None
    labels: list[str]
    labels_en: list[str]
    files: list[ShownFile]


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class TeamLine:
    name: str
    role: str
    is_captain: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """What `templates/entries/dossier.html` shows."""

    code: str
    number: int
    title: str
    competition: str
    track: str
    applicant: str
    organisation: str
    team: list[TeamLine]
    sections: list[ShownSection]


def dossier(submission: Submission, *, file_url: FileURL, page_url: PageURL) -> Dossier:
    """What was handed in, with addresses that the reader may open."""
    return shown_snapshot(
        submission.snapshot, submission.entry, file_url=file_url, page_url=page_url
    )


def shown_snapshot(
    snapshot: dict[str, Any], entry: Entry, *, file_url: FileURL, page_url: PageURL
) -> Dossier:
    """The same for a snapshot that was just built, on the review page."""
    files = _files_of(snapshot, file_url, page_url)
    sections = [
        ShownSection(
            title=in_reader_language(section["title"], section["title_en"]),
            items=[_item(item, files) for item in section["items"]],
        )
        for section in snapshot["sections"]
    ]
    return Dossier(
        code=snapshot["code"],
        number=snapshot["number"],
        title=snapshot["title"],
        competition=entry.competition.local_title,
        track=entry.track.local_title,
        applicant=str(Entry.Applicant(snapshot["applicant"]).label),
        organisation=(snapshot["organisation"] or {}).get("name", ""),
        team=_team(snapshot, entry),
        sections=sections,
    )


def _item(item: dict[str, Any], files: dict[int, ShownFile]) -> Item:
    return Item(
        question_id=item["question_id"],
        label=said(item["label"], item["label_en"]),
        kind=item["kind"],
        value=item["value"],
        labels=item["labels"],
        labels_en=item["labels_en"],
        files=[files[file["id"]] for file in item["files"] if file["id"] in files],
    )


def _team(snapshot: dict[str, Any], entry: Entry) -> list[TeamLine]:
    """Names of people who agree today; the others stand as unconfirmed."""
    today = {member.pk: member for member in TeamMember.objects.filter(entry=entry)}
    return [
        TeamLine(
            name=_name(member, today.get(member["id"])) or _("Unconfirmed member"),
            role=member["role"],
            is_captain=member["is_captain"],
        )
        for member in snapshot["members"]
    ]


def _name(frozen: dict[str, Any], member: TeamMember | None) -> str:
    if frozen["is_captain"]:
        return str(frozen["full_name"])
    if member is None or not member.agreed:
        return ""
    return str(frozen["full_name"] or member.full_name)


def files_in(snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """Every file a snapshot holds, as it was frozen."""
    return [
        file
        for section in snapshot["sections"]
        for item in section["items"]
        for file in item["files"]
    ]


def _files_of(
    snapshot: dict[str, Any], file_url: FileURL, page_url: PageURL
) -> dict[int, ShownFile]:
    """All files of a snapshot with their page pictures, in two queries."""
    frozen = {file["id"]: file for file in files_in(snapshot)}
    states = dict(PrivateFile.objects.filter(pk__in=frozen).values_list("pk", "pages_state"))
    pictures: dict[int, list[Picture]] = {}
    pages = PageImage.objects.filter(file__in=frozen).order_by("file", "number")
    for file_id, number in pages.values_list("file_id", "number"):
        pictures.setdefault(file_id, []).append(Picture(number, page_url(file_id, number)))
    return {
        file_id: ShownFile(
            name=file["name"],
            size=file["size"],
            kind=file["kind"],
            url=file_url(file_id),
            pictures=pictures.get(file_id, []),
            waiting=states.get(file_id) == PrivateFile.Pages.WAITING,
        )
        for file_id, file in frozen.items()
    }
