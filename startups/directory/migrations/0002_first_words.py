"""The words a directory begins with; editors may change and add to them."""

from django.db import migrations

WORDS = {
    "Sector": (
        ("Nông nghiệp và thực phẩm", "Agriculture and food", "nong-nghiep-thuc-pham"),
        ("Môi trường và kinh tế tuần hoàn", "Environment and circular economy", "moi-truong"),
        ("Công nghệ số", "Digital technology", "cong-nghe-so"),
        ("Thương mại điện tử", "E-commerce", "thuong-mai-dien-tu"),
        ("Du lịch và văn hóa", "Tourism and culture", "du-lich-van-hoa"),
        ("Sản xuất, chế tạo", "Manufacturing", "san-xuat-che-tao"),
        ("Năng lượng", "Energy", "nang-luong"),
        ("Y tế và sức khỏe", "Health", "y-te"),
        ("Giáo dục", "Education", "giao-duc"),
        ("Lĩnh vực khác", "Other", "khac"),
    ),
    "Stage": (
        ("Ý tưởng", "Idea", "y-tuong"),
        ("Mẫu thử", "Prototype", "mau-thu"),
        ("Có khách hàng", "First customers", "co-khach-hang"),
        ("Tăng trưởng", "Growth", "tang-truong"),
    ),
    "Need": (
        ("Vốn đầu tư", "Investment", "von"),
        ("Cố vấn", "Mentors", "co-van"),
        ("Thị trường, khách hàng", "Market access", "thi-truong"),
        ("Không gian làm việc", "Working space", "khong-gian"),
        ("Đối tác công nghệ", "Technology partners", "doi-tac-cong-nghe"),
        ("Nhân sự", "Staff", "nhan-su"),
        ("Hỗ trợ sở hữu trí tuệ", "Help with intellectual property", "so-huu-tri-tue"),
    ),
    "RecognitionKind": (
        (
            "Doanh nghiệp khởi nghiệp sáng tạo",
            "Innovative startup enterprise",
            "doanh-nghiep-khoi-nghiep-sang-tao",
        ),
        (
            "Doanh nghiệp khoa học và công nghệ",
            "Science and technology enterprise",
            "doanh-nghiep-khoa-hoc-cong-nghe",
        ),
        (
            "Cá nhân khởi nghiệp sáng tạo",
            "Innovative individual founder",
            "ca-nhan-khoi-nghiep-sang-tao",
        ),
    ),
}


def add_words(apps, schema_editor):
    for name, words in WORDS.items():
        model = apps.get_model("directory", name)
        for order, (label, label_en, slug) in enumerate(words, start=1):
            model.objects.get_or_create(
                slug=slug, defaults={"label": label, "label_en": label_en, "order": order}
            )


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]
    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
