"""Rooms of the demo's space, drawn: openly illustrations, where an editor has no photograph yet.

The window looks out on the mountain of the motif.
"""

from io import BytesIO

from PIL import Image, ImageDraw

from portal.demo.covers import HEIGHT, OVERSAMPLING, WIDTH

WALL, FLOOR, FRAME = "#f1f0e8", "#d9cdb4", "#0f5c4a"
SKY, HILL, WATER, SUN = "#dcede4", "#0a4738", "#b3d4f2", "#e2a32b"
WOOD, METAL, SCREEN = "#b57a10", "#43534e", "#10231f"
GROUND = 640


class _Room:
    """A wall with windows and a floor; everything else is put into it."""

    def __init__(self) -> None:
        size = (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING)
        self.picture = Image.new("RGB", size, WALL)
        self.pen = ImageDraw.Draw(self.picture)
        self.box(0, GROUND, WIDTH, HEIGHT, FLOOR)

    def box(self, left: int, top: int, right: int, bottom: int, fill: str, round_: int = 0) -> None:
        corners = [value * OVERSAMPLING for value in (left, top, right, bottom)]
        self.pen.rounded_rectangle(corners, round_ * OVERSAMPLING, fill=fill)

    def shape(self, fill: str, *points: tuple[int, int]) -> None:
        self.pen.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=fill)

    def disc(self, x: int, y: int, radius: int, fill: str) -> None:
        corners = (x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse([value * OVERSAMPLING for value in corners], fill=fill)

    def window(self, left: int, top: int, right: int, bottom: int, *, sun: bool = False) -> None:
        wide = right - left
        self.box(left - 14, top - 14, right + 14, bottom + 14, FRAME, 10)
        self.box(left, top, right, bottom, SKY)
        if sun:
            self.disc(right - wide // 5, top + 70, 34, SUN)
        foot = bottom - 50
        peak = (left + wide * 2 // 5, top + (bottom - top) // 4)
        self.shape(HILL, (left, foot), peak, (left + wide * 3 // 5, foot - 90), (right, foot))
        self.box(left, foot, right, bottom, WATER)
        self.box(left + wide // 2 - 5, top, left + wide // 2 + 5, bottom, FRAME)

    def desk(self, left: int, top: int, *, wide: int = 300, screen: bool = True) -> None:
        self.box(left, top, left + wide, top + 20, WOOD, 4)
        for leg in (left + 16, left + wide - 28):
            self.box(leg, top + 20, leg + 12, top + 170, METAL)
        if screen:
            middle = left + wide // 2
            self.box(middle - 70, top - 104, middle + 70, top - 16, SCREEN, 8)
            self.box(middle - 60, top - 94, middle + 60, top - 26, WATER, 2)
            self.box(middle - 8, top - 16, middle + 8, top, METAL)

    def chair(self, x: int, top: int, fill: str = FRAME) -> None:
        self.box(x - 46, top, x + 46, top + 90, fill, 20)
        self.box(x - 56, top + 100, x + 56, top + 122, fill, 10)
        self.box(x - 6, top + 122, x + 6, top + 190, METAL)
        self.box(x - 44, top + 184, x + 44, top + 194, METAL, 5)

    def plant(self, x: int, floor: int) -> None:
        for lean, tall in ((-70, 150), (-34, 200), (0, 225), (36, 195), (72, 145)):
            self.shape(FRAME, (x - 12, floor - 70), (x + lean, floor - tall), (x + 12, floor - 70))
        self.shape(
            WOOD, (x - 44, floor - 76), (x + 44, floor - 76), (x + 32, floor), (x - 32, floor)
        )

    def jpeg(self) -> bytes:
        small = self.picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.save(out, "JPEG", quality=85)
        return out.getvalue()


def open_space() -> bytes:
    """The big room: windows, two rows of desks, plants."""
    room = _Room()
    room.window(120, 110, 620, 480)
    room.window(740, 110, 1240, 480, sun=True)
    room.box(1340, 150, 1500, 640, HILL, 8)
    room.disc(1472, 410, 9, SUN)
    for left in (150, 560, 970):
        room.desk(left, 560)
        room.chair(left + 150, 590)
    for left in (40, 520, 1000):
        room.desk(left, 700, wide=380)
        room.chair(left + 190, 706, HILL)
    room.plant(1480, 860)
    return room.jpeg()


def desk() -> bytes:
    """One desk at the window."""
    room = _Room()
    room.window(420, 90, 1180, 460, sun=True)
    room.desk(440, 590, wide=720)
    room.chair(800, 640)
    room.box(1010, 540, 1050, 590, SUN, 6)
    room.plant(1340, 800)
    return room.jpeg()


def meeting_room() -> bytes:
    """A table with chairs before a screen."""
    room = _Room()
    room.window(90, 120, 480, 480)
    room.box(620, 130, 1240, 470, SCREEN, 12)
    room.box(640, 150, 1220, 450, SKY, 4)
    room.shape(HILL, (640, 450), (850, 230), (980, 360), (1220, 450))
    for x in (430, 650, 870, 1090):
        room.chair(x, 500)
    room.box(320, 640, 1280, 690, WOOD, 12)
    for leg in (420, 1160):
        room.box(leg, 690, leg + 24, 840, METAL)
    room.plant(1440, 800)
    return room.jpeg()


def hall() -> bytes:
    """Rows of chairs before a stage."""
    room = _Room()
    room.box(300, 90, 1300, 420, SCREEN, 12)
    room.box(320, 110, 1280, 400, SKY, 4)
    room.shape(HILL, (320, 400), (720, 170), (930, 310), (1280, 400))
    room.disc(1100, 180, 40, SUN)
    room.box(180, 470, 1420, 540, WOOD, 6)
    room.shape(FRAME, (1220, 470), (1340, 470), (1320, 350), (1240, 350))
    for row, (top, step) in enumerate(((580, 128), (680, 146))):
        for number in range(10):
            room.chair(1600 // 2 - step * 9 // 2 + number * step, top, HILL if row else FRAME)
    return room.jpeg()
