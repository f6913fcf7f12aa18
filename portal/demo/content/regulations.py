"""Documents of the demo's register.

Well-known ones are named by their public facts, summed up in our own words; what is not certain is
left empty. The two of the province are invented and say so.
"""

from dataclasses import dataclass
from datetime import date

INDEX = {
    "vi": {
        "title": "Văn bản",
        "slug": "van-ban",
        "summary": "Văn bản về khoa học, công nghệ và đổi mới sáng tạo (dữ liệu minh họa, không thay cho Cơ sở dữ liệu quốc gia về pháp luật).",
    },
    "en": {
        "title": "Documents",
        "slug": "documents",
        "summary": "Legal documents on science, technology and innovation (demo data, no substitute for the national database of law).",
    },
}

ISSUERS = (
    ("Bộ Chính trị", "The Politburo", "bo-chinh-tri"),
    ("Quốc hội", "The National Assembly", "quoc-hoi"),
    ("Chính phủ", "The Government", "chinh-phu"),
    (
        "Bộ Thông tin và Truyền thông",
        "The Ministry of Information and Communications",
        "bo-thong-tin-va-truyen-thong",
    ),
    (
        "Ủy ban nhân dân tỉnh Tây Ninh",
        "The People's Committee of Tây Ninh province",
        "ubnd-tinh-tay-ninh",
    ),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One document with what it does to others: (relation, number of the other)."""

    number: str
    kind: str
    issuer: str
    issued: date
    subject: str
    subject_en: str = ""
    effective: date | None = None
    summary: str = ""
    relations: tuple[tuple[str, str], ...] = ()


# What others relate to stands before them.
DOCUMENTS = (
    Document(
        "43/2011/NĐ-CP",
        "nghi-dinh",
        "chinh-phu",
        date(2011, 6, 13),
        "Quy định về việc cung cấp thông tin và dịch vụ công trực tuyến trên trang thông tin điện tử hoặc cổng thông tin điện tử của cơ quan nhà nước",
    ),
    Document(
        "29/2013/QH13",
        "luat",
        "quoc-hoi",
        date(2013, 6, 18),
        "Luật Khoa học và công nghệ",
        "Law on Science and Technology",
        effective=date(2014, 1, 1),
    ),
    Document(
        "30/2020/NĐ-CP",
        "nghi-dinh",
        "chinh-phu",
        date(2020, 3, 5),
        "Về công tác văn thư",
        "On records management",
        effective=date(2020, 3, 5),
        summary="Thể thức văn bản hành chính, soạn thảo, ký ban hành, quản lý văn bản và con dấu trong cơ quan nhà nước; văn bản điện tử ký số có giá trị như bản gốc.",
    ),
    Document(
        "26/2020/TT-BTTTT",
        "thong-tu",
        "bo-thong-tin-va-truyen-thong",
        date(2020, 9, 23),
        "Quy định việc áp dụng tiêu chuẩn, công nghệ hỗ trợ người khuyết tật tiếp cận, sử dụng sản phẩm, dịch vụ thông tin và truyền thông",
    ),
    Document(
        "42/2022/NĐ-CP",
        "nghi-dinh",
        "chinh-phu",
        date(2022, 6, 24),
        "Quy định về việc cung cấp thông tin và dịch vụ công trực tuyến của cơ quan nhà nước trên môi trường mạng",
        "On online information and online public services of State agencies",
        effective=date(2022, 8, 15),
        summary="Cổng thông tin của cơ quan nhà nước phải có những gì, cung cấp dịch vụ công trực tuyến ra sao, bảo đảm mọi người đều tiếp cận được.",
        relations=(("replaces", "43/2011/NĐ-CP"),),
    ),
    Document(
        "13/2023/NĐ-CP",
        "nghi-dinh",
        "chinh-phu",
        date(2023, 4, 17),
        "Bảo vệ dữ liệu cá nhân",
        "On the protection of personal data",
        effective=date(2023, 7, 1),
    ),
    Document(
        "57-NQ/TW",
        "nghi-quyet",
        "bo-chinh-tri",
        date(2024, 12, 22),
        "Về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        "On breakthroughs in science, technology, innovation and national digital transformation",
    ),
    Document(
        "91/2025/QH15",
        "luat",
        "quoc-hoi",
        date(2025, 6, 26),
        "Luật Bảo vệ dữ liệu cá nhân",
        "Law on the Protection of Personal Data",
        effective=date(2026, 1, 1),
        summary="Quyền của người có dữ liệu, sự đồng ý, nghĩa vụ của bên giữ và xử lý dữ liệu cá nhân.",
    ),
    Document(
        "93/2025/QH15",
        "luat",
        "quoc-hoi",
        date(2025, 6, 27),
        "Luật Khoa học, công nghệ và đổi mới sáng tạo",
        "Law on Science, Technology and Innovation",
        effective=date(2025, 10, 1),
        summary="Lần đầu đặt đổi mới sáng tạo ngang với khoa học và công nghệ; chấp nhận rủi ro trong nghiên cứu, khuyến khích doanh nghiệp tham gia.",
        relations=(("replaces", "29/2013/QH13"),),
    ),
    Document(
        "356/2025/NĐ-CP",
        "nghi-dinh",
        "chinh-phu",
        date(2025, 12, 31),
        "Quy định chi tiết một số điều và biện pháp thi hành Luật Bảo vệ dữ liệu cá nhân",
        "Detailing and guiding the Law on the Protection of Personal Data",
        effective=date(2026, 1, 1),
        relations=(("guides", "91/2025/QH15"), ("replaces", "13/2023/NĐ-CP")),
    ),
)


@dataclass(frozen=True, slots=True)
class Invented:
    """A decision of the province, made up; its days are counted from the demo's today."""

    number: str
    issued_days_ago: int
    effective_in_days: int
    subject: str
    subject_en: str
    articles: tuple[tuple[str, ...], ...]
    relations: tuple[tuple[str, str], ...] = ()


INVENTED = (
    Invented(
        "01/MH-UBND",
        400,
        -390,
        "Ban hành Quy chế Cuộc thi Khởi nghiệp đổi mới sáng tạo (minh họa)",
        "Rules of the innovative startup competition (invented for the demo)",
        (
            ("h", "Điều 1. Phạm vi"),
            ("p", "<p>Quy chế này nói về việc tổ chức cuộc thi hằng năm của tỉnh.</p>"),
            ("h", "Điều 2. Chấm điểm"),
            ("p", "<p>Mỗi hồ sơ do ít nhất ba giám khảo chấm độc lập.</p>"),
        ),
        (("based_on", "29/2013/QH13"),),
    ),
    Invented(
        "02/MH-UBND",
        12,
        18,
        "Sửa đổi, bổ sung Quy chế Cuộc thi Khởi nghiệp đổi mới sáng tạo (minh họa)",
        "Amending the rules of the innovative startup competition (invented for the demo)",
        (
            ("h", "Điều 1. Sửa đổi Điều 2"),
            ("p", "<p>Kết quả công bố kèm tệp niêm phong để ai cũng tính lại được.</p>"),
        ),
        (("amends", "01/MH-UBND"), ("based_on", "93/2025/QH15")),
    ),
)
