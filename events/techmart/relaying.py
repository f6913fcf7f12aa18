"""The thread of a request. Until contacts are open the office carries words from side to side."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.techmart import connection_letters as letters
from events.techmart.connection_permissions import (
    Side,
    may_run_desk,
    may_write_message,
    side_of,
)
from events.techmart.models import (
    ConnectionEvent,
    ConnectionMessage,
    ConnectionRequest,
    MessageFile,
)
from portal.core import auditing, clock
from portal.core.models import PrivateFile
from portal.core.receiving import receive_file
from portal.core.text import clean_text
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import User

MAX_TEXT = 4000
AN_HOUR = timedelta(hours=1)
MESSAGES_AN_HOUR = 20


@transaction.atomic
def write(
    request: ConnectionRequest,
    by: "User",
    text: str,
    *,
    upload: Any = None,
    to_asker: bool = False,
    to_owner: bool = False,
) -> ConnectionMessage:
    """Write into the thread, with one file at most. Officers choose who reads (`to_…`).

    What a side writes before the contacts are open reaches the office only; from then on both
    sides read everything new. Raises Refused: not_a_side, ended, empty, too_many, nobody_reads,
    and what `receive_file` raises.
    """
    may_write_message(by, request).require()
    said = clean_text(text).strip()[:MAX_TEXT]
    if not said:
        raise Refused(_("Write a message."), code="empty", field="text")
    _refuse_too_many(by)
    side = side_of(by, request) or Side.OFFICE
    is_open = request.contacts_open
    if side == Side.OFFICE and not (to_asker or to_owner):
        raise Refused(_("Choose who reads this."), code="nobody_reads", field="readers")
    if side == Side.OFFICE and to_owner and request.passed_on_at is None:
        raise Refused(
            _("The owner does not know of this request yet."), code="not_passed_on", field="readers"
        )
    message = ConnectionMessage.objects.create(
        request=request,
        side=side,
        author=by,
        text=said,
        sent_at=clock.now(),
        for_asker=side == Side.ASKER or (to_asker if side == Side.OFFICE else is_open),
        for_owner=side == Side.OWNER or (to_owner if side == Side.OFFICE else is_open),
        masked=not is_open,
    )
    if upload is not None:
        MessageFile.objects.create(message=message, file=_received(upload, by))
    _tell(message, by)
    return message


def _tell(message: ConnectionMessage, by: "User") -> None:
    request = message.request
    if message.side != Side.OFFICE:
        letters.message_for(request, Side.OFFICE, by)
    if message.for_asker and message.side != Side.ASKER:
        letters.message_for(request, Side.ASKER, by)
    if message.for_owner and message.side != Side.OWNER:
        letters.message_for(request, Side.OWNER, by)


def _refuse_too_many(by: "User") -> None:
    since = clock.now() - AN_HOUR
    written = ConnectionMessage.objects.filter(author=by, sent_at__gt=since).count()
    if written >= MESSAGES_AN_HOUR and not may_run_desk(by):
        raise Refused(_("Many messages within an hour. Go on a little later."), code="too_many")


@transaction.atomic
def relay(message: ConnectionMessage, by: "User", words: str) -> None:
    """Let the other side read a message, in the officer's wording. Raises Refused."""
    may_run_desk(by).require()
    request = message.request
    said = clean_text(words).strip()[:MAX_TEXT]
    if not said:
        raise Refused(_("Write what the other side reads."), code="empty", field="words")
    if message.side == Side.OFFICE:
        raise Refused(_("This was written by the office."), code="not_relayed")
    to_owner = message.side == Side.ASKER
    if to_owner and request.passed_on_at is None:
        raise Refused(_("The owner does not know of this request yet."), code="not_passed_on")
    reads = {"for_owner": True} if to_owner else {"for_asker": True}
    unread = dict.fromkeys(reads, False)
    changed = ConnectionMessage.objects.filter(pk=message.pk, **unread).update(
        relayed_text=said, relayed_by=by, relayed_at=clock.now(), **reads
    )
    if not changed:
        raise Refused(_("The other side reads it already."), code="relayed_already")
    message.refresh_from_db()
    ConnectionEvent.objects.create(
        request=request, kind=ConnectionEvent.Kind.RELAYED, by=by, at=clock.now()
    )
    auditing.record("techmart.message_relayed", request, user=by, message=message.pk)
    letters.message_for(request, Side.OWNER if to_owner else Side.ASKER, by)


def _received(upload: Any, by: "User") -> PrivateFile:
    try:
        return receive_file(upload, by=by)
    except Refused as refused:
        raise Refused(refused.reason, code=refused.code, field="file") from refused
