"""What the shared apps ask of the wings, through Wagtail hooks. No registry of our own.

Each name below is a Wagtail hook. A provider in an app's `wagtail_hooks.py` is registered with
`@hooks.register("portal_tasks")` and has the signature of the Protocol of the same name. Providers
take a batch and return frozen dataclasses, so that a list never becomes a query in a loop.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail import hooks

if TYPE_CHECKING:
    from portal.accounts.models import User

Text = str | Promise
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """A way in, on the home page: "Dự thi · Còn 12 ngày để nộp hồ sơ"."""

    title: Text
    fact: Text
    url: str
    icon: str
    deadline: datetime | None = None
    """The door with the nearest deadline is drawn largest."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing this person has to do next, in "Việc của tôi"."""

    title: Text
    detail: Text
    url: str
    action: Text
    group: Text
    due: datetime | None = None
    urgent: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step of a season, for timelines."""

    title: Text
    starts: datetime
    ends: datetime | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number about the ecosystem, for the home page."""

    label: Text
    value: int
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a series and what it counts."""

    label: Text
    value: int


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that belong together, drawn as one chart on the home page."""

    title: Text
    unit: Text
    """What is counted, such as "entries"."""
    points: Sequence[Point]
    over_time: bool = False
    """The points follow one another in time and stand as columns; else they lie as bars."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that happens next and that anybody may come to or must not miss."""

    title: Text
    at: datetime
    """When it begins, or the moment a deadline ends."""
    kind: Text
    """One or two words: "Deadline", "Results", "Event"."""
    url: str = ""
    detail: Text = ""
    """What it belongs to, or where it takes place."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """Something of another app that the calendar of events shows: a final, a closure."""

    title: Text
    kind: Text
    """One or two words: "Final", "Closed"."""
    starts: datetime
    ends: datetime | None = None
    """None for a moment: a deadline, a publication."""
    url: str = ""
    detail: Text = ""
    """What it belongs to, or where it takes place."""


@dataclass(frozen=True, slots=True)
class Story:
    """News for the home page, newest first; the first one leads."""

    title: Text
    summary: Text
    url: str
    day: datetime
    topic: Text = ""
    image: Any = None
    """A Wagtail image, or None: then a cover drawn from the motif stands in."""
    list_url: str = ""
    """Where all news stand that this one is among."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice that people can have by mail or not. `code` is stable."""

    code: str
    label: Text
    by_mail: bool = True
    always_mailed: bool = False
    """Receipts, decisions: mailed whatever the preference says."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that search can find, in one language, without accents needed."""

    key: str
    """Stable and unique, such as "competition:12:vi"."""
    kind: str
    """A short code: "page", "article", "competition"."""
    language: str
    title: str
    summary: str
    body: str
    url: str
    day: datetime | None = None
    rank: int = 0
    """Of equally good finds the higher stands first: say -1 for what is over or archived."""
    visible_until: datetime | None = None
    """From this moment on it is not found, without anybody indexing anew."""


@dataclass(frozen=True, slots=True)
class Award:
    """What an organisation has won in public: "Giải Nhất · Cuộc thi … 2026"."""

    title: Text
    detail: Text
    """What it was won in."""
    day: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationLink:
    """A way from an organisation's page in the workspace to what an app keeps for it."""

    label: Text
    url: str
    detail: Text = ""


@dataclass(frozen=True, slots=True)
class DueWork:
    """What a run of the clock did, for the log."""

    name: str
    done: int


class PortalDoors(Protocol):
    def __call__(self, request: HttpRequest) -> Sequence[Door]: ...


class PortalTasks(Protocol):
    def __call__(self, user: "User") -> Sequence[Task]: ...


class PortalMilestones(Protocol):
    def __call__(self, request: HttpRequest) -> Sequence[Milestone]: ...


class PortalFigures(Protocol):
    def __call__(self, request: HttpRequest) -> Sequence[Figure]: ...


class PortalSeries(Protocol):
    """Series for charts. An empty one, or one without anything counted, is not drawn."""

    def __call__(self, request: HttpRequest) -> Sequence[Series]: ...


class PortalUpcoming(Protocol):
    """What is still ahead and has a public page; the home page sorts it and shows the next few."""

    def __call__(self, request: HttpRequest) -> Sequence[Upcoming]: ...


class PortalCalendar(Protocol):
    """What stands in the calendar between two moments, besides events, in a language."""

    def __call__(
        self, request: HttpRequest, language: str, begin: datetime, end: datetime
    ) -> Sequence[CalendarDate]: ...


class PortalStories(Protocol):
    def __call__(self, request: HttpRequest) -> Sequence[Story]: ...


class PortalNoticeKinds(Protocol):
    def __call__(self) -> Sequence[NoticeKind]: ...


class PortalSearchDocuments(Protocol):
    """Everything public in a language; only the documents of some `things`, when they are named.

    A thing is a document's key without its language: "competition:12".
    """

    def __call__(
        self, language: str, things: Collection[str] | None = None
    ) -> Iterable[SearchDocument]: ...


class PortalRunDue(Protocol):
    def __call__(self, now: datetime) -> Sequence[DueWork]: ...


class PortalServices(Protocol):
    """Services that the portal can do without, by name, and what raises when one does not work."""

    def __call__(self) -> Mapping[str, Callable[[], None]]: ...


class PortalOrganisationNotes(Protocol):
    """What other apps know about organisations, for their pages in the workspace."""

    def __call__(self, organisation_ids: Sequence[int]) -> Mapping[int, Sequence[str]]: ...


class PortalSeasonEntrants(Protocol):
    """Which of these people belong to a team that takes part in a season that is running."""

    def __call__(self, user_ids: Sequence[int]) -> Sequence[int]: ...


class PortalOrganisationLinks(Protocol):
    """Ways from the pages of these organisations, for a member of them."""

    def __call__(
        self, user: "User", organisation_ids: Sequence[int]
    ) -> Mapping[int, Sequence[OrganisationLink]]: ...


class PortalAwards(Protocol):
    """What organisations have been awarded, the newest first: published results only."""

    def __call__(self, organisation_ids: Collection[int]) -> Mapping[int, Sequence[Award]]: ...


NAMES: Mapping[str, type] = {
    "portal_doors": PortalDoors,
    "portal_tasks": PortalTasks,
    "portal_milestones": PortalMilestones,
    "portal_figures": PortalFigures,
    "portal_series": PortalSeries,
    "portal_upcoming": PortalUpcoming,
    "portal_calendar": PortalCalendar,
    "portal_stories": PortalStories,
    "portal_notice_kinds": PortalNoticeKinds,
    "portal_search_documents": PortalSearchDocuments,
    "portal_run_due": PortalRunDue,
    "portal_services": PortalServices,
    "portal_organisation_notes": PortalOrganisationNotes,
    "portal_season_entrants": PortalSeasonEntrants,
    "portal_organisation_links": PortalOrganisationLinks,
    "portal_awards": PortalAwards,
}


def providers(name: str) -> Sequence[Callable[..., Any]]:
    """The functions registered for one of `NAMES`, in their order."""
    if name not in NAMES:
        raise KeyError(name)
    return hooks.get_hooks(name)


def once(request: HttpRequest, name: str, make: Callable[[], T]) -> T:
    """What `make()` answers, asked once for this request: for providers that share what they read.

    `name` says what it is, with the app's label in front.
    """
    kept: dict[str, Any] = request.__dict__.setdefault("_read_once", {})
    if name not in kept:
        kept[name] = make()
    value: T = kept[name]
    return value


def gather(name: str, *arguments: Any) -> list[Any]:
    """Everything the providers of `name` answer, in one list."""
    return [item for provide in providers(name) for item in provide(*arguments)]


def keys_among(things: Collection[str] | None, kind: str) -> list[str] | None:
    """What stands behind "`kind`:" in the names of `things`; None when nothing was named."""
    if things is None:
        return None
    return [key for name, _colon, key in (one.partition(":") for one in things) if name == kind]
