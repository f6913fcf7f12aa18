"""What each side reads of a request: the thread, contacts, where it stands. Pure reading.

Everything a template draws of the other side passes through here, so that one place decides what
stays hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from events.techmart.connection_permissions import Side, owner_organisation
from events.techmart.models import ConnectionMessage, ConnectionRequest, MessageFile
from portal.core.models import PrivateFile
from portal.core.templatetags.portal import moment
from portal.core.timelines import Step

States = ConnectionRequest.State
_TONES = {
    States.NEW: ("info", "circle-dot"),
    States.RECEIVED: ("info", "inbox"),
    States.PASSED_ON: ("warn", "hourglass"),
    States.ACCEPTED: ("ok", "check"),
    States.IN_CONTACT: ("ok", "phone"),
    States.NEGOTIATING: ("ok", "handshake"),
    States.MEMORANDUM: ("ok", "file-text"),
    States.CONTRACT: ("ok", "file-text"),
    States.DONE: ("ok", "circle-check"),
    States.DECLINED: ("", "circle-x"),
    States.FAILED: ("", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    tone: str
    icon: str


def chip(request: ConnectionRequest) -> Chip:
    tone, icon = _TONES[States(request.state)]
    return Chip(request.get_state_display(), tone, icon)


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file under the name this reader may know. A hidden PDF shows as pictures of its pages."""

    label: str
    size: int
    url: str
    pages: Sequence[str]
    waiting: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One message as one reader sees it."""

    message: ConnectionMessage
    author: str
    text: str
    at: datetime
    mine: bool
    files: Sequence[ShownFile]
    original: str
    """For officers: what was written, where the other side reads other words."""
    readers: str
    may_relay: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call, once both sides have agreed."""

    organisation: str
    name: str
    phone: Any
    email: str


def thread(request: ConnectionRequest, reader: str) -> list[Line]:
    """The messages that `reader` (a side, or the office) may read, in a fixed number of queries."""
    messages = request.messages.select_related("author").prefetch_related(
        "files__file__page_images"
    )
    if reader == Side.ASKER:
        messages = messages.filter(for_asker=True)
    elif reader == Side.OWNER:
        messages = messages.filter(for_owner=True)
    return [_line(request, message, reader) for message in messages]


def _line(request: ConnectionRequest, message: ConnectionMessage, reader: str) -> Line:
    mine, office = message.side == reader, reader == Side.OFFICE
    known = mine or office or not message.masked
    relayed = message.relayed_text
    text = relayed if relayed and not (mine or office) else message.text
    return Line(
        message=message,
        author=_author(message, reader, known),
        text=text,
        at=message.sent_at,
        mine=mine,
        files=[
            _file(request, one, number, known)
            for number, one in enumerate(message.files.all(), start=1)
        ],
        original=relayed if office and relayed and relayed != message.text else "",
        readers=_readers(message) if office else "",
        may_relay=office and message.side != Side.OFFICE and not _reaches_both(message),
    )


def _author(message: ConnectionMessage, reader: str, known: bool) -> str:
    if message.side == Side.OFFICE and reader != Side.OFFICE:
        return _("Officer of the department")
    if known:
        return f"{message.author} · {message.get_side_display()}"
    return str(message.get_side_display())


def _reaches_both(message: ConnectionMessage) -> bool:
    return message.for_asker and message.for_owner


def _readers(message: ConnectionMessage) -> str:
    if _reaches_both(message):
        return _("both sides read it")
    if message.side == Side.OFFICE:
        side = Side.ASKER if message.for_asker else Side.OWNER
        return _("only this side reads it: %(side)s") % {"side": side.label}
    return _("not passed on yet")


def _file(request: ConnectionRequest, attached: MessageFile, number: int, known: bool) -> ShownFile:
    file = attached.file
    parts = [request.key, attached.pk]
    pages_only = not known and file.kind == PrivateFile.Kind.PDF
    return ShownFile(
        label=file.name if known else masked_name(file, number),
        size=file.size,
        url="" if pages_only else reverse("techmart_connections:file", args=parts),
        pages=[
            reverse("techmart_connections:page", args=[*parts, page.number])
            for page in file.page_images.all()
        ]
        if pages_only
        else [],
        waiting=pages_only and file.pages_state == PrivateFile.Pages.WAITING,
    )


def masked_name(file: PrivateFile, number: int = 1) -> str:
    """A name that says nothing of who sent it."""
    return f"tep-{number}.{file.kind}"


def asker_contact(request: ConnectionRequest) -> Contact | None:
    """For the owner: None until the contacts are open."""
    if not request.contacts_open:
        return None
    person, organisation = request.asker, request.organisation
    return Contact(str(organisation), str(person), person.phone or organisation.phone, person.email)


def owner_contact(request: ConnectionRequest) -> Contact | None:
    """For the asking side: None until the contacts are open."""
    if not request.contacts_open:
        return None
    return owner_of(request)


def owner_of(request: ConnectionRequest) -> Contact:
    """For the office, and for the asking side once contacts are open."""
    record = request.record
    organisation = owner_organisation(request)
    if request.expert_id:
        return Contact(record.workplace, record.full_name, record.phone, record.email)
    return Contact(
        str(organisation or ""), record.contact_name, record.contact_phone, record.contact_email
    )


def told_steps(request: ConnectionRequest) -> list[Step]:
    """The way of a request for its sides: states and days, no names."""
    events = [one for one in request.events.all() if one.to_state]
    return [
        Step(
            event.state_label,
            moment(event.at),
            "now" if number == len(events) and request.is_open else "done",
        )
        for number, event in enumerate(events, start=1)
    ]
