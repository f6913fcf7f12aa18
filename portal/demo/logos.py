"""Logos of the demo's invented partners: a simple mark and the name beside it.

The ground is transparent and the ink dark, as uploaded logos mostly are; the page puts them on
something light.
"""

from io import BytesIO

from PIL import Image, ImageDraw

from portal.demo.drawing import font_of

WIDTH, HEIGHT = 800, 240
OVERSAMPLING = 2
MARK = 168
"""Side of the mark's square, of which it keeps a little at each edge."""


def draw_logo(words: str, mark: str, colour: str) -> bytes:
    """A PNG of at most 800 × 240 with one of the marks: waves, leaf, rings, grid or peak."""
    scale = OVERSAMPLING
    picture = Image.new("RGBA", (WIDTH * scale, HEIGHT * scale), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    left, top = 12, (HEIGHT - MARK) // 2
    _draw_mark(pen, mark, colour, left * scale, top * scale, MARK * scale)
    first, second = _in_two(words)
    x = (left + MARK + 32) * scale
    pen.text((x, 54 * scale), first, font=font_of(52 * scale, 600), fill="#10231f")
    pen.text((x, 118 * scale), second, font=font_of(52 * scale, 600), fill=colour)
    box = picture.getbbox() or (0, 0, WIDTH, HEIGHT)
    cut = picture.crop((0, 0, box[2] + 12 * scale, HEIGHT * scale))
    small = cut.resize((cut.width // scale, HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _in_two(words: str) -> tuple[str, str]:
    """The words on two lines, the second one not shorter than it must be."""
    parts = words.split()
    half = len(parts) // 2
    return " ".join(parts[:half]), " ".join(parts[half:])


def _draw_mark(pen: ImageDraw.ImageDraw, mark: str, colour: str, x: int, y: int, side: int) -> None:
    line = side // 12
    if mark == "waves":
        for level in range(4):
            top = y + side * (level * 0.22 + 0.05)
            for half in range(2):
                box = (x + half * side / 2, top, x + (half + 1) * side / 2, top + side * 0.3)
                pen.arc(box, 180 * half, 180 * half + 180, fill=colour, width=line)
    elif mark == "leaf":
        pen.pieslice((x - side, y, x + side, y + 2 * side), 270, 360, fill=colour)
        pen.line((x, y + side, x + side * 0.62, y + side * 0.38), fill="#ffffff", width=line)
    elif mark == "rings":
        for level in range(3):
            inset = level * side * 0.17
            box = (x + inset, y + inset, x + side - inset, y + side - inset)
            pen.ellipse(box, outline=colour, width=line)
    elif mark == "grid":
        cell = side / 3
        for number in range(9):
            left, top = x + number % 3 * cell, y + number // 3 * cell
            inset = cell * (0.1 if number in {0, 4, 8, 2} else 0.3)
            pen.rectangle(
                (left + inset, top + inset, left + cell - inset, top + cell - inset), fill=colour
            )
    else:
        pen.polygon((x, y + side, x + side / 2, y, x + side, y + side), fill=colour)
        pen.line((x, y + side * 0.82, x + side, y + side * 0.82), fill="#ffffff", width=line)
