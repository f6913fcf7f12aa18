"""Covers drawn from the motif: contour lines of the mountain flowing into two rivers.

They stand where an editor has no photograph. Deterministic: the same seed draws the same cover.
"""

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 900
OVERSAMPLING = 2

# Ground, line and accent; the province's green, the river's blue, the dry season's sand.
PALETTES = (
    ("#0e2f27", "#6fc9ab", "#e2a32b"),
    ("#123a52", "#b3d4f2", "#e2a32b"),
    ("#f1f0e8", "#0f5c4a", "#b57a10"),
    ("#dcede4", "#0a4738", "#8a2c18"),
    ("#3a2c12", "#f6d28c", "#6fc9ab"),
)


def draw_cover(seed: str) -> bytes:
    """A JPEG of 1600 × 900 drawn from `seed`."""
    chance = random.Random(seed)  # a drawing, not a secret
    ground, line, accent = chance.choice(PALETTES)
    scale = OVERSAMPLING
    picture = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), ground)
    pen = ImageDraw.Draw(picture)
    peak = chance.uniform(0.25, 0.75)
    sun, size = chance.uniform(0.1, 0.9), chance.uniform(0.035, 0.07)
    pen.ellipse(
        [
            ((sun - size) * WIDTH * scale, (0.2 - size * 16 / 9) * HEIGHT * scale),
            ((sun + size) * WIDTH * scale, (0.2 + size * 16 / 9) * HEIGHT * scale),
        ],
        fill=accent,
    )
    sway = chance.uniform(0.6, 1.4)
    for level in range(26):
        pen.line(
            _contour(level, peak, sway, scale),
            fill=accent if level == 6 else line,
            width=(4 if level % 5 == 0 else 2) * scale,
            joint="curve",
        )
    small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=85)
    return out.getvalue()


def _contour(level: int, peak: float, sway: float, scale: int) -> list[tuple[float, float]]:
    """One contour: a mountain near `peak` that flattens, downwards, into a river's bends."""
    depth = level / 25
    points = []
    for step in range(161):
        x = step / 160
        mountain = math.exp(-(((x - peak) / (0.10 + 0.16 * depth)) ** 2)) * (1 - depth) ** 1.4
        ridge = 0.05 * math.sin(9 * x + 3 * depth) * (1 - depth) * math.exp(-abs(x - peak) * 3)
        river = 0.035 * sway * math.sin(5.2 * x + 2.2 * depth + peak * 7) * depth
        y = 0.47 + 0.52 * depth - 0.36 * mountain - ridge + river
        points.append((x * WIDTH * scale, y * HEIGHT * scale))
    return points
