"""The terms people agree to when they sign up: the first text, which the department replaces."""

from portal.core.models import ConsentText

PURPOSE = "terms_of_use"

TITLE = "Điều khoản sử dụng và xử lý dữ liệu cá nhân"
TITLE_EN = "Terms of use and processing of personal data"

BODY = """\
1. Cổng thu thập họ tên, địa chỉ email và những thông tin bạn tự nhập để lập tài khoản, \
tiếp nhận hồ sơ và gửi thông báo về những việc bạn tham gia.
2. Dữ liệu chỉ được dùng cho các mục đích đã nêu trên từng biểu mẫu. Mỗi biểu mẫu ghi rõ ai \
xem được nội dung bạn gửi.
3. Cổng không chuyển dữ liệu cá nhân của bạn cho bên thứ ba vì mục đích quảng cáo và không dùng \
công cụ theo dõi của bên thứ ba.
4. Bạn có quyền xem, sửa, nhận bản sao, yêu cầu xóa dữ liệu và rút lại sự đồng ý theo Luật Bảo \
vệ dữ liệu cá nhân số 91/2025/QH15. Việc rút lại không ảnh hưởng đến những gì đã làm trước đó.
5. Bạn chịu trách nhiệm về tính chính xác của thông tin mình cung cấp và giữ bí mật mật khẩu, \
mã đăng nhập của mình.
6. Không đưa lên Cổng bí mật nhà nước, nội dung vi phạm pháp luật hoặc xâm phạm quyền của \
người khác."""

BODY_EN = """\
1. The portal collects your name, email address and what you enter yourself, in order to keep \
your account, receive your applications and tell you about what you take part in.
2. The data are used only for the purposes named on each form. Every form says who can see what \
you send.
3. Your personal data are not passed to third parties for advertising, and no third-party \
trackers are used.
4. You may see, correct, copy and have your data erased, and withdraw your consent, under the Law \
on Personal Data Protection No. 91/2025/QH15. Withdrawal does not affect what was done before.
5. You answer for the accuracy of what you provide, and keep your password and sign-in codes \
secret.
6. Do not upload state secrets, unlawful content, or content that infringes the rights of \
others."""


def write_first_terms() -> None:
    """Make sure that there is a text to agree to; a text somebody wrote is left alone."""
    if not ConsentText.objects.filter(purpose=PURPOSE).exists():
        ConsentText.objects.create(
            purpose=PURPOSE, version=1, title=TITLE, title_en=TITLE_EN, body=BODY, body_en=BODY_EN
        )
