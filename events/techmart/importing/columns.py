"""What a workbook asks, as data: one line for each column.

Headings and explanations are part of a Vietnamese document and stand here as they are printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from events.techmart.models import ImportRun, TermList


class Cell(Enum):
    """How a cell is read."""

    LINE = "line"
    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    TRL = "trl"
    DAY = "day"
    YES = "yes"
    WORD = "word"
    WORDS = "words"
    UNIT = "unit"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    OWNER = "owner"
    KEY = "key"
    PICTURES = "pictures"
    ALTS = "alts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is the field of the record, or of its standing for `beside`."""

    key: str
    heading: str
    cell: Cell
    help: str
    required: bool = False
    """Without it no row comes in."""
    needed_live: bool = False
    """Without it a record cannot be public."""
    words: str = ""
    most: int = 0
    """Characters at most."""
    beside: bool = False


_SEVERAL = "Nhiều từ cách nhau bằng dấu chấm phẩy (;)."
_AMOUNT = "Đồng Việt Nam: “1.200.000”, “30 triệu” hoặc “1,2 tỷ”."

_ABOUT = (
    Column(
        "external_id",
        "Mã ở nguồn",
        Cell.KEY,
        "Mã riêng của từng dòng, không đổi qua các lần nhập. Để trống thì lấy theo tên và đơn vị.",
        most=120,
        beside=True,
    ),
    Column(
        "canonical_url",
        "Đường dẫn gốc",
        Cell.WEB,
        "Địa chỉ trang gốc, bắt đầu bằng https://.",
        most=200,
        beside=True,
    ),
)
_CONTACT = (
    Column("contact_name", "Đầu mối", Cell.LINE, "Không công khai.", needed_live=True, most=150),
    Column("contact_role", "Chức vụ đầu mối", Cell.LINE, "Không công khai.", most=120),
    Column("contact_phone", "Điện thoại đầu mối", Cell.PHONE, "Không công khai."),
    Column("contact_email", "Email đầu mối", Cell.EMAIL, "Không công khai.", most=254),
)
_SORTED = (
    Column("fields", "Lĩnh vực KH&CN", Cell.WORDS, _SEVERAL, words=TermList.FIELD),
    Column("sectors", "Ngành ứng dụng", Cell.WORDS, _SEVERAL, words=TermList.SECTOR),
    Column("crops", "Cây trồng, vật nuôi, sản phẩm", Cell.WORDS, _SEVERAL, words=TermList.CROP),
    Column("unit", "Xã, phường", Cell.UNIT, "Tên đầy đủ: “Xã Tân Châu”, “Phường Tân Ninh”."),
)

OFFER = (
    Column(
        "organisation",
        "Mã số thuế đơn vị",
        Cell.OWNER,
        "Đơn vị phải có sẵn trong danh sách tổ chức của Cổng.",
        required=True,
        beside=True,
    ),
    Column("title", "Tên công nghệ", Cell.LINE, "Tối đa 200 ký tự.", required=True, most=200),
    Column(
        "kind",
        "Loại đối tượng",
        Cell.WORD,
        "Chọn trong danh sách.",
        required=True,
        needed_live=True,
        words=TermList.OFFER_KIND,
    ),
    Column(
        "problem",
        "Vấn đề giải quyết",
        Cell.TEXT,
        "Vấn đề của ai, đang tốn kém thế nào. Nói bằng lời thường.",
        needed_live=True,
        most=1500,
    ),
    Column("summary", "Tóm tắt", Cell.TEXT, "Hai, ba câu.", needed_live=True, most=600),
    Column(
        "advantages",
        "Ưu điểm so với cách đang làm",
        Cell.TEXT,
        "Tốt hơn ở đâu, nên có con số.",
        needed_live=True,
        most=2000,
    ),
    Column("description", "Mô tả quy trình, nguyên lý", Cell.TEXT, "", most=8000),
    *_SORTED,
    Column(
        "stage",
        "Mức độ phát triển",
        Cell.WORD,
        "Chọn trong danh sách.",
        needed_live=True,
        words=TermList.STAGE,
    ),
    Column("trl", "Mức sẵn sàng (TRL)", Cell.TRL, "Số nguyên từ 1 đến 9."),
    Column("trl_evidence", "Căn cứ mức sẵn sàng", Cell.TEXT, "", most=1000),
    Column("transferred_count", "Số lần đã chuyển giao", Cell.NUMBER, "Số nguyên."),
    Column(
        "ip_status",
        "Tình trạng sở hữu trí tuệ",
        Cell.WORD,
        "Chọn trong danh sách.",
        words=TermList.IP_STATUS,
    ),
    Column(
        "ownership",
        "Căn cứ quyền chuyển giao",
        Cell.WORD,
        "Chọn trong danh sách.",
        words=TermList.OWNERSHIP,
    ),
    Column(
        "transfer_forms",
        "Hình thức chuyển giao",
        Cell.WORDS,
        _SEVERAL,
        needed_live=True,
        words=TermList.TRANSFER_FORM,
    ),
    Column(
        "transfer_methods",
        "Phương thức chuyển giao",
        Cell.WORDS,
        _SEVERAL,
        words=TermList.TRANSFER_METHOD,
    ),
    Column("price_min", "Giá từ", Cell.MONEY, f"{_AMOUNT} Để trống cả hai ô giá là thỏa thuận."),
    Column("price_max", "Giá đến", Cell.MONEY, "Để trống nếu giá cố định."),
    Column("price_unit", "Giá tính cho", Cell.LINE, "“ha”, “hệ thống”, “năm”.", most=40),
    Column("economy_unit", "Hiệu quả tính cho", Cell.LINE, "“1 ha”.", most=60),
    Column("investment", "Suất đầu tư", Cell.MONEY, _AMOUNT),
    Column("yearly_cost_before", "Chi phí năm theo cách cũ", Cell.MONEY, _AMOUNT),
    Column("yearly_cost_after", "Chi phí năm với công nghệ này", Cell.MONEY, _AMOUNT),
    Column("yearly_gain", "Thu thêm mỗi năm", Cell.MONEY, _AMOUNT),
    Column("requirements", "Điều kiện áp dụng", Cell.TEXT, "", most=2000),
    Column("environment", "Tác động môi trường", Cell.TEXT, "", most=1500),
    Column("support", "Bảo hành, hỗ trợ", Cell.TEXT, "", most=1500),
    Column("title_en", "Tên tiếng Anh", Cell.LINE, "", most=200),
    Column("summary_en", "Tóm tắt tiếng Anh", Cell.TEXT, "", most=600),
    *_CONTACT,
    Column("anonymous", "Ẩn danh bên cung", Cell.YES, "“Có” hoặc “Không”.", beside=True),
    *_ABOUT,
    Column(
        "pictures",
        "Ảnh",
        Cell.PICTURES,
        "Tên tệp trong ZIP gửi kèm; nhiều tệp cách nhau bằng dấu chấm phẩy (;).",
    ),
    Column(
        "alts",
        "Mô tả ảnh",
        Cell.ALTS,
        "Bắt buộc khi có ảnh: mỗi ảnh một câu nói ảnh cho thấy gì, cách nhau bằng dấu chấm phẩy.",
    ),
)

DEMAND = (
    Column(
        "organisation",
        "Mã số thuế đơn vị",
        Cell.OWNER,
        "Để trống nếu nhu cầu đến từ cá nhân, hộ dân.",
        beside=True,
    ),
    Column("title", "Tên nhu cầu", Cell.LINE, "Tối đa 200 ký tự.", required=True, most=200),
    Column(
        "problem",
        "Bài toán cần giải quyết",
        Cell.TEXT,
        "Hiện nay xảy ra thế nào, bao lâu một lần, tốn kém ra sao.",
        needed_live=True,
        most=3000,
    ),
    Column("current_way", "Cách đang làm", Cell.TEXT, "", most=2000),
    Column("must_have", "Yêu cầu bắt buộc", Cell.TEXT, "", most=2000),
    Column("nice_to_have", "Yêu cầu mong muốn", Cell.TEXT, "", most=2000),
    Column("scale", "Quy mô", Cell.LINE, "“120 hộ, 60 ha”.", most=200),
    Column("material", "Nguyên liệu, sản phẩm", Cell.TEXT, "", most=500),
    *_SORTED,
    Column(
        "cooperation",
        "Hình thức hợp tác mong muốn",
        Cell.WORDS,
        _SEVERAL,
        words=TermList.COOPERATION,
    ),
    Column("budget_min", "Ngân sách từ", Cell.MONEY, _AMOUNT),
    Column("budget_max", "Ngân sách đến", Cell.MONEY, _AMOUNT),
    Column("budget_shown", "Công bố ngân sách", Cell.YES, "“Có” hoặc “Không”."),
    Column("needed_by", "Cần trước ngày", Cell.DAY, "Ngày/tháng/năm."),
    Column("min_trl", "TRL tối thiểu", Cell.TRL, "Số nguyên từ 1 đến 9."),
    Column("tried", "Giải pháp đã thử", Cell.TEXT, "", most=2000),
    Column("title_en", "Tên tiếng Anh", Cell.LINE, "", most=200),
    Column("problem_en", "Bài toán bằng tiếng Anh", Cell.TEXT, "", most=3000),
    *_CONTACT,
    Column("anonymous", "Ẩn danh bên cầu", Cell.YES, "“Có” hoặc “Không”.", beside=True),
    *_ABOUT,
)

COLUMNS: Mapping[str, Sequence[Column]] = {
    ImportRun.Kind.OFFER: OFFER,
    ImportRun.Kind.DEMAND: DEMAND,
}
