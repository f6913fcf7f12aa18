"""What a reader may type, and what must stand first. The table is the measure of the search."""

import pytest

from portal.core import clock
from portal.search.finding import find, read_query
from portal.search.models import Document
from portal.search.spelling import did_you_mean
from portal.search.vocabulary import Vocabulary
from tests.factories.search import document

pytestmark = pytest.mark.django_db

# key: (title, text, rank)
DOCUMENTS = {
    "gioi-thieu": ("Giới thiệu", "Cổng Đổi mới sáng tạo tỉnh Tây Ninh", 0),
    "cuoc-thi-2026": (
        "Cuộc thi Đổi mới sáng tạo Tây Ninh 2026",
        "Thể lệ, mốc thời gian, cơ cấu giải thưởng. Hạn nộp hồ sơ 30/11/2026.",
        1,
    ),
    "cuoc-thi-2024": ("Cuộc thi Đổi mới sáng tạo Tây Ninh 2024", "Đã kết thúc.", -1),
    "ket-qua": ("Kết quả: Cuộc thi Đổi mới sáng tạo Tây Ninh 2024", "Giải nhất: Máy sấy", -1),
    "the-le": ("Thể lệ cuộc thi", "Đối tượng dự thi là tổ chức, cá nhân.", 0),
    "cham-diem": ("Cách chấm điểm", "Hội đồng giám khảo chấm theo tiêu chí.", 0),
    "khoi-nghiep": ("Khởi nghiệp sáng tạo", "Hỗ trợ doanh nghiệp nhỏ và vừa.", 0),
    "quy": ("Quỹ khởi nghiệp tỉnh", "Vốn mồi cho dự án trẻ.", 0),
    "startup-day": ("Startup Day 2026", "Ngày hội gọi vốn.", 0),
    "mi": ("Tinh bột khoai mì", "Nhà máy ở Tân Châu.", 0),
    "san": ("Giống sắn kháng bệnh khảm lá", "Kết quả khảo nghiệm.", 0),
    "mang-cau": ("Mãng cầu Bà Đen", "Chỉ dẫn địa lý của núi Bà Đen.", 0),
    "heo": ("Trại heo tuần hoàn", "Khí sinh học từ chất thải.", 0),
    "canh-dong": ("Cánh đồng lớn", "Liên kết sản xuất lúa.", 0),
    "bap": ("Bắp sinh khối", "Thức ăn cho bò sữa.", 0),
    "dau-phong": ("Đậu phộng Trảng Bàng", "Chế biến sau thu hoạch.", 0),
    "dua": ("Dứa cayen", "Vùng nguyên liệu Tân Biên.", 0),
    "dua-nuoc": ("Nước dừa đóng lon", "Sản phẩm OCOP.", 0),
    "hoa-thanh": ("Thị xã Hòa Thành", "Phường Long Hoa và các xã.", 0),
    "hoa-chat": ("Hóa chất trong nông nghiệp", "Hướng dẫn an toàn.", 0),
    "thuy-loi": ("Thủy lợi Dầu Tiếng", "Cảm biến mực nước hồ.", 0),
    "ho-tro": ("Hỗ trợ 50% chi phí chuyển giao công nghệ", "Theo nghị định 80/2021.", 0),
    "chuyen-doi-so": ("Chuyển đổi số cho hợp tác xã", "Truy xuất nguồn gốc.", 0),
    "so-huu": ("Sở hữu trí tuệ", "Đăng ký nhãn hiệu, sáng chế.", 0),
    "lien-he": ("Liên hệ", "Sở Khoa học và Công nghệ, 211 đường 30/4.", 0),
    "may-say": ("Máy sấy năng lượng mặt trời", "Sấy mãng cầu, nhãn, xoài.", 0),
}
ENGLISH = {
    "gioi-thieu": ("About the portal", "Innovation in Tây Ninh province"),
    "khoi-nghiep": ("Start a business", "Support for small enterprises and startups"),
    "mi": ("Cassava starch", "A factory in Tân Châu"),
    "mang-cau": ("Custard apple of Bà Đen mountain", "A geographical indication"),
    "so-huu": ("Intellectual property", "Register trade marks and inventions"),
}

FINDS = [
    # As it is written, with accents.
    ("Giới thiệu", "gioi-thieu"),
    ("Cách chấm điểm", "cham-diem"),
    ("Thể lệ cuộc thi", "the-le"),
    ("thể lệ", "the-le"),
    ("Khởi nghiệp sáng tạo", "khoi-nghiep"),
    ("quỹ khởi nghiệp", "quy"),
    ("mãng cầu", "mang-cau"),
    ("chỉ dẫn địa lý", "mang-cau"),
    ("sở hữu trí tuệ", "so-huu"),
    ("sáng chế", "so-huu"),
    ("chuyển đổi số", "chuyen-doi-so"),
    ("truy xuất nguồn gốc", "chuyen-doi-so"),
    ("giám khảo", "cham-diem"),
    ("liên hệ", "lien-he"),
    ("Sở Khoa học và Công nghệ", "lien-he"),
    ("máy sấy", "may-say"),
    ("nghị định 80/2021", "ho-tro"),
    # Without accents, in capitals, in other order, half typed.
    ("gioi thieu", "gioi-thieu"),
    ("cach cham diem", "cham-diem"),
    ("the le", "the-le"),
    ("khoi nghiep sang tao", "khoi-nghiep"),
    ("QUY KHOI NGHIEP", "quy"),
    ("mang cau ba den", "mang-cau"),
    ("mang c", "mang-cau"),
    ("chuyen doi", "chuyen-doi-so"),
    ("so huu tri tue", "so-huu"),
    ("dien mat troi", None),
    ("nang luong mat troi", "may-say"),
    ("dau tieng", "thuy-loi"),
    ("điểm chấm", "cham-diem"),
    ("tây ninh cuộc thi", "cuoc-thi-2026"),
    ("50%", "ho-tro"),
    ("2024", "cuoc-thi-2024"),
    ("211", "lien-he"),
    # What goes on stands before what is over.
    ("cuộc thi đổi mới sáng tạo", "cuoc-thi-2026"),
    ("cuoc thi doi moi", "cuoc-thi-2026"),
    ("kết quả cuộc thi", "ket-qua"),
    ("giải nhất", "ket-qua"),
    ("hạn nộp", "cuoc-thi-2026"),
    # The tone stands on the other vowel; decomposed letters, as macOS sends them.
    ("Hoà Thành", "hoa-thanh"),
    ("hòa thành", "hoa-thanh"),
    ("hoá chất", "hoa-chat"),
    ("hóa chất", "hoa-chat"),
    ("thuỷ lợi", "thuy-loi"),
    ("thủy lợi", "thuy-loi"),
    ("ma\u0303ng ca\u0302\u0300u", "mang-cau"),
    ("Gio\u031b\u0301i thie\u0323\u0302u", "gioi-thieu"),
    # Typed accents are meant, but forgiven.
    ("dừa", "dua-nuoc"),
    ("dứa", "dua"),
    ("lớn", "canh-dong"),
    ("lợn", "heo"),
    ("mẳng cầu", "mang-cau"),
    # Synonyms, each way.
    ("sắn", "san"),
    ("mì", "mi"),
    ("giống khoai mì", "san"),
    ("tinh bột sắn", "mi"),
    ("cassava", "mi"),
    ("bệnh khảm lá mì", "san"),
    ("na bà đen", "mang-cau"),
    ("custard apple", "mang-cau"),
    ("chăn nuôi lợn", None),
    ("trại lợn", "heo"),
    ("ngô sinh khối", "bap"),
    ("lạc trảng bàng", "dau-phong"),
    ("khóm cayen", "dua"),
    ("thơm cayen", "dua"),
    ("quỹ startup", "quy"),
    ("khởi nghiệp day", "startup-day"),
    ("cuộc thi innovation", "cuoc-thi-2026"),
    # Nothing of ours.
    ("xổ số kiến thiết", None),
    ("%", None),
    ("_", None),
]
FINDS_IN_ENGLISH = [
    ("about", "gioi-thieu"),
    ("innovation", "cuoc-thi-2026"),  # by its title, through a synonym
    ("innovation in tay ninh province", "gioi-thieu"),
    ("startup", "startup-day"),
    ("small enterprises", "khoi-nghiep"),
    ("cassava", "mi"),
    ("cassava starch factory", "mi"),
    ("custard apple", "mang-cau"),
    ("mang cau", "mang-cau"),
    ("Intellectual Property", "so-huu"),
    ("trade marks", "so-huu"),
    ("ba den", "mang-cau"),
    ("the le", "the-le"),
]
MEANT = [
    # (typed with an error, offered, found first by what was offered)
    ("khoi nghep", "khởi nghiệp", "khoi-nghiep"),
    ("khởi nghệip", "khởi nghiệp", "khoi-nghiep"),
    ("mang cauu", "mãng cầu", "mang-cau"),
    ("mãng cầuu bà đeen", "mãng cầu bà đen", "mang-cau"),
    ("chuyenn doi so", "chuyển đổi số", "chuyen-doi-so"),
    ("so huuu tri tue", "sở hữu trí tuệ", "so-huu"),
    ("ddooir mowis sangs taoj", "đổi mới sáng tạo", "cuoc-thi-2026"),
    ("casava", "cassava", "mi"),
    ("gioi thiue", "giới thiệu", "gioi-thieu"),
    ("trangr bangf", "trảng bàng", "dau-phong"),
    ("nahn hieu", "nhãn hiệu", "so-huu"),
    ("zxcvbnm", "", None),
]


@pytest.fixture(autouse=True)
def portal() -> None:
    write_portal()


def write_portal() -> None:
    """The documents and their words."""
    now = clock.now()
    vocabulary = Vocabulary()
    for key, (title, text, rank) in DOCUMENTS.items():
        document(f"{key}:vi", title, text, rank=rank, day=now)
    for key, (title, text) in ENGLISH.items():
        document(f"{key}:en", title, text, day=now)
    for one in Document.objects.all():
        vocabulary.read(f"{one.title} {one.summary}")
    vocabulary.write()


def first(typed: str, language: str) -> str | None:
    best = find(read_query(typed), language).first()
    return best.thing if best else None


@pytest.mark.parametrize(("typed", "wanted"), FINDS)
def test_vietnamese_readers_find_first(typed: str, wanted: str | None) -> None:
    assert first(typed, "vi") == wanted


@pytest.mark.parametrize(("typed", "wanted"), FINDS_IN_ENGLISH)
def test_english_readers_find_first(typed: str, wanted: str | None) -> None:
    assert first(typed, "en") == wanted


@pytest.mark.parametrize(("typed", "offered", "wanted"), MEANT)
def test_typing_errors_are_offered_what_was_meant(
    typed: str, offered: str, wanted: str | None
) -> None:
    assert first(typed, "vi") is None
    assert did_you_mean(read_query(typed), "vi") == offered
    if wanted:
        assert first(offered, "vi") == wanted
