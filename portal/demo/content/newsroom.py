"""What the demo's newsroom shows: tags, attachments, and an article that waits for its editor."""

from portal.demo.content.articles import Article

TAGS = {
    "Cuộc thi Khởi nghiệp đổi mới sáng tạo bắt đầu nhận hồ sơ trực tuyến": (
        "Cuộc thi 2026",
        "Hồ sơ trực tuyến",
        "Khởi nghiệp",
    ),
    "Mở đợt đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2027": (
        "Nhiệm vụ khoa học",
        "Nông nghiệp công nghệ cao",
        "Phụ phẩm nông nghiệp",
    ),
    "Tập huấn truy xuất nguồn gốc cho chủ thể OCOP": ("OCOP", "Truy xuất nguồn gốc"),
    "Bản tin TBT tháng: yêu cầu mới với thực phẩm chế biến xuất khẩu": (
        "Truy xuất nguồn gốc",
        "Xuất khẩu",
    ),
}

ATTACHED_TO = "Mở đợt đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2027"
ATTACHMENTS = (
    (
        "Phiếu đề xuất nhiệm vụ (mẫu minh họa)",
        (
            ("Vấn đề cần giải quyết", "Nêu ai đang gặp khó, ở đâu và thiệt hại bao nhiêu."),
            ("Nơi tiếp nhận kết quả", "Tên đơn vị, người đại diện và cam kết sử dụng."),
        ),
    ),
    (
        "Hướng dẫn viết đề xuất trong hai trang (minh họa)",
        (("Ba điều nên có", "Một bài toán, một cách làm và một nơi dùng kết quả."),),
    ),
)

WAITING = Article(
    "Nông dân xã Tân Biên thử phân bón từ vỏ mì ủ vi sinh (số liệu minh họa)",
    "nghien-cuu",
    0,
    "Phòng Quản lý Khoa học",
    "Sau một vụ, ba hộ trồng mì giảm được một phần lượng phân hóa học mà năng suất không đổi.",
    (
        (
            "p",
            "<p>Vỏ mì của cơ sở chế biến trong xã được ủ với chế phẩm vi sinh trong 45 ngày, sau đó bón lót cho ba ruộng mì thử nghiệm.</p>",
        ),
        ("h", "Việc còn phải làm"),
        (
            "p",
            "<p>Nhóm thực hiện lấy mẫu đất sau vụ thứ hai rồi mới công bố định mức cho từng loại đất.</p>",
        ),
    ),
)
WAITING_TAGS = ("Phụ phẩm nông nghiệp",)
COMMENT = "Bổ sung giúp tên đơn vị lấy mẫu đất và cho biết số liệu đã được ai kiểm tra."
