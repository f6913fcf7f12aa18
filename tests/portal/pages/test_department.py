"""The organisation chart, the site map, and what the portal must show."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from portal.pages.completeness import requirements
from portal.pages.models import (
    ContactPage,
    DepartmentUnit,
    Officer,
    OrganisationPage,
    SiteMapPage,
    SiteSettings,
    StandardPage,
)
from tests.factories.accounts import UserFactory
from tests.factories.pages import (
    ArticleFactory,
    LivePageFactory,
    NewsIndexFactory,
    StandardPageFactory,
    english,
    home,
)
from tests.reading import page_of, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

REACHABLE = {"phone": "02723822222", "email": "nguoi@demo.example"}


class OrganisationFactory(LivePageFactory):
    class Meta:
        model = OrganisationPage

    title = "Tổ chức bộ máy"


class SiteMapFactory(LivePageFactory):
    class Meta:
        model = SiteMapPage

    title = "Sơ đồ Cổng"


def department() -> DepartmentUnit:
    """A department with an office and two people."""
    top = DepartmentUnit.objects.create(
        name="Sở KH&CN", name_en="The Department", duties="Quản lý nhà nước."
    )
    office = DepartmentUnit.objects.create(name="Văn phòng Sở", parent=top, order=1)
    Officer.objects.create(
        unit=top, full_name="Lê Thị Giám", position="Giám đốc", position_en="Director"
    )
    Officer.objects.create(
        unit=office, full_name="Đỗ Văn Phòng", position="Chánh Văn phòng", focal=True, **REACHABLE
    )
    return top


# The chart --------------------------------------------------------------------------------------


def test_the_chart_shows_units_as_they_hang_together_and_people_with_contacts(
    client: Client,
) -> None:
    department()
    page = page_of(client.get(OrganisationFactory(parent=home()).url))
    top = page.select_one(".org-chart > li")
    assert top.select_one("a").get_text() == "Sở KH&CN"
    assert top.select_one(".org-chart__below a").get_text() == "Văn phòng Sở"
    for link in page.select(".org-chart a"):
        assert page.select_one(link["href"]), "a name of the chart leads nowhere"
    person = words(page.select("tbody tr")[1])
    assert "Đỗ Văn Phòng" in person
    assert "Chánh Văn phòng" in person
    assert page.select_one('a[href="mailto:nguoi@demo.example"]')
    assert page.select_one('a[href^="tel:"]')


def test_in_english_names_are_english_where_there_are_any(client: Client) -> None:
    department()
    translated = english(OrganisationFactory(parent=home()), title="Organisation")
    page = page_of(client.get(translated.url))
    assert [link.get_text() for link in page.select(".org-chart a")] == [
        "The Department",
        "Văn phòng Sở",
    ]
    assert "Director" in words(page)


def test_the_chart_costs_the_same_however_large(
    client: Client, django_assert_num_queries: Any
) -> None:
    url = OrganisationFactory(parent=home()).url
    top = department()
    client.get(url)

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = queries()
    for number in range(8):
        unit = DepartmentUnit.objects.create(name=f"Phòng {number}", parent=top)
        Officer.objects.create(unit=unit, full_name=f"Người {number}", position="Chuyên viên")
    assert queries() == few


def test_an_empty_register_says_so(client: Client) -> None:
    page = page_of(client.get(OrganisationFactory(parent=home()).url))
    assert page.select_one(".empty-state, .empty")


def test_a_unit_is_no_part_of_itself() -> None:
    top = department()
    below = top.children.get()
    top.parent = below
    with pytest.raises(ValidationError) as wrong:
        top.full_clean()
    assert "parent" in wrong.value.message_dict


@pytest.mark.parametrize(
    "wrong",
    [
        lambda top: DepartmentUnit.objects.filter(pk=top.pk).update(parent=top),
        lambda top: DepartmentUnit.objects.create(name=top.name),
        lambda top: DepartmentUnit.objects.create(name="Văn phòng Sở", parent=top),
        lambda top: Officer.objects.create(unit=top, full_name="A", position="B", focal=True),
    ],
)
def test_the_database_keeps_the_register_in_order(wrong: Any) -> None:
    top = department()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(top)


def test_an_editor_keeps_the_register(client: Client) -> None:
    client.force_login(UserFactory(editor=True))
    top = department()
    answer = client.post(
        reverse("department_officers:add"),
        {
            "unit": top.pk,
            "full_name": "Trần Mới",
            "position": "Chuyên viên",
            "focal": "on",
            "order": 0,
        },
    )
    assert answer.status_code == 200
    assert "thư công vụ" in words(page_of(answer, None))
    answer = client.post(
        reverse("department_officers:add"),
        {
            "unit": top.pk,
            "full_name": "Trần Mới",
            "position": "Chuyên viên",
            "focal": "on",
            "order": 0,
            "phone": "0272 382 2222",
            "email": "moi@demo.example",
        },
    )
    assert answer.status_code == 302
    assert Officer.objects.filter(full_name="Trần Mới").exists()


# The site map -----------------------------------------------------------------------------------


def test_the_site_map_shows_the_tree_without_every_article(client: Client) -> None:
    index = NewsIndexFactory(parent=home())
    ArticleFactory(parent=index, title="Một bài trong muôn vàn bài")
    about = StandardPageFactory(parent=home(), title="Giới thiệu")
    StandardPageFactory(parent=about, title="Lịch sử")
    StandardPageFactory(parent=home(), title="Chưa đăng", draft=True)
    page = page_of(client.get(SiteMapFactory(parent=home()).url))
    [item] = [li for li in page.select(".site-map > li") if "Giới thiệu" in li.get_text()]
    assert item.select_one(":scope > ul a").get_text() == "Lịch sử"
    shown = words(page.select_one(".site-map"))
    assert "Một bài trong muôn vàn bài" not in shown
    assert "Chưa đăng" not in shown
    for link in page.select(".site-map a"):
        assert client.get(link["href"]).status_code == 200


# What must be there -----------------------------------------------------------------------------


def state(text: str) -> bool:
    [found] = [one for one in requirements() if one.text == text]
    return found.done


def test_an_editor_is_told_what_is_missing_and_where_to_put_it_right(client: Client) -> None:
    client.force_login(UserFactory(editor=True))
    page = page_of(client.get(reverse("completeness_report")), None)
    rows = page.select("tbody tr")
    assert len(rows) == len(requirements())
    for row in rows:
        assert client.get(row.select_one("a")["href"], follow=True).status_code == 200


def test_a_page_counts_once_it_is_published() -> None:
    page = StandardPageFactory(parent=home(), purpose="privacy", draft=True)
    assert not state("Thông báo về quyền riêng tư")
    page.get_latest_revision().publish()
    assert state("Thông báo về quyền riêng tư")


def test_people_and_english_versions_count() -> None:
    assert not state("Mọi đơn vị đều nêu chức năng, nhiệm vụ")
    department()
    assert state("Đầu mối cung cấp thông tin, có chức vụ, điện thoại và thư công vụ")
    assert not state("Mọi đơn vị đều nêu chức năng, nhiệm vụ"), "the office tells none yet"
    DepartmentUnit.objects.update(duties="Có", name_en="Yes")
    assert state("Mọi đơn vị đều nêu chức năng, nhiệm vụ")
    assert state("Tên các đơn vị bằng tiếng Anh")
    english(OrganisationFactory(parent=home()), title="Organisation")
    assert state("Sơ đồ tổ chức bằng tiếng Anh")


def test_the_footer_counts_when_all_of_it_stands() -> None:
    footer = "Địa chỉ, điện thoại, thư điện tử và người chịu trách nhiệm ở chân trang"
    assert not state(footer)
    SiteSettings.objects.update(
        address_vi="1", phone="2", email="a@demo.example", responsible_vi="Văn phòng"
    )
    assert state(footer)


def test_two_pages_do_not_serve_as_the_same() -> None:
    first = StandardPageFactory(parent=home(), purpose="about")
    second = StandardPage(title="Khác", slug="khac", locale=first.locale, purpose="about")
    with pytest.raises(ValidationError) as wrong:
        second.clean()
    assert "purpose" in wrong.value.message_dict
    second.locale = home("en").locale
    second.clean()


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("director", 200), ("officer", 302), (None, 403)]
)
def test_who_sees_the_report(client: Client, role: str | None, status: int) -> None:
    client.force_login(UserFactory(**{role: True} if role else {}))
    assert client.get(reverse("completeness_report")).status_code == status


def test_the_contact_page_leads_to_both_forms(client: Client) -> None:
    class ContactFactory(LivePageFactory):
        class Meta:
            model = ContactPage

    page = page_of(client.get(ContactFactory(parent=home(), title="Liên hệ").url))
    for name in ("enquiries:ask", "enquiries:request_information"):
        assert page.select_one(f'main a[href="{reverse(name)}"]')
