"""Five documents that LibreOffice 7.4 and python-docx 1.2 wrote themselves, read as articles.

LibreOffice made its three from HTML, from HTML in a font of TCVN3, and from the fourth document
by way of .odt. They lie beside the test because the programs are no part of its tools.
"""

from pathlib import Path
from typing import TypeVar

import pytest

from portal.news.word_files import Heading, Picture, Prose, Quote, Table, WordArticle, read

T = TypeVar("T")
DOCUMENTS = Path(__file__).parent / "word_documents"


def article(name: str) -> WordArticle:
    return read((DOCUMENTS / f"{name}.docx").read_bytes(), f"{name}.docx")


def only(kind: type[T], found: WordArticle) -> T:
    (block,) = (block for block in found.blocks if isinstance(block, kind))
    return block


def test_libreoffice_from_html() -> None:
    found = article("libreoffice-tin")
    assert found.title == "Ngày hội khởi nghiệp Tây Ninh mở cửa"
    assert found.lead == "Sáng 20/11, ba mươi gian hàng mở cửa đón khách tại thành phố."
    first, text, second, table, shown, last = found.blocks
    assert (first, second) == (Heading("Chương trình", "h2"), Heading("Con số", "h3"))
    assert text == Prose(
        "<p>Khách xem <i>sản phẩm mới</i>, nghe "
        '<a href="https://demo.example/chuong-trinh">chương trình</a> và gặp chuyên gia.</p>'
        "<ul><li>Buổi sáng: khai mạc</li>"
        "<li>Buổi chiều: gọi vốn<ul><li>Vòng một</li><li>Vòng hai</li></ul></li></ul>"
        "<ol><li>Đăng ký</li><li>Nhận thẻ</li></ol>"
    )
    assert isinstance(table, Table)
    assert table.headings == ("Lĩnh vực", "Gian hàng")
    assert table.rows == (("Nông nghiệp", "18"), ("Chế biến", "12"))
    assert isinstance(shown, Picture)
    assert shown.alt == "Gian hàng mẫu màu xanh"
    assert last == Prose("<p>Hẹn gặp lại năm sau.</p>")


def test_libreoffice_in_tcvn3() -> None:
    found = article("libreoffice-tcvn3")
    assert found.title == "Hội nghị tổng kết phong trào sáng kiến"
    text, table, last = found.blocks
    assert text == Prose(
        "<p>Ngày 12/11, hội nghị trao thưởng cho những người có sáng kiến được áp dụng rộng rãi."
        "</p><ul><li>Giải nhất: máy tách vỏ đậu phộng</li>"
        "<li>Giải nhì: hệ thống tưới nhỏ giọt</li></ul>"
    )
    assert isinstance(table, Table)
    assert table.headings == ("Năm", "Số sáng kiến")
    assert table.rows == (("2024", "86"), ("2025", "103"))
    assert last == Prose("<p>Đoạn này đã là Unicode.</p>")
    assert any("TCVN3" in note for note in found.notes)


@pytest.mark.parametrize("writer", ["python-docx", "libreoffice"])
def test_one_document_by_both(writer: str) -> None:
    found = article(f"{writer}-ke-hoach")
    assert found.title == "Kế hoạch đào tạo khởi nghiệp"
    assert found.lead == "Sáu lớp học mở trong quý một, miễn học phí."
    heading, numbered, table, place, shown, link, quote = found.blocks
    assert (heading, place) == (Heading("Lịch học", "h2"), Heading("Nơi học", "h3"))
    assert numbered == Prose("<ol><li>Lớp buổi tối</li><li>Lớp cuối tuần</li></ol>")
    assert isinstance(table, Table)
    assert table.headings == ("Lớp", "Tháng", "Số người")
    assert table.rows == (("Nhập môn", "1", "30"), ("Gọi vốn", "2", "20"))
    assert isinstance(shown, Picture)
    assert shown.alt == "Phòng học có bảng xanh"
    assert link == Prose('<p>Đăng ký tại <a href="https://demo.example/lop">trang của lớp</a></p>')
    assert quote == Quote("Học để làm.")


def test_python_docx_in_tcvn3() -> None:
    found = article("python-docx-tcvn3")
    assert found.title == "Sáng kiến của nông dân trồng mãng cầu"
    text = only(Prose, found)
    assert text == Prose("<ul><li>Giảm nước tưới</li><li>Tăng năng suất</li></ul>")
    table = only(Table, found)
    assert (table.headings, table.rows) == (("Vụ", "Tấn"), (("Hè thu", "14"),))
    assert only(Picture, found).alt == "Vườn mãng cầu"
    assert any("TCVN3" in note for note in found.notes)
