"""What an editor should check after an import, in sentences and with the places."""

from collections.abc import Iterable
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Finding(Enum):
    """What the reader noticed. The order is the order of the sentences."""

    TITLE_GUESSED = auto()
    TITLE_CUT = auto()
    NO_LEAD = auto()
    TCVN3 = auto()
    VNI = auto()
    NO_ALT = auto()
    ALT_CUT = auto()
    TABLE_BARE = auto()
    TABLE_TOO_LARGE = auto()
    MERGED_CELLS = auto()
    LINK = auto()
    HEADING_LONG = auto()
    PICTURE_ELSEWHERE = auto()
    PICTURE_KIND = auto()
    PICTURE_BROKEN = auto()
    TEXT_BOX = auto()
    DRAWING = auto()
    FOOTNOTE = auto()
    FORMULA = auto()
    CHANGES = auto()


_SENTENCES: dict[Finding, str | Promise] = {
    Finding.TITLE_GUESSED: _("No paragraph has the style Title. Check the title."),
    Finding.TITLE_CUT: _("The title was too long and has been cut. Check it."),
    Finding.NO_LEAD: _("The file has no lead. Write one or two sentences for lists and search."),
    Finding.TCVN3: _(
        "Paragraph %(places)s was written in TCVN3 and has been changed to Unicode. Read it again."
    ),
    Finding.VNI: _(
        "Paragraph %(places)s was written in VNI and has been changed to Unicode. Read it again."
    ),
    Finding.NO_ALT: _(
        "Picture %(places)s has no description for screen readers. Write one before you publish."
    ),
    Finding.ALT_CUT: _("The description of picture %(places)s was too long and has been cut."),
    Finding.TABLE_BARE: _(
        "Table %(places)s lacks a caption or headings. Write them before you publish."
    ),
    Finding.TABLE_TOO_LARGE: _(
        "Table %(places)s is too large for an article and was left out. Attach it as a document."
    ),
    Finding.MERGED_CELLS: _("Table %(places)s had merged cells. Check that it still reads right."),
    Finding.LINK: _(
        "A link in paragraph %(places)s leads to no web address and was left out; its words stay."
    ),
    Finding.HEADING_LONG: _(
        "The heading in paragraph %(places)s was too long and has become bold text."
    ),
    Finding.PICTURE_ELSEWHERE: _(
        "A picture in paragraph %(places)s is not in the file, only a link to it. Add it by hand."
    ),
    Finding.PICTURE_KIND: _(
        "A picture in paragraph %(places)s is neither JPEG nor PNG nor WebP and was left out."
    ),
    Finding.PICTURE_BROKEN: _(
        "A picture in paragraph %(places)s is damaged or too large and was left out."
    ),
    Finding.TEXT_BOX: _("A text box in paragraph %(places)s was left out. Copy its text by hand."),
    Finding.DRAWING: _(
        "A chart, drawing or embedded object in paragraph %(places)s was left out. "
        "Add it as a picture."
    ),
    Finding.FOOTNOTE: _("The footnote in paragraph %(places)s was left out."),
    Finding.FORMULA: _("The formula in paragraph %(places)s was left out."),
    Finding.CHANGES: _(
        "The file had tracked changes in paragraph %(places)s. They count as accepted."
    ),
}


class Findings:
    """Collects findings while a file is read."""

    def __init__(self) -> None:
        self._places: dict[Finding, dict[int, None]] = {}

    def add(self, finding: Finding, place: int = 0) -> None:
        self._places.setdefault(finding, {})[place] = None

    def __contains__(self, finding: object) -> bool:
        return finding in self._places

    def sentences(self) -> list[str]:
        """One sentence a kind of finding, so that a long file stays a short list."""
        return [
            str(_SENTENCES[kind]) % {"places": spoken(self._places[kind])}
            for kind in Finding
            if kind in self._places
        ]


def spoken(numbers: Iterable[int]) -> str:
    """The numbers as people say them: 3, 5–7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs)
