"""What a paragraph or a run of a Word file is by its styles: fonts, bold, headings, lists."""

import re
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_DEPTH = 12
"""Styles rest on styles; a longer chain is a ring."""
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"heading ([1-9])$")
_LEVEL_IN_NAME = re.compile(r"list (?:bullet|number) ([2-5])$")


class Styles:
    """The styles of a document, looked up by id."""

    def __init__(self, document: Document) -> None:
        self._styles: dict[str, Any] = {}
        self._defaults: dict[str, str] = {}
        root = document.styles.element
        for style in root.iter(qn("w:style")):
            style_id = style.get(qn("w:styleId"), "")
            self._styles.setdefault(style_id, style)
            if style.get(qn("w:default")) in {"1", "true"}:
                self._defaults.setdefault(style.get(qn("w:type"), ""), style_id)
        self._document_properties = root.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        )

    def names(self, paragraph: Any) -> list[str]:
        """Names in small letters of the paragraph's style and of those it rests on."""
        return [
            name.get(qn("w:val"), "").lower()
            for style in self._chain(_value(paragraph, "w:pPr", "w:pStyle"), "paragraph")
            if (name := style.find(qn("w:name"))) is not None
        ]

    def heading_level(self, paragraph: Any) -> int:
        """1 to 9, or 0 for what is no heading. Bold text is none, however short."""
        for name in self.names(paragraph):
            if found := _HEADING.match(name):
                return int(found[1])
        return 0

    def paragraph_property(self, paragraph: Any, name: str) -> Any:
        """The element `name` of the paragraph's properties or of its styles'."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn(name)}")
        if own is not None:
            return own
        for style in self._chain(_value(paragraph, "w:pPr", "w:pStyle"), "paragraph"):
            found = style.find(f"{qn('w:pPr')}/{qn(name)}")
            if found is not None:
                return found
        return None

    def run_properties(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """The property lists that say how a run looks, the nearest first."""
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
        chains = [
            self._chain(_value(run, "w:rPr", "w:rStyle"), ""),
            self._chain(_value(paragraph, "w:pPr", "w:pStyle"), "paragraph"),
        ]
        for chain in chains:
            for style in chain:
                found = style.find(qn("w:rPr"))
                if found is not None:
                    yield found
        if self._document_properties is not None:
            yield self._document_properties

    def _chain(self, style_id: str, kind: str) -> list[Any]:
        found: list[Any] = []
        style_id = style_id or self._defaults.get(kind, "")
        while style_id in self._styles and len(found) < _DEPTH:
            style = self._styles[style_id]
            found.append(style)
            based_on = style.find(qn("w:basedOn"))
            style_id = based_on.get(qn("w:val"), "") if based_on is not None else ""
        return found


def is_on(properties: list[Any], name: str) -> bool:
    """Whether a switch such as bold is on; the nearest property list that names it decides."""
    for listed in properties:
        found = listed.find(qn(name))
        if found is not None:
            return found.get(qn("w:val"), "1").lower() not in _OFF
    return False


def font(properties: list[Any]) -> str:
    """The font of Latin letters, "" when it is the theme's."""
    for listed in properties:
        found = listed.find(qn("w:rFonts"))
        if found is not None:
            name = found.get(qn("w:ascii")) or found.get(qn("w:hAnsi"))
            if name:
                return str(name)
    return ""


def script(properties: list[Any]) -> str:
    """ "sup", "sub" or nothing."""
    for listed in properties:
        found = listed.find(qn("w:vertAlign"))
        if found is not None:
            return {"superscript": "sup", "subscript": "sub"}.get(found.get(qn("w:val"), ""), "")
    return ""


class Lists:
    """Which paragraphs are items of lists, and of what kind."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, str] = {}
        self._formats: dict[tuple[str, int], str] = {}
        try:
            root: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
        except KeyError:
            return
        for one in root.iter(qn("w:num")):
            target = one.find(qn("w:abstractNumId"))
            if target is not None:
                self._abstract[one.get(qn("w:numId"), "")] = target.get(qn("w:val"), "")
        for one in root.iter(qn("w:abstractNum")):
            key = one.get(qn("w:abstractNumId"), "")
            for level in one.iter(qn("w:lvl")):
                shown = level.find(qn("w:numFmt"))
                kind = shown.get(qn("w:val"), "") if shown is not None else "decimal"
                self._formats[key, _number(level.get(qn("w:ilvl")))] = kind

    def item(self, paragraph: Any) -> tuple[str, int] | None:
        """("ul" or "ol", depth from 0) of an item of a list."""
        numbering = self._styles.paragraph_property(paragraph, "w:numPr")
        if numbering is None:
            return None
        number = _value(numbering, "w:numId")
        if number not in self._abstract:  # 0 takes a style's numbering away
            return None
        depth = _number(_value(numbering, "w:ilvl"))
        shown = self._formats.get((self._abstract[number], depth), "decimal")
        if shown == "none":
            return None
        return ("ul" if shown == "bullet" else "ol"), depth or self._depth_by_name(paragraph)

    def _depth_by_name(self, paragraph: Any) -> int:
        """Word's "List Bullet 2" is a list of its own that only looks like the second level."""
        for name in self._styles.names(paragraph):
            if found := _LEVEL_IN_NAME.match(name):
                return int(found[1]) - 1
        return 0


def _value(element: Any, *path: str) -> str:
    found = element.find("/".join(qn(name) for name in path))
    return str(found.get(qn("w:val"), "")) if found is not None else ""


def _number(text: str | None) -> int:
    """A small number of a file that may say anything."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 0
