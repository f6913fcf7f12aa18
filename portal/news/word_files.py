"""Reading a Word file (.docx) as an article: a title, a lead and blocks for its body.

Pure: nothing is stored here and nothing is fetched. What could not be kept, or should be read
again, comes back as sentences for the editor.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath

from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.core.file_content import Cleaned
from portal.core.text import clean_line
from portal.core.verdicts import Refused
from portal.news.word_findings import Finding, Findings
from portal.news.word_inline import html, plain
from portal.news.word_package import damaged, open_word
from portal.news.word_parts import (
    Caption,
    Grid,
    HeadingLine,
    Item,
    Lead,
    Part,
    PartReader,
    Photo,
    Text,
    Title,
)
from portal.news.word_pictures import MAX_ALT

MAX_TITLE = 255
MAX_LEAD = 300
MAX_HEADING = 160
MAX_CAPTION = 250
MAX_LIST_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: str


@dataclass(frozen=True, slots=True)
class Prose:
    html: str


@dataclass(frozen=True, slots=True)
class Quote:
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    content: Cleaned
    alt: str = ""
    decorative: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Prose | Quote | Picture | Table


@dataclass(frozen=True, slots=True)
class WordArticle:
    """What a Word file says, and what an editor should look at."""

    title: str
    lead: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def read(content: bytes, name: str = "") -> WordArticle:
    """The article in a .docx; `name` is the file's, the last resort for a title.

    Raises `Refused` when there is none: see `open_word` for the codes, and empty.
    """
    document = open_word(content)
    findings = Findings()
    try:
        parts = list(PartReader(document, findings).parts())
        article = _article(parts, name, findings)
    except Refused:
        raise
    except Exception as error:
        # python-docx and lxml raise nearly anything on hostile input; all of it means damaged.
        raise damaged() from error
    return article


def _article(parts: list[Part], name: str, findings: Findings) -> WordArticle:
    if not parts:
        raise Refused(_("There is no text in the file."), code="empty")
    title, parts = _take_title(parts, name, findings)
    lead, parts = _take_lead(parts, findings)
    blocks = _Body(findings).blocks(parts)
    return WordArticle(title, lead, tuple(blocks), tuple(findings.sentences()))


# Title and lead -------------------------------------------------------------------------------


def _take_title(parts: list[Part], name: str, findings: Findings) -> tuple[str, list[Part]]:
    """By the style Title; else the heading or paragraph on top; else the file's name."""
    titles = [part.text for part in parts if isinstance(part, Title)]
    if titles:
        return _fitting(" ".join(titles), [p for p in parts if not isinstance(p, Title)], findings)
    findings.add(Finding.TITLE_GUESSED)
    first = parts[0]
    if isinstance(first, HeadingLine):
        return _fitting(first.text, parts[1:], findings)
    if isinstance(first, Text) and len(parts) > 1 and len(plain(first.pieces)) <= MAX_TITLE:
        return plain(first.pieces), parts[1:]
    stem = clean_line(PurePosixPath(name.replace("\\", "/")).stem)
    return (stem or _("Article from Word"))[:MAX_TITLE], parts


def _fitting(title: str, parts: list[Part], findings: Findings) -> tuple[str, list[Part]]:
    if len(title) > MAX_TITLE:
        findings.add(Finding.TITLE_CUT)
    return cut(title, MAX_TITLE), parts


def _take_lead(parts: list[Part], findings: Findings) -> tuple[str, list[Part]]:
    """By the style Subtitle; else a short paragraph on top that is all bold or all italic."""
    leads = " ".join(part.text for part in parts if isinstance(part, Lead))
    if leads and len(leads) <= MAX_LEAD:
        return leads, [part for part in parts if not isinstance(part, Lead)]
    first = parts[0] if parts else None
    if isinstance(first, Text) and first.stands_out and len(parts) > 1:
        text = plain(first.pieces)
        if len(text) <= MAX_LEAD:
            return text, parts[1:]
    findings.add(Finding.NO_LEAD)
    return "", parts


def cut(text: str, limit: int) -> str:
    """At most `limit` signs, ending with a whole word."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


# Body -----------------------------------------------------------------------------------------


class _Body:
    """Makes blocks of parts."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._blocks: list[Block] = []
        self._pictures = 0
        self._top_level = 1
        self._caption = ""
        """Words above a table that name it."""

    def blocks(self, parts: list[Part]) -> list[Block]:
        levels = [part.level for part in parts if isinstance(part, HeadingLine)]
        self._top_level = min(levels, default=1)
        for kind, group in groupby(parts, key=_kind):
            if kind == "prose":
                self._prose(list(group))
            elif kind == "quote":
                lines = [plain(part.pieces) for part in group if isinstance(part, Text)]
                self._blocks.append(Quote("\n".join(lines)))
            else:
                for part in group:
                    self._single(part)
        self._flush_caption()
        self._report_gaps()
        return self._blocks

    def _single(self, part: Part) -> None:
        if isinstance(part, Caption):
            self._take_caption(part.text)
        elif isinstance(part, Grid):
            self._table(part)
        else:
            self._flush_caption()
            if isinstance(part, HeadingLine):
                self._heading(part)
            elif isinstance(part, Photo):
                self._photo(part)

    def _prose(self, parts: list[Part]) -> None:
        self._flush_caption()
        found = []
        for is_item, group in groupby(parts, key=lambda part: isinstance(part, Item)):
            if is_item:
                found.append(list_html(part for part in group if isinstance(part, Item)))
            else:
                found += [_paragraph_html(part) for part in group]
        self._append_prose("".join(found))

    def _append_prose(self, written: str) -> None:
        last = self._blocks[-1] if self._blocks else None
        if isinstance(last, Prose):
            self._blocks[-1] = Prose(last.html + written)
        else:
            self._blocks.append(Prose(written))

    def _heading(self, part: HeadingLine) -> None:
        """The page's title is level one: the file's highest headings become level two."""
        if len(part.text) > MAX_HEADING:
            self._findings.add(Finding.HEADING_LONG, part.number)
            self._append_prose(f"<p><b>{escape(part.text)}</b></p>")
            return
        level = "h2" if part.level == self._top_level else "h3"
        self._blocks.append(Heading(part.text, level))

    def _photo(self, part: Photo) -> None:
        self._pictures += 1
        if len(part.alt) > MAX_ALT:
            self._findings.add(Finding.ALT_CUT, self._pictures)
        if not part.alt and not part.decorative:
            self._findings.add(Finding.NO_ALT, self._pictures)
        self._blocks.append(Picture(part.content, cut(part.alt, MAX_ALT), part.decorative))

    def _table(self, part: Grid) -> None:
        """The first row is the header; a table of one row has none."""
        header, *rows = part.rows
        if not rows:
            header, rows = ("",) * len(part.rows[0]), list(part.rows)
        headings = tuple(cut(" ".join(cell.split()), MAX_CAPTION) for cell in header)
        self._blocks.append(Table(self._caption, headings, tuple(rows)))
        self._caption = ""

    # Captions ---------------------------------------------------------------------------------

    def _take_caption(self, text: str) -> None:
        """Of the picture or table above when that has none; else of a table below."""
        last = self._blocks[-1] if self._blocks and not self._caption else None
        if isinstance(last, Picture | Table) and not last.caption and len(text) <= MAX_CAPTION:
            self._blocks[-1] = replace(last, caption=text)
        else:
            self._flush_caption()
            self._caption = text

    def _flush_caption(self) -> None:
        """A caption of nothing is text."""
        if self._caption:
            written, self._caption = self._caption, ""
            self._append_prose(f"<p>{escape(written)}</p>")

    def _report_gaps(self) -> None:
        tables = [block for block in self._blocks if isinstance(block, Table)]
        for number, table in enumerate(tables, start=1):
            if not table.caption or not any(table.headings):
                self._findings.add(Finding.TABLE_BARE, number)


def _kind(part: Part) -> str:
    if isinstance(part, Text):
        return "quote" if part.quoted else "prose"
    return "prose" if isinstance(part, Item | Lead | Title) else "single"


def _paragraph_html(part: Part) -> str:
    if isinstance(part, Lead):  # one that was too long to be a lead
        return f"<p><b>{escape(part.text)}</b></p>"
    return f"<p>{html(part.pieces)}</p>" if isinstance(part, Text) else ""


def list_html(items: Iterable[Item]) -> str:
    """Items as lists in lists; what lies deeper than the editor shows is lifted."""
    written: list[str] = []
    open_lists: list[str] = []
    for item in items:
        depth = min(item.depth, len(open_lists), MAX_LIST_DEPTH)
        while len(open_lists) > depth + 1:
            written.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth + 1:
            written.append("</li>")
            if open_lists[-1] != item.kind:
                written.append(f"</{open_lists.pop()}>")
        if len(open_lists) == depth:
            written.append(f"<{item.kind}>")
            open_lists.append(item.kind)
        written.append(f"<li>{html(item.pieces)}")
    while open_lists:
        written.append(f"</li></{open_lists.pop()}>")
    return "".join(written)
