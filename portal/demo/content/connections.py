"""What people asked of the demo's technology market: requests, needs, and what came of them."""

from dataclasses import dataclass

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """One connection request, asked `days` ago, that has come as far as `until`."""

    about: str
    asker: str
    days: int
    until: str
    cooperation: str
    about_asker: str
    presented_as: str = ""
    words: str = ""
    unclear: str = ""
    reason: str = ""
    next_step: str = ""
    messages: tuple[tuple[str, str], ...] = ()
    """("asker" or "owner", text), written at the last step."""


REQUESTS = (
    Request(
        "Thu hồi khí sinh học từ nước thải nhà máy tinh bột mì",
        "congty1",
        110,
        "contract",
        "Muốn lắp hệ thống thu khí cho nhà máy 120 tấn củ mỗi ngày, dùng khí để sấy bột.",
        "Nhà máy tinh bột, nước thải khoảng 1.500 m³ mỗi ngày, hiện dùng ao hở.",
        "Một nhà máy tinh bột mì trong tỉnh",
        "Một nhà máy tinh bột công suất 120 tấn củ mỗi ngày muốn thu khí từ nước thải để sấy bột.",
    ),
    Request(
        "Kho mát mini cho trái cây bằng máy lạnh dân dụng",
        "congty3",
        26,
        "memorandum",
        "Muốn làm thử một kho 20 m² cho thanh long trước Tết.",
        "Hợp tác xã 62 hộ trồng thanh long, mỗi vụ khoảng 900 tấn.",
        "Một hợp tác xã trồng thanh long",
        "Một hợp tác xã thanh long muốn làm thử một kho 20 m² trước Tết và đo hao hụt sau 10 ngày.",
        next_step="Nghiệm thu kho thử và chốt hợp đồng nhân rộng",
    ),
    Request(
        "Máy phân loại thanh long theo màu và khối lượng",
        "congty3",
        45,
        "failed",
        "Muốn thuê máy theo vụ, chưa mua.",
        "Hợp tác xã 62 hộ trồng thanh long.",
        "Một hợp tác xã trồng thanh long",
        "Một hợp tác xã hỏi thuê máy theo vụ, khoảng ba tháng mỗi năm.",
        reason="von",
    ),
    Request(
        "Quy trình xử lý ra hoa rải vụ mãng cầu ta kết hợp tưới tiết kiệm",
        "startup1",
        34,
        "negotiating",
        "Muốn đặt vùng nguyên liệu 15 ha rải vụ để nhà máy chạy quanh năm.",
        "Công ty sấy lạnh mãng cầu, cần 2 tấn trái mỗi ngày.",
        "Một cơ sở chế biến mãng cầu",
        "Một cơ sở chế biến muốn cùng nhà vườn làm 15 ha mãng cầu rải vụ để có trái quanh năm.",
        "Có thể bắt đầu từ vườn đã 5 năm tuổi không?",
        next_step="Khảo sát ba vườn ở chân núi Bà Đen",
    ),
    Request(
        "Chế phẩm vi sinh giảm mùi và rút ngắn xử lý nước thải sơ chế mủ cao su",
        "congty1",
        12,
        "accepted",
        "Muốn thử trên một bể 200 m³ trong một tháng.",
        "Nhà máy có thêm xưởng sơ chế mủ, dân quanh xưởng phàn nàn về mùi.",
        "Một xưởng sơ chế mủ cao su",
        "Một xưởng sơ chế mủ muốn thử chế phẩm trên một bể 200 m³ trong một tháng, có đo mùi.",
        messages=(
            ("asker", "Xưởng có sẵn sổ đo COD hai năm nay, tuần sau chúng tôi gửi."),
            ("owner", "Cảm ơn. Chúng tôi cần thêm lưu lượng vào bể theo giờ."),
        ),
    ),
    Request(
        "Thu hồi nhiệt lò tráng bánh để sấy bánh",
        "startup6",
        6,
        "passed_on",
        "Muốn lắp cho hai lò, nhờ tính thử tiền củi tiết kiệm được.",
        "Cơ sở bánh tráng phơi sương, 12 thợ.",
        "Một cơ sở làm bánh tráng",
        "Một cơ sở có hai lò tráng muốn biết lắp bộ thu nhiệt thì tiết kiệm bao nhiêu củi.",
    ),
    Request(
        "Men vi sinh xử lý đáy ao tôm nước lợ",
        "startup8",
        3,
        "received",
        "Muốn mua thử cho một ao 3.000 m².",
        "Tổ hợp tác nuôi thủy sản, mới chuyển một ao sang nuôi tôm.",
    ),
    Request(
        "Bao bì dùng một lần từ bã mì",
        "startup5",
        2,
        "new",
        "Muốn đặt 20.000 hộp cơm in logo điểm du lịch.",
        "Công ty làm du lịch trải nghiệm quanh núi Bà Đen.",
        unclear="Hộp chịu được canh nóng bao lâu?",
    ),
    Request(
        "Cảm biến độ ẩm và điều khiển tưới nhỏ giọt cho mía, mì",
        "startup9",
        1,
        "new",
        "Muốn dùng cho 8 ha chanh, có hợp không?",
        "Công ty chế biến chanh không hạt, có vườn riêng.",
    ),
    Request(
        "Máy thu hoạch khoai mì một hàng",
        "congty1",
        64,
        "declined",
        "Muốn làm đại lý độc quyền trong tỉnh.",
        "Nhà máy tinh bột có đội cơ giới 14 máy.",
        "Một doanh nghiệp thu mua khoai mì",
        "Một doanh nghiệp muốn làm đại lý độc quyền của máy thu hoạch trong tỉnh.",
        reason="doc-quyen",
    ),
    Request(
        "Giảm hao hụt mãng cầu khi vận chuyển đi xa",
        "nhacungung4",
        16,
        "in_contact",
        "Chúng tôi làm kho mát và thùng giữ lạnh, muốn cùng đo hao hụt trên một chuyến đi Hà Nội.",
        "Công ty thiết bị sau thu hoạch, 20 thợ, đã lắp 11 kho.",
        "Một công ty làm thiết bị sau thu hoạch",
        "Một công ty làm kho mát muốn cùng đo hao hụt trên một chuyến hàng đi Hà Nội.",
        next_step="Chọn chuyến hàng thử đầu tháng 12",
    ),
    Request(
        "Đặng Văn Khải",
        "startup1",
        64,
        "done",
        "Nhờ tư vấn chế độ sấy lạnh để bột giữ màu trắng ngà.",
        "Công ty sấy lạnh mãng cầu, đang thử mẻ 50 kg.",
        "Một cơ sở sấy lạnh trái cây",
        "Một cơ sở sấy lạnh cần tư vấn chế độ sấy để bột trái cây không sẫm màu.",
    ),
)


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody told in three fields, by phone or at a booth, `days` ago."""

    problem: str
    phone: str
    commune: str
    days: float
    name: str = ""
    channel: str = "web"
    becomes: str = "new"
    """"new", "in_hand", "answered", "demand" or "closed"."""
    says: str = ""
    """The offer that was named, the name of the demand, or why it was closed."""
    hours: str = ""
    about: str = ""
    """For those who want to be called: the offer."""


NEEDS = (
    Need(
        "Ao nước thải lò mì cứ mưa lớn là tràn ra kênh, bà con phản ánh hoài.",
        "0902345601",
        "Phường Ninh Thạnh",
        0.3,
    ),
    Need("", "0902345602", "", 0.2, hours="evening", about="Máy cấy lúa nhỏ cho ruộng không vuông"),
    Need(
        "Vườn sầu riêng mới trồng mà giếng khoan tới tháng ba là cạn.",
        "0902345603",
        "",
        1,
        "Chú Bảy",
        "phone",
        "in_hand",
    ),
    Need(
        "Vỏ hạt điều chất đống sau xưởng, đốt thì khói, bỏ thì tiếc.",
        "0902345604",
        "",
        9,
        "Cô Út",
        "fair",
        "answered",
        "Bếp hơi dùng vỏ hạt điều cho lò sấy nhỏ",
    ),
    Need(
        "Cần máy bóc vỏ trứng cút luộc, mỗi ngày 8.000 trứng, đang làm bằng tay.",
        "0902345605",
        "",
        20,
        "Chị Sáu",
        "office",
        "demand",
        "Máy bóc vỏ trứng cút luộc cho cơ sở nhỏ",
    ),
    Need(
        "Muốn vay vốn mua máy cày.",
        "0902345606",
        "",
        15,
        "",
        "web",
        "closed",
        "Ngoài phạm vi của sàn; đã chỉ sang Quỹ hỗ trợ nông dân.",
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A memorandum or a contract, signed `days` ago; `about` names an offer."""

    kind: str
    about: str
    giver: str
    receiver: str
    days: int
    channel: str
    value: int | None = None
    public: bool = False
    approved: bool = True
    form: str = "doc-lap"
    annulled: str = ""


OUTCOMES = (
    Outcome(
        "memorandum", "Lò đốt trấu sấy lúa không khói", "nhacungung7", "congty3", 228, "techmart"
    ),
    Outcome(
        "contract",
        "Lò đốt trấu sấy lúa không khói",
        *("nhacungung7", "congty3", 190, "techmart"),
        value=420 * MILLION,
        public=True,
        form="mua-ban-thiet-bi",
    ),
    Outcome(
        "memorandum",
        "Máy băm lá mía tại ruộng giữ ẩm và hạn chế đốt đồng",
        *("nhacungung2", "congty1", 185, "trinh-dien"),
    ),
    Outcome(
        "contract",
        "Máy băm lá mía tại ruộng giữ ẩm và hạn chế đốt đồng",
        *("nhacungung2", "congty1", 140, "san"),
        value=318 * MILLION,
        public=True,
        form="mua-ban-thiet-bi",
    ),
    Outcome(
        "memorandum",
        "Màng lọc tuần hoàn nước rửa củ mì",
        *("nhacungung1", "congty1", 128, "san"),
    ),
    Outcome(
        "contract",
        "Hệ thống nhân nhanh hom mì sạch bệnh khảm lá trong nhà màng",
        *("nhacungung3", "congty1", 70, "san"),
        value=260 * MILLION,
        public=True,
    ),
    Outcome(
        "contract",
        "Thu hồi khí sinh học từ nước thải nhà máy tinh bột mì",
        *("nhacungung1", "congty1", 48, "san"),
        value=2_900 * MILLION,
        form="mua-ban-thiet-bi",
    ),
    Outcome(
        "memorandum",
        "Ủ phân hữu cơ từ lục bình và vỏ trấu có kiểm soát nhiệt",
        *("startup3", "congty3", 33, "truc-tiep"),
        annulled="Hai bên ký lại bằng hợp đồng, đã ghi riêng.",
    ),
    Outcome(
        "contract",
        "Kho mát mini cho trái cây bằng máy lạnh dân dụng",
        *("nhacungung4", "startup1", 20, "san"),
        value=95 * MILLION,
        approved=False,
        form="mua-ban-thiet-bi",
    ),
    Outcome(
        "memorandum",
        "Điện mặt trời tưới tiêu không pin lưu trữ cho vườn cây",
        *("nhacungung7", "startup1", 85, "techmart"),
    ),
    Outcome(
        "contract",
        "Cảm biến độ ẩm và điều khiển tưới nhỏ giọt cho mía, mì",
        *("startup5", "startup9", 60, "san"),
        value=18 * MILLION,
        public=True,
        form="thue-bao-dich-vu",
    ),
    Outcome(
        "contract",
        "Máy thu hoạch khoai mì một hàng",
        *("nhacungung2", "congty1", 55, "trinh-dien"),
        value=310 * MILLION,
        public=True,
        form="mua-ban-thiet-bi",
    ),
    Outcome(
        "memorandum",
        "Phần mềm nhật ký canh tác và truy xuất theo lô cho hợp tác xã",
        *("startup10", "congty3", 22, "truc-tiep"),
    ),
    Outcome(
        "memorandum",
        "Kho mát mini cho trái cây bằng máy lạnh dân dụng",
        *("nhacungung4", "congty3", 5, "san"),
    ),
)
