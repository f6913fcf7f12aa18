"""The demo's co-working space: invented, as everything here."""

from datetime import date, time

SPACE = {
    "name": "Không gian khởi nghiệp sáng tạo Tây Ninh",
    "name_en": "Tây Ninh Startup Space",
    "slug": "tay-ninh",
    "address": "Tầng 2, số 1 đường Ví Dụ, phường Long An, tỉnh Tây Ninh",
    "phone": "0272 000 0001",
    "email": "letan@demo.example",
}
DRAWN = "hình vẽ minh họa"
VISITOR = "Khách tham quan (minh họa)"
DAYS_AT_A_DESK = ((7.5, 11.5), (8, 11.5), (8, 12), (8, 17), (8.5, 16.5), (9, 17.5), (13.5, 17))
"""Hours that people have desks for, as fractions of hours."""
WEEKDAYS = (time(7, 30), time(20))
SATURDAY = (time(7, 30), time(12))

RULES = """Không gian mở miễn phí cho tổ chức, cá nhân khởi nghiệp đổi mới sáng tạo.

1. Đến đúng giờ đã đặt; quá 30 phút không đến, chỗ được nhường cho người khác.
2. Giữ trật tự, nghe gọi điện thoại trong phòng gọi.
3. Giữ vệ sinh chung, không hút thuốc, không mang chất dễ cháy nổ.
4. Tự giữ tài sản cá nhân; báo lễ tân khi thiết bị hỏng.
5. Khi không dùng nữa, hủy lượt đặt sớm để người khác có chỗ."""
RULES_EN = """The space is free of charge for startups and innovators.

1. Come at the time you booked; after 30 minutes the place goes to others.
2. Keep quiet; make calls in the call room.
3. Keep the place clean; no smoking, nothing inflammable.
4. Look after your things; tell the front desk when something is broken.
5. When you no longer need a place, cancel early so that others have it."""

FEATURES = (
    ("Màn hình lớn", "Large screen"),
    ("Bảng viết", "Whiteboard"),
    ("Họp trực tuyến", "Video conferencing"),
    ("Màn hình rời", "Monitor"),
    ("Âm thanh, micro", "Sound and microphones"),
    ("Máy in 3D", "3D printer"),
)

DESKS = {
    "kind": "desk",
    "name": "Bàn làm việc chung",
    "name_en": "Shared desk",
    "slug": "ban-lam-viec",
    "description": "Bàn 1,2 m có ổ cắm và mạng, ghế xoay.",
    "description_en": "1.2 m desk with power and network, swivel chair.",
    "has_power": True,
    "height": "fixed",
    "horizon_days": 60,
}
ADJUSTABLE_DESKS = {
    "kind": "desk",
    "name": "Bàn nâng hạ cạnh lối vào",
    "name_en": "Adjustable desk near the entrance",
    "slug": "ban-nang-ha",
    "description": "Bàn nâng hạ bằng điện, lối đi rộng 1,5 m cho xe lăn, có màn hình rời.",
    "description_en": "Electric height, 1.5 m aisle for wheelchairs, with a monitor.",
    "has_power": True,
    "step_free": True,
    "height": "adjustable",
    "horizon_days": 60,
}
ROOMS = (
    {
        "kind": "room",
        "name": "Phòng gọi",
        "name_en": "Call room",
        "slug": "phong-goi",
        "description": "Phòng cách âm cho hai người.",
        "description_en": "Soundproof, for two.",
        "capacity": 2,
        "max_minutes": 120,
        "step_free": True,
        "has_power": True,
    },
    {
        "kind": "room",
        "name": "Phòng họp Vàm Cỏ",
        "name_en": "Vàm Cỏ meeting room",
        "slug": "phong-hop-vam-co",
        "description": "Bàn tròn, màn hình 55 inch, bảng viết.",
        "description_en": "Round table, 55 inch screen, whiteboard.",
        "capacity": 6,
        "max_minutes": 240,
        "buffer_after": 15,
        "step_free": True,
        "has_power": True,
    },
    {
        "kind": "room",
        "name": "Phòng họp Bà Đen",
        "name_en": "Bà Đen meeting room",
        "slug": "phong-hop-ba-den",
        "description": "Bàn dài, họp trực tuyến, bảng viết hai mặt.",
        "description_en": "Long table, video conferencing, whiteboard.",
        "capacity": 12,
        "max_minutes": 240,
        "buffer_after": 15,
        "step_free": True,
        "has_power": True,
    },
)
HALL = {
    "kind": "hall",
    "name": "Hội trường",
    "name_en": "Event hall",
    "slug": "hoi-truong",
    "description": "80 chỗ, sân khấu thấp, âm thanh, màn chiếu. Lễ tân duyệt từng buổi.",
    "description_en": "80 seats, low stage, sound, projection. The front desk approves each use.",
    "capacity": 80,
    "min_minutes": 60,
    "max_minutes": 600,
    "buffer_before": 30,
    "buffer_after": 30,
    "notice_minutes": 1440,
    "horizon_days": 90,
    "needs_approval": True,
    "bookers": "verified",
    "step_free": True,
    "has_power": True,
    "slot_minutes": 60,
}
LAB = {
    "kind": "equipment",
    "name": "Máy in 3D",
    "name_en": "3D printer",
    "slug": "may-in-3d",
    "description": "Khổ in 25 × 25 × 30 cm. Có kỹ thuật viên hướng dẫn lần đầu.",
    "description_en": "Build volume 25 × 25 × 30 cm. A technician helps the first time.",
    "capacity": 2,
    "min_minutes": 60,
    "max_minutes": 480,
    "needs_approval": True,
    "bookers": "entrants",
    "has_power": True,
    "fee": "Vật liệu in tự túc",
    "fee_en": "Bring your own material",
}

PURPOSES = (
    "Làm việc nhóm",
    "Chuẩn bị hồ sơ dự thi",
    "Gặp khách hàng",
    "Tập trình bày",
    "Họp với cố vấn",
    "",
)

# The days off of the law (Labour Code 45/2019, article 112); Tết by the lunar calendar.
HOLIDAYS = (
    (date(2026, 9, 2), "Quốc khánh", "National Day"),
    (date(2027, 1, 1), "Tết Dương lịch", "New Year's Day"),
    (date(2027, 2, 5), "Tết Nguyên đán", "Tết"),
    (date(2027, 2, 6), "Tết Nguyên đán", "Tết"),
    (date(2027, 2, 7), "Tết Nguyên đán", "Tết"),
    (date(2027, 2, 8), "Tết Nguyên đán", "Tết"),
    (date(2027, 2, 9), "Tết Nguyên đán", "Tết"),
    (date(2027, 4, 16), "Giỗ Tổ Hùng Vương", "Hùng Kings' Day"),
    (date(2027, 4, 30), "Ngày Chiến thắng", "Reunification Day"),
    (date(2027, 5, 1), "Quốc tế Lao động", "Labour Day"),
    (date(2027, 9, 2), "Quốc khánh", "National Day"),
)

INDEX = {
    "vi": {
        "title": "Không gian",
        "slug": "khong-gian",
        "summary": "Bàn làm việc, phòng họp và hội trường cho người khởi nghiệp. Xem chỗ trống và "
        "đặt ngay, không mất phí.",
    },
    "en": {
        "title": "Spaces",
        "summary": "Desks, meeting rooms and a hall for startups. See what is free and book it, "
        "free of charge.",
    },
}
PAGE = {
    "vi": {
        "title": "Không gian khởi nghiệp sáng tạo Tây Ninh",
        "slug": "tay-ninh",
        "summary": "24 bàn làm việc, ba phòng họp, hội trường 80 chỗ và một máy in 3D, mở cửa từ "
        "thứ Hai đến sáng thứ Bảy.",
        "photo_alt": "Hình vẽ minh họa: phòng lớn có hai dãy bàn, cửa sổ nhìn ra núi Bà Đen.",
        "body": [
            (
                "p",
                "<p>Nơi các nhóm khởi nghiệp của tỉnh làm việc, gặp cố vấn, gặp nhau. Ai có tài "
                "khoản của một tổ chức cũng đặt được bàn; hội trường và máy in 3D do lễ tân "
                "duyệt.</p>",
            ),
        ],
        "amenities": [
            "Mạng không dây và mạng dây",
            "Nước uống, trà, cà phê tự pha",
            "Máy in, máy quét dùng chung",
            "Tủ khóa cá nhân",
            "Chỗ để xe máy, xe đạp",
            "Lối đi không bậc, nhà vệ sinh cho xe lăn",
        ],
        "directions": [
            (
                "p",
                "<p>Từ bến xe Ví Dụ, đi xe buýt tuyến minh họa số 1, xuống trạm Quảng trường, đi "
                "bộ 200 m. Thang máy ở sảnh bên trái; bãi xe ở tầng hầm.</p>",
            ),
        ],
    },
    "en": {
        "title": "Tây Ninh Startup Space",
        "summary": "24 desks, three meeting rooms, an 80-seat hall and a 3D printer, open from "
        "Monday to Saturday noon.",
        "photo_alt": "Illustration: a large room with two rows of desks and windows on Bà Đen mountain.",
        "body": [
            (
                "p",
                "<p>Where the province's startups work, meet mentors and one another. Whoever "
                "belongs to an organisation can book a desk; the front desk approves the hall and "
                "the 3D printer.</p>",
            ),
        ],
        "amenities": [
            "Wireless and wired network",
            "Water, tea and coffee to make yourself",
            "Shared printer and scanner",
            "Personal lockers",
            "Room for motorbikes and bicycles",
            "Step-free access, wheelchair toilet",
        ],
        "directions": [
            (
                "p",
                "<p>From Ví Dụ bus station take the example line 1 to the square, then walk "
                "200 m. The lift is on the left of the lobby; parking is in the basement.</p>",
            ),
        ],
    },
}
