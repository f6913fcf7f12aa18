"""What a reviewer looks at in a draft: what the software can see, and what only a person can."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.techmart.models import Demand, Expert, MarketRecord, Offer, Supplier
from events.techmart.reviewing import missing
from portal.core.text import fold

_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}|(?:\+?84|0)(?:[ .-]?\d){8,10}\b")
FASTEST_PAYBACK = 3
"""Months. What claims to pay back faster is asked about."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something seen in the draft. `good`: as it should be; else a reviewer has to look."""

    good: bool
    text: str | Promise


QUESTIONS: dict[type[MarketRecord], Sequence[str | Promise]] = {
    Offer: (
        _("A reader who is no specialist understands problem, summary and advantages."),
        _("Claims about yield, cost and payback are plausible, and somebody can prove them."),
        _("The owner may offer it: ground of the right, titles, co-owners, publicly funded tasks."),
        _("The technology is on no list of forbidden transfers; a restricted one says so."),
        _("Pictures and texts show nobody and nothing that did not agree to it."),
    ),
    Demand: (
        _("The problem is told so that a supplier can answer, with scale and place."),
        _("It is a wish for technology, not an advertisement or a complaint."),
        _("Texts name nobody who did not agree to it."),
    ),
    Expert: (
        _("Titles and place of work are right."),
        _("What they advise on is a field of their own."),
        _("Texts name nobody who did not agree to it, and no identity number or home."),
    ),
    Supplier: (
        _("The organisation is who it says, and its certificates are valid."),
        _("The description informs and does not praise."),
        _("Logo and texts show nobody and nothing that did not agree to it."),
    ),
}
"""What only a person can judge."""


def checks(record: MarketRecord, draft: MarketRecord) -> list[Check]:
    """What the software sees in the newest draft."""
    lacking = missing(draft)
    standing = record.standing
    found = [
        Check(not lacking, _("Everything a review needs is there."))
        if not lacking
        else Check(False, " ".join(str(text) for _field, text in lacking)),
        Check(True, _("The owner has declared that they may offer it."))
        if standing.declared_at
        else Check(False, _("The owner has declared nothing yet.")),
    ]
    found += _of_owner(record)
    found += _of_texts(record, draft)
    if isinstance(draft, Offer):
        found += _of_offer(draft)
    if isinstance(draft, Expert) and not standing.listed_agreed:
        found.append(
            Check(False, _("The expert has not agreed to be listed: nothing is shown before."))
        )
    return found


def _of_owner(record: MarketRecord) -> Iterator[Check]:
    organisation = record.standing.organisation
    if organisation is None:
        return
    if organisation.verified_at:
        yield Check(True, _("The organisation was compared with the public register."))
    else:
        yield Check(False, _("The organisation is not confirmed yet."))


def _of_texts(record: MarketRecord, draft: MarketRecord) -> Iterator[Check]:
    public = " ".join(str(getattr(draft, name)) for name in _public_texts(draft))
    if _CONTACT.search(public):
        yield Check(
            False,
            _("A text holds a phone number or an email address; contacts are never public here."),
        )
    if getattr(record.standing, "anonymous", False) and record.standing.organisation:
        organisation = record.standing.organisation
        names = {fold(organisation.name), fold(organisation.short_name)} - {""}
        pictures: Any = draft.pictures.all() if isinstance(draft, Offer) else ()
        shown = fold(f"{public} {' '.join(f'{one.alt} {one.caption}' for one in pictures)}")
        if any(name in shown for name in names):
            yield Check(False, _("The owner is not to be named, and a text names them."))
        else:
            yield Check(True, _("The owner is not to be named, and no text names them."))


def _public_texts(draft: MarketRecord) -> list[str]:
    contact = {"contact_name", "contact_role"}
    return [name for name in (*draft.LINES, *draft.TEXTS) if name not in contact]


def _of_offer(draft: Offer) -> Iterator[Check]:
    if draft.payback_months is not None and draft.payback_months <= FASTEST_PAYBACK:
        yield Check(
            False,
            _("It claims to pay back within %(months)s months: ask what that rests on.")
            % {"months": draft.payback_months},
        )
    if draft.legal_class and draft.legal_class.slug == "han-che":
        yield Check(False, _("Its transfer is restricted: a licence is needed."))
    if any(not one.alt for one in draft.pictures.all()):
        yield Check(False, _("A picture does not say what it shows."))
