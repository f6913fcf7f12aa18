"""What owners decide about a record beside its words: naming themselves, closing, opening again.

These are facts of the standing: they hold at once, without a review and whatever a draft says.
"""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.techmart.going_public import thing
from events.techmart.models import DemandEnd, DemandStanding, MarketRecord, OfferStanding
from events.techmart.permissions import may_decide
from portal.core import auditing, clock
from portal.core.text import clean_line
from portal.core.verdicts import Refused
from portal.pages.owned_records import locked
from portal.search.keeping_true import index_after_commit

if TYPE_CHECKING:
    from portal.accounts.models import User


def set_anonymous(record: MarketRecord, anonymous: bool, by: "User") -> None:
    """Hide or show whose an offer or a demand is. Raises Refused: not permitted, "always_named"."""
    with transaction.atomic():
        stored = locked(record)
        may_decide(by, stored).require()
        if not isinstance(stored.standing, (OfferStanding, DemandStanding)):
            raise Refused(_("Experts and suppliers stand here by their name."), code="always_named")
        if stored.standing.anonymous == anonymous:
            return
        _write(
            stored, by, "techmart.hidden" if anonymous else "techmart.named", anonymous=anonymous
        )


def close(record: MarketRecord, by: "User", *, ended_as: str = "", note: str = "") -> None:
    """Take a record out of the public lists: sold, met, no longer offered.

    A demand says what became of it. Raises Refused: not permitted, "closed" already, "no_end".
    """
    with transaction.atomic():
        stored = locked(record)
        may_decide(by, stored).require()
        if stored.standing.closed_at:
            raise Refused(_("It is closed already."), code="closed")
        facts: dict[str, Any] = {"closed_at": clock.now()}
        if isinstance(stored.standing, DemandStanding):
            if ended_as not in DemandEnd.values:
                raise Refused(_("Say what became of it."), code="no_end", field="ended_as")
            facts |= {"ended_as": ended_as, "end_note": clean_line(note)[:300]}
        _write(stored, by, "techmart.closed", **facts)


def reopen(record: MarketRecord, by: "User") -> None:
    """Show it again. Whoever opens a live record again confirms it. Raises Refused."""
    with transaction.atomic():
        stored = locked(record)
        may_decide(by, stored).require()
        if not stored.standing.closed_at:
            raise Refused(_("It is not closed."), code="open")
        facts: dict[str, Any] = {"closed_at": None}
        if isinstance(stored.standing, DemandStanding):
            facts |= {"ended_as": "", "end_note": ""}
        if stored.live:
            facts |= {"last_confirmed_at": clock.now(), "asked_to_confirm_at": None}
        _write(stored, by, "techmart.reopened", **facts)


def _write(stored: MarketRecord, by: "User", action: str, **facts: Any) -> None:
    """Write the standing and tell search; the caller holds the lock."""
    standings = type(stored.standing)._base_manager
    standings.filter(pk=stored.standing.pk).update(**facts)
    auditing.record(action, stored, user=by, ended_as=facts.get("ended_as", ""))
    if stored.live:
        index_after_commit([thing(stored)])
