"""What people agree to when they register for an event, and when they say what support they need.

The department replaces the texts by its own; each change is a new version.
"""

from datetime import UTC, datetime

from django.db import migrations

# Law 91/2025/QH15 on the protection of personal data is in force from this day.
VALID_FROM = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = {
    "event_registration": {
        "title": "Đồng ý cho dùng thông tin đăng ký dự sự kiện",
        "body": "Tôi đồng ý để Sở Khoa học và Công nghệ dùng họ tên, thư điện tử, số điện thoại và "
        "các câu trả lời tôi đã ghi để giữ chỗ, gửi vé, báo thay đổi, đón khách và thống kê số "
        "người dự sự kiện này.\n\n"
        "Thông tin không được công bố và không chuyển cho bên khác. Tôi có thể sửa câu trả lời, "
        "hủy đăng ký bằng đường dẫn trong thư, hoặc viết thư cho Sở để yêu cầu xem, sửa hay xóa.",
        "title_en": "Use of my details for an event",
        "body_en": "I agree that the Department of Science and Technology uses my name, email "
        "address, phone number and answers to keep a seat for me, to send the ticket and changes, "
        "to welcome me and to count who came to this event.\n\n"
        "They are neither published nor passed on. I can change my answers and cancel through the "
        "link in the mail, or write to the department to see, correct or delete my details.",
    },
    "event_support": {
        "title": "Đồng ý cho ban tổ chức biết tôi cần hỗ trợ gì",
        "body": "Tôi đồng ý để những người đón khách của sự kiện này đọc phần tôi đã ghi về hỗ trợ "
        "cần có khi tham dự (đi lại, nghe, nhìn, ăn uống), chỉ để chuẩn bị cho tôi. Phần này có "
        "thể nói về sức khỏe, nên được xóa 30 ngày sau khi sự kiện kết thúc và không đưa vào "
        "danh sách hay thống kê nào.",
        "title_en": "Letting the organisers know what support I need",
        "body_en": "I agree that those who welcome people at this event read what I wrote about "
        "support I need (getting in, hearing, seeing, food), only to prepare for me. It may tell "
        "of my health, so it is deleted 30 days after the event and goes into no list and no "
        "statistics.",
    },
}


def write(apps, schema_editor):
    texts = apps.get_model("core", "ConsentText").objects
    for purpose, text in TEXTS.items():
        texts.get_or_create(purpose=purpose, version=1, defaults={**text, "valid_from": VALID_FROM})


def take_back(apps, schema_editor):
    """Remove what nobody has agreed to; an agreement keeps its text."""
    texts = apps.get_model("core", "ConsentText").objects
    texts.filter(purpose__in=TEXTS, version=1, records__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_registration"), ("core", "0005_spoken_consent")]
    operations = [migrations.RunPython(write, take_back)]
