"""The founders' part: a draft, its answers and files, the team, submitting."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as say
from playwright.sync_api import Locator, expect

from tests.e2e.mails import link_to
from tests.e2e.people import Person

Answers = Mapping[str, str | list[str]]

ALONE, GROUP = "person", "group"


def begin_entry(founder: Person, competition: str, track: str, title: str, who: str) -> str:
    """Start a draft from the list of own entries; answers the path of the entry."""
    founder.go("/workspace/entries/")
    row = founder.page.get_by_role("listitem").filter(has_text=competition)
    row.get_by_role("link", name=say("Start an entry")).click()
    page = founder.page
    page.get_by_label(say("Title of the entry")).fill(title)
    page.get_by_role("radio", name=track).check()
    page.locator(f"[name=applicant][value={who}]").check()
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


def answer(founder: Person, answers: Answers) -> None:
    """Answer questions of the open section by their labels; a list chooses."""
    for label, given in answers.items():
        fill(founder.page.locator(".question").filter(has_text=label), given)


def fill(question: Locator, given: str | list[str]) -> None:
    if isinstance(given, list):
        choose(question, given)
    else:
        question.locator("textarea, input[type=text], input[type=url], input:not([type])").fill(
            given
        )


def choose(question: Locator, wanted: list[str]) -> None:
    """Choose by the words: from a list that opens, or by ticking."""
    drop_down = question.locator("select")
    if drop_down.count():
        drop_down.select_option(label=wanted)
        return
    for words in wanted:
        question.get_by_label(words).check()


def save_section(founder: Person) -> None:
    with founder.page.expect_navigation():
        founder.press(say("Save and go on"))
    founder.reads(say("Saved."))


def add_file(founder: Person, question: str, name: str, content: bytes) -> None:
    """Add a file and see it received; where a script runs it is sent as soon as it is chosen."""
    row = founder.page.locator(".file-row").filter(has_text=question)
    row.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    if not founder.javascript:
        row.get_by_role("button", name=say("Send the file")).click()
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


IDEA: Answers = {
    "Lĩnh vực": ["Nông nghiệp, chế biến nông sản"],
    "Tóm tắt": "Biến phụ phẩm của vườn và nhà máy thành vật liệu dùng được.",
    "Vấn đề cần giải quyết": "Phụ phẩm bị bỏ đi gây ô nhiễm.",
    "Giải pháp và tính mới": "Lên men tại chỗ, không cần máy đắt tiền.",
    "Trang web của sản phẩm": "https://san-pham.example/",
    "Khách hàng và thị trường": "Các nhà vườn và cơ sở chế biến trong tỉnh.",
    "Ngày bắt đầu thực hiện": "15/8/2026",
    "Tác động kinh tế, xã hội, môi trường": "Giảm rác, thêm việc làm ở xã.",
    "Mong muốn được hỗ trợ": ["Kết nối vốn", "Kết nối thị trường, Techmart"],
}
"""What the founders answer to the standard form in the track "Ý tưởng"."""


def fill_in(founder: Person, entry: str, answers: Answers) -> None:
    """Go through all sections: give these answers where they are asked, and something short to
    every other question that must be answered."""
    founder.go(entry)
    for path in section_paths(founder):
        founder.go(path)
        questions = founder.page.locator(".question")
        for question in questions.all():
            give(question, answers)
        if questions.count():
            save_section(founder)


def section_paths(founder: Person) -> list[str]:
    steps = founder.page.get_by_role("navigation", name=say("Parts of the entry"))
    links = steps.locator("a[href*='/section/']").all()
    return [str(link.get_attribute("href")) for link in links]


def give(question: Locator, answers: Answers) -> None:
    """Answer one question: as `answers` say, or with anything when it is required."""
    asked = question.locator("label, legend").first.inner_text()
    for label, given in answers.items():
        if asked.startswith(label):
            return fill(question, given)
    if question.locator("label, legend").first.locator(".field__mark").count():
        choices = question.locator("input[type=checkbox], input[type=radio]")
        if choices.count():
            choices.first.check()
        else:
            fill(question, "Có.")
    return None
