"""The way in: accounts are made and opened by codes that come by mail."""

from playwright.sync_api import expect

from tests.e2e.mails import code_to
from tests.e2e.people import Person

PASSWORD = "Bà Đen 986 mét"


def sign_up(person: Person, full_name: str, email: str) -> None:
    """Make an account from the page the person is on or, signed out, from the home page."""
    if "/accounts/" not in person.path:
        person.go("/accounts/signup/")
    page = person.page
    page.get_by_label("Họ và tên").fill(full_name)
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("checkbox").check()
    person.press("Đăng ký")
    enter_code(person, email)


def sign_in_by_code(person: Person, email: str) -> None:
    """Come in without a password."""
    if not person.path.startswith("/accounts/login/"):
        person.go("/accounts/login/")
    person.press("Gửi mã đăng nhập cho tôi")
    person.page.get_by_label("Thư điện tử").fill(email)
    person.press("Yêu cầu mã")
    enter_code(person, email)


def enter_code(person: Person, email: str) -> None:
    field = person.page.get_by_label("Mã", exact=False)
    expect(field).to_be_visible()
    field.fill(code_to(email))
    person.press("Xác nhận")
