"""Writers send articles for review; editors approve them in one step, not their own."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import GroupApprovalTask, Page, Site, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset

from portal.accounts import roles
from portal.accounts.models import User
from portal.core import secrecy
from portal.core.extension_points import gather
from portal.core.models import Notice, SecrecyCheck
from portal.news.models import ArticlePage, NewsIndexPage
from portal.pages.founding import found_site
from portal.pages.models import ReviewTask, SiteSettings
from portal.pages.waiting import tasks_for
from tests.factories.accounts import UserFactory
from tests.factories.pages import NewsIndexFactory, StandardPageFactory, home
from tests.portal.pages.test_publishing import form_of
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

FACTS = {
    "cover": "",
    "cover_alt": "",
    "cover_caption": "",
    "author_unit": "",
    "topic": "",
    "day": "08:00 23/11/2026",
    "tags": "",
    "attachments": inline_formset([]),
}
TICK = {secrecy.FIELD: "on"}


@pytest.fixture
def index(site: object) -> NewsIndexPage:
    return NewsIndexFactory(parent=home())


@pytest.fixture
def writer() -> User:
    return UserFactory(contributor=True, full_name="Trần Cộng Tác")


@pytest.fixture
def editor() -> User:
    return UserFactory(editor=True, full_name="Đặng Hải Yến")


def submitted(client: Client, index: NewsIndexPage, title: str = "Bài cộng tác") -> ArticlePage:
    """A new article, written and sent for review in this browser."""
    page = ArticlePage(title=title, slug=slugify(title))
    address = f"/admin/pages/add/news/articlepage/{index.pk}/"
    sent = client.post(address, form_of(page, **FACTS, **{"action-submit": "1"}))
    assert sent.status_code == 302
    return ArticlePage.objects.get(slug=page.slug)


def act(client: Client, page: Page, action: str, **said: str) -> Any:
    task = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    return client.post(address, said, headers={"X-Requested-With": "XMLHttpRequest"})


def titles(user: User) -> list[str]:
    return [str(task.title) for task in gather("portal_tasks", user)]


def test_from_contributor_to_editor_to_the_reader(
    index: NewsIndexPage,
    writer: User,
    editor: User,
    signed_in: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    hers, his = signed_in(editor), signed_in(writer)
    with django_capture_on_commit_callbacks(execute=True):
        page = submitted(his, index)
        assert mail.outbox == []  # a task mails it after the commit, not the request
    assert not page.live
    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    assert Notice.objects.get(recipient=editor).subject == "Chờ duyệt: “Bài cộng tác”"
    assert titles(editor) == ["Duyệt “Bài cộng tác”"]
    assert titles(writer) == []

    act(hers, page, "reject", comment="Thiếu số liệu nguồn.")
    [returned] = gather("portal_tasks", writer)
    assert (str(returned.title), returned.detail) == (
        "Chỉnh sửa “Bài cộng tác”",
        "Thiếu số liệu nguồn.",
    )
    assert "Thiếu số liệu nguồn." in Notice.objects.get(recipient=writer).body
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert his.get(edit).status_code == 200
    his.post(edit, form_of(page, **FACTS, **{"action-submit": "1"}))
    assert titles(writer) == []

    refused = act(hers, page, "approve")
    assert "bí mật nhà nước" in refused.json()["html"]
    act(hers, page, "approve", **TICK)
    page.refresh_from_db()
    assert page.live
    assert SecrecyCheck.objects.get(page=page.pk).checked_by == editor
    assert "được duyệt" in "".join(str(kind.label) for kind in gather("portal_notice_kinds"))
    assert Notice.objects.filter(recipient=writer, kind="pages.approved").count() == 1
    assert titles(editor) == []


def test_writers_write_below_the_news_index_only_and_publish_nothing(
    index: NewsIndexPage, writer: User, signed_in: Any
) -> None:
    his = signed_in(writer)
    page = submitted(his, index)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    his.post(edit, form_of(page, **FACTS, **{"action-publish": "1"}, **TICK))
    page.refresh_from_db()
    assert not page.live
    assert his.get(f"/admin/pages/add/pages/standardpage/{home().pk}/").status_code == 302
    other = StandardPageFactory(parent=home())
    assert his.get(reverse("wagtailadmin_pages:edit", args=[other.pk])).status_code == 302


def test_nobody_approves_what_they_sent_unless_the_office_is_small(
    index: NewsIndexPage, editor: User, signed_in: Any
) -> None:
    hers = signed_in(editor)
    page = submitted(hers, index)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "đồng nghiệp khác phải duyệt" in words(page_of(hers.get(edit)).select_one(".messages"))
    assert titles(editor) == []
    assert act(hers, page, "approve", **TICK).status_code == 403
    published = hers.post(edit, form_of(page, **FACTS, **{"action-publish": "1"}, **TICK))
    assert "đồng nghiệp khác phải duyệt" in words(page_of(published).select_one(".messages"))
    page.refresh_from_db()
    assert not page.live
    SiteSettings.objects.update(own_approval=True)
    assert titles(editor) == ["Duyệt “Bài cộng tác”"]
    act(hers, page, "approve", **TICK)
    page.refresh_from_db()
    assert page.live


def test_each_site_decides_whether_people_approve_what_they_sent(
    index: NewsIndexPage, editor: User, signed_in: Any
) -> None:
    submitted(signed_in(editor), index)
    small = Site.objects.create(hostname="xa.demo.example", root_page=index)
    SiteSettings.objects.create(site=small, own_approval=True)
    assert titles(editor) == ["Duyệt “Bài cộng tác”"]
    SiteSettings.objects.filter(site=small).update(own_approval=False)
    SiteSettings.objects.exclude(site=small).update(own_approval=True)
    assert titles(editor) == []


def test_what_waits_costs_the_same_for_one_page_and_for_many(
    index: NewsIndexPage,
    editor: User,
    signed_in: Any,
    django_assert_num_queries: Any,
) -> None:
    hers = signed_in(editor)
    submitted(hers, index)
    assert tasks_for(editor) == []
    with django_assert_num_queries(4):
        tasks_for(editor)
    for number in (2, 3, 4):
        submitted(hers, index, f"Bài số {number}")
    SiteSettings.objects.update(own_approval=True)
    with django_assert_num_queries(4):
        shown = tasks_for(editor)
    assert len(shown) == 4


def test_the_editor_approves_from_the_page_with_the_tick_of_the_dialogue(
    index: NewsIndexPage, writer: User, editor: User, signed_in: Any
) -> None:
    page = submitted(signed_in(writer), index)
    hers = signed_in(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    for said in ("{}", "[", '{"no_state_secret": false}', "1"):
        data = form_of(page, **FACTS, **action, **{"workflow-action-extra-data": said})
        assert hers.post(edit, data).status_code == 200, said
    said = '{"no_state_secret": true, "comment": "Tốt"}'
    data = form_of(page, **FACTS, **action, **{"workflow-action-extra-data": said})
    assert hers.post(edit, data).status_code == 302
    page.refresh_from_db()
    assert page.live


def test_founding_again_changes_nothing_and_every_approval_asks_for_the_tick(
    index: NewsIndexPage,
) -> None:
    made = Workflow.objects.count()
    assert WorkflowPage.objects.get(page_id=index.pk).workflow.active
    found_site("localhost", 80)
    assert Workflow.objects.count() == made
    assert ReviewTask.objects.count() == GroupApprovalTask.objects.count() == 2
    assert ReviewTask.objects.filter(groups=Group.objects.get(name=roles.DIRECTORS)).exists()
