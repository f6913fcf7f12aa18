"""Charts drawn by the server: numbers in, places and lengths of SVG attributes out.

The drawing itself is `components/chart.html`. No style attribute and no script: the colours are
the style sheet's, so a chart is readable in the dark and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.extension_points import Series, Text

WIDTH, HEIGHT = 360, 216
"""Of a column chart, in its own units: about the pixels of a narrow phone."""
LEFT, TOP, FLOOR = 4, 26, 184
WIDEST = 64
MOST_COLUMNS = 8
"""As many as keep room for their labels; of more seasons the latest are drawn."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column with the words over and under it."""

    label: Text
    value: int
    x: float
    y: float
    width: float
    height: float
    centre: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A series ready to draw: either columns on a floor, or bars as rows of a table."""

    title: Text
    unit: Text
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    summary: str
    """The whole series in words, for those who do not see the drawing."""


def chart_of(series: Series) -> Chart:
    """The chart of a series; its numbers are counts and never negative."""
    points = list(series.points)
    if series.over_time:
        points = points[-MOST_COLUMNS:]
    return Chart(
        title=series.title,
        unit=series.unit,
        columns=_columns(points) if series.over_time else (),
        rows=_rows(points),
        summary="; ".join(f"{point.label}: {point.value}" for point in points),
    )


def _columns(points: Sequence[Any]) -> list[Column]:
    largest = max((point.value for point in points), default=0) or 1
    room = (WIDTH - 2 * LEFT) / max(len(points), 1)
    width = round(min(WIDEST, room * 0.6), 1)
    drawn = []
    for number, point in enumerate(points):
        height = round((FLOOR - TOP) * point.value / largest, 1)
        centre = round(LEFT + room * (number + 0.5), 1)
        drawn.append(
            Column(
                label=point.label,
                value=point.value,
                x=round(centre - width / 2, 1),
                y=round(FLOOR - height, 1),
                width=width,
                height=height,
                centre=centre,
            )
        )
    return drawn


def _rows(points: Sequence[Any]) -> list[dict[str, Any]]:
    largest = max((point.value for point in points), default=0) or 1
    return [
        {"label": p.label, "value": p.value, "share": round(p.value / largest * 100)}
        for p in points
    ]
