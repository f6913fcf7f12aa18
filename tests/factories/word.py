"""Word files for tests: made with python-docx, or by hand where a file must be odd.

word(add)                    the bytes of a document that `add(document)` filled
package(document_xml, …)     a .docx by hand, as LibreOffice or an attacker would write it
"""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(add: Callable[[Any], None]) -> bytes:
    """A document as Word would hold it."""
    document = docx.Document()
    add(document)
    return saved(document)


def saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def in_font(paragraph: Any, text: str, font: str) -> Any:
    """A run in a font of a legacy encoding."""
    run = paragraph.add_run(text)
    run.font.name = font
    return run


def link(paragraph: Any, text: str, address: str) -> None:
    """A link as Word writes it; python-docx makes none."""
    kind = f"{_OFFICE}/hyperlink"
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    element.append(run)
    paragraph._p.append(element)


def describe(document: Any, *texts: str) -> None:
    """Alternative texts for the pictures of a document, in order."""
    for shape, text in zip(document.inline_shapes, texts, strict=True):
        shape._inline.docPr.set("descr", text)


def body(*paragraphs: str) -> str:
    """The main part around ready XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(paragraphs)}'
        f"<w:sectPr/></w:body></w:document>"
    )


def paragraph(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def package(
    document: str | bytes,
    *,
    relations: str = "",
    parts: dict[str, bytes | str] | None = None,
    main_type: str = MAIN,
    types: str = "",
) -> bytes:
    """A .docx with this main part, its relations and more parts."""
    content_types = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{types}</Types>'
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    root = (
        f'{head}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types)
        archive.writestr("_rels/.rels", root)
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", f"{head}{relations}</Relationships>")
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return written.getvalue()
