"""Word files read as articles."""

import io
import unicodedata
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.core.verdicts import Refused
from portal.news.word_files import Heading, Picture, Prose, Quote, Table, WordArticle, read
from portal.news.word_findings import spoken
from tests.factories import word
from tests.factories.core import pdf, picture

REPUBLIC = "Cộng hòa xã hội chủ nghĩa Việt Nam"


def article(add: Any) -> WordArticle:
    return read(word.word(add), "Tin tức.docx")


def outline(found: WordArticle) -> list[str]:
    return [type(block).__name__ for block in found.blocks]


def noted(found: WordArticle, part: str) -> bool:
    """Whether a note says this; numbers and encodings read alike in both languages."""
    return any(part in note for note in found.notes)


def test_title_lead_headings_and_text() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Khai mạc cuộc thi", style="Title")
        document.add_paragraph().add_run("Sáng 20/11, cuộc thi bắt đầu.").bold = True
        document.add_heading("Thể lệ", 1)
        text = document.add_paragraph("Nộp ")
        text.add_run("trực tuyến").bold = True
        text.add_run(", 5 km")
        text.add_run("2").font.superscript = True
        document.add_paragraph().add_run("In đậm ngắn").bold = True
        document.add_heading("Hồ sơ", 2)
        document.add_heading("Chi tiết", 4)

    found = article(add)
    assert (found.title, found.lead) == ("Khai mạc cuộc thi", "Sáng 20/11, cuộc thi bắt đầu.")
    assert found.blocks == (
        Heading("Thể lệ", "h2"),
        Prose("<p>Nộp <b>trực tuyến</b>, 5 km<sup>2</sup></p><p><b>In đậm ngắn</b></p>"),
        Heading("Hồ sơ", "h3"),
        Heading("Chi tiết", "h3"),
    )
    assert found.notes == ()


def test_without_styles_the_first_paragraph_is_the_title_and_said_so() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Dòng đầu")
        document.add_paragraph("Một đoạn thường.")

    found = article(add)
    assert (found.title, found.lead) == ("Dòng đầu", "")
    assert found.blocks == (Prose("<p>Một đoạn thường.</p>"),)
    assert len(found.notes) == 2


def test_what_is_too_long_is_cut_or_kept_as_text_and_said_so() -> None:
    long_line = "dài " * 100

    def add(document: Any) -> None:
        document.add_paragraph(long_line, style="Title")
        document.add_paragraph(long_line, style="Subtitle")
        document.add_heading(long_line, 1)

    found = article(add)
    assert len(found.title) <= 255
    assert found.title.endswith("dài…")
    assert found.lead == ""
    assert outline(found) == ["Prose"]
    assert len(found.notes) == 3


def test_lists_keep_their_kind_and_nest() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_paragraph("Mở đầu")
        document.add_paragraph("một", style="List Number")
        document.add_paragraph("một chấm", style="List Bullet 2")
        document.add_paragraph("hai", style="List Number")
        document.add_paragraph("chấm", style="List Bullet")
        document.add_paragraph("Kết")

    [prose] = article(add).blocks
    assert isinstance(prose, Prose)
    assert prose.html == (
        "<p>Mở đầu</p><ol><li>một<ul><li>một chấm</li></ul></li><li>hai</li></ol>"
        "<ul><li>chấm</li></ul><p>Kết</p>"
    )


def test_tables_with_captions_and_merged_cells() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_paragraph("Bảng 1. Giải thưởng", style="Caption")
        table = document.add_table(3, 2)
        for at, text in enumerate(["Giải", "Số lượng", "Nhất", "1", "Nhì", "2"]):
            table.cell(at // 2, at % 2).text = text
        other = document.add_table(2, 2)
        other.cell(0, 0).merge(other.cell(0, 1)).text = "Gộp"
        other.cell(1, 0).text = "a\nb"
        frame = document.add_table(1, 1)
        frame.cell(0, 0).text = "Trong khung"

    found = article(add)
    first, second, framed = found.blocks
    assert first == Table(
        "Bảng 1. Giải thưởng", ("Giải", "Số lượng"), (("Nhất", "1"), ("Nhì", "2"))
    )
    assert isinstance(second, Table)
    assert (second.headings, second.rows) == (("Gộp", ""), (("a b", ""),))
    assert framed == Prose("<p>Trong khung</p>")
    assert len([note for note in found.notes if "2" in note]) == 2  # bare, and merged


def test_a_table_past_the_limit_is_left_out_and_said_so() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_table(1, 13).cell(0, 0).text = "rộng"

    found = article(add)
    assert found.blocks == ()
    assert any("1" in note for note in found.notes)


def test_pictures_stand_where_they_stood_with_words_and_captions() -> None:
    with_exif = Image.new("RGB", (60, 40), "red")
    exif = Image.Exif()
    exif[0x010E] = "BI MAT"
    raw = io.BytesIO()
    with_exif.save(raw, "JPEG", exif=exif)

    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_paragraph("Trước")
        document.add_picture(io.BytesIO(raw.getvalue()))
        document.add_paragraph("Ảnh: Ban Tổ chức", style="Caption")
        text = document.add_paragraph("Giữa ")
        text.add_run().add_picture(io.BytesIO(picture("PNG")))
        text.add_run(" và sau")
        document.add_picture(io.BytesIO(picture()))
        word.describe(document, "Sân khấu lúc khai mạc", "", "IMG_2034.JPG")

    found = article(add)
    assert outline(found) == ["Prose", "Picture", "Prose", "Picture", "Prose", "Picture"]
    shown = [block for block in found.blocks if isinstance(block, Picture)]
    assert [one.alt for one in shown] == ["Sân khấu lúc khai mạc", "", ""]
    assert [one.caption for one in shown] == ["Ảnh: Ban Tổ chức", "", ""]
    assert [one.content.kind for one in shown] == ["jpg", "png", "jpg"]
    assert b"BI MAT" in raw.getvalue()
    assert b"BI MAT" not in shown[0].content.content
    assert noted(found, "2–3")
    assert found.blocks[2:5:2] == (Prose("<p>Giữa</p>"), Prose("<p>và sau</p>"))


def test_other_pictures_are_left_out_and_said_so() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_picture(io.BytesIO(picture("GIF")))

    found = article(add)
    assert found.blocks == ()
    assert noted(found, "2")


@pytest.mark.parametrize(
    ("font", "text", "encoding"),
    [
        (".VnTime", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3"),
        ("VNI-Times", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI"),
        ("Times New Roman", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3"),
        ("Times New Roman", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI"),
    ],
)
def test_legacy_encodings_become_unicode_and_are_named(font: str, text: str, encoding: str) -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_paragraph("Một đoạn Unicode được giữ nguyên.")
        line = document.add_paragraph()
        word.in_font(line, text[:9], font)
        word.in_font(line, text[9:], font)

    found = article(add)
    assert found.blocks == (Prose(f"<p>Một đoạn Unicode được giữ nguyên.</p><p>{REPUBLIC}</p>"),)
    [note] = [note for note in found.notes if encoding in note]
    assert "3" in note


def test_legacy_fonts_of_styles_symbols_and_soft_hyphens() -> None:
    def add(document: Any) -> None:
        document.styles["Normal"].font.name = ".VnTime"
        document.add_paragraph("Tin", style="Title")
        line = document.add_paragraph()
        run = line.add_run("®")._r
        for tag, attributes in (
            ("w:softHyphen", {}),
            ("w:sym", {"w:font": ".VnTime", "w:char": "F0EE"}),
        ):
            made = OxmlElement(tag)
            for name, value in attributes.items():
                made.set(qn(name), value)
            run.append(made)
        line.add_run("c, ")
        line.add_run("được").bold = True  # typed in Unicode over the old font

    found = article(add)
    assert found.blocks == (Prose("<p>được, <b>được</b></p>"),)


def test_capitals_of_a_capital_font() -> None:
    def add(document: Any) -> None:
        word.in_font(document.add_paragraph(style="Title"), "ñy ban nh©n d©n", ".VnTimeH")
        document.add_paragraph("x")

    assert article(add).title == "ỦY BAN NHÂN DÂN"


def test_everything_is_composed_even_across_runs() -> None:
    apart = unicodedata.normalize("NFD", "Hội nghị quyết định")

    def add(document: Any) -> None:
        document.add_paragraph(apart, style="Title")
        line = document.add_paragraph()
        line.add_run("To")
        line.add_run("\u0302\u0301").bold = True
        line.add_run("t\u200b \u202eđẹp\u00ad")
        document.add_heading(apart, 1)

    found = article(add)
    assert found.title == "Hội nghị quyết định"
    assert found.blocks[0] == Prose("<p>Tốt đẹp</p>")
    assert found.blocks[1] == Heading("Hội nghị quyết định", "h2")


def test_links_lead_to_the_web_or_nowhere() -> None:
    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        line = document.add_paragraph("Xem ")
        word.link(line, "cổng", 'https://demo.example/?a=1&b="2"')
        word.link(line, "thư", "mailto:a@demo.example")
        for bad in (
            "javascript:alert(1)",
            "file:///etc/passwd",
            "JaVaScRiPt:x",
            "data:text/html,x",
        ):
            word.link(line, "bẫy", bad)

    found = article(add)
    [prose] = found.blocks
    assert isinstance(prose, Prose)
    page = BeautifulSoup(prose.html, "html.parser")
    assert [link["href"] for link in page.select("a")] == [
        'https://demo.example/?a=1&b="2"',
        "mailto:a@demo.example",
    ]
    assert "bẫybẫybẫybẫy" in page.get_text()
    assert noted(found, "2")


def test_links_as_fields() -> None:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    line = (
        f'<w:p>{field("begin")}<w:r><w:instrText> HYPERLINK "https://demo.example/" </w:instrText>'
        f"</w:r>{field('separate')}<w:r><w:t>cổng</w:t></w:r>{field('end')}"
        "<w:r><w:t> rồi</w:t></w:r></w:p>"
    )
    found = read(word.package(word.body(word.paragraph("Tiêu đề"), line)))
    assert found.blocks == (Prose('<p><a href="https://demo.example/">cổng</a> rồi</p>'),)


def test_tracked_changes_hidden_text_quotes_and_footnotes() -> None:
    lines = [
        word.paragraph("Tiêu đề"),
        "<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bớt</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
    ]
    found = read(word.package(word.body(*lines)))
    assert found.blocks == (Prose("<p>thêm</p>"),)
    assert len(found.notes) == 4  # title guessed, no lead, footnote, changes

    def add(document: Any) -> None:
        document.add_paragraph("Tiêu đề", style="Title")
        document.add_paragraph("Ý hay.", style="Quote")

    assert article(add).blocks == (Quote("Ý hay."),)


STYLES = f"""<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{word.W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif"/></w:rPr></w:rPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="Heading 2"/>
<w:basedOn w:val="Heading"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading"><w:name w:val="Heading"/>
<w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>
<w:basedOn w:val="Heading"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="Caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Figure"><w:name w:val="Figure"/>
<w:basedOn w:val="Caption"/></w:style></w:styles>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN_DOCUMENT_SHAPE = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
    'markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
    '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="Image1" descr="Đội thi"/><a:graphic '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:blipFill><a:blip r:embed="rId5"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def test_a_file_as_libreoffice_writes_it() -> None:
    types = (
        '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.styles+xml"/>'
    )
    relations = (
        f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId5" Type="{OFFICE}/image" Target="media/image1.jpg"/>'
    )
    content = word.package(
        word.body(
            word.paragraph("Tin từ LibreOffice", "Title"),
            word.paragraph("Phần một", "Heading2"),
            OPEN_DOCUMENT_SHAPE,
            word.paragraph("Hình 1: Đội thi", "Figure"),
        ),
        relations=relations,
        types=types,
        parts={"word/styles.xml": STYLES, "word/media/image1.jpg": picture()},
    )
    found = read(content)
    assert found.title == "Tin từ LibreOffice"
    heading, shown = found.blocks
    assert heading == Heading("Phần một", "h2")
    assert isinstance(shown, Picture)
    assert (shown.alt, shown.caption) == ("Đội thi", "Hình 1: Đội thi")


# What is refused ------------------------------------------------------------------------------


def _with_macros() -> bytes:
    macro_type = word.MAIN.replace("openxmlformats-officedocument.wordprocessingml", "ms-word")
    return word.package(
        word.body(word.paragraph("x")),
        main_type=macro_type.replace("document.main", "document.macroEnabled.main"),
        parts={"word/vbaProject.bin": b"x"},
    )


def _with_entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(9))
    xml = word.body(word.paragraph("&l8;"))
    return word.package(xml.replace("<w:document", f"<!DOCTYPE x [{laughs}]><w:document", 1))


def _in_utf_16() -> bytes:
    xml = word.body(word.paragraph("x")).replace('encoding="UTF-8"', 'encoding="UTF-16"')
    xml = xml.replace("<w:document", "<!DOCTYPE x SYSTEM 'http://demo.example/x'><w:document", 1)
    return word.package(xml.encode("utf-16"))


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
PLAIN = word.body(word.paragraph("x"))
HOSTILE = {
    "nothing": (b"", "empty"),
    "a PDF": (pdf(), "wrong_type"),
    "an old .doc": (OLD, "wrong_type"),
    "a password": (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "RTF": (b"{\\rtf1 x}", "wrong_type"),
    "text": (b"xin chao", "wrong_type"),
    "half a file": (word.package(PLAIN)[:300], "damaged"),
    "another zip": (word.package(PLAIN, main_type="application/x"), "wrong_type"),
    "macros": (_with_macros(), "macros"),
    "entities": (_with_entities(), "damaged"),
    "entities in UTF-16": (_in_utf_16(), "damaged"),
    "broken XML": (word.package(PLAIN[:-30]), "damaged"),
    "no text": (word.package(word.body()), "empty"),
    "a bomb": (word.package(PLAIN, parts={"word/x.xml": b" " * 30_000_000}), "too_large"),
    "too many parts": (
        word.package(PLAIN, parts={f"word/x{n}.xml": b"x" for n in range(600)}),
        "too_large",
    ),
    "too many paragraphs": (word.package(word.body("<w:p/>" * 3001)), "too_large"),
    "deep nesting": (word.package(word.body("<w:sdt>" * 400 + "</w:sdt>" * 400)), "damaged"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_word_file_or_a_trap_is_refused_with_a_reason(kind: str) -> None:
    content, code = HOSTILE[kind]
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.code == code
    assert str(refused.value.reason)


TWO_LINES = [word.paragraph("Tin"), word.paragraph("Chữ")]


def test_a_picture_elsewhere_is_never_fetched() -> None:
    relations = (
        f'<Relationship Id="rId5" Type="{OFFICE}/image" '
        'Target="http://127.0.0.1:9/x.jpg" TargetMode="External"/>'
    )
    shape = OPEN_DOCUMENT_SHAPE.replace("r:embed", "r:link")
    found = read(word.package(word.body(*TWO_LINES, shape), relations=relations))
    assert found.blocks == (Prose("<p>Chữ</p>"),)
    assert noted(found, "3")


def test_styles_that_rest_on_each_other_come_to_an_end() -> None:
    document = docx.Document()
    document.styles["Normal"].base_style = document.styles["Body Text"]
    document.add_paragraph("Tin")
    document.add_paragraph("Chữ")
    assert read(word.saved(document)).title == "Tin"


TAGS = ["p", "r", "t", "tbl", "tr", "tc", "tcPr", "gridSpan", "vMerge", "hyperlink", "fldChar"]
TAGS += ["instrText", "pPr", "pStyle", "numPr", "numId", "ilvl", "rPr", "rFonts", "sym", "ins"]
TAGS += ["drawing", "pict", "sdt", "sdtContent", "br", "b", "del", "object"]
VALUES = st.sampled_from(["", "1", "-1", "zzz", "begin", "separate", "end", ".VnTime", "99999999"])


@st.composite
def xml(draw: Any, depth: int = 4) -> str:
    tag = draw(st.sampled_from(TAGS))
    named = draw(st.sampled_from(["val", "char", "ascii", "font", "fldCharType", "type"]))
    inside = draw(st.text("aạ®µ <&\u0301".replace("<", "").replace("&", ""), max_size=5))
    if depth:
        inside += "".join(draw(st.lists(xml(depth=depth - 1), max_size=4)))
    return f'<w:{tag} w:{named}="{draw(VALUES)}">{inside}</w:{tag}>'


@given(st.lists(xml(), max_size=6))
def test_any_xml_is_read_or_refused(lines: list[str]) -> None:
    try:
        found = read(word.package(word.body(*lines)), "x.docx")
    except Refused:
        return
    assert found.title


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLD[:8], b"%PDF-"]))
def test_any_bytes_are_refused(content: bytes, head: bytes) -> None:
    with pytest.raises(Refused):
        read(head + content)


GOOD = word.package(word.body(*TWO_LINES))


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_file_with_flipped_bytes_is_read_or_refused(at: int, noise: bytes) -> None:
    try:
        read(GOOD[:at] + noise + GOOD[at + len(noise) :])
    except Refused:
        return


def test_numbers_are_said_as_runs() -> None:
    assert spoken([7, 3, 5, 6, 3]) == "3, 5–7"
