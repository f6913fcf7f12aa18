"""Money, time and readiness in the words of people who decide about them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.techmart.economics import MONTHS, yearly_benefit
from events.techmart.models import Demand, Offer
from events.techmart.presenting import rows
from portal.core.languages import Said, said

TRL_WORDS = {
    1: gettext_lazy("the principle has been observed"),
    2: gettext_lazy("the idea of its use is written down"),
    3: gettext_lazy("shown to be possible by experiment"),
    4: gettext_lazy("tried in the laboratory"),
    5: gettext_lazy("tried under conditions close to real ones"),
    6: gettext_lazy("demonstrated under conditions close to real ones"),
    7: gettext_lazy("a prototype has worked where it is to be used"),
    8: gettext_lazy("finished and proven by trials"),
    9: gettext_lazy("proven in everyday use"),
}
"""What each of the nine levels means, without jargon."""


@dataclass(frozen=True, slots=True)
class EconomyLine:
    """One amount of the comparison; None where there is none to tell."""

    name: str
    before: int | None
    after: int | None
    only_after: bool = False
    """The old way has no such amount."""


@dataclass(frozen=True, slots=True)
class Economy:
    """The owner's amounts side by side and what follows from them, nothing more."""

    counted_for: Said
    lines: tuple[EconomyLine, ...]
    benefit: int | None
    payback: str
    """How long until the investment is earned back, or why nobody can say."""
    pays_back: bool


def budget(demand: Demand) -> str:
    """What may be spent, where its owner lets everybody know."""
    return rows.amounts(demand.budget_min, demand.budget_max) if demand.budget_shown else ""


def duration(months: int) -> str:
    """ "14 tháng", "2 năm 6 tháng": months up to two years, then years as well."""
    if months <= 2 * MONTHS:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    years, rest = divmod(months, MONTHS)
    told = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    if rest:
        told += " " + ngettext("%(count)s month", "%(count)s months", rest) % {"count": rest}
    return told


def payback(offer: Offer) -> str:
    """ "Khoảng 14 tháng"; nothing where the amounts do not say."""
    if not offer.payback_months:
        return ""
    return _("About %(time)s") % {"time": duration(offer.payback_months)}


def readiness(offer: Offer) -> str:
    """How ready it is, by where it is used, not by a number."""
    return rows.readiness(offer, len(offer.references.all()))


def economy(offer: Offer) -> Economy | None:
    """The comparison of costs; None where the owner gave no amounts."""
    before, after = offer.yearly_cost_before, offer.yearly_cost_after
    gain, investment = offer.yearly_gain, offer.investment
    told = (
        EconomyLine(_("Cost in a year"), before, after),
        EconomyLine(_("Income on top in a year"), None, gain, only_after=True),
        EconomyLine(_("Investment, once"), None, investment, only_after=True),
    )
    lines = tuple(line for line in told if line.before is not None or line.after is not None)
    if not lines:
        return None
    benefit = yearly_benefit(before, after, gain)
    return Economy(
        counted_for=said(offer.economy_unit, ""),
        lines=lines,
        benefit=benefit,
        payback=payback(offer) or _no_payback(investment, benefit),
        pays_back=bool(offer.payback_months),
    )


def _no_payback(investment: int | None, benefit: int | None) -> str:
    if benefit is None or investment is None:
        return _("The amounts do not yet say.")
    if investment == 0:
        return _("Nothing to invest.")
    if benefit <= 0:
        return _("By these amounts the investment is not earned back.")
    return _("By these amounts it takes more than fifty years.")
