"""An expired session loses no typing."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.core.urls_for_tests")]

TYPED = {
    "text": "Giải pháp xử lý nước thải mì",
    "tracks": ["1", "2"],
    "password": "secret-secret",
    "csrfmiddlewaretoken": "x",
    "login-code": "123456",
}


def next_page(answer):
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == reverse("account_login")
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def sign_in(client, user):
    """Through the real form: it must carry the anonymous session over."""
    answer = client.post(
        reverse("account_login"), {"login": user.email, "password": "x" * 12, "remember": "on"}
    )
    assert answer.status_code == 302


@pytest.fixture
def lan(person):
    from allauth.account.models import EmailAddress

    user = person("lan")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_typed_text_waits_behind_the_sign_in(client, lan):
    way_back = next_page(client.post("/t/form/7/", TYPED))
    sign_in(client, lan)
    page = client.get(way_back)
    assert page.content.decode() == (
        "kept [('text', ['Giải pháp xử lý nước thải mì']), ('tracks', ['1', '2'])]"
    )
    said = [str(message) for message in page.wsgi_request._messages]
    assert len(said) == 1
    assert client.get(way_back).content == b"empty"


def test_the_way_back_is_the_page_of_the_form(client, lan):
    way_back = next_page(client.post("/t/save/7/", TYPED))
    assert urlsplit(way_back).path == "/t/form/7/"
    section = next_page(client.post("/t/save-section/7/", TYPED))
    assert urlsplit(section).path == "/t/form/7/"
    assert parse_qs(urlsplit(section).query)["section"] == ["2"]
    sign_in(client, lan)
    assert client.get(section).content.startswith(b"kept")
    assert client.get(way_back).content.startswith(b"kept")


def test_what_was_kept_for_one_page_is_not_shown_on_another(client, lan):
    way_back = next_page(client.post("/t/form/7/", TYPED))
    sign_in(client, lan)
    assert client.get(way_back.replace("/7/", "/8/")).content == b"empty"
    assert client.get(way_back).content.startswith(b"kept")


def test_another_browser_cannot_open_it(client, lan):
    way_back = next_page(client.post("/t/form/7/", TYPED))
    other = Client()
    sign_in(other, lan)
    assert other.get(way_back).content == b"empty"


def test_it_is_forgotten_after_two_hours(client, lan, at):
    at("2026-11-23 09:00:00")
    way_back = next_page(client.post("/t/form/7/", TYPED))
    at("2026-11-23 11:00:01")
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(way_back).content == b"empty"


def test_at_most_three_posts_of_one_megabyte_are_kept(client, lan):
    first = next_page(client.post("/t/form/1/", TYPED))
    for number in range(2, 5):
        last = next_page(client.post(f"/t/form/{number}/", TYPED))
    too_much = next_page(client.post("/t/form/9/", {"text": "x" * 1_100_000}))
    assert too_much == "/t/form/9/"
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(first).content == b"empty"
    assert client.get(last).content.startswith(b"kept")


def test_large_posts_push_older_ones_out(client, lan):
    first = next_page(client.post("/t/form/1/", {"text": "a" * 700_000}))
    second = next_page(client.post("/t/form/2/", {"text": "b" * 700_000}))
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(first).content == b"empty"
    assert client.get(second).content.startswith(b"kept")


def test_files_are_not_kept(client, lan):
    from tests.factories.core import pdf, upload

    way_back = next_page(client.post("/t/form/7/", {"text": "a", "file": upload("x.pdf", pdf())}))
    sign_in(client, lan)
    assert client.get(way_back).content == b"kept [('text', ['a'])]"


def test_a_page_asks_to_sign_in_without_keeping_anything(client):
    assert next_page(client.get("/t/form/7/?a=1")) == "/t/form/7/?a=1"
    assert "sessionid" not in client.cookies


def test_htmx_is_sent_to_the_whole_sign_in_page(client):
    answer = client.post("/t/form/7/", TYPED, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert urlsplit(answer["HX-Redirect"]).path == reverse("account_login")


def test_signed_in_people_pass(client, lan):
    client.force_login(lan, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/t/form/7/", TYPED).content.startswith(b"saved")
