"""News of the demo. Numbers and events are invented and say so where they could mislead."""

from dataclasses import dataclass

COVER_ALT = "Tranh vẽ đường đồng mức của núi chảy vào hai dòng sông."
COVER_ALT_EN = "A drawing of the mountain's contour lines flowing into two rivers."

TOPICS = (
    ("Khởi nghiệp", "Startups", "khoi-nghiep"),
    ("Sở hữu trí tuệ", "Intellectual property", "so-huu-tri-tue"),
    ("Nghiên cứu và ứng dụng", "Research and use", "nghien-cuu"),
    ("Thị trường công nghệ", "Technology market", "thi-truong"),
    ("Tiêu chuẩn, đo lường", "Standards and metrology", "tieu-chuan"),
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `parts` are ("h", text), ("p", html) or ("q", text, source)."""

    title: str
    topic: str
    days_ago: int
    unit: str
    lead: str
    parts: tuple[tuple[str, ...], ...]
    caption: str = ""
    english: "Article | None" = None


ARTICLES = (
    Article(
        "Cuộc thi Khởi nghiệp đổi mới sáng tạo bắt đầu nhận hồ sơ trực tuyến",
        "khoi-nghiep",
        2,
        "Phòng Quản lý Công nghệ và Đổi mới sáng tạo",
        "Từ hôm nay, cá nhân, nhóm và tổ chức có thể lập hồ sơ ngay trên Cổng, lưu từng phần và nộp lại nhiều lần trước hạn.",
        (
            (
                "p",
                "<p>Mùa thi năm nay có hai bảng: <b>Ý tưởng</b> dành cho giải pháp chưa ra thị trường và <b>Dự án</b> dành cho nhóm đã có sản phẩm thử hoặc khách hàng. Người dự thi không cần có doanh nghiệp mới lập được hồ sơ.</p>",
            ),
            ("h", "Điểm mới của mùa thi"),
            (
                "p",
                "<ul><li>Hồ sơ được lưu ngay khi gõ; mất mạng vẫn giữ trên máy.</li><li>Người dự thi xem trước đúng những gì giám khảo sẽ thấy.</li><li>Mỗi lần nộp có biên nhận và mã xác thực.</li></ul>",
            ),
            (
                "q",
                "Chúng tôi muốn người thi biết hồ sơ của mình đang ở đâu, ai đọc và vì sao được điểm như vậy.",
                "Đại diện Ban Tổ chức",
            ),
            (
                "p",
                "<p>Ban Tổ chức khuyến khích nộp sớm. Hồ sơ nộp trước hạn vẫn sửa và nộp lại được cho đến giờ đóng.</p>",
            ),
        ),
        "Đường đồng mức núi Bà Đen, tranh vẽ của Cổng.",
        Article(
            "The startup competition now takes entries online",
            "khoi-nghiep",
            2,
            "Technology and Innovation Division",
            "People, groups and organisations can now prepare an entry on the portal, save it part by part and submit again until the deadline.",
            (
                (
                    "p",
                    "<p>There are two tracks this season: <b>Ideas</b> for solutions not yet on the market, and <b>Projects</b> for teams with a prototype or customers. No company is needed to start.</p>",
                ),
                ("h", "What is new"),
                (
                    "p",
                    "<ul><li>What you type is saved at once and kept on your device when the connection breaks.</li><li>You see exactly what the judges will see.</li><li>Each submission has a receipt.</li></ul>",
                ),
            ),
            "Contour lines of Núi Bà Đen, drawn for the portal.",
        ),
    ),
    Article(
        "Mở đợt đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2027",
        "nghien-cuu",
        5,
        "Phòng Quản lý Khoa học",
        "Các đơn vị, doanh nghiệp và người dân gửi đề xuất gắn với bài toán cụ thể của địa phương và có nơi ứng dụng kết quả.",
        (
            (
                "p",
                "<p>Đề xuất ngắn gọn trong hai trang, nêu rõ vấn đề, ai cần lời giải, cách làm dự kiến và nơi tiếp nhận kết quả. Hội đồng tư vấn xem xét theo từng đợt.</p>",
            ),
            ("h", "Lĩnh vực ưu tiên"),
            (
                "p",
                "<ol><li>Nông nghiệp công nghệ cao và giảm hao hụt sau thu hoạch.</li><li>Xử lý phụ phẩm của ngành mì, mía, cao su.</li><li>Chuyển đổi số ở xã, phường.</li></ol>",
            ),
        ),
    ),
    Article(
        "Hỗ trợ đăng ký sở hữu trí tuệ: ai được hỗ trợ và nộp ở đâu",
        "so-huu-tri-tue",
        9,
        "Phòng Sở hữu trí tuệ",
        "Bài viết tóm tắt các bước để tổ chức, cá nhân trong tỉnh đề nghị hỗ trợ chi phí đăng ký bảo hộ.",
        (
            (
                "p",
                "<p>Người đề nghị chuẩn bị đơn, bản sao văn bằng hoặc quyết định chấp nhận đơn hợp lệ và chứng từ chi phí. Hồ sơ thiếu được báo lại một lần, nói rõ thiếu gì.</p>",
            ),
            ("h", "Câu hỏi hay gặp"),
            (
                "p",
                "<p>Hộ kinh doanh có được hỗ trợ không? Có, nếu đăng ký kinh doanh trên địa bàn tỉnh. Nhóm chưa có pháp nhân thì người đại diện đứng tên.</p>",
            ),
        ),
    ),
    Article(
        "Nghiệm thu mô hình mãng cầu tưới tiết kiệm ở phường Ninh Thạnh",
        "nghien-cuu",
        14,
        "Trung tâm Khoa học và Công nghệ",
        "Mô hình 6 ha kết hợp tưới nhỏ giọt và xử lý ra hoa rải vụ giúp nhà vườn thu quanh năm.",
        (
            (
                "p",
                "<p>Hội đồng nghiệm thu đánh giá mô hình đạt yêu cầu. Sáu hộ tham gia đã tự vận hành được hệ thống sau ba buổi tập huấn.</p>",
            ),
            (
                "q",
                "Trước tôi tưới bằng vòi, giờ bấm điện thoại. Nước bớt đi thấy rõ.",
                "Chủ vườn tham gia mô hình",
            ),
            ("p", "<p>Quy trình được đưa lên sàn công nghệ để nơi khác tìm hiểu.</p>"),
        ),
        "Đường đồng mức, tranh vẽ của Cổng.",
    ),
    Article(
        "Không gian làm việc chung chuẩn bị nhận đặt chỗ trực tuyến",
        "khoi-nghiep",
        18,
        "Trung tâm Khoa học và Công nghệ",
        "Hai mươi bàn, hai phòng họp và một hội trường nhỏ sẽ mở cho nhóm khởi nghiệp trong tỉnh, phần lớn miễn phí.",
        (
            (
                "p",
                "<p>Lịch trống sẽ được công khai trên Cổng. Doanh nghiệp đã xác minh đặt bàn được ngay, phòng họp và hội trường cần duyệt.</p>",
            ),
            (
                "p",
                "<p>Trong thời gian chuẩn bị, các nhóm có thể ghé thăm trong giờ hành chính.</p>",
            ),
        ),
        "",
        Article(
            "The co-working space prepares for online booking",
            "khoi-nghiep",
            18,
            "Centre for Science and Technology",
            "Twenty desks, two meeting rooms and a small hall will open to the province's startups, mostly free of charge.",
            (
                (
                    "p",
                    "<p>Free times will be public on the portal. Verified companies book a desk at once; rooms and the hall need approval.</p>",
                ),
            ),
        ),
    ),
    Article(
        "Ngành mì nhìn từ khoa học: giống sạch bệnh và phụ phẩm",
        "nghien-cuu",
        23,
        "Phòng Quản lý Khoa học",
        "Bệnh khảm lá và bã thải là hai bài toán lớn nhất của vùng nguyên liệu; đều có lời giải đang thử nghiệm.",
        (
            (
                "p",
                "<p>Các nhóm nghiên cứu giới thiệu hệ thống nhân nhanh hom sạch bệnh trong nhà màng và quy trình sấy bã làm thức ăn chăn nuôi.</p>",
            ),
            ("h", "Việc tiếp theo"),
            ("p", "<p>Tỉnh chọn ba tổ hợp tác làm điểm, số liệu được công bố sau mỗi vụ.</p>"),
        ),
    ),
    Article(
        "Nhật ký sàn công nghệ quý III: 24 kết nối, 3 biên bản ghi nhớ (số minh họa)",
        "thi-truong",
        30,
        "Bộ phận sàn công nghệ",
        "Nhu cầu nhiều nhất là xử lý nước thải, bảo quản trái cây và nhật ký điện tử cho hợp tác xã.",
        (
            (
                "p",
                "<p>Thời gian từ lúc gửi yêu cầu đến khi bên cung trả lời trung bình là bốn ngày làm việc. Các trường hợp không thành đều ghi lý do để bên cung hoàn thiện.</p>",
            ),
        ),
    ),
    Article(
        "Bản tin TBT tháng: yêu cầu mới với thực phẩm chế biến xuất khẩu",
        "tieu-chuan",
        36,
        "Chi cục Tiêu chuẩn Đo lường Chất lượng",
        "Tóm tắt các thông báo liên quan đến ghi nhãn và dư lượng mà cơ sở chế biến trong tỉnh nên xem.",
        (
            (
                "p",
                "<p>Cơ sở xuất khẩu bánh tráng, trái cây sấy và nước chanh nên kiểm tra lại nhãn phụ và hồ sơ tự công bố.</p>",
            ),
            (
                "p",
                '<p>Người cần bản đầy đủ gửi câu hỏi qua <a href="/lien-he/">trang liên hệ</a>.</p>',
            ),
        ),
    ),
    Article(
        "Tập huấn truy xuất nguồn gốc cho chủ thể OCOP",
        "tieu-chuan",
        44,
        "Chi cục Tiêu chuẩn Đo lường Chất lượng",
        "Ba lớp tập huấn hướng dẫn lập mã, ghi nhật ký và đọc kết quả truy xuất cho 120 người.",
        (
            ("p", "<p>Học viên mang theo sản phẩm của mình và làm trọn một lô ngay tại lớp.</p>"),
            ("h", "Lịch lớp"),
            (
                "p",
                "<ul><li>Lớp 1: phường Hoà Thành.</li><li>Lớp 2: xã Bến Lức.</li><li>Lớp 3: xã Tân Biên.</li></ul>",
            ),
        ),
    ),
    Article(
        "Sở công bố danh mục dữ liệu mở về nhiệm vụ khoa học và công nghệ",
        "thi-truong",
        52,
        "Văn phòng Sở",
        "Danh mục cho biết tên nhiệm vụ, cơ quan chủ trì, thời gian và kết quả có thể chuyển giao.",
        (
            (
                "p",
                '<p>Dữ liệu ở dạng bảng, tải về tự do, cập nhật mỗi quý. Người dùng báo lỗi qua <a href="/lien-he/">trang liên hệ</a>.</p>',
            ),
        ),
    ),
)
