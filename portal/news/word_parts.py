"""The parts of a Word file in order: titles, headings, text, items of lists, pictures, tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from portal.core.file_content import Cleaned
from portal.news.word_findings import Finding, Findings
from portal.news.word_inline import Inline, Piece, Words, plain, tidy
from portal.news.word_package import too_much
from portal.news.word_pictures import Pictures, Shot
from portal.news.word_styles import Lists, Styles

MAX_PARAGRAPHS = 3000
MAX_CELLS = 1200
"""Of all tables together; the editor's form sends a field for each."""
MAX_COLUMNS = 12
_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins"))
_QUOTES = frozenset({"quote", "intense quote", "quotations"})


@dataclass(frozen=True, slots=True)
class Title:
    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    text: str


@dataclass(frozen=True, slots=True)
class HeadingLine:
    text: str
    level: int
    number: int


@dataclass(frozen=True, slots=True)
class Text:
    pieces: tuple[Piece, ...]
    quoted: bool = False

    @property
    def stands_out(self) -> bool:
        """All of it bold or all of it italic, as leads are set."""
        words = [one for one in self.pieces if isinstance(one, Words) and one.text.strip()]
        return bool(words) and (all(w.bold for w in words) or all(w.italic for w in words))


@dataclass(frozen=True, slots=True)
class Item:
    pieces: tuple[Piece, ...]
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class Photo:
    content: Cleaned
    alt: str
    decorative: bool


@dataclass(frozen=True, slots=True)
class Caption:
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[str, ...], ...]
    number: int


Part = Title | Lead | HeadingLine | Text | Item | Photo | Caption | Grid


class PartReader:
    """Walks once through a document."""

    def __init__(self, document: Document, findings: Findings) -> None:
        self._body = document.element.body
        self._styles = Styles(document)
        self._lists = Lists(document, self._styles)
        self._inline = Inline(document, self._styles)
        self._pictures = Pictures(document)
        self._findings = findings
        self._read = self._number = self._tables = self._cells = 0

    def parts(self) -> Iterator[Part]:
        yield from self._blocks(self._body)

    def _blocks(self, element: Any) -> Iterator[Part]:
        for child in element:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child)

    # Paragraphs -------------------------------------------------------------------------------

    def _pieces(self, paragraph: Any) -> list[Piece]:
        self._read += 1
        if self._read > MAX_PARAGRAPHS:
            raise too_much()
        # A finding names the paragraph as an editor counts: those with something in them.
        here: dict[Finding, None] = {}
        pieces = self._inline.read(paragraph, lambda finding: here.setdefault(finding))
        if pieces or here:
            self._number += 1
        for finding in here:
            self._findings.add(finding, self._number)
        return pieces

    def _paragraph(self, paragraph: Any) -> Iterator[Part]:
        """Words before a picture, the picture, and words after it become parts of their own."""
        pieces = self._pieces(paragraph)
        names = self._styles.names(paragraph)
        if any(name.startswith("toc ") for name in names):
            return  # the table of contents: the page makes its own
        make = self._maker(paragraph, names)
        words: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, Words):
                words.append(piece)
                continue
            if plain(words):
                yield make(tuple(tidy(words)))
            words = []
            yield from self._photo(piece)
        if plain(words):
            yield make(tuple(tidy(words)))

    def _maker(self, paragraph: Any, names: list[str]) -> Callable[[tuple[Piece, ...]], Part]:
        """What the words of this paragraph are, by its style."""
        if "title" in names:
            return lambda pieces: Title(plain(pieces))
        if "subtitle" in names:
            return lambda pieces: Lead(plain(pieces))
        if "caption" in names:
            return lambda pieces: Caption(plain(pieces))
        if level := self._styles.heading_level(paragraph):
            return lambda pieces: HeadingLine(plain(pieces), level, self._number)
        if item := self._lists.item(paragraph):
            return partial(Item, kind=item[0], depth=item[1])
        return partial(Text, quoted=not _QUOTES.isdisjoint(names))

    def _photo(self, shot: Shot) -> Iterator[Photo]:
        taken = self._pictures.take(shot)
        if isinstance(taken, Finding):
            self._findings.add(taken, self._number)
        else:
            yield Photo(taken, shot.alt, shot.decorative)

    # Tables -----------------------------------------------------------------------------------

    def _table(self, table: Any) -> Iterator[Part]:
        """A grid of words; pictures in its cells follow it."""
        rows = _inside(table, "w:tr")
        if len(rows) == 1 and len(cells := _inside(rows[0], "w:tc")) == 1:
            yield from self._blocks(cells[0])  # a frame around text
            return
        photos: list[Photo] = []
        grid = self._grid(rows, photos)
        if any(any(row) for row in grid):
            self._tables += 1
            width = max(len(row) for row in grid)
            self._cells += width * len(grid)
            if width > MAX_COLUMNS or self._cells > MAX_CELLS:
                self._findings.add(Finding.TABLE_TOO_LARGE, self._tables)
            else:
                filled = tuple((*row, *[""] * (width - len(row))) for row in grid)
                yield Grid(filled, self._tables)
        yield from photos

    def _grid(self, rows: list[Any], photos: list[Photo]) -> list[tuple[str, ...]]:
        """The words of each cell; merged cells are empty but for the first."""
        grid = []
        for row in rows:
            words: list[str] = []
            for cell in _inside(row, "w:tc"):
                span, goes_on = _merged(cell)
                if span > 1 or goes_on:
                    self._findings.add(Finding.MERGED_CELLS, self._tables + 1)
                text = self._cell(cell, photos)
                words += ["" if goes_on else text, *[""] * (span - 1)]
            grid.append(tuple(words))
        return grid

    def _cell(self, cell: Any, photos: list[Photo]) -> str:
        lines = []
        for paragraph in cell.iter(qn("w:p")):
            pieces = self._pieces(paragraph)
            for piece in pieces:
                if isinstance(piece, Shot):
                    photos.extend(self._photo(piece))
            if line := plain(pieces):
                lines.append(f"– {line}" if self._lists.item(paragraph) else line)
        return "\n".join(lines)


def _inside(element: Any, name: str) -> list[Any]:
    """The rows of a table or cells of a row, with those that stand in a control."""
    found = []
    for child in element:
        if child.tag == qn(name):
            found.append(child)
        elif child.tag in _WRAPPERS:
            found += _inside(child, name)
    return found


def _merged(cell: Any) -> tuple[int, bool]:
    """How many columns a cell covers, and whether it goes on from the row above."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, False
    span = properties.find(qn("w:gridSpan"))
    wide = span.get(qn("w:val"), "1") if span is not None else "1"
    columns = int(wide) if wide.isascii() and wide.isdigit() and len(wide) < 3 else 1
    vertical = properties.find(qn("w:vMerge"))
    goes_on = vertical is not None and vertical.get(qn("w:val")) != "restart"
    return max(columns, 1), goes_on
