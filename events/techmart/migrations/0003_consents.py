"""What people agree to as experts, with a need, and when they ask for a connection.

The department replaces the texts by its own; each change is a new version.
"""

from datetime import UTC, datetime

from django.db import migrations

# Law 91/2025/QH15 on the protection of personal data is in force from this day.
VALID_FROM = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = {
    "techmart-expert-listed": {
        "title": "Đồng ý có tên trong danh sách chuyên gia của sàn công nghệ",
        "body": "Tôi đồng ý để Cổng hiển thị công khai họ tên, học hàm, học vị, nơi công tác, lĩnh "
        "vực và nội dung tư vấn mà tôi tự khai, để tổ chức và cá nhân có nhu cầu tìm được "
        "tôi và gửi yêu cầu kết nối qua Sở Khoa học và Công nghệ. Số điện thoại, email và "
        "ảnh không hiển thị nếu tôi không đồng ý riêng. Tôi rút lại sự đồng ý được bất cứ "
        "lúc nào tại trang “Chào bán, nhu cầu”; hồ sơ thôi hiển thị ngay khi tôi rút lại.",
        "title_en": "Consent to be listed among the experts of the technology market",
        "body_en": "I agree that the portal shows in public my full name, academic titles, place of "
        "work, fields and what I give advice on, as I entered them, so that organisations "
        "and people in need can find me and send a request through the Department of "
        "Science and Technology. My phone number, email address and photo are not shown "
        "unless I agree to each by itself. I can withdraw my consent at any time in my "
        "workspace; my record is no longer shown from that moment.",
    },
    "techmart-expert-phone": {
        "title": "Đồng ý hiển thị số điện thoại",
        "body": "Tôi đồng ý để Cổng hiển thị công khai số điện thoại tôi đã ghi trong hồ sơ chuyên "
        "gia để người có nhu cầu gọi trực tiếp cho tôi. Tôi rút lại sự đồng ý được bất cứ "
        "lúc nào; số điện thoại thôi hiển thị ngay khi tôi rút lại.",
        "title_en": "Consent to show the phone number",
        "body_en": "I agree that the portal shows in public the phone number of my expert record, so "
        "that people in need can call me. I can withdraw my consent at any time; the number "
        "is no longer shown from that moment.",
    },
    "techmart-expert-email": {
        "title": "Đồng ý hiển thị địa chỉ email",
        "body": "Tôi đồng ý để Cổng hiển thị công khai địa chỉ email tôi đã ghi trong hồ sơ chuyên "
        "gia để người có nhu cầu viết trực tiếp cho tôi. Tôi rút lại sự đồng ý được bất cứ "
        "lúc nào; địa chỉ thôi hiển thị ngay khi tôi rút lại.",
        "title_en": "Consent to show the email address",
        "body_en": "I agree that the portal shows in public the email address of my expert record, so "
        "that people in need can write to me. I can withdraw my consent at any time; the "
        "address is no longer shown from that moment.",
    },
    "techmart-expert-photo": {
        "title": "Đồng ý hiển thị ảnh chân dung",
        "body": "Tôi đồng ý để Cổng hiển thị công khai ảnh chân dung tôi đã gửi trong hồ sơ chuyên "
        "gia. Tôi rút lại sự đồng ý được bất cứ lúc nào; ảnh thôi hiển thị ngay khi tôi rút "
        "lại.",
        "title_en": "Consent to show the photo",
        "body_en": "I agree that the portal shows in public the photo that I sent with my expert "
        "record. I can withdraw my consent at any time; the photo is no longer shown from "
        "that moment.",
    },
    "market_need": {
        "title": "Đồng ý cho dùng số điện thoại để tư vấn về nhu cầu công nghệ",
        "body": "Tôi đồng ý để Sở Khoa học và Công nghệ lưu số điện thoại, tên (nếu tôi ghi), xã, "
        "phường và nội dung nhu cầu của tôi, chỉ để gọi lại, tìm nguồn công nghệ hoặc "
        "chuyên gia phù hợp và theo dõi kết quả.\n\n"
        "Số điện thoại và tên không được công bố và không chuyển cho bên cung ứng khi tôi "
        "chưa đồng ý. Nội dung nhu cầu chỉ được đăng thành nhu cầu công nghệ sau khi Sở "
        "trao đổi lại với tôi. Tôi có thể yêu cầu xem, sửa hoặc xóa bằng cách gọi điện hoặc "
        "viết thư cho Sở.",
        "title_en": "Use of my phone number to advise me on a technology need",
        "body_en": "I agree that the Department of Science and Technology keeps my phone number, my "
        "name (if I give it), my commune or ward and what I need, only to call me back, to "
        "look for a suitable technology or expert, and to follow up the result.\n\n"
        "Number and name are not published and not passed on to suppliers before I agree. "
        "What I need is published as a demand only after the department has talked with me. "
        "I may ask the department to show, correct or delete them.",
    },
    "market_connection": {
        "title": "Đồng ý chuyển thông tin khi hai bên chấp thuận kết nối",
        "body": "Tôi đồng ý để Sở Khoa học và Công nghệ lưu yêu cầu kết nối này, chuyển nội dung đã "
        "được chuyên viên xem lại cho bên được hỏi mà không nêu tên tôi và đơn vị của tôi.\n\n"
        "Chỉ khi bên được hỏi chấp thuận, họ tên, đơn vị, số điện thoại và thư điện tử của "
        "tôi mới được cho bên đó biết, và tôi được biết thông tin của họ. Sở lưu nhật ký "
        "kết nối để theo dõi và thống kê. Tôi có thể rút lại sự đồng ý bằng cách viết thư "
        "cho Sở.",
        "title_en": "Passing on my details once both sides agree to be connected",
        "body_en": "I agree that the Department of Science and Technology keeps this request and "
        "passes its content, after an officer has read it, to the other side without naming "
        "me or my organisation.\n\n"
        "Only when the other side accepts are my name, organisation, phone number and email "
        "address told to them, and theirs to me. The department keeps a log to follow up "
        "and to count. I may withdraw my consent by writing to the department.",
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
    dependencies = [("techmart", "0002_first_words"), ("core", "0005_spoken_consent")]
    operations = [migrations.RunPython(write, take_back)]
