"""Signed addresses that mails carry: they open a page for one person, and nothing happens by it.

What a page does happens when its button is pressed. A token says whom it was made for and when;
what it may still do follows from the records, so that nothing about a link has to be stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.techmart.models import SavedSearch
from portal.core import clock
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from portal.accounts.models import Organisation, User

CONFIRM_DAYS = 60
"""From the first question until a record is hidden."""
_CONFIRM = "events.techmart.confirm"
_STOP = "events.techmart.stop"
_MAX = 400


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who was asked, for which organisation (None: their own page as an expert), and when."""

    person_id: int
    organisation_id: int | None
    at: datetime


def confirm_address(person: "User", organisation: "Organisation | None") -> str:
    """The address at which a person answers for an organisation without signing in."""
    said = {
        "p": person.pk,
        "o": organisation.pk if organisation else None,
        "t": int(clock.now().timestamp()),
    }
    token = signing.dumps(said, salt=_CONFIRM)
    return reverse("techmart_links:confirm", args=[token])


def invitation_in(token: str) -> Invitation:
    """What a link says. Raises Refused: not ours ("bad_link"), too old ("expired")."""
    said = _read(token, _CONFIRM)
    try:
        at = datetime.fromtimestamp(int(said["t"]), UTC)
        organisation = said["o"] if said["o"] is None else int(said["o"])
        found = Invitation(int(said["p"]), organisation, at)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise _bad() from None
    if clock.now() - found.at > timedelta(days=CONFIRM_DAYS):
        raise Refused(
            _("This link has expired. Sign in and confirm under “My work”; a new letter follows."),
            code="expired",
        )
    return found


def stop_address(person: "User", searches: Sequence[SavedSearch]) -> str:
    """The address at which a person stops the letters of these searches without signing in."""
    said = {"p": person.pk, "s": [one.pk for one in searches]}
    return reverse("techmart_links:stop", args=[signing.dumps(said, salt=_STOP)])


def searches_in(token: str) -> list[SavedSearch]:
    """The searches a link may stop; such a link does not expire. Raises Refused ("bad_link")."""
    said = _read(token, _STOP)
    try:
        keys = [int(key) for key in said["s"]]
        person = int(said["p"])
    except (KeyError, TypeError, ValueError):
        raise _bad() from None
    return list(SavedSearch.objects.filter(person=person, pk__in=keys))


def _read(token: str, salt: str) -> dict[str, Any]:
    if len(token) > _MAX:
        raise _bad()
    try:
        said = signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError):
        raise _bad() from None
    if not isinstance(said, dict):
        raise _bad()
    return said


def _bad() -> Refused:
    return Refused(
        _("This link is not whole. Copy it from the mail once more, or sign in."), code="bad_link"
    )
