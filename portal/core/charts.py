"""Charts drawn by the server: numbers in, places and lengths of SVG attributes out.

The drawing itself is `components/chart.html`. No style attribute and no script: the colours are
the style sheet's, so a chart is readable in the dark and on paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.extension_points import Series, Text

WIDTH, HEIGHT = 360, 216
"""Of a column chart, in its own units: about the pixels of a narrow phone."""
LEFT, TOP, FLOOR = 4, 26, 184
WIDEST = 64
MOST_COLUMNS = 8
"""As many as keep room for their labels; of more seasons the latest are drawn."""

HEAT_HEAD, HEAT_SIDE, HEAT_ROW, HEAT_GAP = 28, 60, 28, 2
"""Of a heat map: the labels above and beside it, a row, and the air between its fields."""
HEAT_LEVELS = 5


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


@dataclass(frozen=True, slots=True)
class HeatField:
    """One field of a heat map. The share stands in it as a number, its level is only seen."""

    label: str
    text: str
    level: int | None
    """0 to 5; None where there is nothing to measure."""
    x: float
    y: float
    width: float
    height: float
    centre: float
    middle: float


@dataclass(frozen=True, slots=True)
class HeatLabel:
    text: Text
    at: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Shares in columns and rows, ready to draw. The table with the numbers is the caller's."""

    title: Text
    summary: str
    columns: Sequence[HeatLabel]
    rows: Sequence[HeatLabel]
    fields: Sequence[HeatField]
    height: int
    width: int = WIDTH
    side: int = HEAT_SIDE


def heat_map(
    title: Text,
    summary: str,
    columns: Sequence[Text],
    rows: Sequence[Text],
    shares: Mapping[tuple[int, int], int | None],
) -> HeatMap:
    """The heat map of shares in per cent, by the numbers of their column and row."""
    room = (WIDTH - HEAT_SIDE) / max(len(columns), 1)
    fields = []
    for row, beside in enumerate(rows):
        for column, above in enumerate(columns):
            share = shares.get((column, row))
            x, y = HEAT_SIDE + room * column, HEAT_HEAD + HEAT_ROW * row
            shown = "–" if share is None else f"{share} %"
            fields.append(
                HeatField(
                    label=f"{above}, {beside}: {shown}",
                    text="–" if share is None else str(share),
                    level=heat_level(share),
                    x=round(x + HEAT_GAP / 2, 1),
                    y=y,
                    width=round(room - HEAT_GAP, 1),
                    height=HEAT_ROW - HEAT_GAP,
                    centre=round(x + room / 2, 1),
                    middle=y + (HEAT_ROW - HEAT_GAP) / 2,
                )
            )
    return HeatMap(
        title,
        summary,
        [
            HeatLabel(text, round(HEAT_SIDE + room * (number + 0.5), 1))
            for number, text in enumerate(columns)
        ],
        [
            HeatLabel(text, HEAT_HEAD + HEAT_ROW * number + (HEAT_ROW - HEAT_GAP) / 2)
            for number, text in enumerate(rows)
        ],
        fields,
        HEAT_HEAD + HEAT_ROW * len(rows),
    )


def heat_level(share: int | None) -> int | None:
    """0 for nothing, else which fifth of a hundred the share lies in."""
    return None if share is None else min(HEAT_LEVELS, -(-share // (100 // HEAT_LEVELS)))
