"""Signing up and signing in, by the pages people use and the codes they are mailed."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.core.models import ConsentRecord, ConsentText
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
Soup = Callable[[HttpResponse], BeautifulSoup]


def path_in(language: str, name: str, *args: Any) -> str:
    with translation.override(language):
        return reverse(name, args=args)


def sign_up(client: Client, language: str = "vi", **changes: str) -> HttpResponse:
    typed = {
        "full_name": "Trần Thị Bích",
        "email": "Bich@Demo.Example",
        "password1": "Mot-mat-khau-dai-9",
        "terms": "on",
        **changes,
    }
    typed = {name: value for name, value in typed.items() if value}
    return client.post(path_in(language, "account_signup"), typed)


@pytest.mark.parametrize(
    ("language", "subject"),
    [("vi", "Mã để hoàn tất đăng ký"), ("en", "The code to finish signing up")],
)
def test_signing_up_ends_in_the_workspace(
    client: Client, last_code: Callable[[], str], language: str, subject: str
) -> None:
    response = sign_up(client, language)
    assert response.status_code == 302
    assert response.url == path_in(language, "account_email_verification_sent")

    [letter] = mail.outbox
    assert letter.to == ["bich@demo.example"]
    assert letter.subject == subject
    assert letter.extra_headers["X-Portal-Kind"] == "account.email_confirmation_signup"
    html = letter.alternatives[0][0]
    assert last_code() in html

    response = client.post(response.url, {"action": "verify", "code": f" {last_code().lower()} "})
    assert response.status_code == 302
    assert response.url == path_in(language, "workspace:home")
    user = User.objects.get(email="bich@demo.example")
    assert (user.full_name, user.language) == ("Trần Thị Bích", language)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert ConsentRecord.objects.get(user=user).text == ConsentText.current("terms_of_use")


def test_the_consent_is_not_ticked_and_leads_to_the_terms(client: Client, soup: Soup) -> None:
    page = soup(client.get(reverse("account_signup")))
    [box] = page.select("input[name=terms]")
    assert not box.has_attr("checked")
    [link] = page.select("label[for=id_terms] a")
    assert link["href"] == reverse("accounts:terms")
    assert client.get(link["href"]).status_code == 200


def test_terms_are_shown_in_the_language_of_the_path(client: Client) -> None:
    assert "Điều khoản sử dụng" in client.get("/accounts/terms/").content.decode()
    assert "Terms of use" in client.get("/en/accounts/terms/").content.decode()


@pytest.mark.parametrize("missing", ["full_name", "email", "password1", "terms"])
def test_everything_is_asked_for_and_nothing_typed_is_lost(
    client: Client, soup: Soup, missing: str
) -> None:
    response = sign_up(client, **{missing: ""})
    assert response.status_code == 200
    page = soup(response)
    assert page.select(f"#id_{missing}[aria-invalid=true]")
    if missing != "full_name":
        assert page.select_one("#id_full_name")["value"] == "Trần Thị Bích"
    assert not User.objects.exists()
    assert not ConsentRecord.objects.exists()


def test_the_typed_address_can_be_changed_before_it_is_confirmed(
    client: Client, soup: Soup, last_code: Callable[[], str]
) -> None:
    page_url = sign_up(client, email="sai@demo.example").url
    page = soup(client.get(page_url))
    assert "sai@demo.example" in page.text

    response = client.post(page_url, {"action": "change", "email": "dung@demo.example"})
    assert response.status_code == 302
    assert mail.outbox[-1].to == ["dung@demo.example"]
    assert "dung@demo.example" in soup(client.get(page_url)).text
    assert client.post(page_url, {"action": "verify", "code": last_code()}).status_code == 302
    assert User.objects.get().email == "dung@demo.example"
    assert "_auth_user_id" in client.session


def test_the_code_can_be_sent_again(client: Client, last_code: Callable[[], str]) -> None:
    page_url = sign_up(client).url
    first = last_code()
    client.post(page_url, {"action": "resend"})
    assert len(mail.outbox) == 2
    assert last_code() != first
    client.post(page_url, {"action": "verify", "code": last_code()})
    assert "_auth_user_id" in client.session


def test_a_wrong_code_is_refused_in_vietnamese(client: Client, soup: Soup) -> None:
    page_url = sign_up(client).url
    response = client.post(page_url, {"action": "verify", "code": "AAAA-AAAA"})
    assert response.status_code == 200
    assert "Incorrect code" not in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_address_that_has_an_account_is_not_betrayed(client: Client) -> None:
    UserFactory(email="co@demo.example", language="en")
    new, taken = (
        sign_up(client, email="moi@demo.example"),
        sign_up(Client(), email="co@demo.example"),
    )
    assert (new.status_code, new.url) == (taken.status_code, taken.url)
    # In the language of the account, not of whoever typed the address.
    assert mail.outbox[-1].subject == "You already have an account"
    assert User.objects.filter(email="co@demo.example").count() == 1


class CountingHasher(MD5PasswordHasher):
    """A fast hasher that tells how often it worked."""

    hashed: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def test_a_known_address_costs_as_much_work_as_a_new_one(settings: Any) -> None:
    """The time that the answer takes is spent hashing: it must not tell who has an account."""
    UserFactory(email="bich@demo.example")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    work = []
    for email in ("bich@demo.example", "chua-co@demo.example"):
        before = CountingHasher.hashed
        sign_up(Client(), email=email)
        work.append(CountingHasher.hashed - before)
    assert work == [1, 1]


def test_signing_in_goes_to_next_or_to_the_workspace(client: Client) -> None:
    user = UserFactory(officer=True)
    typed = {"login": user.email.upper(), "password": PASSWORD}
    assert client.post(reverse("account_login"), typed).url == reverse("workspace:home")
    other = Client()
    response = other.post(reverse("account_login"), {**typed, "next": "/admin/"})
    assert response.url == "/admin/"
    elsewhere = Client()
    response = elsewhere.post(reverse("account_login"), {**typed, "next": "https://evil.example/"})
    assert response.url == reverse("workspace:home")


def test_wrong_password_and_unknown_address_read_the_same(client: Client, soup: Soup) -> None:
    user = UserFactory()
    answers = [
        soup(client.post(reverse("account_login"), {"login": login, "password": "sai"}))
        .select_one(".error-summary")
        .get_text(" ", strip=True)
        for login in (user.email, "khong@demo.example")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_signing_in_by_a_mailed_code(
    client: Client, last_code: Callable[[], str], language: str
) -> None:
    user = UserFactory(language=language, password=None)
    response = client.post(path_in(language, "account_request_login_code"), {"email": user.email})
    assert response.status_code == 302
    assert mail.outbox[-1].subject == {"vi": "Mã đăng nhập", "en": "The code to sign in"}[language]
    response = client.post(response.url, {"code": last_code()})
    assert response.url == path_in(language, "workspace:home")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_code_for_an_unknown_address_looks_the_same(client: Client) -> None:
    user = UserFactory()
    known = client.post(reverse("account_request_login_code"), {"email": user.email})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "khong@demo.example"})
    assert known.url == unknown.url
    assert mail.outbox[-1].subject == "Không có tài khoản nào dùng địa chỉ này"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_new_password_by_a_mailed_code(
    client: Client, last_code: Callable[[], str], language: str
) -> None:
    user = UserFactory(language=language)
    response = client.post(path_in(language, "account_reset_password"), {"email": user.email})
    response = client.post(response.url, {"code": last_code()})
    assert response.status_code == 302
    response = client.post(
        response.url, {"password1": "Mat-khau-moi-2027", "password2": "Mat-khau-moi-2027"}
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.check_password("Mat-khau-moi-2027")


def test_signing_out_needs_a_post(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_pages_of_a_signed_in_person_are_not_stored(client: Client) -> None:
    public = client.get(reverse("accounts:terms"))
    assert "Cache-Control" not in public
    client.force_login(UserFactory())
    for name in ("workspace:home", "accounts:profile", "entries:list"):
        assert client.get(reverse(name))["Cache-Control"] == "private, no-store"


def test_signing_out_clears_what_the_device_kept(client: Client) -> None:
    client.force_login(UserFactory())
    assert "Clear-Site-Data" not in client.get(reverse("workspace:home"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'


def test_a_person_set_inactive_does_not_come_in(client: Client) -> None:
    user = UserFactory(is_active=False)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "usersessions_list",
        "accounts:profile",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_the_account_open(client: Client, name: str, language: str) -> None:
    client.post(reverse("account_login"), {"login": UserFactory().email, "password": PASSWORD})
    response = client.get(path_in(language, name))
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "a\x00b@demo.example"),
        ("full_name", "Trần\x00 Bích"),
        ("password1", "mat\x00khau-dai-lam"),
        ("email", "không phải thư"),
    ],
)
def test_bad_input_is_never_a_server_error(client: Client, field: str, typed: str) -> None:
    assert sign_up(client, **{field: typed}).status_code in (200, 302)


def test_decomposed_names_are_composed(client: Client) -> None:
    sign_up(client, full_name="Tra\u0302\u0300n  Bi\u0301ch")
    assert User.objects.get().full_name == "Trần Bích"
