"""What people agree to when they ask the department something."""

from datetime import UTC, datetime

from django.db import migrations

PURPOSE = "enquiry_data"
# Law 91/2025/QH15 on the protection of personal data is in force from this day.
VALID_FROM = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = {
    "title": "Đồng ý cho dùng thông tin liên hệ để trả lời",
    "body": "Tôi đồng ý để Sở Khoa học và Công nghệ lưu họ tên, thư điện tử, số điện thoại và địa "
    "chỉ tôi ghi trong câu hỏi hoặc yêu cầu cung cấp thông tin, chỉ để trả lời tôi và theo dõi "
    "việc trả lời.\n\n"
    "Thông tin này không được công bố và không chuyển cho bên thứ ba. Tôi có thể yêu cầu xem, sửa "
    "hoặc xóa bằng cách viết thư cho Sở.",
    "title_en": "Use of my contacts to answer me",
    "body_en": "I agree that the Department of Science and Technology keeps the name, email "
    "address, phone number and postal address that I give with a question or a request for "
    "information, only to answer me and to follow up the answer.\n\n"
    "They are not published and not passed on. I may ask the department to show, correct or "
    "delete them.",
}


def write(apps, schema_editor):
    texts = apps.get_model("core", "ConsentText").objects
    texts.get_or_create(purpose=PURPOSE, version=1, defaults={**TEXT, "valid_from": VALID_FROM})


def take_back(apps, schema_editor):
    """Remove what nobody has agreed to; an agreement keeps its text."""
    texts = apps.get_model("core", "ConsentText").objects
    texts.filter(purpose=PURPOSE, version=1, records__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_initial"), ("core", "0002_consent_texts")]

    operations = [migrations.RunPython(write, take_back)]
