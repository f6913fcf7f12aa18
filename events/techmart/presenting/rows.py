"""What one record of the market says of itself in a row of a list, in the reader's language.

Nothing here asks the database when the record was read by its `drawn()`. Who stands behind an
anonymous record is not among what a row knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.techmart.models import (
    Demand,
    Expert,
    Freshness,
    Offer,
    PriceKind,
    Standing,
    Supplier,
    Verification,
)
from portal.core.languages import Said, in_reader_language, said
from portal.core.text import format_money

MILLION, BILLION = 1_000_000, 1_000_000_000
NOT_YET: dict[str, str | Promise] = {
    "y-tuong": gettext_lazy("An idea so far"),
    "phong-thi-nghiem": gettext_lazy("Works in the laboratory"),
    "mau-thu": gettext_lazy("There is a prototype"),
    "san-xuat-thu-nghiem": gettext_lazy("In pilot production"),
    "da-thuong-mai-hoa": gettext_lazy("On the market"),
}
"""How ready an offer is that nobody uses yet; other stages say their own label."""
CHIPS: dict[str, tuple[str, str]] = {
    Verification.DECLARED: ("", ""),
    Verification.DOCUMENTS: ("info", "clipboard-check"),
    Verification.DEMONSTRATED: ("ok", "circle-check"),
    Verification.ASSESSED: ("ok", "badge-check"),
}
"""Tone and icon of each level of verification."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What others than the owner say of a record, and whether the owner still stands by it."""

    label: str
    tone: str
    icon: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer: what problem, how ready, how much, how long to pay back, where, who."""

    pk: int
    slug: str
    url: str
    title: Said
    problem: Said
    kind: str
    readiness: str
    in_use: bool
    price: str
    payback: str
    place: str
    supplier: str
    """Empty where the owner is not named."""
    anonymous: bool
    trust: Trust


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand: what hurts, where, by when, for how much."""

    pk: int
    slug: str
    url: str
    title: Said
    problem: Said
    scale: str
    budget: str
    needed_by: date | None
    place: str
    wanted_by: str
    anonymous: bool
    trust: Trust


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """An expert: who, from where, what about."""

    pk: int
    slug: str
    url: str
    name: str
    position: Said
    workplace: Said
    advises_on: Said
    fields: Sequence[str]
    roles: Sequence[str]
    languages: Sequence[str]
    place: str
    photo: Any
    """None without the expert's consent to show it."""
    trust: Trust


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier: who, what it does, what stands on paper."""

    pk: int
    slug: str
    url: str
    name: Said
    about: Said
    fields: Sequence[str]
    certificates: Sequence[str]
    place: str
    logo: Any
    logo_alt: str
    offers: int
    """Public offers that name it; anonymous ones count nowhere."""
    trust: Trust


def offer_row(
    offer: Offer, url: str, *, uses: int | None = None, now: datetime | None = None
) -> OfferRow:
    """`uses`: how many places use it, where its references were counted and not read."""
    standing = offer.standing
    used = len(offer.references.all()) if uses is None else uses
    hidden = standing.anonymous
    return OfferRow(
        pk=offer.pk,
        slug=standing.slug,
        url=url,
        title=own_words(offer, "title"),
        problem=own_words(offer, "problem"),
        kind=offer.kind.local_label if offer.kind else "",
        readiness=readiness(offer, used),
        in_use=bool(used or offer.transferred_count),
        price=price(offer),
        payback=payback(offer.payback_months),
        # A commune with one organisation in it would name the owner.
        place=offer.unit.full_name if offer.unit and not hidden else "",
        supplier="" if hidden else owner_name(standing),
        anonymous=hidden,
        trust=trust(standing, now),
    )


def demand_row(demand: Demand, url: str, *, now: datetime | None = None) -> DemandRow:
    standing = demand.standing
    hidden = standing.anonymous
    return DemandRow(
        pk=demand.pk,
        slug=standing.slug,
        url=url,
        title=own_words(demand, "title"),
        problem=own_words(demand, "problem"),
        scale=demand.scale,
        budget=amounts(demand.budget_min, demand.budget_max) if demand.budget_shown else "",
        needed_by=demand.needed_by,
        place=demand.unit.full_name if demand.unit and not hidden else "",
        wanted_by="" if hidden else owner_name(standing),
        anonymous=hidden,
        trust=trust(standing, now),
    )


def expert_row(expert: Expert, url: str, *, now: datetime | None = None) -> ExpertRow:
    standing = expert.standing
    return ExpertRow(
        pk=expert.pk,
        slug=standing.slug,
        url=url,
        name=expert.titled_name,
        position=own_words(expert, "position"),
        workplace=own_words(expert, "workplace"),
        advises_on=own_words(expert, "advises_on"),
        fields=[term.local_label for term in expert.fields.all()],
        roles=[term.local_label for term in expert.roles.all()],
        languages=[term.local_label for term in expert.languages.all()],
        place=expert.unit.full_name if expert.unit else "",
        photo=expert.photo if standing.photo_agreed else None,
        trust=trust(standing, now),
    )


def supplier_row(
    supplier: Supplier, url: str, *, offers: int = 0, now: datetime | None = None
) -> SupplierRow:
    return SupplierRow(
        pk=supplier.pk,
        slug=supplier.standing.slug,
        url=url,
        name=own_words(supplier, "name"),
        about=own_words(supplier, "about"),
        fields=[term.local_label for term in supplier.fields.all()],
        certificates=[one.kind.local_label for one in supplier.certificates.all() if one.kind],
        place=supplier.unit.full_name if supplier.unit else "",
        logo=supplier.logo,
        logo_alt=supplier.logo_alt or supplier.name,
        offers=offers,
        trust=trust(supplier.standing, now),
    )


def own_words(record: Any, field: str) -> Said:
    """A text of a record in the reader's language."""
    return said(getattr(record, field), getattr(record, f"{field}_en"))


def owner_name(standing: Standing) -> str:
    """The organisation's name in the reader's language. Ask `anonymous` first."""
    organisation = standing.organisation
    return in_reader_language(organisation.name, organisation.name_en) if organisation else ""


def trust(standing: Standing, now: datetime | None = None) -> Trust:
    tone, icon = CHIPS.get(standing.verification, ("", ""))
    unconfirmed = standing.freshness(now) is not Freshness.CONFIRMED
    return Trust(str(standing.get_verification_display()), tone, icon, unconfirmed)


def readiness(offer: Offer, uses: int) -> str:
    """How ready it is in plain words: where it is used, else how often sold, else its stage."""
    if uses:
        return ngettext(
            "In real use at %(count)s place", "In real use at %(count)s places", uses
        ) % {"count": uses}
    if times := offer.transferred_count or 0:
        return ngettext("Transferred %(count)s time", "Transferred %(count)s times", times) % {
            "count": formats.number_format(times, force_grouping=True)
        }
    if offer.stage is None:
        return ""
    return str(NOT_YET.get(offer.stage.slug, offer.stage.local_label))


def price(offer: Offer) -> str:
    """What it costs, short: "25 – 40 triệu đồng/ha"."""
    if offer.price_kind == PriceKind.NEGOTIABLE:
        return _("Price by agreement")
    per = said(offer.price_unit, offer.price_unit_en).text
    cost = amounts(offer.price_min, offer.price_max)
    return f"{cost}/{per}" if per and cost else cost


def amounts(low: int | None, high: int | None) -> str:
    """An amount, or from one to another; nothing where nobody has said."""
    if low is None or high is None or low == high:
        some = high if low is None else low
        if some is None:
            return ""
        if low == high:
            return short_money(some)
        return (_("from %(amount)s") if high is None else _("up to %(amount)s")) % {
            "amount": short_money(some)
        }
    return f"{short_money(low)} – {short_money(high)}"


def short_money(amount: int) -> str:
    """As people say it: "1,2 tỷ đồng", "30 triệu đồng"; exact where that is not shorter."""
    for size, words in (
        (BILLION, gettext_lazy("%(number)s billion VND")),
        (MILLION, gettext_lazy("%(number)s million VND")),
    ):
        if amount >= size and amount % (size // 100) == 0:
            number = formats.number_format(amount / size, decimal_pos=2, force_grouping=True)
            return str(words) % {"number": _without_zeros(number)}
    return format_money(amount)


def _without_zeros(number: str) -> str:
    whole = formats.get_format("DECIMAL_SEPARATOR")
    return number.rstrip("0").rstrip(str(whole)) if str(whole) in number else number


def payback(months: int | None) -> str:
    """How long until it has paid for itself; nothing where the amounts do not say."""
    if not months:
        return ""
    if months < 24:
        return ngettext(
            "Pays back in about %(count)s month", "Pays back in about %(count)s months", months
        ) % {"count": months}
    years = _without_zeros(formats.number_format(months / 12, decimal_pos=1))
    return _("Pays back in about %(years)s years") % {"years": years}
