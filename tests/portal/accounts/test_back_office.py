"""Who may open what in the back office, how people are managed there, and the second factor."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.accounts import roles
from portal.accounts.granting import grant_roles
from portal.accounts.models import Organisation, User
from portal.core import auditing
from tests.factories.accounts import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
Soup = Callable[[HttpResponse], BeautifulSoup]
SignIn = Callable[[Any], Client]
ROLES = {
    "administrator": {"administrator": True},
    "director": {"director": True},
    "editor": {"editor": True},
    "officer": {"officer": True},
    "front desk": {"front_desk": True},
}


@pytest.fixture
def root() -> Page:
    page = Page.objects.filter(depth=1).first()
    return page


def answer(client: Client, url: str) -> int:
    """200, 403, or 403 where Wagtail sends people back to the start page with a message."""
    response = client.get(url)
    if response.status_code == 302 and response.url == reverse("wagtailadmin_home"):
        return 403
    return response.status_code


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("/admin/", set(ROLES)),
        ("/admin/users/", {"administrator"}),
        ("/admin/users/new/", {"administrator"}),
        ("/admin/groups/", {"administrator"}),
        ("/admin/organisation/", {"administrator", "director", "officer"}),
        ("/admin/membership/", {"administrator", "director", "officer"}),
        ("/admin/images/", {"administrator", "editor", "officer"}),
        ("/admin/documents/", {"administrator", "editor", "officer"}),
        ("/admin/redirects/", {"administrator", "editor"}),
        ("/admin/sites/", {"administrator"}),
    ],
)
def test_which_role_opens_what(signed_in: SignIn, root: Page, url: str, allowed: set[str]) -> None:
    opened = {name: answer(signed_in(UserFactory(**traits)), url) for name, traits in ROLES.items()}
    assert opened == {name: 200 if name in allowed else 403 for name in ROLES}


def test_editors_publish_pages_and_directors_approve_them(root: Page) -> None:
    able = {
        name: root.permissions_for_user(UserFactory(**traits)).can_publish_subpage()
        for name, traits in ROLES.items()
    }
    assert able == {name: name in {"administrator", "director", "editor"} for name in ROLES}


def test_granting_twice_changes_nothing(root: Page) -> None:
    def state() -> list[tuple[str, int, int]]:
        return [
            (g.name, g.permissions.count(), g.page_permissions.count())
            for g in Group.objects.order_by("name")
        ]

    before = state()
    grant_roles()
    assert state() == before
    assert {name for name, _p, _q in before} == set(roles.ALL)


def test_a_role_makes_staff_and_losing_it_ends_that() -> None:
    user = UserFactory()
    officers = Group.objects.get(name=roles.OFFICERS)
    assert not user.is_staff
    user.groups.add(officers)
    assert user.is_staff
    assert roles.is_officer(user)
    user.groups.clear()
    assert not user.is_staff
    assert not roles.is_officer(user)
    officers.user_set.add(user)
    user.refresh_from_db()
    assert user.is_staff
    officers.user_set.clear()
    user.refresh_from_db()
    assert not user.is_staff
    other = Group.objects.create(name="Tổ khác")
    user.groups.add(other)
    assert not user.is_staff
    keeper = User.objects.create_superuser("goc@demo.example", PASSWORD, full_name="Gốc")
    keeper.groups.add(other)
    assert keeper.is_staff


# The door ---------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["/admin/", "/admin/users/", "/admin/login/?next=/admin/users/"])
def test_visitors_are_led_to_our_sign_in_with_next_kept(client: Client, url: str) -> None:
    response = client.get(url, follow=True)
    last, _status = response.redirect_chain[-1]
    assert last.startswith(reverse("account_login") + "?next=")
    target = "/admin/users/" if "users" in url else "/admin/"
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("input[name=next]")["value"] == target
    officer = UserFactory(administrator=True)
    response = client.post(
        reverse("account_login"), {"login": officer.email, "password": PASSWORD, "next": target}
    )
    assert response.url == target
    assert client.get(target).status_code == 200


@pytest.mark.parametrize("url", ["/admin/", "/admin/users/", "/admin/login/", "/admin/account/"])
def test_a_founder_at_the_back_door_gets_our_page_not_a_circle(signed_in: SignIn, url: str) -> None:
    response = signed_in(UserFactory()).get(url)
    assert response.status_code == 403
    assert "Location" not in response.headers


@pytest.mark.parametrize("url", ["/_util/login/", "/en/_util/login/"])
def test_wagtails_own_sign_in_for_pages_is_gone_too(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 302
    assert "/accounts/login/" in response.url
    user = UserFactory(officer=True)
    client.post(url, {"username": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_wagtails_sign_in_takes_no_password(client: Client) -> None:
    user = UserFactory(officer=True)
    client.post("/admin/login/", {"username": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_signing_out_of_the_back_office(signed_in: SignIn) -> None:
    browser = signed_in(UserFactory(editor=True))
    assert browser.get("/admin/logout/").status_code == 200
    assert browser.post("/admin/logout/").status_code == 302
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/abc-def/", "complete/"])
def test_wagtails_password_reset_is_off(client: Client, path: str) -> None:
    assert client.get(f"/admin/password_reset/{path}").status_code == 404


def test_the_account_page_of_the_back_office_leaves_the_person_alone(
    signed_in: SignIn, soup: Soup
) -> None:
    response = signed_in(UserFactory(editor=True)).get("/admin/account/")
    page = soup(response)
    assert response.status_code == 200
    assert not page.select("[name$=first_name], [name$=-email], [name$=password1]")


# The second factor ------------------------------------------------------------------------


def with_password(user: User) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return browser


def test_the_demo_does_not_ask_for_a_second_factor(signed_in: SignIn, settings: Any) -> None:
    settings.STAFF_MFA_REQUIRED = False
    assert signed_in(UserFactory(officer=True)).get("/admin/").status_code == 200


@pytest.mark.parametrize("url", ["/admin/", "/admin/users/", "/workspace/", "/en/workspace/"])
def test_staff_without_a_second_factor_is_led_to_it(settings: Any, url: str) -> None:
    settings.STAFF_MFA_REQUIRED = True
    browser = with_password(UserFactory(officer=True))
    response = browser.get(url)
    assert response.status_code == 302
    assert response.url.endswith("/accounts/2fa/totp/activate/")
    assert response.url.startswith("/en/") == url.startswith("/en/")
    again = browser.get(response.url)  # allauth asks for the password once more
    assert "/accounts/reauthenticate/" in again.url
    assert browser.get(again.url).status_code == 200
    done = browser.post(again.url, {"password": PASSWORD})
    assert browser.get(done.url).status_code == 200
    assert browser.get(reverse("account_logout")).status_code == 200
    assert browser.post(reverse("account_logout")).status_code == 302


def test_staff_with_a_second_factor_and_founders_pass(settings: Any, signed_in: SignIn) -> None:
    settings.STAFF_MFA_REQUIRED = True
    officer = UserFactory(officer=True)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert signed_in(officer).get("/admin/").status_code == 200
    assert signed_in(UserFactory()).get(reverse("accounts:profile")).status_code == 200
    assert Client().get(reverse("account_login")).status_code == 200


def test_a_password_alone_does_not_open_an_account_with_a_second_factor(settings: Any) -> None:
    settings.STAFF_MFA_REQUIRED = True
    officer = UserFactory(officer=True)
    Authenticator.objects.create(
        user=officer, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    browser = Client()
    response = browser.post(
        reverse("account_login"), {"login": officer.email, "password": PASSWORD, "next": "/admin/"}
    )
    assert response.url.startswith(reverse("mfa_authenticate"))
    assert browser.get(response.url).status_code == 200
    assert "_auth_user_id" not in browser.session


# People -----------------------------------------------------------------------------------


def test_an_administrator_adds_an_officer_who_comes_in_by_mail(
    signed_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    browser = signed_in(UserFactory(administrator=True))
    officers = Group.objects.get(name=roles.OFFICERS)
    sent = {
        "full_name": "Phạm  Thị Dung",
        "email": "Dung@Demo.Example",
        "language": "vi",
        "groups": [officers.pk],
        "is_superuser": "on",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(reverse("wagtailusers_users:add"), sent)
    assert response.status_code == 302
    person = User.objects.get(email="dung@demo.example")
    assert (person.full_name, person.is_staff) == ("Phạm Thị Dung", True)
    assert not person.is_superuser  # only a superuser makes one
    assert not person.has_usable_password()
    assert mail.outbox[-1].to == ["dung@demo.example"]
    again = browser.post(reverse("wagtailusers_users:add"), sent)
    assert again.status_code == 200
    assert User.objects.filter(email="dung@demo.example").count() == 1


def test_a_new_address_closes_the_old_one(signed_in: SignIn) -> None:
    person = UserFactory(email="cu@demo.example")
    browser = signed_in(UserFactory(administrator=True))
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    assert browser.get(url).status_code == 200
    sent = {"full_name": person.full_name, "email": "moi@demo.example", "language": "vi"}
    assert browser.post(url, {**sent, "is_active": "on"}).status_code == 302
    [address] = EmailAddress.objects.filter(user=person)
    assert (address.email, address.primary, address.verified) == ("moi@demo.example", True, False)
    line = auditing.history(person)[0]
    assert (line.action, line.data) == ("accounts.person_changed", {"changed": ["email"]})


def test_administrators_do_not_touch_superusers_nor_lock_themselves_out(
    signed_in: SignIn, soup: Soup
) -> None:
    keeper = User.objects.create_superuser("goc@demo.example", PASSWORD, full_name="Gốc")
    administrator = UserFactory(administrator=True)
    browser = signed_in(administrator)
    edit = "wagtailusers_users:edit"
    assert answer(browser, reverse(edit, args=[keeper.pk])) == 403
    page = soup(browser.get(reverse(edit, args=[administrator.pk])))
    assert not page.select("[name=is_active], [name=groups], [name=is_superuser]")
    page = soup(signed_in(keeper).get(reverse(edit, args=[administrator.pk])))
    assert page.select("[name=is_superuser]")


def test_people_are_not_deleted_even_by_superusers(signed_in: SignIn) -> None:
    person = UserFactory()
    keeper = User.objects.create_superuser("goc@demo.example", PASSWORD, full_name="Gốc")
    browser = signed_in(keeper)
    assert answer(browser, reverse("wagtailusers_users:delete", args=[person.pk])) == 403
    browser.post(reverse("wagtailusers_users:delete", args=[person.pk]))
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    browser.get(f"{bulk}?id={person.pk}")
    browser.post(f"{bulk}?id={person.pk}")
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("query", ["bich tran", "TRẦN", "bich@", "Bích Thị"])
def test_people_are_found_without_accents(signed_in: SignIn, soup: Soup, query: str) -> None:
    UserFactory(full_name="Trần Thị Bích", email="bich@demo.example", officer=True)
    UserFactory(full_name="Lê Văn Tám", email="tam@demo.example")
    browser = signed_in(UserFactory(administrator=True, full_name="Quản Lý", email="q@x.example"))
    page = soup(browser.get(reverse("wagtailusers_users:index"), {"q": query}))
    rows = page.select("tbody tr")
    assert len(rows) == 1
    assert "Trần Thị Bích" in rows[0].text
    assert "Chuyên viên" in rows[0].text


def test_the_portals_own_roles_keep_their_names(signed_in: SignIn, soup: Soup) -> None:
    browser = signed_in(UserFactory(administrator=True))
    officers = Group.objects.get(name=roles.OFFICERS)
    address = reverse("wagtailusers_groups:edit", args=[officers.pk])
    page = soup(browser.get(address))
    name = page.select_one("[name=name]")
    assert name.has_attr("disabled")
    assert "Chuyên viên" in page.text
    sent = {
        field["name"]: field.get("value", "")
        for field in page.select("form input[name]:not([type=checkbox])")
    }
    browser.post(address, {**sent, "name": "Chuyên viên"})
    officers.refresh_from_db()
    assert officers.name == roles.OFFICERS


# Organisations ----------------------------------------------------------------------------


def test_organisations_are_found_and_filtered(signed_in: SignIn, soup: Soup) -> None:
    OrganisationFactory(name="Hợp tác xã Mãng Cầu", kind="cooperative")
    OrganisationFactory(name="Công ty Mía")
    OrganisationFactory(household=True, tax_code="072090012345")
    browser = signed_in(UserFactory(officer=True))
    index = reverse("organisation:index")
    page = soup(browser.get(index, {"q": "cau mang"}))
    assert ["Mãng Cầu" in row.text for row in page.select("tbody tr")] == [True]
    page = soup(browser.get(index, {"kind": "household"}))
    assert len(page.select("tbody tr")) == 1
    assert "072090012345" not in page.text
    assert len(soup(browser.get(index, {"verified": "true"})).select("tbody tr")) == 0
    assert len(soup(browser.get(index, {"verified": "false"})).select("tbody tr")) == 3


def test_an_officer_confirms_an_organisation(signed_in: SignIn, soup: Soup) -> None:
    organisation = OrganisationFactory(tax_code="0100109106")
    url = reverse("organisation:verify", args=[organisation.pk])
    for nobody in ("director", "editor", "front desk"):
        assert answer(signed_in(UserFactory(**ROLES[nobody])), url) == 403
    officer = UserFactory(officer=True)
    browser = signed_in(officer)
    inspect = reverse("organisation:inspect", args=[organisation.pk])
    assert url in {a.get("href") for a in soup(browser.get(inspect)).select("a")}
    assert organisation.name in soup(browser.get(url)).text
    assert browser.post(url).url == inspect
    browser.post(url)
    organisation.refresh_from_db()
    assert organisation.verified_by == officer
    assert auditing.history(organisation)[0].action == "accounts.organisation_verified"
    assert url not in {a.get("href") for a in soup(browser.get(inspect)).select("a")}


def test_officers_correct_facts_but_neither_add_nor_delete(signed_in: SignIn, soup: Soup) -> None:
    organisation = OrganisationFactory(tax_code="0100109106")
    browser = signed_in(UserFactory(officer=True))
    url = reverse("organisation:edit", args=[organisation.pk])
    assert browser.get(url).status_code == 200
    sent = {"kind": "enterprise", "country": "VN", "name": "Tên đúng", "tax_code": "0100109107"}
    assert browser.post(url, sent).status_code == 200
    assert browser.post(url, {**sent, "tax_code": "0100109106"}).status_code == 302
    assert Organisation.objects.get().name == "Tên đúng"
    keeper = signed_in(User.objects.create_superuser("goc@demo.example", PASSWORD))
    assert answer(keeper, reverse("organisation:add")) == 403
    assert answer(keeper, reverse("organisation:delete", args=[organisation.pk])) == 403


def test_memberships_are_only_looked_at(signed_in: SignIn, soup: Soup) -> None:
    membership = MembershipFactory()
    browser = signed_in(UserFactory(officer=True))
    inspect = reverse("membership:inspect", args=[membership.pk])
    page = soup(browser.get(reverse("membership:index")))
    assert inspect in {a.get("href") for a in page.select("a")}
    assert browser.get(inspect).status_code == 200
    assert answer(browser, reverse("membership:edit", args=[membership.pk])) == 403
