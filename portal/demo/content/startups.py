"""The demo's ten startup profiles. All invented."""

from dataclasses import dataclass, field

INDEX = {
    "vi": {
        "title": "Khởi nghiệp",
        "slug": "khoi-nghiep",
        "summary": "Các startup của tỉnh: làm gì, ở đâu, đang tìm gì (dữ liệu minh họa).",
    },
    "en": {
        "title": "Startups",
        "slug": "startups",
        "summary": "The province's startups: what they do, where, and what they look for (demo data).",
    },
}

LIVE, WAITING, RETURNED = "live", "waiting", "returned"
COMMENT = "Xin bổ sung số tổ hợp tác đang dùng và nói rõ ai giữ dữ liệu của nông hộ."
ISSUER = "Sở Khoa học và Công nghệ (minh họa)"


@dataclass(frozen=True, slots=True)
class Startup:
    """One profile by the login of its owner; `logo` is a mark and a colour."""

    owner: str
    name: str
    tagline: str
    sector: str
    stage: str
    years: int
    needs: tuple[str, ...]
    description: str
    problem: str
    solution: str
    results: str
    products: tuple[dict[str, str], ...]
    team: tuple[dict[str, str], ...]
    english: dict[str, str] = field(default_factory=dict)
    logo: tuple[str, str] = ("", "")
    recognised: tuple[str, int] = ("", 0)
    """The number of the paper, and how many days ago it was issued."""
    where: str = LIVE


STARTUPS = (
    Startup(
        "startup1",
        "Mãng Cầu Lạnh",
        "Sinh tố và bột mãng cầu Bà Đen cấp đông cho quán nước và bếp ăn",
        "nong-nghiep-thuc-pham",
        "co-khach-hang",
        2,
        ("von", "thi-truong"),
        "Chúng tôi tách hạt và cấp đông phần thịt mãng cầu ngay tại xã, rồi đóng gói thành sinh tố và bột để dùng quanh năm.",
        "Mãng cầu chín rộ trong vài tuần; trái dập và quá lứa phải bán rẻ hoặc bỏ đi.",
        "Một xưởng nhỏ đặt gần vườn, cấp đông trong vòng sáu giờ sau khi hái.",
        "42 quán nước và 3 bếp ăn trường học đặt hằng tuần; doanh thu dưới 3 tỷ đồng một năm.",
        (
            {
                "name": "Sinh tố mãng cầu cấp đông",
                "summary": "Túi 500 g, không thêm đường.",
                "name_en": "Frozen custard apple smoothie",
                "summary_en": "500 g bags, no sugar added.",
            },
            {
                "name": "Bột mãng cầu sấy lạnh",
                "summary": "Cho làm bánh và kem.",
                "name_en": "Freeze-dried custard apple powder",
                "summary_en": "For baking and ice cream.",
            },
        ),
        ({"full_name": "Nguyễn Văn Tâm", "role": "Sáng lập", "role_en": "Founder"},),
        {
            "name_en": "Cold Custard Apple",
            "tagline_en": "Frozen custard apple from Bà Đen mountain for cafés and kitchens",
            "description_en": "We seed and freeze the fruit in the village where it grows and pack it as smoothie and powder, all year round.",
            "problem_en": "The fruit ripens within a few weeks; what is bruised or overripe is sold cheaply or thrown away.",
            "solution_en": "A small workshop near the orchards freezes the flesh within six hours of picking.",
            "results_en": "42 cafés and 3 school kitchens order every week; revenue below VND 3 billion a year.",
        },
        ("leaf", "#0f5c4a"),
        ("27/QĐ-SKHCN", 240),
    ),
    Startup(
        "startup2",
        "Bã Xanh",
        "Khay đựng thực phẩm ép từ bã mì, tự hủy trong ba tháng",
        "moi-truong",
        "mau-thu",
        1,
        ("von", "doi-tac-cong-nghe"),
        "Bã Xanh lấy bã từ các nhà máy tinh bột, sấy và ép nhiệt thành khay đựng thực phẩm thay cho khay xốp.",
        "Mỗi ngày các nhà máy mì thải ra hàng trăm tấn bã; phần lớn bán rẻ làm thức ăn chăn nuôi hoặc để chua.",
        "Ép nhiệt không dùng keo hóa học; lớp phủ sáp thực vật giữ nước trong bốn giờ.",
        "Mẫu thử được hai siêu thị trong tỉnh dùng thử; đã nộp đơn đăng ký giải pháp hữu ích.",
        ({"name": "Khay ba ngăn", "summary": "Chịu nước bốn giờ, dùng được trong lò vi sóng."},),
        (
            {"full_name": "Trần Thị Mỹ Hạnh", "role": "Sáng lập"},
            {"full_name": "Cao Thanh Phong", "role": "Kỹ thuật"},
        ),
        {
            "name_en": "Green Pulp",
            "tagline_en": "Food trays pressed from cassava pulp, gone within three months",
        },
        ("rings", "#43533f"),
    ),
    Startup(
        "startup3",
        "Lục Bình Farm",
        "Phân hữu cơ từ lục bình sông Vàm Cỏ",
        "moi-truong",
        "co-khach-hang",
        3,
        ("thi-truong", "co-van"),
        "Hợp tác xã vớt lục bình làm tắc dòng chảy, ủ cùng phân bò thành phân hữu cơ cho vườn cây ăn trái.",
        "Lục bình phủ kín nhiều đoạn sông, cản ghe xuồng và công trình thủy lợi; nông dân lại thiếu chất hữu cơ cho đất.",
        "Băm, ủ hiếu khí 45 ngày với men vi sinh, sàng và đóng bao.",
        "Bán khoảng 600 tấn một năm cho các vườn chanh và thanh long.",
        ({"name": "Phân hữu cơ Lục Bình", "summary": "Bao 25 kg."},),
        ({"full_name": "Lê Quốc Việt", "role": "Giám đốc hợp tác xã"},),
        {"tagline_en": "Organic fertiliser from the water hyacinth of the Vàm Cỏ rivers"},
        ("waves", "#1f4f7a"),
    ),
    Startup(
        "startup4",
        "Dầu Tái Sinh",
        "Xà phòng rửa từ dầu ăn đã dùng của các quán ăn",
        "moi-truong",
        "mau-thu",
        1,
        ("co-van", "khong-gian"),
        "Chúng tôi thu dầu ăn đã dùng, lọc và nấu thành xà phòng rửa sàn, rửa máy móc.",
        "Dầu đã chiên nhiều lần bị đổ xuống cống hoặc bán lại trôi nổi.",
        "Thu gom theo lịch bằng can niêm phong, đổi dầu lấy xà phòng.",
        "35 quán ăn ở phường Tân Ninh tham gia thử.",
        ({"name": "Xà phòng rửa sàn", "summary": "Can 5 lít."},),
        ({"full_name": "Phạm Thị Diễm Thúy", "role": "Sáng lập"},),
        {},
        ("grid", "#6e4a00"),
    ),
    Startup(
        "startup5",
        "Tưới Đúng",
        "Cảm biến độ ẩm và điều khiển tưới cho ruộng mía, ruộng mì",
        "cong-nghe-so",
        "tang-truong",
        4,
        ("von", "nhan-su", "thi-truong"),
        "Một trạm cảm biến dùng pin mặt trời đo độ ẩm ở ba độ sâu và mở van tưới đúng lúc, xem được trên điện thoại.",
        "Nông dân tưới theo thói quen: mùa khô tốn điện, tốn nước mà năng suất không tăng.",
        "Cảm biến lắp trong nước, sóng LoRa đi được 5 km, phần mềm gợi ý lịch tưới theo giống và tuổi cây.",
        "Lắp trên 1.200 ha của 310 hộ và 2 nhà máy đường; tiết kiệm khoảng một phần tư lượng nước.",
        (
            {
                "name": "Trạm đo Tưới Đúng",
                "summary": "Ba độ sâu, pin mặt trời, sóng LoRa.",
                "name_en": "Right Water station",
                "summary_en": "Three depths, solar power, LoRa radio.",
            },
            {
                "name": "Van tưới thông minh",
                "summary": "Lắp vào đường ống có sẵn.",
                "name_en": "Smart valve",
                "summary_en": "Fits existing pipes.",
            },
        ),
        (
            {"full_name": "Hồ Minh Nhựt", "role": "Sáng lập", "role_en": "Founder"},
            {"full_name": "Tạ Kim Chi", "role": "Phần mềm", "role_en": "Software"},
        ),
        {
            "name_en": "Right Water",
            "tagline_en": "Soil sensors and irrigation control for sugar cane and cassava",
            "description_en": "A solar sensor station measures moisture at three depths, opens the valve at the right time and shows it on the phone.",
            "problem_en": "Farmers water by habit: the dry season costs power and water and brings no higher yield.",
            "solution_en": "Sensors built in the country, LoRa over 5 km, and schedules by variety and age of the crop.",
            "results_en": "On 1,200 hectares of 310 farms and 2 sugar mills, saving about a quarter of the water.",
        },
        ("peak", "#0f5c4a"),
        ("15/QĐ-SKHCN", 400),
    ),
    Startup(
        "startup6",
        "Sương Trảng",
        "Bánh tráng phơi sương Trảng Bàng bán trên mạng, giao trong ngày",
        "thuong-mai-dien-tu",
        "co-khach-hang",
        2,
        ("thi-truong", "nhan-su"),
        "Chúng tôi gom bánh của mười hai lò truyền thống, đóng gói giữ ẩm và bán trực tuyến kèm câu chuyện của từng lò.",
        "Bánh phơi sương ngon trong vài ngày; lò nhỏ không tự bán xa được.",
        "Túi giữ ẩm hai lớp, gom hàng lúc sáng sớm, giao trong ngày đến Thành phố Hồ Chí Minh.",
        "Khoảng 900 đơn một tháng; lò tham gia bán được giá cao hơn một phần năm.",
        ({"name": "Hộp cuốn gia đình", "summary": "Bánh, rau và mắm cho bốn người."},),
        ({"full_name": "Đỗ Thị Kim Ngân", "role": "Sáng lập"},),
        {"tagline_en": "Dew-wetted rice paper from Trảng Bàng, online, delivered the same day"},
    ),
    Startup(
        "startup7",
        "Chạch Lấu 360",
        "Nuôi chạch lấu trong bể tuần hoàn, nước dùng lại chín phần mười",
        "nong-nghiep-thuc-pham",
        "mau-thu",
        1,
        ("von", "co-van"),
        "Hệ bể tuần hoàn cho hộ có đất nhỏ, theo dõi ôxy và nhiệt độ qua điện thoại.",
        "Nuôi ao tốn nước và dễ mất trắng khi nguồn nước ô nhiễm.",
        "Lọc cơ học và vi sinh, cảnh báo tự động khi ôxy xuống thấp.",
        "Hai vụ thử ở xã Châu Thành, tỷ lệ sống trên 85 %.",
        ({"name": "Bộ bể 20 m³", "summary": "Lắp trong ba ngày."},),
        ({"full_name": "Bùi Thanh Sang", "role": "Sáng lập"},),
    ),
    Startup(
        "startup8",
        "Núi Kể Chuyện",
        "Thuyết minh du lịch theo vị trí, nghe được cả khi mất sóng",
        "du-lich-van-hoa",
        "co-khach-hang",
        1,
        ("von", "thi-truong"),
        "Ứng dụng kể chuyện núi Bà Đen và các làng nghề bằng tiếng Việt, Anh và Khmer, tự phát khi du khách đến nơi.",
        "Du khách lên núi rồi về, ít ai biết chuyện của vùng đất và ghé làng nghề.",
        "Gói âm thanh tải trước, định vị trên máy, không gửi vị trí về máy chủ.",
        "11.000 lượt nghe trong mùa lễ; ba công ty lữ hành mua gói cho đoàn.",
        ({"name": "Gói Núi Bà Đen", "summary": "34 điểm dừng, hai giờ âm thanh."},),
        (
            {"full_name": "Võ Thị Hồng Gấm", "role": "Sáng lập"},
            {"full_name": "Danh Sô Phát", "role": "Nội dung tiếng Khmer"},
        ),
        {
            "name_en": "The Mountain Tells",
            "tagline_en": "Audio guides that follow where you are, even without a signal",
        },
        ("peak", "#1f4f7a"),
    ),
    Startup(
        "startup9",
        "Chanh Zero",
        "Tinh dầu, mứt và pectin từ vỏ chanh Bến Lức",
        "nong-nghiep-thuc-pham",
        "y-tuong",
        1,
        ("co-van", "doi-tac-cong-nghe"),
        "Chúng tôi muốn dùng hết trái chanh: vỏ thành tinh dầu và mứt, bã thành pectin.",
        "Xưởng ép chanh bỏ đi gần nửa khối lượng trái.",
        "Chưng cất quy mô nhỏ đặt ngay tại xưởng ép.",
        "",
        ({"name": "Tinh dầu vỏ chanh", "summary": "Chai 10 ml."},),
        ({"full_name": "Nguyễn Hữu Ân", "role": "Sáng lập"},),
        where=WAITING,
    ),
    Startup(
        "startup10",
        "Lúa Sổ",
        "Nhật ký đồng ruộng số cho tổ hợp tác trồng lúa",
        "cong-nghe-so",
        "mau-thu",
        1,
        ("von", "co-van"),
        "Tổ trưởng ghi nhật ký bằng giọng nói, phần mềm lập sổ theo mẫu VietGAP và in mã truy xuất.",
        "Sổ giấy ghi dồn cuối vụ, sai và thiếu nên không xuất được lô hàng.",
        "Ghi bằng giọng nói tiếng miền Nam, dùng được khi mất mạng.",
        "",
        ({"name": "Sổ đồng ruộng", "summary": "Một tổ dùng chung một sổ."},),
        ({"full_name": "Ông Thị Tuyết Mai", "role": "Sáng lập"},),
        where=RETURNED,
    ),
)
