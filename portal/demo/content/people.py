"""The demo's people. All invented; the accounts are named in the README."""

from dataclasses import dataclass

from portal.accounts import roles


@dataclass(frozen=True, slots=True)
class Person:
    """One account of the demo. `role` is a group of the department, or empty."""

    login: str
    full_name: str
    role: str = ""
    phone: str = ""
    title: str = ""

    @property
    def email(self) -> str:
        return f"{self.login}@demo.example"


STAFF = (
    Person("quantri", "Trần Minh Quân", roles.ADMINISTRATORS, title="Quản trị hệ thống"),
    Person("lanhdao", "Nguyễn Thị Thanh Hà", roles.DIRECTORS, title="Lãnh đạo Sở"),
    Person("bientap", "Lê Hoài Phương", roles.EDITORS, title="Biên tập viên"),
    Person("chuyenvien", "Phạm Quốc Bảo", roles.OFFICERS, title="Chuyên viên"),
    Person("letan", "Võ Ngọc Lan", roles.FRONT_DESK, title="Lễ tân không gian làm việc chung"),
)

JUDGES = (
    Person("giamkhao1", "Đặng Văn Khải", title="Chuyên gia công nghệ sau thu hoạch"),
    Person("giamkhao2", "Ngô Thị Bích Vân", title="Giảng viên quản trị kinh doanh"),
    Person("giamkhao3", "Huỳnh Công Lý", title="Nhà đầu tư thiên thần"),
    Person("giamkhao4", "Trương Mỹ Duyên", title="Chuyên gia sở hữu trí tuệ"),
    Person("giamkhao5", "Phan Đình Phúc", title="Chuyên gia chuyển đổi số"),
    Person("giamkhao6", "Lý Thị Ánh Nguyệt", title="Giám đốc vườn ươm doanh nghiệp"),
)

FOUNDERS = (
    Person("startup1", "Nguyễn Văn Tâm", phone="0901234501"),
    Person("startup2", "Trần Thị Mỹ Hạnh", phone="0901234502"),
    Person("startup3", "Lê Quốc Việt", phone="0901234503"),
    Person("startup4", "Phạm Thị Diễm Thúy", phone="0901234504"),
    Person("startup5", "Hồ Minh Nhựt", phone="0901234505"),
    Person("startup6", "Đỗ Thị Kim Ngân", phone="0901234506"),
    Person("startup7", "Bùi Thanh Sang", phone="0901234507"),
    Person("startup8", "Võ Thị Hồng Gấm", phone="0901234508"),
    Person("startup9", "Nguyễn Hữu Ân", phone="0901234509"),
    Person("startup10", "Ông Thị Tuyết Mai", phone="0901234510"),
    Person("startup11", "Dương Gia Huy", phone="0901234511"),
    Person("startup12", "Lâm Thị Út", phone="0901234512"),
)

COMPANIES = (
    Person("congty1", "Châu Văn Đức", phone="0901234521"),
    Person("congty2", "Mai Thị Lệ Quyên", phone="0901234522"),
    Person("congty3", "Tô Hoàng Nam", phone="0901234523"),
    Person("congty4", "Kiều Thị Oanh", phone="0901234524"),
)

SUPPLIERS = (
    Person("nhacungung1", "Giang Văn Thọ", phone="0901234531"),
    Person("nhacungung2", "Quách Thị Nhàn", phone="0901234532"),
    Person("nhacungung3", "Thái Minh Đăng", phone="0901234533"),
    Person("nhacungung4", "Vương Thị Yến", phone="0901234534"),
    Person("nhacungung5", "Hà Thị Lan Chi", phone="0901234535"),
    Person("nhacungung6", "Đoàn Văn Lượm", phone="0901234536"),
    Person("nhacungung7", "Lục Sĩ Tân", phone="0901234537"),
    Person("nhacungung8", "Tăng Thị Minh Khuê", phone="0901234538"),
)

EVERYBODY = (*STAFF, *JUDGES, *FOUNDERS, *COMPANIES, *SUPPLIERS)


@dataclass(frozen=True, slots=True)
class Company:
    """An organisation of the demo and the account that owns it."""

    owner: str
    name: str
    short_name: str
    kind: str
    tax_code: str
    registered_years_ago: float
    commune: str


ORGANISATIONS = (
    Company(
        "startup1",
        "Công ty TNHH Mãng Cầu Lạnh (minh họa)",
        "Mãng Cầu Lạnh",
        "enterprise",
        "3999900012",
        2,
        "Phường Ninh Thạnh",
    ),
    Company(
        "startup2",
        "Công ty cổ phần Bã Xanh (minh họa)",
        "Bã Xanh",
        "enterprise",
        "3999900037",
        1,
        "Xã Tân Biên",
    ),
    Company(
        "startup3",
        "Hợp tác xã Lục Bình Farm (minh họa)",
        "Lục Bình Farm",
        "cooperative",
        "3999900044",
        3,
        "Xã Đức Huệ",
    ),
    Company(
        "startup5",
        "Công ty TNHH Tưới Đúng (minh họa)",
        "Tưới Đúng",
        "enterprise",
        "3999900051",
        4,
        "Xã Dương Minh Châu",
    ),
    Company(
        "startup8",
        "Công ty TNHH Núi Kể Chuyện (minh họa)",
        "Núi Kể Chuyện",
        "enterprise",
        "3999900069",
        1.5,
        "Phường Bình Minh",
    ),
    Company(
        "startup4",
        "Hộ kinh doanh Dầu Tái Sinh (minh họa)",
        "Dầu Tái Sinh",
        "household",
        "",
        1,
        "Phường Tân Ninh",
    ),
    Company(
        "startup6",
        "Công ty TNHH Sương Trảng (minh họa)",
        "Sương Trảng",
        "enterprise",
        "3999900132",
        2,
        "Phường Trảng Bàng",
    ),
    Company(
        "startup7",
        "Tổ hợp tác Chạch Lấu 360 (minh họa)",
        "Chạch Lấu 360",
        "cooperative",
        "3999900157",
        1,
        "Xã Châu Thành",
    ),
    Company(
        "startup9",
        "Công ty TNHH Chanh Zero (minh họa)",
        "Chanh Zero",
        "enterprise",
        "3999900164",
        1,
        "Xã Bến Lức",
    ),
    Company(
        "startup10",
        "Công ty TNHH Lúa Sổ (minh họa)",
        "Lúa Sổ",
        "enterprise",
        "3999900171",
        1,
        "Xã Tân Đông",
    ),
    Company(
        "congty1",
        "Công ty cổ phần Tinh bột Tân Hội (minh họa)",
        "Tinh bột Tân Hội",
        "enterprise",
        "3999900076",
        9,
        "Xã Tân Hội",
    ),
    Company(
        "congty2",
        "Công ty TNHH Bánh tráng Trảng Bàng Xưa (minh họa)",
        "Trảng Bàng Xưa",
        "enterprise",
        "3999900083",
        6,
        "Phường Trảng Bàng",
    ),
    Company(
        "congty3",
        "Hợp tác xã Thanh long Tầm Vu (minh họa)",
        "Thanh long Tầm Vu",
        "cooperative",
        "3999900090",
        5,
        "Xã Tầm Vu",
    ),
    Company(
        "nhacungung1",
        "Viện Ứng dụng Công nghệ Vàm Cỏ (minh họa)",
        "Viện Vàm Cỏ",
        "institute",
        "3999900100",
        12,
        "Phường Long An",
    ),
    Company(
        "nhacungung2",
        "Trung tâm Thiết bị Nông nghiệp Bến Lức (minh họa)",
        "Thiết bị Bến Lức",
        "centre",
        "3999900118",
        8,
        "Xã Bến Lức",
    ),
    Company(
        "nhacungung3",
        "Trung tâm Giống và Kỹ thuật Tân Châu (minh họa)",
        "Giống Tân Châu",
        "centre",
        "3999900189",
        10,
        "Xã Tân Châu",
    ),
    Company(
        "nhacungung4",
        "Công ty TNHH Thiết bị Tầm Vu (minh họa)",
        "Thiết bị Tầm Vu",
        "enterprise",
        "3999900196",
        6,
        "Xã Tầm Vu",
    ),
    Company(
        "nhacungung5",
        "Trung tâm Dịch vụ Phân tích Phòng Xanh (minh họa)",
        "Phòng Xanh",
        "centre",
        "3999900206",
        5,
        "Phường Tân Ninh",
    ),
    Company(
        "nhacungung6",
        "Công ty TNHH Thủy sản Vàm Cỏ Đông (minh họa)",
        "Thủy sản Vàm Cỏ Đông",
        "enterprise",
        "3999900213",
        4,
        "Xã Cần Đước",
    ),
    Company(
        "nhacungung7",
        "Công ty cổ phần Nắng Biên Giới (minh họa)",
        "Nắng Biên Giới",
        "enterprise",
        "3999900220",
        7,
        "Xã Tân Đông",
    ),
    Company(
        "nhacungung8",
        "Công ty TNHH Khí Trong (minh họa)",
        "Khí Trong",
        "enterprise",
        "3999900238",
        3,
        "Phường Long An",
    ),
)
