"""The words the market begins with; officers may change and add to them.

Objects, forms and methods of transfer follow the Law on Technology Transfer 2017 (articles 4 to 6).
"""

from django.db import migrations

# (Vietnamese, English, address, other words)
WORDS = {
    "field": (
        ("Công nghệ sinh học", "Biotechnology", "cong-nghe-sinh-hoc", "vi sinh, chế phẩm"),
        ("Trồng trọt", "Crop science", "trong-trot", "nông nghiệp, canh tác"),
        ("Chăn nuôi, thú y", "Livestock and veterinary science", "chan-nuoi", "nông nghiệp"),
        ("Thủy sản", "Fisheries", "thuy-san", "nuôi cá, nuôi tôm"),
        ("Bảo quản, chế biến nông sản", "Post-harvest and food processing", "che-bien-nong-san", "sau thu hoạch, thực phẩm"),
        ("Cơ khí, tự động hóa", "Mechanics and automation", "co-khi-tu-dong-hoa", "máy móc"),
        ("Công nghệ thông tin", "Information technology", "cong-nghe-thong-tin", "phần mềm, chuyển đổi số, CNTT"),
        ("Điện, điện tử, Internet vạn vật", "Electronics and Internet of Things", "dien-tu-iot", "IoT, cảm biến"),
        ("Năng lượng", "Energy", "nang-luong", "điện mặt trời, khí sinh học, biogas"),
        ("Môi trường", "Environment", "moi-truong", "nước thải, rác thải, khí thải"),
        ("Vật liệu", "Materials", "vat-lieu", "nhựa, màng, bao bì"),
        ("Hóa học", "Chemistry", "hoa-hoc", "chiết xuất"),
        ("Y dược", "Medicine and pharmacy", "y-duoc", "dược liệu"),
        ("Tài nguyên nước", "Water resources", "tai-nguyen-nuoc", "xâm nhập mặn, thủy lợi"),
        ("Khoa học xã hội, du lịch, văn hóa", "Social science, tourism, culture", "du-lich-van-hoa", "du lịch"),
    ),
    "sector": (
        ("Trồng trọt", "Farming", "trong-trot", "nhà vườn, nông hộ"),
        ("Chăn nuôi", "Livestock", "chan-nuoi", ""),
        ("Thủy sản", "Aquaculture", "thuy-san", ""),
        ("Chế biến thực phẩm", "Food processing", "che-bien-thuc-pham", ""),
        ("Chế biến tinh bột, mía đường, cao su", "Starch, sugar and rubber mills", "che-bien-cong-nghiep", "nhà máy mì, nhà máy đường"),
        ("Cơ khí, chế tạo", "Machinery", "co-khi-che-tao", ""),
        ("Xử lý chất thải", "Waste treatment", "xu-ly-chat-thai", "nước thải, rác"),
        ("Thương mại, OCOP", "Trade and OCOP products", "thuong-mai-ocop", "hợp tác xã"),
        ("Du lịch", "Tourism", "du-lich", ""),
        ("Giáo dục, đào tạo", "Education", "giao-duc", ""),
        ("Y tế", "Health", "y-te", ""),
        ("Quản lý nhà nước", "Public administration", "quan-ly-nha-nuoc", "cơ quan nhà nước"),
    ),
    "crop": (
        ("Mãng cầu", "Custard apple", "mang-cau", "na"),
        ("Khoai mì", "Cassava", "khoai-mi", "mì, sắn, củ mì"),
        ("Mía", "Sugar cane", "mia", ""),
        ("Cao su", "Rubber", "cao-su", "mủ"),
        ("Thanh long", "Dragon fruit", "thanh-long", ""),
        ("Chanh", "Lime", "chanh", "chanh không hạt"),
        ("Lúa", "Rice", "lua", "gạo"),
        ("Đậu phộng", "Peanut", "dau-phong", "lạc"),
        ("Rau màu", "Vegetables", "rau-mau", "rau"),
        ("Nhãn, xoài, sầu riêng", "Longan, mango, durian", "cay-an-trai", "cây ăn trái"),
        ("Bánh tráng", "Rice paper", "banh-trang", "bánh tráng phơi sương"),
        ("Heo", "Pig", "heo", "lợn"),
        ("Bò", "Cattle", "bo", "bò sữa"),
        ("Gà, vịt", "Poultry", "gia-cam", "gia cầm"),
        ("Tôm, cá", "Shrimp and fish", "tom-ca", "thủy sản"),
        ("Lục bình", "Water hyacinth", "luc-binh", "bèo tây"),
    ),
    "stage": (
        ("Ý tưởng", "Idea", "y-tuong", ""),
        ("Quy mô phòng thí nghiệm", "Laboratory scale", "phong-thi-nghiem", ""),
        ("Mẫu thử", "Prototype", "mau-thu", ""),
        ("Sản xuất thử nghiệm", "Pilot production", "san-xuat-thu-nghiem", ""),
        ("Đã thương mại hóa", "On the market", "da-thuong-mai-hoa", ""),
    ),
    "ip_status": (
        ("Chưa đăng ký", "Not registered", "chua-dang-ky", ""),
        ("Bí quyết", "Know-how", "bi-quyet", ""),
        ("Đã nộp đơn", "Applied for", "da-nop-don", ""),
        ("Đơn được chấp nhận hợp lệ", "Application accepted as valid", "chap-nhan-hop-le", ""),
        ("Đã được cấp văn bằng", "Granted", "duoc-cap-van-bang", "bằng sáng chế, bảo hộ"),
        ("Hết hiệu lực", "Expired", "het-hieu-luc", ""),
    ),
    "ip_right": (
        ("Sáng chế", "Patent", "sang-che", ""),
        ("Giải pháp hữu ích", "Utility solution", "giai-phap-huu-ich", ""),
        ("Kiểu dáng công nghiệp", "Industrial design", "kieu-dang", ""),
        ("Nhãn hiệu", "Trade mark", "nhan-hieu", ""),
        ("Quyền tác giả đối với chương trình máy tính", "Copyright in computer programs", "quyen-tac-gia-phan-mem", ""),
        ("Giống cây trồng", "Plant variety", "giong-cay-trong", ""),
        ("Chỉ dẫn địa lý", "Geographical indication", "chi-dan-dia-ly", ""),
    ),
    "ownership": (
        ("Chủ sở hữu", "Owner", "chu-so-huu", ""),
        ("Đồng sở hữu", "Co-owner", "dong-so-huu", ""),
        ("Được ủy quyền", "Authorised by the owner", "duoc-uy-quyen", ""),
        ("Kết quả nhiệm vụ dùng ngân sách nhà nước", "Result of a publicly funded task", "ket-qua-nhiem-vu", ""),
    ),
    "transfer_object": (
        ("Bí quyết kỹ thuật, bí quyết công nghệ", "Technical or technological know-how", "bi-quyet", ""),
        ("Phương án, quy trình công nghệ; giải pháp, thông số, bản vẽ, sơ đồ kỹ thuật; công thức, phần mềm, dữ liệu", "Processes, solutions, drawings, formulas, software, data", "quy-trinh-giai-phap", ""),
        ("Giải pháp hợp lý hóa sản xuất, đổi mới công nghệ", "Rationalisation of production, technological innovation", "hop-ly-hoa-san-xuat", ""),
        ("Máy móc, thiết bị đi kèm", "Machinery and equipment that come with it", "may-moc-thiet-bi", ""),
    ),
    "transfer_form": (
        ("Chuyển giao công nghệ độc lập", "Independent transfer", "doc-lap", ""),
        ("Phần chuyển giao công nghệ trong dự án đầu tư", "Part of an investment project", "du-an-dau-tu", ""),
        ("Góp vốn bằng công nghệ", "Contribution of technology as capital", "gop-von", ""),
        ("Nhượng quyền thương mại", "Franchise", "nhuong-quyen", ""),
        ("Chuyển giao quyền sở hữu trí tuệ", "Transfer of intellectual property", "chuyen-quyen-so-huu-tri-tue", "li-xăng"),
        ("Mua bán máy móc, thiết bị kèm theo", "Sale of machinery and equipment", "mua-ban-thiet-bi", ""),
        ("Thuê bao, dịch vụ", "Subscription, service", "thue-bao-dich-vu", ""),
        ("Liên doanh, hợp tác thử nghiệm", "Joint venture, joint trial", "lien-doanh", ""),
    ),
    "transfer_right": (
        ("Chuyển nhượng quyền sở hữu", "Assignment of ownership", "chuyen-nhuong", ""),
        ("Chuyển quyền sử dụng độc quyền", "Exclusive right of use", "doc-quyen", ""),
        ("Chuyển quyền sử dụng không độc quyền", "Non-exclusive right of use", "khong-doc-quyen", ""),
    ),
    "transfer_method": (
        ("Chuyển giao tài liệu về công nghệ", "Documents", "tai-lieu", ""),
        ("Đào tạo", "Training", "dao-tao", ""),
        ("Cử chuyên gia tư vấn kỹ thuật", "Sending experts", "cu-chuyen-gia", ""),
        ("Chuyển giao máy móc, thiết bị kèm theo", "Machinery and equipment", "may-moc", ""),
        ("Phương thức khác do các bên thỏa thuận", "Another method the parties agree on", "khac", ""),
    ),
    "payment": (
        ("Trả gọn", "In one payment", "tra-gon", ""),
        ("Trả kỳ vụ theo doanh thu, lợi nhuận", "Royalties by revenue or profit", "tra-ky-vu", ""),
        ("Góp vốn", "As capital", "gop-von", ""),
        ("Kết hợp", "Combined", "ket-hop", ""),
    ),
    "legal_class": (
        ("Khuyến khích chuyển giao", "Transfer encouraged", "khuyen-khich", ""),
        ("Hạn chế chuyển giao (cần giấy phép)", "Transfer restricted (licence needed)", "han-che", ""),
        ("Không thuộc danh mục", "On no list", "khong-thuoc", ""),
    ),
    "cooperation": (
        ("Mua công nghệ, thiết bị", "Buy technology or equipment", "mua", ""),
        ("Thuê", "Rent", "thue", ""),
        ("Đặt hàng nghiên cứu", "Commission research", "dat-hang-nghien-cuu", ""),
        ("Liên doanh", "Joint venture", "lien-doanh", ""),
        ("Tư vấn", "Advice", "tu-van", ""),
    ),
    "rank": (("GS", "Professor", "gs", "giáo sư"), ("PGS", "Associate professor", "pgs", "phó giáo sư")),
    "degree": (
        ("TS", "Doctor", "ts", "tiến sĩ"),
        ("ThS", "Master", "ths", "thạc sĩ"),
        ("KS", "Engineer", "ks", "kỹ sư"),
        ("CN", "Bachelor", "cn", "cử nhân"),
        ("BS", "Physician", "bs", "bác sĩ"),
    ),
    "expert_role": (
        ("Chuyên gia công nghệ", "Technology expert", "chuyen-gia", ""),
        ("Cố vấn khởi nghiệp", "Startup mentor", "co-van", ""),
        ("Thành viên hội đồng khoa học", "Member of scientific councils", "hoi-dong", ""),
        ("Giám khảo", "Judge", "giam-khao", ""),
    ),
    "language": (
        ("Tiếng Việt", "Vietnamese", "vi", ""),
        ("Tiếng Anh", "English", "en", ""),
        ("Tiếng Khmer", "Khmer", "km", ""),
        ("Tiếng Nhật", "Japanese", "ja", ""),
        ("Tiếng Hàn", "Korean", "ko", ""),
        ("Tiếng Trung", "Chinese", "zh", ""),
        ("Tiếng Pháp", "French", "fr", ""),
    ),
    "certificate": (
        ("Doanh nghiệp khoa học và công nghệ", "Science and technology enterprise", "dn-khcn", ""),
        ("Tổ chức khoa học và công nghệ", "Science and technology organisation", "to-chuc-khcn", ""),
        ("Doanh nghiệp khởi nghiệp sáng tạo", "Innovative startup", "dn-knst", ""),
        ("ISO 9001", "ISO 9001", "iso-9001", ""),
        ("ISO 22000, HACCP", "ISO 22000, HACCP", "iso-22000-haccp", ""),
        ("VietGAP", "VietGAP", "vietgap", ""),
        ("OCOP 3 sao trở lên", "OCOP, three stars or more", "ocop", ""),
    ),
    "decline_reason": (
        ("Không phù hợp quy mô", "The scale does not fit", "quy-mo", ""),
        ("Không còn cung ứng", "No longer supplied", "khong-con", ""),
        ("Đang có đối tác độc quyền", "An exclusive partner exists", "doc-quyen", ""),
        ("Thông tin chưa đủ để trả lời", "Too little to answer", "thieu-thong-tin", ""),
        ("Ngoài địa bàn phục vụ", "Outside the area served", "ngoai-dia-ban", ""),
        ("Lý do khác", "Another reason", "khac", ""),
    ),
    "failure_reason": (
        ("Giá không phù hợp", "The price does not fit", "gia", ""),
        ("Chưa thu xếp được vốn", "No funding yet", "von", ""),
        ("Công nghệ chưa phù hợp điều kiện áp dụng", "The technology does not fit the conditions", "dieu-kien", ""),
        ("Không thống nhất về quyền sở hữu trí tuệ", "No agreement on intellectual property", "so-huu-tri-tue", ""),
        ("Một bên ngừng trao đổi", "One side stopped answering", "ngung-trao-doi", ""),
        ("Đã chọn giải pháp khác", "Another solution was chosen", "giai-phap-khac", ""),
        ("Lý do khác", "Another reason", "khac", ""),
    ),
    "channel": (
        ("Sàn công nghệ", "The market", "san", ""),
        ("Kỳ Techmart", "A Techmart fair", "techmart", ""),
        ("Trình diễn công nghệ", "A demonstration", "trinh-dien", "TechDemo"),
        ("Gặp trực tiếp", "Met directly", "truc-tiep", ""),
        ("Điện thoại", "By phone", "dien-thoai", ""),
    ),
}
# Kinds of offer, with the shape that says what their forms ask.
KINDS = (
    ("Công nghệ", "Technology", "cong-nghe", "technology"),
    ("Quy trình", "Process", "quy-trinh", "process"),
    ("Thiết bị, dây chuyền", "Equipment, production line", "thiet-bi", "equipment"),
    ("Phần mềm", "Software", "phan-mem", "software"),
    ("Giống cây trồng, vật nuôi", "Plant variety, animal breed", "giong", "variety"),
    ("Dịch vụ khoa học và công nghệ", "Science and technology service", "dich-vu", "service"),
    ("Kết quả nghiên cứu", "Research result", "ket-qua-nghien-cuu", "result"),
)


def add_words(apps, schema_editor):
    Term = apps.get_model("techmart", "Term")
    for name, words in WORDS.items():
        for order, (label, label_en, slug, synonyms) in enumerate(words, start=1):
            Term.objects.get_or_create(
                list=name,
                slug=slug,
                defaults={
                    "label": label,
                    "label_en": label_en,
                    "synonyms": synonyms,
                    "order": order,
                },
            )
    for order, (label, label_en, slug, shape) in enumerate(KINDS, start=1):
        Term.objects.get_or_create(
            list="offer_kind",
            slug=slug,
            defaults={"label": label, "label_en": label_en, "shape": shape, "order": order},
        )


class Migration(migrations.Migration):
    dependencies = [("techmart", "0001_initial")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
