"""The pages of one's own profile and organisations: what they show, refuse and keep."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts import organising
from portal.accounts.models import Invitation, Membership, Organisation
from portal.core.models import AdministrativeUnit
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
Soup = Callable[[HttpResponse], BeautifulSoup]
SignIn = Callable[[Any], Client]
CODE = "0100109106"


@pytest.fixture
def tan_ninh() -> AdministrativeUnit:
    province = AdministrativeUnit.objects.create(
        level="province",
        code="80",
        kind="Tỉnh",
        name="Tây Ninh",
        full_name="Tỉnh Tây Ninh",
        valid_from="2025-07-01",
    )
    common = {"level": "commune", "valid_from": "2025-07-01"}
    AdministrativeUnit.objects.create(
        **{**common, "valid_from": "2020-01-01"},
        valid_to="2025-06-30",
        code="25456",
        kind="Phường",
        name="Phường cũ",
        full_name="Phường cũ",
        parent=province,
    )
    return AdministrativeUnit.objects.create(
        **common,
        code="25459",
        kind="Phường",
        name="Tân Ninh",
        full_name="Phường Tân Ninh",
        parent=province,
    )


def typed(**changes: str) -> dict[str, str]:
    return {
        "kind": "enterprise",
        "country": "VN",
        "name": "Công ty Cổ phần Mía Xanh",
        "tax_code": CODE,
        "first_registered_on": "23/11/2020",
        "unit": "phuong tan ninh",
        "phone": "0912 345 678",
        "website": "miaxanh.example",
        **changes,
    }


def errors(page: BeautifulSoup, field: str) -> str:
    return " ".join(e.get_text(" ", strip=True) for e in page.select(f"#id_{field}_error"))


# The profile ------------------------------------------------------------------------------


def test_the_profile_keeps_name_phone_and_language(signed_in: SignIn, soup: Soup) -> None:
    user = UserFactory(phone="+84912345678")
    browser, url = signed_in(user), reverse("accounts:profile")
    page = soup(browser.get(url))
    assert page.select_one("#id_phone")["value"] == "0912 345 678"
    response = browser.post(
        url, {"full_name": " Lê  Văn\u0000Tám ", "phone": "0987654321", "language": "en"}
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.phone, user.language) == ("Lê Văn Tám", "+84987654321", "en")
    page = soup(browser.get(url))
    ways = {a["href"] for a in page.select("aside a")}
    assert {reverse("account_email"), reverse("mfa_index"), reverse("usersessions_list")} <= ways


@pytest.mark.parametrize("phone", ["12", "abc", "0912\x00345678", "9" * 400])
def test_a_wrong_phone_is_refused_beside_the_field(
    signed_in: SignIn, soup: Soup, phone: str
) -> None:
    user = UserFactory()
    response = signed_in(user).post(
        reverse("accounts:profile"), {"full_name": "Tên Mới", "phone": phone, "language": "vi"}
    )
    page = soup(response)
    assert errors(page, "phone")
    assert page.select_one("#id_full_name")["value"] == "Tên Mới"
    user.refresh_from_db()
    assert user.full_name != "Tên Mới"


# The list ---------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(signed_in: SignIn, soup: Soup) -> None:
    page = soup(signed_in(UserFactory()).get(reverse("accounts:organisations")))
    assert page.select(f'a[href="{reverse("accounts:organisation_create")}"]')


def own_queries(browser: Client, url: str) -> int:
    """How often a page asks for what this app keeps; the frame around it is not ours."""
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    tables = ("accounts_membership", "accounts_invitation", "accounts_organisation")
    return sum(any(f'FROM "{table}"' in query["sql"] for table in tables) for query in asked)


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_asks_twice_whatever_its_length(
    signed_in: SignIn, tan_ninh: AdministrativeUnit, rows: int
) -> None:
    user = UserFactory()
    OrganisationFactory.create_batch(rows, owner=user, unit=tan_ninh)
    assert own_queries(signed_in(user), reverse("accounts:organisations")) == 2


@pytest.mark.parametrize("members", [1, 10])
def test_one_organisation_asks_four_times_whatever_its_size(
    signed_in: SignIn, members: int
) -> None:
    organisation = OrganisationFactory()
    MembershipFactory.create_batch(members, organisation=organisation)
    url = reverse("accounts:organisation", args=[organisation.pk])
    assert own_queries(signed_in(organisation.created_by), url) == 4


# Entering ---------------------------------------------------------------------------------


def test_an_organisation_is_entered_without_scripting(
    signed_in: SignIn, soup: Soup, tan_ninh: AdministrativeUnit
) -> None:
    user = UserFactory()
    browser, url = signed_in(user), reverse("accounts:organisation_create")
    offered = [option["value"] for option in soup(browser.get(url)).select("datalist option")]
    assert offered == ["Phường Tân Ninh, Tỉnh Tây Ninh"]
    response = browser.post(url, typed())
    organisation = Organisation.objects.get()
    assert response.url == reverse("accounts:organisation", args=[organisation.pk])
    assert organisation.unit == tan_ninh
    assert organisation.website == "https://miaxanh.example"
    page = soup(browser.get(response.url))
    assert "23/11/2020" in page.text
    assert "Phường Tân Ninh, Tỉnh Tây Ninh" in page.text


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"first_registered_on": "31/02/2026"}, "first_registered_on", "Không có ngày này"),
        ({"first_registered_on": "23/11/2999"}, "first_registered_on", "chưa đến"),
        ({"tax_code": "0100109107"}, "tax_code", "chữ số bị sai"),
        ({"tax_code": "072090012345"}, "tax_code", "Chỉ hộ kinh doanh"),
        ({"kind": "household", "tax_code": "999090012345"}, "tax_code", "số định danh"),
        ({"tax_code": ""}, "tax_code", "Hãy nhập mã số thuế"),
        ({"unit": "Phường cũ"}, "unit", "Hiện không có"),
        ({"unit": "x\x00y"}, "unit", ""),
        ({"email": "a\x00@demo.example"}, "email", ""),
        ({"website": "javascript:alert(1)"}, "website", ""),
        ({"website": "ftp://x.example"}, "website", ""),
        ({"phone": "12345"}, "phone", "Đây không phải số điện thoại"),
        ({"name": "x" * 201}, "name", ""),
        ({"kind": "cartel"}, "kind", ""),
        ({"country": "XX"}, "country", ""),
    ],
)
def test_bad_input_is_answered_beside_the_field_and_kept(
    signed_in: SignIn,
    soup: Soup,
    tan_ninh: AdministrativeUnit,
    changes: dict[str, str],
    field: str,
    said: str,
) -> None:
    sent = typed(**changes)
    response = signed_in(UserFactory()).post(reverse("accounts:organisation_create"), sent)
    assert response.status_code == 200
    page = soup(response)
    assert said in errors(page, field)
    assert errors(page, field)
    for name in ("name", "tax_code", "first_registered_on", "unit"):
        assert page.select_one(f"#id_{name}").get("value", "") == sent[name]
    assert not Organisation.objects.exists()


def test_a_place_named_twice_asks_for_the_province(
    signed_in: SignIn, soup: Soup, tan_ninh: AdministrativeUnit
) -> None:
    elsewhere = AdministrativeUnit.objects.create(
        level="province",
        code="99",
        kind="Tỉnh",
        name="Khác",
        full_name="Tỉnh Khác",
        valid_from="2025-07-01",
    )
    AdministrativeUnit.objects.create(
        level="commune",
        code="1",
        kind="Xã",
        name="Tân Ninh",
        full_name="Xã Tân Ninh",
        valid_from="2025-07-01",
        parent=elsewhere,
    )
    browser, url = signed_in(UserFactory()), reverse("accounts:organisation_create")
    page = soup(browser.post(url, typed(unit="tân ninh")))
    assert "Phường Tân Ninh, Tỉnh Tây Ninh" in errors(page, "unit")
    assert browser.post(url, typed(unit="Tân Ninh, Tây Ninh")).status_code == 302
    assert Organisation.objects.get().unit == tan_ninh


def test_what_is_there_already_offers_to_ask_its_owner(
    signed_in: SignIn, soup: Soup, tan_ninh: AdministrativeUnit
) -> None:
    there = OrganisationFactory(tax_code=CODE, owner=UserFactory(email="an@demo.example"))
    asker = UserFactory()
    browser = signed_in(asker)
    page = soup(browser.post(reverse("accounts:organisation_create"), typed()))
    assert "a•••@demo.example" in errors(page, "tax_code")
    assert "an@demo.example" not in page.text
    [form] = page.select(f'form[action="{reverse("accounts:join")}"]')
    sent = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
    response = browser.post(reverse("accounts:join"), {**sent, "ask": "1"})
    assert response.status_code == 302
    assert Membership.objects.get(user=asker, organisation=there).state == "requested"


def test_asking_by_tax_code_shows_first_whom_one_asks(signed_in: SignIn, soup: Soup) -> None:
    there = OrganisationFactory(tax_code=CODE)
    browser, url = signed_in(UserFactory()), reverse("accounts:join")
    page = soup(browser.post(url, {"country": "VN", "tax_code": "0100 109 106"}))
    assert there.name in page.text
    assert there.created_by.email not in page.text
    page = soup(browser.post(url, {"country": "VN", "tax_code": "999"}))
    assert errors(page, "tax_code")
    household = OrganisationFactory(household=True)
    page = soup(browser.post(url, {"country": "VN", "tax_code": household.tax_code}))
    assert household.name not in page.text
    member = signed_in(there.created_by)
    page = soup(member.post(url, {"country": "VN", "tax_code": CODE, "ask": "1"}))
    assert "Bạn đã là thành viên" in page.text


# Changing and members ---------------------------------------------------------------------


def test_an_owner_changes_the_facts(
    signed_in: SignIn, soup: Soup, tan_ninh: AdministrativeUnit
) -> None:
    organisation = OrganisationFactory(tax_code=CODE, unit=tan_ninh)
    browser = signed_in(organisation.created_by)
    url = reverse("accounts:organisation_change", args=[organisation.pk])
    page = soup(browser.get(url))
    assert page.select_one("#id_unit")["value"] == "Phường Tân Ninh, Tỉnh Tây Ninh"
    assert browser.post(url, typed(name="Tên mới")).status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == "Tên mới"
    OrganisationFactory(tax_code="0100233488")
    page = soup(browser.post(url, typed(tax_code="0100233488")))
    assert "đã có trên hệ thống" in errors(page, "tax_code")


OWNERS_PAGES = ["organisation_change", "invite", "hand_over"]


@pytest.mark.parametrize("name", ["organisation", *OWNERS_PAGES])
def test_who_opens_the_pages_of_an_organisation(signed_in: SignIn, name: str) -> None:
    organisation = OrganisationFactory()
    member = MembershipFactory(organisation=organisation).user
    asking = MembershipFactory(organisation=organisation, state="requested").user
    url = reverse(f"accounts:{name}", args=[organisation.pk])
    assert Client().get(url).url.startswith(reverse("account_login"))
    answers = {
        "owner": signed_in(organisation.created_by).get(url).status_code,
        "member": signed_in(member).get(url).status_code,
        "asking": signed_in(asking).get(url).status_code,
        "stranger": signed_in(UserFactory()).get(url).status_code,
        "editor": signed_in(UserFactory(editor=True)).get(url).status_code,
        "front desk": signed_in(UserFactory(front_desk=True)).get(url).status_code,
        "officer": signed_in(UserFactory(officer=True)).get(url).status_code,
        "director": signed_in(UserFactory(director=True)).get(url).status_code,
    }
    allowed = {
        "organisation": {"owner", "member", "officer", "director"},
        "organisation_change": {"owner", "officer"},
    }.get(name, {"owner"})
    known = {"owner", "member", "asking", "officer", "director"}
    refused = {who: 403 if who in known else 404 for who in answers}
    assert answers == {who: 200 if who in allowed else refused[who] for who in answers}


def test_a_request_is_answered_on_the_page(signed_in: SignIn, soup: Soup) -> None:
    organisation = OrganisationFactory()
    yes = organising.ask_to_join(organisation, by=UserFactory())
    no = organising.ask_to_join(organisation, by=UserFactory())
    browser = signed_in(organisation.created_by)
    page = soup(browser.get(reverse("accounts:organisation", args=[organisation.pk])))
    assert len(page.select("button[value=accept]")) == 2
    for membership, answer in ((yes, "accept"), (no, "decline")):
        url = reverse("accounts:answer_request", args=[membership.pk])
        assert Client().post(url).url.startswith(reverse("account_login"))
        assert signed_in(UserFactory()).post(url, {"answer": "accept"}).status_code == 404
        assert browser.get(url).status_code == 405
        browser.post(url, {"answer": answer})
        assert browser.post(url, {"answer": "accept"}, follow=True).status_code == 200
    assert Membership.objects.get(pk=yes.pk).state == "active"
    assert Membership.objects.get(pk=no.pk).state == "declined"


def test_an_invitation_from_the_page_to_the_membership(
    signed_in: SignIn, soup: Soup, django_capture_on_commit_callbacks: Any
) -> None:
    organisation = OrganisationFactory()
    owner = signed_in(organisation.created_by)
    url = reverse("accounts:invite", args=[organisation.pk])
    assert soup(owner.post(url, {"email": "không phải thư"})).select("[aria-invalid=true]")
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(url, {"email": "moi@demo.example"})
    assert errors(soup(owner.post(url, {"email": "moi@demo.example"})), "email")
    invitation = Invitation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(reverse("accounts:resend", args=[invitation.pk]))
    assert len(mail.outbox) == 2
    link = "/accounts/invitations/open/" + mail.outbox[-1].body.split("/invitations/open/")[1]
    link = link.split()[0]

    visitor = soup(Client().get(link))
    assert visitor.select(f'a[href="{reverse("account_login")}?next={link}"]')
    assert "moi@demo.example" not in visitor.text
    stranger = soup(signed_in(UserFactory()).get(link))
    assert stranger.select("[role=alert]")
    assert not stranger.select("form[method=post] button:-soup-contains('Tham gia')")
    colleague = signed_in(UserFactory(email="moi@demo.example"))
    assert colleague.get(link).status_code == 200
    assert not Membership.objects.filter(user__email="moi@demo.example").exists()
    assert colleague.post(link).url == reverse("accounts:organisation", args=[organisation.pk])
    assert "đã được chấp nhận" in soup(colleague.get(link)).text


def test_an_invitation_is_accepted_from_ones_own_list(
    signed_in: SignIn, soup: Soup, django_capture_on_commit_callbacks: Any
) -> None:
    organisation = OrganisationFactory()
    invitation = organising.invite(organisation, "moi@demo.example", by=organisation.created_by)
    url = reverse("accounts:accept", args=[invitation.pk])
    stranger = signed_in(UserFactory())
    stranger.post(url)
    assert Invitation.objects.get().state == "sent"
    colleague = signed_in(UserFactory(email="moi@demo.example"))
    page = soup(colleague.get(reverse("accounts:organisations")))
    assert page.select(f'form[action="{url}"]')
    assert colleague.post(url).status_code == 302
    assert Invitation.objects.get().state == "accepted"


def test_only_owners_touch_invitations(signed_in: SignIn) -> None:
    organisation = OrganisationFactory()
    invitation = organising.invite(organisation, "moi@demo.example", by=organisation.created_by)
    for name in ("revoke", "resend"):
        url = reverse(f"accounts:{name}", args=[invitation.pk])
        member = MembershipFactory(organisation=organisation).user
        assert signed_in(member).post(url).status_code == 403
        assert signed_in(UserFactory()).post(url).status_code == 404
        assert Client().post(url).url.startswith(reverse("account_login"))
    owner = signed_in(organisation.created_by)
    owner.post(reverse("accounts:revoke", args=[invitation.pk]))
    owner.post(reverse("accounts:revoke", args=[invitation.pk]))
    owner.post(reverse("accounts:resend", args=[invitation.pk]))
    assert Invitation.objects.get().state == "revoked"


def test_leaving_and_ending_ask_once(signed_in: SignIn, soup: Soup) -> None:
    organisation = OrganisationFactory()
    owner = Membership.objects.get()
    first, second = MembershipFactory.create_batch(2, organisation=organisation)
    leave, remove = "accounts:leave", "accounts:remove"
    assert signed_in(UserFactory()).get(reverse(leave, args=[first.pk])).status_code == 404
    assert signed_in(first.user).get(reverse(remove, args=[second.pk])).status_code == 403
    assert Client().post(reverse(leave, args=[first.pk])).status_code == 302

    browser = signed_in(first.user)
    assert browser.get(reverse(leave, args=[first.pk])).status_code == 200
    browser.post(reverse(leave, args=[first.pk]))
    browser = signed_in(owner.user)
    assert browser.get(reverse(remove, args=[second.pk])).status_code == 200
    browser.post(reverse(remove, args=[second.pk]))
    assert "duy nhất" in soup(browser.post(reverse(leave, args=[owner.pk]))).text
    states = {m.pk: m.state for m in Membership.objects.all()}
    assert states == {owner.pk: "active", first.pk: "left", second.pk: "left"}


def test_the_account_is_handed_over_on_its_page(signed_in: SignIn, soup: Soup) -> None:
    organisation = OrganisationFactory()
    colleague = MembershipFactory(organisation=organisation)
    browser = signed_in(organisation.created_by)
    url = reverse("accounts:hand_over", args=[organisation.pk])
    assert [o.text for o in soup(browser.get(url)).select("#id_to option")] == [str(colleague.user)]
    assert browser.post(url, {"to": MembershipFactory().pk}).status_code == 200
    assert browser.post(url, {"to": colleague.pk}).status_code == 302
    colleague.refresh_from_db()
    assert colleague.role == "owner"


def test_english_pages_are_english(signed_in: SignIn, soup: Soup) -> None:
    organisation = OrganisationFactory()
    browser = signed_in(organisation.created_by)
    page = soup(browser.get(f"/en/accounts/organisations/{organisation.pk}/"))
    assert page.html["lang"] == "en"
    assert "You own this account" in page.text
