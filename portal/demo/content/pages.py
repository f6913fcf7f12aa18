"""Standing pages of the demo, in Vietnamese and English."""

HOME = {
    "vi": {
        "title": "Nơi ý tưởng của Tây\u00a0Ninh tìm được đường đi",
        "lead": "Dự thi khởi nghiệp, tìm công nghệ, gặp đối tác: một tài khoản, một nơi.",
        "summary": "Cổng Đổi mới sáng tạo của Sở Khoa học và Công nghệ tỉnh Tây Ninh.",
    },
    "en": {
        "title": "Where Tây Ninh's ideas find their way",
        "lead": "Enter the startup competition, find technology, meet partners: one account, one place.",
        "summary": "The innovation portal of the Department of Science and Technology of Tây Ninh.",
    },
}

# All invented. (Vietnamese name, English name, words of the logo, shape and colour of its mark,
# address)
PARTNERS = (
    (
        "Trường Đại học Vàm Cỏ (minh họa)",
        "Vàm Cỏ University (demo)",
        "Đại học Vàm Cỏ",
        "waves",
        "#1f4f7a",
        "https://vamco.demo.example/",
    ),
    (
        "Vườn ươm Trảng Bàng (minh họa)",
        "Trảng Bàng Incubator (demo)",
        "Vườn ươm Trảng Bàng",
        "leaf",
        "#0f5c4a",
        "https://vuonuom.demo.example/",
    ),
    (
        "Quỹ Hạt giống Phương Nam (minh họa)",
        "Southern Seed Fund (demo)",
        "Quỹ Hạt giống",
        "rings",
        "#8a2c18",
        "https://quy.demo.example/",
    ),
    (
        "Viện Nông nghiệp số (minh họa)",
        "Digital Farming Institute (demo)",
        "Viện Nông nghiệp số",
        "grid",
        "#6e4a00",
        "",
    ),
    (
        "Hội Doanh nhân trẻ Bến Lức (minh họa)",
        "Bến Lức Young Entrepreneurs (demo)",
        "Doanh nhân trẻ Bến Lức",
        "peak",
        "#123a52",
        "https://hoi.demo.example/",
    ),
)

# (key, in the main menu, in the footer, Vietnamese, English)
STANDING = (
    (
        "about",
        True,
        True,
        {
            "title": "Giới thiệu",
            "summary": "Cổng làm gì, ai vận hành và ai dùng.",
            "body": (
                (
                    "p",
                    "<p>Cổng Đổi mới sáng tạo do Sở Khoa học và Công nghệ vận hành, là nơi tổ chức cuộc thi khởi nghiệp, giới thiệu công nghệ và đưa tin về đổi mới sáng tạo của tỉnh.</p>",
                ),
                ("h", "Ai dùng Cổng"),
                (
                    "p",
                    "<ul><li>Nhóm khởi nghiệp và doanh nghiệp.</li><li>Giám khảo chấm điểm trực tuyến.</li><li>Hợp tác xã, đơn vị cung ứng, viện, trường.</li><li>Người dân muốn kiểm tra kết quả.</li></ul>",
                ),
                ("n", "96 xã, phường", "2 dòng Vàm Cỏ", "986 m núi Bà Đen"),
            ),
        },
        {
            "title": "About",
            "summary": "What the portal does, who runs it and who uses it.",
            "body": (
                (
                    "p",
                    "<p>The innovation portal is run by the Department of Science and Technology. It holds the startup competition, shows technology and reports on innovation in the province.</p>",
                ),
            ),
        },
    ),
    (
        "help",
        False,
        True,
        {
            "title": "Hỏi đáp",
            "summary": "Những câu người dự thi và giám khảo hay hỏi.",
            "body": (
                (
                    "a",
                    (
                        "Chưa có doanh nghiệp có dự thi được không?",
                        "<p>Được. Bạn lập hồ sơ với tư cách cá nhân hoặc nhóm, không cần pháp nhân.</p>",
                    ),
                    (
                        "Nộp rồi có sửa được không?",
                        "<p>Được, đến giờ đóng. Bản đã nộp vẫn có hiệu lực cho tới khi bản mới nộp xong.</p>",
                    ),
                    (
                        "Ai xem được hồ sơ của tôi?",
                        "<p>Chỉ người trong nhóm, chuyên viên phụ trách, lãnh đạo Sở và giám khảo được phân công; giám khảo không thấy số điện thoại, email.</p>",
                    ),
                ),
            ),
        },
        None,
    ),
    (
        "privacy",
        False,
        True,
        {
            "title": "Quyền riêng tư",
            "summary": "Cổng giữ dữ liệu gì, để làm gì và trong bao lâu.",
            "body": (
                (
                    "p",
                    "<p>Cổng chỉ hỏi những gì cần cho việc bạn làm. Không thu ảnh giấy tờ tùy thân, không dùng công cụ theo dõi của bên thứ ba, không tải gì từ máy chủ khác.</p>",
                ),
                ("h", "Sự đồng ý"),
                (
                    "p",
                    "<p>Mỗi sự đồng ý được ghi lại với nội dung, phiên bản và thời điểm, không bao giờ được đánh dấu sẵn, và rút lại được.</p>",
                ),
            ),
        },
        {
            "title": "Privacy",
            "summary": "What the portal keeps, what for and how long.",
            "body": (
                (
                    "p",
                    "<p>The portal asks only for what your task needs. It takes no copies of identity papers, uses no third-party trackers and loads nothing from other servers.</p>",
                ),
            ),
        },
    ),
    (
        "accessibility",
        False,
        True,
        {
            "title": "Khả năng tiếp cận",
            "summary": "Cổng được làm theo WCAG 2.2 mức AA.",
            "body": (
                (
                    "p",
                    '<p>Mọi trang dùng được bằng bàn phím, trình đọc màn hình, khi phóng to 200 % và khi tắt mã kịch bản. Nếu gặp trở ngại, hãy báo cho chúng tôi qua <a href="/lien-he/">trang liên hệ</a>.</p>',
                ),
            ),
        },
        None,
    ),
)

CONTACT = {
    "vi": {"title": "Liên hệ", "summary": "Địa chỉ, điện thoại và giờ làm việc."},
    "en": {"title": "Contact", "summary": "Address, phone and opening hours."},
}
CONTACT_BODY = {
    "vi": (
        (
            "p",
            "<p>Giờ làm việc: 7 giờ 30 đến 11 giờ 30 và 13 giờ đến 17 giờ, từ Thứ Hai đến Thứ Sáu.</p>",
        ),
    ),
    "en": (("p", "<p>Open from 7:30 to 11:30 and from 13:00 to 17:00, Monday to Friday.</p>"),),
}

NEWS = {
    "vi": {
        "title": "Tin tức",
        "slug": "tin-tuc",
        "summary": "Hoạt động khoa học, công nghệ và đổi mới sáng tạo của tỉnh.",
    },
    "en": {
        "title": "News",
        "slug": "news",
        "summary": "Science, technology and innovation in the province.",
    },
}
COMPETITIONS = {
    "vi": {
        "title": "Cuộc thi",
        "slug": "cuoc-thi",
        "summary": "Các mùa thi Khởi nghiệp đổi mới sáng tạo, từ thể lệ đến kết quả.",
    },
    "en": {
        "title": "Competition",
        "slug": "competition",
        "summary": "The startup competition, from rules to results.",
    },
}

WHO_MAY_ENTER = {
    "vi": (
        (
            "p",
            "<ul><li>Cá nhân, nhóm từ 2 đến 5 người và tổ chức có hoạt động tại tỉnh.</li><li>Doanh nghiệp thành lập chưa quá 5 năm kể từ lần đăng ký đầu tiên.</li><li>Người nước ngoài được tham gia trong nhóm có người đại diện cư trú tại Việt Nam.</li><li>Thành viên Ban Tổ chức, tổ thư ký và giám khảo không được dự thi.</li></ul>",
        ),
    ),
    "en": (
        (
            "p",
            "<ul><li>People, groups of two to five, and organisations active in the province.</li><li>Companies at most five years old from first registration.</li><li>Foreigners may take part in a group whose representative lives in Vietnam.</li></ul>",
        ),
    ),
}
RULES = {
    "vi": (
        ("h", "Điều 1. Nộp hồ sơ"),
        (
            "p",
            "<p>Hồ sơ nộp trên Cổng, miễn phí. Bản trả lời trực tuyến là thuyết minh, không phải nộp lại trên giấy.</p>",
        ),
        ("h", "Điều 2. Chấm điểm"),
        (
            "p",
            "<p>Mỗi hồ sơ do ít nhất ba giám khảo chấm độc lập theo thang điểm công bố. Điểm của hồ sơ là trung bình cộng các phiếu. Hồ sơ đạt khi từ 50 điểm và không có tiêu chí nào 0 điểm.</p>",
        ),
        ("h", "Điều 3. Xung đột lợi ích"),
        (
            "p",
            "<p>Giám khảo không chấm hồ sơ của nhóm mình, tổ chức mình hoặc nơi mình có quan hệ lợi ích.</p>",
        ),
        ("h", "Điều 4. Kết quả và kiến nghị"),
        (
            "p",
            "<p>Kết quả công bố kèm số quyết định. Đội thi gửi kiến nghị về kết quả trong 15 ngày kể từ ngày công bố.</p>",
        ),
    ),
    "en": (
        ("h", "Article 1. Entering"),
        ("p", "<p>Entries are made on the portal, free of charge.</p>"),
        ("h", "Article 2. Marking"),
        ("p", "<p>At least three judges mark each entry independently; the mean decides.</p>"),
    ),
}
