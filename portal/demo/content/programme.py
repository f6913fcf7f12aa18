"""Words of the demo's events. People and organisations are invented; days count from the demo's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

INDEX = {
    "vi": {
        "title": "Sự kiện",
        "slug": "su-kien",
        "summary": "Hội thảo, tập huấn, trình diễn công nghệ, kỳ Techmart và các buổi tư vấn của Sở.",
    },
    "en": {
        "title": "Events",
        "slug": "events",
        "summary": "Workshops, training, demonstrations, Techmart fairs and consultation hours.",
    },
}
HOST = {
    "host": "Sở Khoa học và Công nghệ tỉnh Tây Ninh",
    "host_en": "Department of Science and Technology of Tây Ninh province",
    "contact_phone": "+842720000000",
    "contact_email": "sukien@demo.example",
}
VENUES: dict[str, dict[str, str]] = {
    "space": {
        "venue": "Hội trường Không gian làm việc chung",
        "venue_en": "Hall of the co-working space",
        "address": "Số 1 đường Ví Dụ, phường Long An, tỉnh Tây Ninh",
        "unit": "Long An",
    },
    "centre": {
        "venue": "Trung tâm Hội nghị (minh họa)",
        "venue_en": "Convention centre (demo)",
        "address": "Đường Minh Họa, phường Tân Ninh, tỉnh Tây Ninh",
        "unit": "Tân Ninh",
    },
    "field": {
        "venue": "Cánh đồng mía xã Tân Hội",
        "venue_en": "Sugar cane fields of Tân Hội commune",
        "address": "Xã Tân Hội, tỉnh Tây Ninh",
        "unit": "Tân Hội",
    },
    "village": {
        "venue": "Nhà văn hóa xã Bến Lức",
        "venue_en": "House of culture of Bến Lức commune",
        "address": "Xã Bến Lức, tỉnh Tây Ninh",
        "unit": "Bến Lức",
    },
}
DIRECTIONS: dict[str, Sequence[tuple[Any, ...]]] = {
    "space": (
        (
            "p",
            "<p>Vào cổng chính, đi thẳng đến tòa nhà B, hội trường ở tầng trệt. Lối vào không có "
            "bậc thềm; chỗ để xe máy bên trái, bãi ô tô phía sau.</p>",
        ),
    ),
    "field": (
        (
            "p",
            "<p>Từ trung tâm xã đi theo bảng chỉ dẫn khoảng 3 km. Đường đất, nên mang giày kín. "
            "Có xe đưa đón từ Ủy ban nhân dân xã lúc 7 giờ 30.</p>",
        ),
    ),
}
SERIES = {
    "ip": {
        "name": "Giờ tư vấn sở hữu trí tuệ",
        "name_en": "Intellectual property hours",
        "slug": "tu-van-so-huu-tri-tue",
        "about": "Mỗi tháng một buổi, miễn phí: nhãn hiệu, sáng chế, kiểu dáng, chỉ dẫn địa lý.",
        "about_en": "Once a month, free of charge: trademarks, patents, designs, origins.",
    },
    "techmart": {
        "name": "Techmart Tây Ninh",
        "name_en": "Techmart Tây Ninh",
        "slug": "techmart-tay-ninh",
        "about": "Kỳ hội chợ công nghệ hằng năm của tỉnh.",
        "about_en": "The yearly technology fair of the province.",
    },
}
SPEAKERS = {
    "hanh": {
        "name": "Phan Thị Mỹ Hạnh",
        "role": "Chuyên gia sau thu hoạch",
        "role_en": "Post-harvest expert",
        "organisation": "Viện Nghiên cứu Minh Họa",
        "organisation_en": "Demo Research Institute",
        "about": "Hai mươi năm làm về bảo quản trái cây nhiệt đới, từ vườn đến kho lạnh.",
        "about_en": "Twenty years of keeping tropical fruit fresh, from orchard to cold store.",
    },
    "loc": {
        "name": "Trương Văn Lộc",
        "role": "Giám đốc kỹ thuật",
        "role_en": "Technical director",
        "organisation": "Công ty Cơ khí Đồng Mẫu",
        "organisation_en": "Đồng Mẫu Mechanics",
    },
    "dung": {
        "name": "Lê Hoàng Dũng",
        "role": "Luật sư sở hữu công nghiệp",
        "role_en": "Intellectual property lawyer",
        "organisation": "Văn phòng Luật Ví Dụ",
        "organisation_en": "Ví Dụ Law Office",
    },
    "thu": {
        "name": "Nguyễn Minh Thư",
        "role": "Trưởng phòng Truy xuất nguồn gốc",
        "role_en": "Head of traceability",
        "organisation": "Trung tâm Mã số Mẫu",
        "organisation_en": "Mẫu Numbering Centre",
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `agenda`: day of the event, from, until, room in two languages, title in two
    languages, who speaks."""

    kind: str
    title: str
    title_en: str
    day: int
    opens: str
    closes: str
    venue: str
    summary: str
    summary_en: str = ""
    days: int = 1
    series: str = ""
    body: Sequence[tuple[Any, ...]] = ()
    agenda: Sequence[tuple[Any, ...]] = ()
    called_off: dict[str, str] = field(default_factory=dict)


HALL = ("Hội trường", "Hall")
ROOM = ("Phòng họp A", "Meeting room A")
REST = ("Nghỉ giải lao", "Break")

EVENTS = (
    Told(
        "fair",
        "Techmart Nông nghiệp và Chế biến Tây Ninh",
        "Techmart Agriculture and Processing Tây Ninh",
        41,
        "08:00",
        "17:00",
        "centre",
        "Ba ngày gặp nhau của người có công nghệ và người cần công nghệ: mía, mì, trái cây, bò sữa.",
        "Three days on which those who have a technology meet those who need one.",
        days=3,
        series="techmart",
        body=(
            ("h", "Ai nên đến"),
            (
                "p",
                "<p>Hợp tác xã, trang trại, cơ sở chế biến đang tìm máy móc và quy trình; nhà cung "
                "ứng, viện, trường có công nghệ sẵn sàng chuyển giao.</p>",
            ),
        ),
        agenda=(
            (0, "08:00", "09:00", HALL, "Khai mạc", "Opening", ()),
            (0, "09:00", "11:30", HALL, "Tham quan gian hàng", "Visit of the booths", ()),
            (
                *(0, "09:30", "11:00", ROOM, "Hội thảo: giảm hao hụt sau thu hoạch"),
                *("Workshop: fewer losses after harvest", ("hanh",)),
            ),
            (
                *(1, "08:30", "11:00", HALL, "Kết nối trực tiếp giữa bên có và bên cần"),
                *("Meetings of givers and takers", ()),
            ),
            (
                *(1, "14:00", "16:00", ROOM, "Tọa đàm: máy móc cho cánh đồng mía"),
                *("Talk: machines for the cane fields", ("loc",)),
            ),
            (2, "15:00", "16:30", HALL, "Ký kết và bế mạc", "Signing and closing", ()),
        ),
    ),
    Told(
        "demo_day",
        "Ngày hội Đổi mới sáng tạo mở Tây Ninh – Kết nối hai bờ Vàm Cỏ",
        "Open Innovation Day Tây Ninh",
        22,
        "07:30",
        "17:00",
        "centre",
        "Doanh nghiệp nêu bài toán, nhóm khởi nghiệp và viện, trường trình bày lời giải.",
        "Companies name their problems; startups and institutes present solutions.",
        agenda=(
            (0, "07:30", "08:30", HALL, "Đón khách", "Welcome", ()),
            (0, "08:30", "10:00", HALL, "Sáu bài toán của doanh nghiệp", "Six problems", ("loc",)),
            (0, "10:00", "10:20", (), *REST, ()),
            (0, "10:20", "11:30", HALL, "Trình bày lời giải", "Solutions", ("hanh",)),
            (0, "13:30", "16:00", ROOM, "Gặp riêng từng cặp", "One to one", ()),
        ),
    ),
    Told(
        "pitch_final",
        "Vòng chung kết Cuộc thi Khởi nghiệp đổi mới sáng tạo tỉnh",
        "Final of the provincial startup competition",
        30,
        "08:00",
        "11:30",
        "centre",
        "Các đội vào chung kết trình bày trước hội đồng; người dân vào cửa tự do.",
        "The finalists present before the jury; everybody is welcome.",
        agenda=(
            (0, "08:00", "10:30", HALL, "Các đội trình bày", "Presentations", ()),
            (0, "10:30", "11:30", HALL, "Công bố và trao giải", "Awards", ()),
        ),
    ),
    Told(
        "workshop",
        "Hội thảo công nghệ giảm hao hụt sau thu hoạch cho trái cây đặc sản",
        "Workshop: fewer losses after the harvest of special fruit",
        10,
        "08:00",
        "11:30",
        "space",
        "Mãng cầu, thanh long, chanh: từ cắt cành đến kho lạnh, chỗ nào mất nhiều nhất.",
        "Custard apple, dragon fruit, lime: where most is lost on the way to the cold store.",
        body=(
            ("h", "Dành cho ai"),
            ("p", "<p>Nhà vườn, vựa thu mua, cơ sở sơ chế. Mang theo số liệu vụ vừa qua.</p>"),
        ),
        agenda=(
            (
                *(0, "08:00", "09:15", HALL, "Hao hụt nằm ở đâu trên đường đi của trái mãng cầu"),
                *("Where the losses are on the way of a custard apple", ("hanh",)),
            ),
            (0, "09:15", "09:30", (), *REST, ()),
            (
                *(0, "09:30", "10:30", HALL, "Phòng lạnh nhỏ cho vựa: chi phí và hoàn vốn"),
                *("Small cold rooms: cost and payback", ("loc",)),
            ),
            (0, "10:30", "11:30", HALL, "Hỏi đáp", "Questions", ("hanh", "loc")),
        ),
    ),
    Told(
        "demo_day",
        "Trình diễn máy băm lá mía và tưới chính xác tại ruộng",
        "Cane leaf shredder and precise irrigation, shown in the field",
        -24,
        "08:00",
        "11:00",
        "field",
        "Máy chạy thật trên ruộng mía sau thu hoạch, kèm số đo nước và dầu.",
        "Machines at work after the harvest, with what water and fuel they take.",
        agenda=(
            (0, "08:00", "09:30", (), "Máy băm lá mía trên 2 ha", "The shredder on 2 ha", ("loc",)),
            (0, "09:30", "11:00", (), "Tưới nhỏ giọt theo độ ẩm đất", "Drip irrigation", ()),
        ),
    ),
    Told(
        "training",
        "Tập huấn truy xuất nguồn gốc và mã số mã vạch cho chủ thể OCOP",
        "Training: traceability and barcodes for OCOP producers",
        5,
        "08:00",
        "16:30",
        "village",
        "Làm hồ sơ mã số mã vạch ngay tại lớp; mỗi người mang theo một sản phẩm của mình.",
        agenda=(
            (0, "08:00", "11:00", (), "Mã số, mã vạch: đăng ký và dùng", "Barcodes", ("thu",)),
            (0, "13:30", "16:30", (), "Thực hành tem truy xuất", "Traceability labels", ("thu",)),
        ),
    ),
    Told(
        "workshop",
        "Tọa đàm rào cản kỹ thuật khi xuất khẩu thanh long, chanh",
        "Talk: technical barriers to the export of dragon fruit and lime",
        15,
        "13:30",
        "16:30",
        "space",
        "Quy định mới của các thị trường, và cách chuẩn bị từ vườn.",
        called_off={
            "called_off_because": "Diễn giả chính bận công tác đột xuất; sẽ báo ngày mới sau.",
            "called_off_because_en": "The main speaker cannot come; a new day will be announced.",
        },
    ),
    Told(
        "consultation",
        "Giờ tư vấn sở hữu trí tuệ miễn phí tại không gian làm việc chung",
        "Free intellectual property hours at the co-working space",
        8,
        "14:00",
        "16:30",
        "space",
        "Hỏi luật sư về nhãn hiệu, sáng chế, chỉ dẫn địa lý; mỗi lượt 20 phút.",
        "Ask a lawyer about trademarks, patents and designs; 20 minutes each.",
        series="ip",
        agenda=((0, "14:00", "16:30", ROOM, "Tư vấn từng người", "One by one", ("dung",)),),
    ),
    Told(
        "consultation",
        "Giờ tư vấn sở hữu trí tuệ tháng trước",
        "Intellectual property hours of last month",
        -22,
        "14:00",
        "16:30",
        "space",
        "Mười hai lượt tư vấn, phần nhiều về nhãn hiệu tập thể.",
        series="ip",
    ),
    Told(
        "fair",
        "Techmart Tây Ninh năm trước",
        "Techmart Tây Ninh last year",
        -352,
        "08:00",
        "17:00",
        "centre",
        "Ba ngày, nhiều gian hàng của viện, trường và doanh nghiệp trong vùng.",
        "Three days with booths of institutes, universities and companies of the region.",
        days=3,
        series="techmart",
    ),
)


@dataclass(frozen=True, slots=True)
class Seats:
    """How people registered for the event whose title begins so, in the demo."""

    title: str
    capacity: int
    opens: int
    """Days from the demo's day."""
    people: int
    """How many asked for a seat; more than there are wait."""
    approval: bool = False
    invitation_only: bool = False
    online_link: str = ""
    attended: int = 0
    certified: int = 0
    """Day on which those who came got their certificates."""
    given_back: int = 0
    """Of the first: their seats were offered to those in line."""
    questions: Sequence[dict[str, Any]] = ()


GUESTS = (
    "Trần Văn Mẫu",
    "Lê Thị Ví Dụ",
    "Phạm Minh Họa",
    "Huỳnh Thị Thử",
    "Võ Văn Giả Định",
    "Đặng Thị Mường Tượng",
    "Bùi Văn Bưng Còng",
    "Đỗ Thị Trảng Cỏ",
    "Ngô Văn Đồng Mẫu",
    "Dương Thị Bến Thử",
    "Lý Văn Vàm Mẫu",
    "Mai Thị Rạch Ví Dụ",
    "Tô Văn Xóm Thử",
    "Hồ Thị Chợ Mẫu",
)
WHAT_THEY_GROW = {
    "key": "cay-trong",
    "label": "Anh/chị trồng hoặc thu mua cây gì?",
    "label_en": "What do you grow or buy?",
    "kind": "several_of",
    "required": True,
    "options": [
        {"value": "mang-cau", "label": "Mãng cầu", "label_en": "Custard apple"},
        {"value": "thanh-long", "label": "Thanh long", "label_en": "Dragon fruit"},
        {"value": "chanh", "label": "Chanh", "label_en": "Lime"},
        {"value": "khac", "label": "Cây khác", "label_en": "Another"},
    ],
}
WHAT_THEY_ASK = {
    "key": "cau-hoi",
    "label": "Câu hỏi muốn nêu tại hội thảo",
    "label_en": "A question for the workshop",
    "kind": "long_text",
    "required": False,
    "word_limit": 150,
    "options": [],
}
SEATS = (
    Seats("Hội thảo công nghệ", 60, -12, 11, questions=(WHAT_THEY_GROW, WHAT_THEY_ASK)),
    Seats("Giờ tư vấn sở hữu trí tuệ miễn phí", 6, -9, 11, given_back=1),
    Seats("Tập huấn truy xuất", 40, -15, 9, approval=True),
    Seats("Techmart Nông nghiệp", 800, -7, 14),
    Seats(
        "Ngày hội Đổi mới",
        120,
        -5,
        5,
        invitation_only=True,
        online_link="https://truc-tuyen.demo.example/ngay-hoi",
    ),
    Seats("Trình diễn máy băm", 50, -40, 13, attended=10, certified=-23),
)
