"""The founders' part: a draft, its answers and files, the team, submitting."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as say
from playwright.sync_api import expect

from tests.e2e.mails import link_to
from tests.e2e.people import Person

GROUP = "group"


def begin_entry(founder: Person, competition: str, track: str, title: str) -> str:
    """Start a draft from the list of own entries; answers the path of the entry."""
    founder.go("/workspace/entries/")
    row = founder.page.get_by_role("listitem").filter(has_text=competition)
    row.get_by_role("link", name=say("Start an entry")).click()
    page = founder.page
    page.get_by_label(say("Title of the entry")).fill(title)
    page.get_by_role("radio", name=track).check()
    page.locator(f"[name=applicant][value={GROUP}]").check()
    founder.press(say("Begin the draft"))
    founder.reads(say("The draft is kept. Go on at your own pace."))
    found = re.match(r"(/workspace/entries/[0-9a-f-]{36}/)", founder.path)
    assert found, founder.path
    return found.group(1)


def open_section(founder: Person, entry: str, section: str) -> None:
    founder.go(entry)
    steps = founder.page.get_by_role("navigation", name=say("Parts of the entry"))
    steps.get_by_role("link", name=section).click()
    expect(founder.page.get_by_role("heading", level=1)).to_contain_text(section)


def answer(founder: Person, answers: Mapping[str, str | list[str]]) -> None:
    """Answer questions of the open section by their labels; a list ticks choices."""
    for label, given in answers.items():
        question = founder.page.locator(".question").filter(has_text=label)
        if isinstance(given, list):
            for choice in given:
                question.get_by_label(choice).check()
        else:
            question.locator("textarea, input[type=text], input:not([type])").fill(given)


def save_section(founder: Person) -> None:
    founder.press(say("Save and go on"))
    expect(founder.page).to_have_url(re.compile(r"saved="))


def add_file(founder: Person, question: str, name: str, content: bytes) -> None:
    """Add a file by its own button, and see it received."""
    row = founder.page.locator(".file-row").filter(has_text=question)
    row.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    button = row.get_by_role("button", name=say("Upload"))
    if button.is_visible():
        button.click()
    founder.reads(name)


def name_member(captain: Person, entry: str, full_name: str, role: str, email: str) -> None:
    captain.go(f"{entry}team/")
    page = captain.page
    page.get_by_label(say("Full name")).fill(full_name)
    page.get_by_label(say("Role in the team")).fill(role)
    page.get_by_label(say("Email"), exact=False).fill(email)
    captain.press(say("Name and send the link"))
    captain.reads(
        say("%(name)s was named. A link went to %(email)s.") % {"name": full_name, "email": email}
    )


def agree_to_be_named(member: Person, email: str) -> None:
    """Follow the mailed link, signed in, and agree: from then on the entry opens."""
    member.go(link_to(email, "/consent/"))
    member.press(say("I agree to be named"))
    member.reads(say("Thank you: you are named in the team."))
    member.press(say("Open the entry"))


def submit(captain: Person, entry: str, *, again: bool = False) -> None:
    """Review, tick the commitments that are asked for, hand in; ends on the receipt."""
    captain.go(f"{entry}review/")
    captain.reads(say("This is exactly what judges will see"))
    for box in captain.page.locator("form[action$='/submit/'] input[type=checkbox]").all():
        assert not box.is_checked(), "a consent was ticked beforehand"
        box.check()
    captain.press(say("Submit again") if again else say("Submit the entry"))
    expect(captain.page).to_have_url(re.compile(r"/receipt/"))


IDEA: dict[str, dict[str, str | list[str]]] = {
    "Tổng quan": {
        "Lĩnh vực": ["Nông nghiệp, chế biến nông sản"],
        "Tóm tắt": "Biến phụ phẩm của vườn và nhà máy thành vật liệu dùng được.",
    },
    "Vấn đề và giải pháp": {
        "Vấn đề cần giải quyết": "Phụ phẩm bị bỏ đi gây ô nhiễm.",
        "Giải pháp và tính mới": "Lên men tại chỗ, không cần máy đắt tiền.",
        "Trang web của sản phẩm": "https://san-pham.example/",
    },
    "Thị trường và mô hình kinh doanh": {
        "Khách hàng và thị trường": "Các nhà vườn và cơ sở chế biến trong tỉnh.",
    },
    "Kế hoạch và tác động": {
        "Ngày bắt đầu thực hiện": "15/8/2026",
        "Tác động kinh tế, xã hội, môi trường": "Giảm rác, thêm việc làm ở xã.",
        "Mong muốn được hỗ trợ": ["Kết nối vốn", "Kết nối thị trường, Techmart"],
    },
    "Cam kết": {
        "Thông tin trung thực": ["Chúng tôi chịu trách nhiệm về tính trung thực của hồ sơ."],
        "Quyền đối với sản phẩm": ["Sản phẩm dự thi không xâm phạm"],
        "Không dự thi trùng lặp": ["Sản phẩm chưa đoạt giải"],
        "Xử lý dữ liệu cá nhân": ["Đồng ý để Ban Tổ chức xử lý dữ liệu"],
    },
}
"""What the standard form asks of the track "Ý tưởng", section by section."""


def fill_idea(founder: Person, entry: str) -> None:
    """Answer everything that an entry of the track "Ý tưởng" must have."""
    for section, answers in IDEA.items():
        open_section(founder, entry, section)
        answer(founder, answers)
        save_section(founder)
