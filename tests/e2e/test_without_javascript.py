"""The portal with JavaScript switched off: slower, and nothing is missing."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import pgettext
from playwright.sync_api import expect

from competitions.entries.models import Entry
from competitions.judging.models import Scorecard
from events.programme.models import Registration
from events.techmart.models import Need
from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.templatetags.portal import month_year
from portal.enquiries.models import Enquiry
from portal.news.models import ARTICLES_PER_PAGE
from portal.search.indexing import rebuild
from tests.e2e import entering, judging
from tests.e2e.entrance import sign_in_by_code, sign_up
from tests.e2e.mails import newest_to
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
    TopicFactory,
    english,
    home,
)
from tests.factories.programme import EventsPageFactory, SeriesFactory, shown
from tests.factories.registration import SignUpFactory
from tests.factories.regulations import OfficialDocumentFactory, RegulationsIndexFactory
from tests.factories.techmart import MarketPageFactory, offer, words

pytestmark = [*in_browser, pytest.mark.any_database]


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


def test_lists_and_search_are_walked(person: Callable[..., Person]) -> None:
    news = NewsIndexFactory(parent=home(), show_in_menus=True)
    english(news, title="News")
    topic = TopicFactory(label="Nông nghiệp")
    for number in range(ARTICLES_PER_PAGE):
        ArticleFactory(parent=news, title=f"Tin số {number}")
    ArticleFactory(parent=news, title="Mãng cầu lên sàn", topic=topic)
    documents = RegulationsIndexFactory(parent=home())
    OfficialDocumentFactory(subject="Quy chế thi", number="9/2026/QĐ-UBND")
    rebuild()
    visitor = person(javascript=False, width=390)
    page, main = visitor.page, visitor.page.get_by_role("main")

    visitor.go("/tim-kiem/")
    main.get_by_role("searchbox").fill("mang caaau")
    main.get_by_role("searchbox").press("Enter")
    main.locator(".search-meant a").click()
    main.get_by_role("navigation").get_by_role("link", name=say("News")).click()
    visitor.reads("Mãng cầu lên sàn")
    assert "loai=article" in page.url

    visitor.go(news.url)
    main.get_by_role("link", name="Nông nghiệp", exact=True).first.click()
    visitor.reads("Mãng cầu lên sàn")
    visitor.does_not_read("Tin số 3")
    visitor.go(news.url)
    main.locator("a[rel=next]").click()
    visitor.reads("Tin số 0")
    visitor.press(say("Archive by month"))
    main.get_by_role("listitem").get_by_role("link").first.click()
    expect(main.locator(".row").first).to_be_visible()
    visitor.go(news.url)
    page.locator(".site-tools a[hreflang=en]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("News")

    visitor.go(documents.url)
    main.get_by_label(say("Number or words of the subject")).fill("9/2026")
    main.get_by_label(say("Kind of document")).select_option(label="Nghị định")
    visitor.press(say("Filter"))
    visitor.reads("9/2026/QĐ-UBND")
    main.get_by_label(say("Number or words of the subject")).fill("khong co")
    visitor.press(say("Filter"))
    visitor.reads(say("No document fits these filters"))


def test_the_department_is_asked(person: Callable[..., Person]) -> None:
    visitor = person(javascript=False, width=390)
    page = visitor.page
    asked = {"full_name": "Lê Thị Hỏi", "email": "hoi@demo.example", "subject": "Hồ sơ"}
    for name in ("ask", "request_information"):
        visitor.go(reverse(f"enquiries:{name}"))
        for field, value in asked.items():
            page.locator(f"[name={field}]").fill(value)
        if name == "request_information":
            page.locator("[name=address]").fill("12 đường 30 Tháng 4")
        page.get_by_role("checkbox").check()
        with visitor.expecting(422):
            visitor.press(pgettext("message", "Send"))
            expect(page.locator("[name=text]")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("[name=subject]")).to_have_value("Hồ sơ")
        page.locator("[name=text]").fill("Cần giấy tờ gì?")
        visitor.press(pgettext("message", "Send"))
        visitor.reads(say("We received your message"), Enquiry.objects.latest("pk").code)


def test_an_account_is_made_and_kept(person: Callable[..., Person]) -> None:
    email = "hanh@demo.example"
    sign_up(person(javascript=False), "Nguyễn Thị Hạnh", email)
    founder = person(javascript=False, width=390)
    sign_in_by_code(founder, email)
    page, main = founder.page, founder.page.get_by_role("main")

    founder.go(reverse("accounts:profile"))
    main.get_by_label(say("Phone")).fill("12")
    founder.press(say("Save"))
    expect(main.get_by_label(say("Phone"))).to_have_attribute("aria-invalid", "true")
    main.get_by_label(say("Phone")).fill("0912 345 678")
    founder.press(say("Save"))
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)

    founder.go(reverse("core:notice_preferences"))
    mailed = main.locator("[type=checkbox]:not([disabled])").first
    mailed.uncheck()
    founder.press(say("Save"))
    founder.go(reverse("core:notice_preferences"))
    expect(mailed).not_to_be_checked()

    founder.go(reverse("accounts:organisation_create"))
    main.get_by_label(say("Name of the organisation")).fill("Viện Mía Giấy")
    page.locator("[name=kind]").select_option(Organisation.Kind.INSTITUTE)
    founder.press(say("Save"))
    founder.reads("Viện Mía Giấy")
    assert Organisation.objects.get().name == "Viện Mía Giấy"


def test_the_market_is_searched_and_asked(person: Callable[..., Person]) -> None:
    MarketPageFactory(parent=home())
    offer(title="Máy băm lá mía", crops=words("crop", "mia"))
    offer(title="Lò sấy xoài", problem="Xoài rớt giá.", summary="Sấy xoài.", advantages="Để lâu.")
    visitor = person(javascript=False, width=390)
    page, main = visitor.page, visitor.page.get_by_role("main")
    visitor.go("/techmart/")
    main.get_by_role("searchbox").fill("dot la mia")
    visitor.press(say("Search"))
    visitor.reads("Máy băm lá mía")
    expect(main.get_by_text("Lò sấy xoài")).to_have_count(0)
    main.get_by_role("link", name="Máy băm lá mía").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Máy băm lá mía")
    main.get_by_role("link", name=say("Call me back")).click()
    page.locator("[name=phone]").fill("0912 345 678")
    page.locator("[name=consent]").check()
    visitor.press(pgettext("message", "Send"))
    called = Need.objects.get()
    visitor.reads(say("We have it"), called.code, "Máy băm lá mía")

    visitor.go("/techmart/neu-nhu-cau/")
    page.locator("[name=problem]").fill("Ao nước thải mì tràn mỗi khi mưa lớn.")
    page.locator("[name=phone]").fill("12")
    page.locator("[name=consent]").check()
    with visitor.expecting(422):
        visitor.press(pgettext("message", "Send"))
        expect(page.locator("[name=phone]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=problem]")).to_have_value("Ao nước thải mì tràn mỗi khi mưa lớn.")
    page.locator("[name=phone]").fill("0912 345 678")
    visitor.press(pgettext("message", "Send"))
    visitor.reads(say("We have it"), Need.objects.latest("pk").code)


def test_the_calendar_of_events_is_read(person: Callable[..., Person]) -> None:
    EventsPageFactory(parent=home())
    shown(days=3, title="Hội thảo mì", series=SeriesFactory(name="Chuỗi mì"))
    shown(days=4, title="Tập huấn mã vạch", kind="training")
    visitor = person(javascript=False, width=390)
    page, main = visitor.page, visitor.page.get_by_role("main")
    visitor.go("/su-kien/")
    page.locator("[name=loai]").select_option("training")
    visitor.press(say("Filter"))
    visitor.reads("Tập huấn mã vạch")
    expect(main.get_by_text("Hội thảo mì")).to_have_count(0)
    main.get_by_role("link", name=say("Show all")).click()
    main.get_by_role("link", name="Hội thảo mì").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hội thảo mì")
    main.get_by_role("link", name="Chuỗi mì").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chuỗi mì")
    visitor.go("/su-kien/")
    main.get_by_role("link", name=say("By month")).click()
    main.get_by_role("link", name=say("Month after")).click()
    main.get_by_role("link", name=say("Month before")).click()
    expect(main.get_by_role("heading", level=2)).to_have_text(
        say("Events of %(month)s") % {"month": month_year(clock.today())}
    )


def test_a_guest_registers_for_an_event(person: Callable[..., Person]) -> None:
    page_of_it = shown(days=3, title="Hội thảo mì")
    SignUpFactory(event=page_of_it.event)
    visitor = person(javascript=False, width=390)
    page, main = visitor.page, visitor.page.get_by_role("main")
    visitor.go(page_of_it.url)
    main.get_by_role("link", name=say("Register")).click()
    page.locator("[name=name]").fill("Lê Thị Lan")
    page.locator("[name=email]").fill("lan@demo.example")
    with visitor.expecting(422):
        visitor.press(say("Register"))
        expect(page.locator("[name=consent]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=name]")).to_have_value("Lê Thị Lan")
    page.locator("[name=consent]").check()
    visitor.press(say("Register"))
    visitor.reads(say("Confirm your address"))
    page.locator("[name=code]").fill(newest_to("lan@demo.example").subject[:6])
    visitor.press(say("Confirm"))
    made = Registration.objects.get()
    visitor.reads(say("Ticket"), made.code)
    main.get_by_role("link", name=say("Cancel the registration")).click()
    visitor.press(say("Cancel the registration"))
    visitor.reads(say("Cancelled. Thank you for telling us."))
    made.refresh_from_db()
    assert made.state == "cancelled"
