"""The demo's department: units, people and the pages that the rules ask for. People are invented."""

# (key, parent, Vietnamese name, English name, duties, duties in English)
UNITS = (
    (
        "so",
        None,
        "Sở Khoa học và Công nghệ",
        "Department of Science and Technology",
        "Tham mưu, giúp Ủy ban nhân dân tỉnh quản lý nhà nước về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trên địa bàn tỉnh.",
        "Advises the People's Committee of the province on science, technology, innovation and digital transformation, and carries out the State's management of these fields.",
    ),
    (
        "van-phong",
        "so",
        "Văn phòng Sở",
        "Office of the Department",
        "Tổng hợp, hành chính, tiếp công dân, cung cấp thông tin và vận hành Cổng.",
        "Administration, receiving citizens, giving information and running this portal.",
    ),
    (
        "cong-nghe",
        "so",
        "Phòng Quản lý Công nghệ và Đổi mới sáng tạo",
        "Division of Technology and Innovation",
        "Quản lý công nghệ, thị trường công nghệ, hoạt động khởi nghiệp sáng tạo; tổ chức cuộc thi khởi nghiệp.",
        "Technology, the technology market and startups; organises the startup competition.",
    ),
    (
        "khoa-hoc",
        "so",
        "Phòng Quản lý Khoa học",
        "Division of Science",
        "Quản lý nhiệm vụ khoa học và công nghệ, sở hữu trí tuệ, thông tin và thống kê khoa học.",
        "Research programmes, intellectual property, scientific information and statistics.",
    ),
    (
        "trung-tam",
        "so",
        "Trung tâm Đổi mới sáng tạo",
        "Innovation Centre",
        "Hỗ trợ khởi nghiệp, vận hành không gian làm việc chung và sàn giao dịch công nghệ của tỉnh.",
        "Supports startups, runs the co-working space and the technology exchange of the province.",
    ),
)
PHONE = "02720000000"

# (unit, name, position, position in English, login, gives information)
OFFICERS = (
    ("so", "Nguyễn Thị Thanh Hà", "Giám đốc", "Director", "lanhdao", False),
    ("so", "Hồ Văn Thuận", "Phó Giám đốc", "Deputy director", "phogiamdoc", False),
    ("van-phong", "Trần Minh Quân", "Chánh Văn phòng", "Head of the office", "quantri", True),
    ("van-phong", "Lê Hoài Phương", "Chuyên viên, biên tập Cổng", "Editor", "bientap", False),
    ("cong-nghe", "Đinh Thị Mỹ Lệ", "Trưởng phòng", "Head of division", "truongphongcn", False),
    ("cong-nghe", "Phạm Quốc Bảo", "Chuyên viên", "Officer", "chuyenvien", True),
    ("khoa-hoc", "Cao Hữu Nghĩa", "Trưởng phòng", "Head of division", "truongphongkh", False),
    ("trung-tam", "Lương Thị Hồng", "Giám đốc Trung tâm", "Head of the centre", "trungtam", False),
    ("trung-tam", "Võ Ngọc Lan", "Lễ tân", "Front desk", "letan", True),
)

ORGANISATION = {
    "vi": {
        "title": "Tổ chức bộ máy",
        "slug": "to-chuc",
        "summary": "Các đơn vị thuộc Sở, nhiệm vụ của từng đơn vị và người liên hệ. Họ tên là hư cấu.",
    },
    "en": {
        "title": "Organisation",
        "slug": "organisation",
        "summary": "The units of the Department, what they do and whom to ask. The names are invented.",
    },
}
SITE_MAP = {"title": "Sơ đồ Cổng", "slug": "so-do-cong", "summary": "Mọi trang của Cổng."}

DUTIES = {
    "title": "Chức năng, nhiệm vụ",
    "summary": "Sở làm gì và theo quy định nào.",
    "body": (
        (
            "p",
            "<p>Sở Khoa học và Công nghệ là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, tham mưu và giúp Ủy ban nhân dân tỉnh quản lý nhà nước về:</p>",
        ),
        (
            "p",
            "<ul><li>nghiên cứu khoa học, phát triển công nghệ và đổi mới sáng tạo;</li><li>sở hữu trí tuệ, tiêu chuẩn, đo lường, chất lượng;</li><li>ứng dụng công nghệ thông tin, chuyển đổi số;</li><li>thị trường công nghệ và hoạt động khởi nghiệp sáng tạo.</li></ul>",
        ),
        ("h", "Nhiệm vụ của từng đơn vị"),
        ("p", "<p>Xem trang Tổ chức bộ máy để biết nhiệm vụ và người liên hệ của từng đơn vị.</p>"),
    ),
}
INFORMATION = {
    "title": "Tiếp cận thông tin",
    "summary": "Thông tin Sở công khai, thông tin cung cấp theo yêu cầu và cách gửi yêu cầu.",
    "body": (
        ("h", "Thông tin được công khai"),
        (
            "p",
            "<p>Thể lệ, kết quả cuộc thi, tin tức, văn bản, tổ chức bộ máy và thông tin liên hệ được đăng ngay trên Cổng; kết quả và tin tức còn được cung cấp dưới dạng dữ liệu mở.</p>",
        ),
        ("h", "Thông tin cung cấp theo yêu cầu"),
        (
            "p",
            "<p>Công dân có thể yêu cầu thông tin do Sở tạo ra hoặc đang nắm giữ mà chưa công khai, trừ thông tin thuộc bí mật nhà nước, bí mật kinh doanh, đời sống riêng tư và các trường hợp khác do luật định.</p>",
        ),
        ("h", "Gửi yêu cầu"),
        (
            "p",
            '<p>Gửi yêu cầu ngay trên Cổng tại trang <a href="/yeu-cau-thong-tin/">Yêu cầu cung cấp thông tin</a>, gửi qua bưu điện hoặc đến Văn phòng Sở. Người khuyết tật, người gặp khó khăn khi viết được cán bộ Văn phòng Sở giúp điền phiếu.</p>',
        ),
        ("h", "Thời hạn"),
        (
            "p",
            "<p>Cổng ghi hạn trả lời ngay trên giấy tiếp nhận và gửi bản xác nhận về thư điện tử của người yêu cầu.</p>",
        ),
    ),
}
EXCHANGE_TERMS = {
    "title": "Quy chế sàn giao dịch công nghệ",
    "summary": "Ai được đăng, đăng gì, và Sở chịu trách nhiệm đến đâu.",
    "body": (
        ("h", "Điều 1. Phạm vi"),
        (
            "p",
            "<p>Sàn giới thiệu công nghệ, nhu cầu công nghệ và chuyên gia; kết nối hai bên. Trên sàn không đặt hàng, không thanh toán, không ký hợp đồng.</p>",
        ),
        ("h", "Điều 2. Bên cung cấp thông tin"),
        (
            "p",
            "<p>Bên đăng chịu trách nhiệm về tính đúng đắn của thông tin, quyền sở hữu trí tuệ và quyền chuyển giao; cam kết này được ghi lại khi đăng.</p>",
        ),
        ("h", "Điều 3. Kiểm tra trước khi đăng"),
        (
            "p",
            "<p>Sở kiểm tra thông tin trước khi đăng, ghi rõ đã xác minh những gì và xác minh khi nào. Việc đăng không phải là bảo đảm của Sở về công nghệ.</p>",
        ),
        ("h", "Điều 4. Phản ánh"),
        (
            "p",
            '<p>Ai thấy thông tin sai hoặc vi phạm quyền của mình có thể <a href="/gui-cau-hoi/">gửi phản ánh</a>; Sở xem xét và trả lời trong năm ngày làm việc.</p>',
        ),
    ),
}
# (purpose, in the footer, Vietnamese)
PAGES = (
    ("duties", False, DUTIES),
    ("information", True, INFORMATION),
    ("exchange_terms", True, EXCHANGE_TERMS),
)
