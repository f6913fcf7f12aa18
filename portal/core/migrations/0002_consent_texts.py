"""The first version of every text that people are asked to agree to."""

from datetime import UTC, datetime

from django.db import migrations

# Law 91/2025/QH15 on the protection of personal data is in force from this day.
VALID_FROM = datetime(2026, 1, 1, tzinfo=UTC)

# purpose: (title, body, title in English, body in English)
TEXTS = {
    "terms_of_use": (
        "Điều khoản sử dụng",
        "Tôi sẽ cung cấp thông tin đúng về mình và giữ kín mật khẩu, mã đăng nhập của mình. "
        "Tôi không đăng tải nội dung trái pháp luật, nội dung thuộc bí mật nhà nước hoặc nội dung "
        "xâm phạm quyền của người khác.\n\n"
        "Cổng thông tin dùng họ tên, thư điện tử và số điện thoại của tôi để tạo tài khoản, liên "
        "hệ và xử lý những việc tôi tham gia trên cổng. Tôi có thể xem, sửa thông tin của mình, "
        "yêu cầu xóa tài khoản hoặc rút lại sự đồng ý bất cứ lúc nào.",
        "Terms of use",
        "I will give true information about myself and keep my password and sign-in codes to "
        "myself. I will not post content that is unlawful, that is a state secret, or that "
        "infringes the rights of others.\n\n"
        "The portal uses my name, email address and phone number to run my account, to contact me "
        "and to handle what I take part in here. I may see and correct my information, ask for my "
        "account to be deleted, or withdraw this consent at any time.",
    ),
    "entry_truth": (
        "Cam kết về tính trung thực của hồ sơ",
        "Tôi cam kết những thông tin và tài liệu trong hồ sơ dự thi là đúng sự thật và tôi được "
        "các thành viên trong nhóm đồng ý để nộp hồ sơ này. Tôi hiểu rằng hồ sơ có thể bị loại "
        "nếu thông tin không đúng.",
        "The entry is true",
        "I confirm that the information and documents in this entry are true, and that the "
        "members of the team agree that I submit it. I understand that an entry with false "
        "information may be excluded.",
    ),
    "entry_ip": (
        "Cam kết về quyền sở hữu trí tuệ",
        "Tôi cam kết ý tưởng, dự án và tài liệu trong hồ sơ do chúng tôi tạo ra hoặc chúng tôi có "
        "quyền sử dụng. Quyền sở hữu trí tuệ vẫn thuộc về chúng tôi; việc dự thi không chuyển "
        "giao quyền này cho Ban Tổ chức. Nếu có tranh chấp, chúng tôi chịu trách nhiệm giải quyết.",
        "Intellectual property",
        "I confirm that the idea, the project and the documents in this entry are our own work, "
        "or that we have the right to use them. The intellectual property stays ours; taking part "
        "transfers nothing to the organisers. Should there be a dispute, we are responsible for "
        "settling it.",
    ),
    "entry_data_use": (
        "Đồng ý cho xử lý dữ liệu cá nhân trong hồ sơ",
        "Tôi đồng ý để Ban Tổ chức dùng dữ liệu cá nhân trong hồ sơ để kiểm tra hồ sơ, chấm điểm, "
        "thông báo kết quả, trao giải và lưu hồ sơ cuộc thi theo quy định. Chỉ cán bộ phụ trách, "
        "lãnh đạo và giám khảo được phân công xem được hồ sơ; giám khảo không xem được số điện "
        "thoại và thư điện tử.\n\n"
        "Tôi có thể rút lại sự đồng ý bằng cách rút hồ sơ trước khi công bố kết quả. Kết quả đã "
        "công bố được lưu lại theo quy định về lưu trữ.",
        "Use of personal data in the entry",
        "I agree that the organisers use the personal data in this entry to check the entry, to "
        "judge it, to announce results, to award prizes and to keep the records of the "
        "competition as the law requires. Only the officers in charge, the directors and the "
        "judges assigned to it can see the entry; judges do not see phone numbers or email "
        "addresses.\n\n"
        "I may withdraw this consent by withdrawing the entry before results are published. "
        "Published results are kept as the rules on archives require.",
    ),
    "entry_publicity": (
        "Đồng ý cho giới thiệu dự án công khai",
        "Tôi đồng ý để Ban Tổ chức giới thiệu công khai tên nhóm, tên và phần tóm tắt của dự án, "
        "hình ảnh tại sự kiện khi truyền thông về cuộc thi. Nội dung chi tiết của hồ sơ không được "
        "công bố. Sự đồng ý này là tự nguyện, không ảnh hưởng đến việc chấm điểm và có thể rút "
        "lại bất cứ lúc nào.",
        "Presenting the project in public",
        "I agree that the organisers present the team's name, the project's name and summary and "
        "pictures taken at events in public when they report on the competition. The details of "
        "the entry are not published. This consent is voluntary, has no effect on the marks and "
        "can be withdrawn at any time.",
    ),
    "team_member": (
        "Đồng ý tham gia nhóm dự thi",
        "Tôi là thành viên của nhóm nộp hồ sơ này và đồng ý để họ tên, vai trò của tôi được ghi "
        "trong hồ sơ dự thi. Họ tên của tôi được hiển thị với cán bộ phụ trách và giám khảo chấm "
        "hồ sơ. Thư điện tử của tôi chỉ dùng để liên hệ về hồ sơ này. Tôi có thể rút lại sự đồng "
        "ý bất cứ lúc nào trước khi công bố kết quả.",
        "Being named as a member of the team",
        "I am a member of the team that submits this entry and agree that my name and role stand "
        "in it. My name is shown to the officers in charge and to the judges of the entry. My "
        "email address is used only to contact me about this entry. I may withdraw this consent "
        "at any time before results are published.",
    ),
    "judge_confidentiality": (
        "Cam kết bảo mật của giám khảo",
        "Tôi giữ bí mật nội dung hồ sơ, điểm số và ý kiến trong quá trình chấm; không sao chép, "
        "chuyển cho người khác hoặc sử dụng những nội dung này vào việc riêng. Cam kết này vẫn có "
        "hiệu lực sau khi cuộc thi kết thúc.",
        "Confidentiality of judges",
        "I keep confidential the content of entries, the marks and the opinions given during "
        "judging; I do not copy them, pass them on or use them for myself. This commitment goes "
        "on after the competition has ended.",
    ),
    "judge_impartiality": (
        "Cam kết khách quan của giám khảo",
        "Tôi chấm điểm độc lập, khách quan, theo đúng tiêu chí của cuộc thi. Tôi khai báo ngay khi "
        "có quan hệ gia đình, công việc, góp vốn, hướng dẫn hoặc lợi ích khác với nhóm dự thi và "
        "không chấm hồ sơ đó. Tôi không nhận quà hoặc lợi ích liên quan đến việc chấm điểm.",
        "Impartiality of judges",
        "I mark independently and impartially, by the criteria of the competition. I declare at "
        "once any family, work, investment, mentoring or other interest that connects me with a "
        "team, and do not mark its entry. I accept no gift or benefit related to judging.",
    ),
}


def write(apps, schema_editor):
    texts = apps.get_model("core", "ConsentText").objects
    for purpose, (title, body, title_en, body_en) in TEXTS.items():
        texts.get_or_create(
            purpose=purpose,
            version=1,
            defaults={
                "title": title,
                "body": body,
                "title_en": title_en,
                "body_en": body_en,
                "valid_from": VALID_FROM,
            },
        )


def take_back(apps, schema_editor):
    """Remove what nobody has agreed to; an agreement keeps its text."""
    texts = apps.get_model("core", "ConsentText").objects
    texts.filter(purpose__in=TEXTS, version=1, records__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(write, take_back)]
