"""The words of one paragraph of a Word file, with bold, italic and links, and its pictures."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import escape
from docx.document import Document
from docx.oxml.ns import qn

from portal.core import legacy_text
from portal.news.word_findings import Finding
from portal.news.word_pictures import Shot, written_alt
from portal.news.word_styles import Styles, font, is_on, script

Report = Callable[[Finding], None]
"""Says a finding about the paragraph that is being read."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WEB = frozenset({"http", "https", "mailto"})
_UNICODE_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_MAX_ADDRESS = 2000

_WRAPPERS = frozenset(
    {
        *(qn(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "sdt", "sdtContent")),
        *(qn(f"w:{name}") for name in ("customXml", "fldSimple", "dir", "bdo")),
        f"{_MC}Choice",
    }
)
"""Elements around runs that change nothing about them."""
_TEXT = {
    qn("w:tab"): " ",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",  # TCVN3's ư
}
_LEFT_OUT = {
    qn("w:footnoteReference"): Finding.FOOTNOTE,
    qn("w:endnoteReference"): Finding.FOOTNOTE,
    qn("w:object"): Finding.DRAWING,
    f"{_MATH}oMath": Finding.FORMULA,
    f"{_MATH}oMathPara": Finding.FORMULA,
}


@dataclass(frozen=True, slots=True)
class Words:
    """Text that looks the same throughout."""

    text: str
    bold: bool = False
    italic: bool = False
    script: str = ""
    href: str = ""
    font: str = ""


Piece = Words | Shot


class Inline:
    """Reads paragraphs; a field may begin in one paragraph and end in a later one."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._rels = document.part.rels
        self._styles = styles
        self._fields: list[dict[str, str]] = []
        self._paragraph: Any = None
        self._report: Report = lambda finding: None

    def read(self, paragraph: Any, report: Report) -> list[Piece]:
        """Words in Unicode and pictures, in order."""
        self._paragraph, self._report = paragraph, report
        pieces = list(self._within(paragraph, ""))
        return tidy(unicode_words(merged(pieces), report))

    def _within(self, element: Any, href: str) -> Iterator[Piece]:
        for child in element:
            tag = child.tag
            if tag == qn("w:r"):
                yield from self._run(child, href)
            elif tag == qn("w:hyperlink"):
                yield from self._within(child, self._target(child))
            elif tag == f"{_MC}AlternateContent":
                yield from self._within(_chosen(child), href)
            elif tag in _WRAPPERS:
                if tag == qn("w:ins"):
                    self._report(Finding.CHANGES)
                yield from self._within(child, href)
            elif tag in {qn("w:del"), qn("w:moveFrom")}:
                self._report(Finding.CHANGES)
            elif tag in _LEFT_OUT:
                self._report(_LEFT_OUT[tag])

    def _run(self, run: Any, href: str) -> Iterator[Piece]:
        properties = list(self._styles.run_properties(run, self._paragraph))
        if is_on(properties, "w:vanish"):
            return
        look = Words(
            "",
            bold=is_on(properties, "w:b"),
            italic=is_on(properties, "w:i"),
            script=script(properties),
            font=font(properties),
        )
        for child in run:
            if child.tag in {qn("w:fldChar"), qn("w:instrText")}:
                self._field(child)
            elif not any(field["part"] == "command" for field in self._fields):
                yield from self._content(child, look, href or self._field_href())

    def _content(self, child: Any, look: Words, href: str) -> Iterator[Piece]:
        tag = child.tag
        if tag == qn("w:t"):
            yield replace(look, text=child.text or "", href=href)
        elif tag == qn("w:br"):
            yield replace(look, text="\n" if child.get(qn("w:type")) is None else " ", href=href)
        elif tag in _TEXT:
            yield replace(look, text=_TEXT[tag], href=href)
        elif tag == qn("w:sym"):
            yield replace(look, text=_symbol(child), font=child.get(qn("w:font"), ""), href=href)
        elif tag == f"{_MC}AlternateContent":
            for inner in _chosen(child):
                yield from self._content(inner, look, href)
        elif tag in {qn("w:drawing"), qn("w:pict")}:
            yield from self._drawing(child)
        elif tag in _LEFT_OUT:
            self._report(_LEFT_OUT[tag])

    # Links ------------------------------------------------------------------------------------

    def _target(self, link: Any) -> str:
        relation = link.get(qn("r:id"))
        if relation is None:  # to a place in the same file
            return ""
        found = self._rels.get(relation)
        return self._web_address(found.target_ref if found is not None else "")

    def _web_address(self, address: str) -> str:
        """The address when a reader may be sent there, else nothing and a finding."""
        address = address.strip()
        try:
            scheme = urlsplit(address).scheme.lower()
        except ValueError:
            scheme = ""
        clean = address.isprintable() and len(address) <= _MAX_ADDRESS
        if scheme in _WEB and clean:
            return address
        self._report(Finding.LINK)
        return ""

    def _field_href(self) -> str:
        return next((field["href"] for field in self._fields if field["href"]), "")

    def _field(self, element: Any) -> None:
        """Follow begin, command, separate, words, end; only links mean anything here."""
        if element.tag == qn("w:instrText"):
            if self._fields:
                self._fields[-1]["command"] += element.text or ""
            return
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            self._fields.append({"part": "command", "command": "", "href": ""})
        elif kind == "separate" and self._fields:
            field = self._fields[-1]
            field["part"] = "words"
            if found := _FIELD_LINK.search(field["command"]):
                field["href"] = self._web_address(found[1])
        elif kind == "end" and self._fields:
            self._fields.pop()

    # Pictures ---------------------------------------------------------------------------------

    def _drawing(self, drawing: Any) -> Iterator[Shot]:
        shots = [*_drawn(drawing), *_drawn_in_vml(drawing)]
        yield from shots
        if next(drawing.iter(qn("w:txbxContent")), None) is not None:
            self._report(Finding.TEXT_BOX)
        elif not shots:
            self._report(Finding.DRAWING)


def _chosen(alternate: Any) -> Any:
    """What newer programs read; else what older ones read."""
    choice, fallback = alternate.find(f"{_MC}Choice"), alternate.find(f"{_MC}Fallback")
    found = choice if choice is not None else fallback
    return found if found is not None else ()


def _drawn(drawing: Any) -> Iterator[Shot]:
    """Pictures of today's format; one drawing may group several."""
    outer = drawing.find(f".//{_WP}docPr")
    for blip in drawing.iter(f"{_A}blip"):
        picture = next(blip.iterancestors(f"{_PIC}pic"), None)
        inner = picture.find(f".//{_PIC}cNvPr") if picture is not None else None
        known = [one for one in (outer, inner) if one is not None]
        # LibreOffice keeps the alt of a picture from HTML as its title.
        said = [one.get(name, "") for name in ("descr", "title") for one in known]
        switch = outer.find(f".//{_DECORATIVE}") if outer is not None else None
        embedded = blip.get(qn("r:embed"), "")
        yield Shot(
            embedded,
            alt=next((alt for text in said if (alt := written_alt(text))), ""),
            decorative=switch is not None and switch.get("val") in {"1", "true"},
            elsewhere=not embedded,
        )


def _drawn_in_vml(drawing: Any) -> Iterator[Shot]:
    """Pictures as Word before 2007 wrote them."""
    for image in drawing.iter(f"{_VML}imagedata"):
        shape = image.getparent()
        embedded = image.get(qn("r:id"), "")
        yield Shot(embedded, alt=written_alt(shape.get("alt", "")), elsewhere=not embedded)


def _symbol(element: Any) -> str:
    """A sign of a symbol font. Of old Vietnamese fonts it is a letter, of others a drawing."""
    if not legacy_text.encoding_of_font(element.get(qn("w:font"), "")):
        return " "
    try:
        return chr(int(element.get(qn("w:char"), ""), 16) & 0xFF)
    except ValueError:
        return " "


# From pieces to words in Unicode ---------------------------------------------------------------


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours that look alike as one: Word splits runs anywhere, even inside a letter."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Words) and isinstance(last, Words):
            if not piece.text:
                continue
            if replace(last, text="") == replace(piece, text=""):
                found[-1] = replace(last, text=last.text + piece.text)
                continue
        found.append(piece)
    return found


def unicode_words(pieces: list[Piece], report: Report) -> list[Piece]:
    """Legacy encodings read: by the font's name, else by the syllables of the paragraph."""
    unnamed = "".join(
        piece.text
        for piece in pieces
        if isinstance(piece, Words) and not legacy_text.encoding_of_font(piece.font)
    )
    betrayed = legacy_text.detect(unnamed)
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Words):
            encoding = legacy_text.encoding_of_font(piece.font) or betrayed
            # Somebody who typed Unicode over an old font sees Unicode.
            if encoding and not _UNICODE_VIETNAMESE.search(piece.text):
                text = legacy_text.to_unicode(piece.text, encoding, piece.font)
                if text != piece.text:
                    report(Finding[encoding])
                piece = replace(piece, text=text)
            piece = replace(piece, font="")
        found.append(piece)
    return merged(found)


def tidy(pieces: list[Piece]) -> list[Piece]:
    """NFC across the pieces, single spaces, none at the ends, nothing invisible."""
    found: list[Piece] = []
    after_space = True
    for piece in _marks_joined(pieces):
        if isinstance(piece, Shot):
            found.append(piece)
            after_space = True
            continue
        text = _visible(piece.text)
        text = text.lstrip(" ") if after_space else text
        if text:
            after_space = text.endswith((" ", "\n"))
            found.append(replace(piece, text=text))
    while found and isinstance(last := found[-1], Words):
        found.pop()
        if text := last.text.rstrip():
            return [*found, replace(last, text=text)]
    return found


def _marks_joined(pieces: list[Piece]) -> list[Piece]:
    """An accent that begins a piece belongs to the letter that ends the piece before."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Words) and isinstance(last, Words):
            size = 0
            while size < len(piece.text) and unicodedata.combining(piece.text[size]):
                size += 1
            if size:
                found[-1] = replace(last, text=last.text + piece.text[:size])
                piece = replace(piece, text=piece.text[size:])
        found.append(piece)
    return found


def _visible(text: str) -> str:
    """NFC, no invisible or unassigned signs, single spaces; line breaks stay."""
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text)
        if sign in "\n\t" or unicodedata.category(sign)[0] != "C"
    )
    return re.sub(r" *\n *", "\n", re.sub(r"[^\S\n]+", " ", kept))


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone, on one line."""
    return " ".join("".join(one.text for one in pieces if isinstance(one, Words)).split())


def html(pieces: Iterable[Piece]) -> str:
    """Rich text as Wagtail's editor stores it: b, i, sup, sub, a, br and nothing else."""
    words = [piece for piece in pieces if isinstance(piece, Words)]
    found = []
    for href, group in groupby(words, key=lambda one: one.href):
        inner = "".join(_marked_up(one) for one in group)
        found.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(found)


def _marked_up(words: Words) -> str:
    written = str(escape(words.text)).replace("\n", "<br/>")
    for tag, wanted in ((words.script, words.script), ("i", words.italic), ("b", words.bold)):
        if wanted:
            written = f"<{tag}>{written}</{tag}>"
    return written
