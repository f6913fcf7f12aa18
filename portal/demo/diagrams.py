"""Pictures of the demo's technologies: how each works, as steps drawn in a row. No photographs."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from portal.demo.drawing import font_of

WIDTH, HEIGHT = 1200, 675
OVERSAMPLING = 2
GROUND, INK, LINE, STEP, LAST = "#f1f0e8", "#10231f", "#0f5c4a", "#dcede4", "#f6d28c"
MARGIN, GAP = 56, 44


def draw_steps(steps: Sequence[str]) -> bytes:
    """A PNG of 1200 × 675: the steps from left to right, the result in another colour."""
    scale = OVERSAMPLING
    picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), GROUND)
    pen = ImageDraw.Draw(picture)
    side = (WIDTH - 2 * MARGIN - GAP * (len(steps) - 1)) / len(steps)
    top, bottom = HEIGHT * 0.24, HEIGHT * 0.76
    middle = (top + bottom) / 2
    for number, words in enumerate(steps):
        left = MARGIN + number * (side + GAP)
        box = tuple(edge * scale for edge in (left, top, left + side, bottom))
        fill = LAST if number == len(steps) - 1 else STEP
        pen.rounded_rectangle(box, radius=24 * scale, fill=fill, outline=LINE, width=4 * scale)
        _write(pen, words, left + side / 2, middle, side - 28, scale)
        if number:
            _arrow(pen, left - GAP + 6, left - 6, middle, scale)
    small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _write(
    pen: ImageDraw.ImageDraw, words: str, x: float, middle: float, width: float, scale: int
) -> None:
    """Words in the middle of a box, on as many lines as they need."""
    font = font_of(34 * scale, 600)
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= width * scale:
            lines[-1] = longer
        else:
            lines.append(word)
    height = 46
    y = middle - height * len(lines) / 2
    for line in lines:
        pen.text((x * scale, y * scale), line, font=font, fill=INK, anchor="ma")
        y += height


def _arrow(pen: ImageDraw.ImageDraw, left: float, right: float, y: float, scale: int) -> None:
    pen.line((left * scale, y * scale, (right - 10) * scale, y * scale), fill=LINE, width=6 * scale)
    tip = [(right, y), (right - 18, y - 13), (right - 18, y + 13)]
    pen.polygon([(a * scale, b * scale) for a, b in tip], fill=LINE)
