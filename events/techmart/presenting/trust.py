"""What pages say about trust: the ladder, the last confirmation, where to report a problem."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.techmart.models import Freshness, MarketPage, MarketRecord, Standing, Verification
from events.techmart.models.shared import VERIFICATION_ORDER
from events.techmart.models.trust import kind_of
from portal.core.templatetags.portal import day

SECTIONS = {"offer": "cong-nghe", "demand": "nhu-cau", "expert": "chuyen-gia"} | {
    "supplier": "nha-cung-ung"
}
"""The part of the address below the market for each kind of record."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the ladder: reached, and the one it stands at."""

    level: str
    label: str
    reached: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """How far others vouch for a record."""

    level: str
    label: str
    text: str
    """ "Đã đối chiếu giấy tờ, ngày 12/03/2026, Sở KH&CN"."""
    note: str
    """What has changed since; empty while it says what was checked."""
    tone: str
    icon: str
    rungs: Sequence[Rung]

    @property
    def vouched(self) -> bool:
        """Has anybody but the owner spoken for it?"""
        return self.level != Verification.DECLARED


def ladder_of(standing: Standing) -> Ladder:
    """The ladder in the reader's language, without a query."""
    level = Verification(standing.verification)
    at = VERIFICATION_ORDER.index(level)
    vouched = level != Verification.DECLARED
    parts = [str(level.label)]
    if vouched and standing.verified_on:
        parts.append(_("on %(day)s") % {"day": day(standing.verified_on)})
    if vouched and standing.vouched_by:
        parts.append(standing.vouched_by)
    changed = vouched and standing.facts_changed_at
    note = (
        _("Main facts were changed on %(day)s, after the check; they are being looked at again.")
        % {"day": day(standing.facts_changed_at)}
        if changed
        else ""
    )
    return Ladder(
        level=level,
        label=str(level.label),
        text=", ".join(parts),
        note=note,
        tone="warn" if changed else ("ok" if vouched else ""),
        icon="triangle-alert" if changed else ("shield-check" if vouched else ""),
        rungs=[
            Rung(one, str(Verification(one).label), index <= at, index == at)
            for index, one in enumerate(VERIFICATION_ORDER)
        ],
    )


@dataclass(frozen=True, slots=True)
class Confirmed:
    """When the owner last said that it is true."""

    freshness: str
    text: str
    """ "Đơn vị xác nhận gần nhất: 12/03/2026", or that it was not confirmed again."""
    tone: str
    icon: str


def confirmed_of(standing: Standing) -> Confirmed:
    """In the reader's language, without a query."""
    freshness = standing.freshness()
    last = day(standing.confirmed_on)
    if freshness is Freshness.CONFIRMED:
        text = _("Last confirmed by its owner: %(day)s") % {"day": last}
        return Confirmed(freshness, text, "", "circle-check")
    text = _("Not confirmed again since %(day)s") % {"day": last} if last else ""
    return Confirmed(freshness, text, "warn", "clock")


def problem_address(page: MarketPage, record: MarketRecord, base: str) -> str:
    """Where readers report that a record is wrong; `base` is the market's address."""
    section = SECTIONS[kind_of(record)]
    return f"{base}{page.reverse_subpage('problem', args=[section, record.standing.slug])}"
