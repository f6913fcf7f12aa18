"""The numbers on one page of A4, for whoever decides."""

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.techmart.numbers.counting import quarter_of
from events.techmart.numbers.report import Report, Table, quarter_name
from events.techmart.presenting.sharing import shortened
from portal.core import clock, printing
from portal.core.templatetags.portal import day

TEMPLATE = Path(__file__).with_name("sheet.typ")
SIZES = (9.5, 9, 8.5, 8, 7.5, 7, 6.5)
"""Sizes of type: the first with which everything stands on the page is taken."""
LISTED = 5
"""Rows of fields, crops, communes, reasons and searches."""
LONGEST = 80


def sheet(report: Report, portal: str) -> bytes:
    """The PDF. The same numbers on the same day make the same bytes."""
    period = report.period
    days = _("%(first)s until %(last)s") % {"first": day(period.first), "last": day(period.last)}
    named = quarter_name(period) + ", " if period == quarter_of(period.first) else ""
    data = {
        "language": (get_language() or "vi")[:2],
        "portal": portal,
        "title": _("Numbers of the market"),
        "days": named + days,
        "figures": [[str(one["value"]), one["label"]] for one in report.figures],
        "periods": [list(one) for one in report.periods],
        "ledger": _drawn(report.ledger),
        "reasons": [_drawn(table.cut(LISTED)) for table in report.reasons],
        "desk": _drawn(report.at_the_desk),
        "stock": _drawn(report.in_the_market),
        "levels": _drawn(report.levels),
        "spread": [_drawn(table.cut(LISTED)) for table in report.spread],
        "in_vain": _drawn(_first(report.looked_for)) if report.in_vain else None,
        "made": _("As it stood on %(day)s.") % {"day": day(clock.today())},
        "sizes": SIZES,
    }
    return printing.pdf(TEMPLATE, data)


def _first(table: Table) -> Table:
    """The first rows; adding up the others would say nothing."""
    return Table(table.key, table.title, table.heads, table.rows[:LISTED])


def _drawn(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "heads": list(table.heads),
        "rows": [[shortened(row.label, LONGEST), *row.cells] for row in table.rows],
        "note": table.note,
    }
