"""Coming in: signing up and in by mailed codes, and pages that say no politely."""

from collections.abc import Callable

from tests.e2e.entrance import sign_in_by_code, sign_up
from tests.e2e.marks import in_browser
from tests.e2e.people import Person

pytestmark = in_browser


def test_sign_up_with_a_code_by_mail_and_in_again(person: Callable[..., Person]) -> None:
    founder = person()
    sign_up(founder, "Nguyễn Thị Hạnh", "hanh@demo.example")
    assert founder.path == "/workspace/"
    founder.reads("Việc của tôi", "Nguyễn Thị Hạnh")

    same_at_home = person(width=390)
    sign_in_by_code(same_at_home, "hanh@demo.example")
    assert same_at_home.path == "/workspace/"
