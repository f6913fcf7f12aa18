"""The portal with JavaScript switched off: slower, and nothing is missing."""

from collections.abc import Callable

from django.utils.translation import gettext as say
from playwright.sync_api import expect

from competitions.entries.models import Entry
from competitions.judging.models import Scorecard
from tests.e2e import entering, judging
from tests.e2e.marks import in_browser
from tests.e2e.people import Person
from tests.factories.calls import CompetitionFactory
from tests.factories.core import pdf
from tests.factories.entries import FounderFactory, OpenCompetitionFactory
from tests.factories.judging import make_round
from tests.factories.pages import (
    ArticleFactory,
    CompetitionIndexFactory,
    CompetitionPageFactory,
    NewsIndexFactory,
    home,
)

pytestmark = in_browser


def test_an_entry_is_written_and_submitted(person: Callable[..., Person]) -> None:
    competition = OpenCompetitionFactory()
    founder = person(FounderFactory(), javascript=False)
    key = entering.begin_entry(
        founder, competition.title, "Ý tưởng", "Bánh tráng sáu tháng", entering.ALONE
    )
    entering.fill_in(founder, key, {"Tóm tắt": "Bánh tráng giữ được sáu tháng."})
    entering.open_section(founder, key, "Kế hoạch")
    entering.add_file(founder, "Tài liệu", "Kết quả.pdf", pdf(2))
    expect(founder.page.locator(".file-row img")).to_have_count(2)
    entering.submit(founder, key)
    entry = Entry.objects.get()
    founder.reads(entry.code)
    assert entry.state == Entry.State.SUBMITTED
    items = [
        item for part in entry.submissions.get().snapshot["sections"] for item in part["items"]
    ]
    assert "Bánh tráng giữ được sáu tháng." in [item["value"] for item in items]


def test_sheets_are_scored_and_handed_in(person: Callable[..., Person]) -> None:
    marking = make_round(judges=1, entries=2)
    marking.assign_all()
    marking.open()
    judge = person(marking.judges[0].user, javascript=False, width=820)
    for entry in marking.entries:
        judging.open_sheet(judge, entry.code)
        for field, mark in zip(judging.marks(judge).all(), ("32,5", "20.5", "8"), strict=True):
            field.fill(mark)
        judging.complete_sheet(judge, entry.code)
    judging.hand_in(judge)
    states = set(Scorecard.objects.values_list("state", flat=True))
    assert states == {Scorecard.State.HANDED_IN}


def test_a_mark_that_is_missing_or_too_high_is_explained(person: Callable[..., Person]) -> None:
    marking = make_round(judges=1, entries=1)
    marking.assign_all()
    marking.open()
    judge = person(marking.judges[0].user, javascript=False)
    judging.open_sheet(judge, marking.entries[0].code)
    judging.marks(judge).first.fill("45")
    judging.comment(judge, "Cần thêm số liệu.")
    judge.page.locator("button[value=complete]").click()
    expect(judging.marks(judge).first).to_have_attribute("aria-invalid", "true")
    expect(judging.marks(judge).first).to_have_value("45")
    expect(judge.page.get_by_label(say("Comment to the team"))).to_have_value("Cần thêm số liệu.")


def test_public_pages_read_well(person: Callable[..., Person]) -> None:
    news = NewsIndexFactory(parent=home(), show_in_menus=True)
    ArticleFactory(parent=news, title="Mãng cầu lên sàn", summary="Vườn mãng cầu đầu tiên.")
    competition = CompetitionFactory(announced=True)
    index = CompetitionIndexFactory(parent=home(), show_in_menus=True)
    page = CompetitionPageFactory(parent=index, competition=competition)

    visitor = person(javascript=False, width=390)
    visitor.go("/")
    visitor.reads("Mãng cầu lên sàn", competition.title)
    # Without a script the menu is an open list.
    visitor.page.get_by_role("navigation").get_by_role("link", name="Tin tức").click()
    visitor.reads("Vườn mãng cầu đầu tiên.")
    visitor.page.get_by_role("link", name="Mãng cầu lên sàn").first.click()
    visitor.reads("Nội dung bài viết.")
    visitor.go(page.url)
    visitor.reads(say("Timeline"), say("Enter the competition"))
    visitor.go("/tim-kiem/")
    visitor.page.get_by_role("main").get_by_role("searchbox").fill("mang cau")
    visitor.page.keyboard.press("Enter")
    visitor.reads("Mãng cầu lên sàn")
