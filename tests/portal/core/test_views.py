"""Error pages, liveness and readiness, public media, the constant headers."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django_tasks_db.models import DBTaskResult, get_date_max

from portal.core import clock, views
from tests.factories.core import pdf, picture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.core.urls_for_tests")]


def heading(answer):
    return BeautifulSoup(answer.content, "html.parser").h1.get_text(strip=True)


def test_errors_have_pages_of_ours_in_both_languages():
    browser = Client(raise_request_exception=False)
    for address, status in [("/khong-co/", 404), ("/t/refuse/", 403), ("/t/break/", 500)]:
        answer = browser.get(address)
        assert answer.status_code == status
        assert heading(answer)
        assert BeautifulSoup(answer.content, "html.parser").html["lang"] == "vi"
    english = browser.get("/en/nothing-here/")
    assert english.status_code == 404
    assert BeautifulSoup(english.content, "html.parser").html["lang"] == "en"


def test_a_refusal_gives_its_reason(client):
    assert "The round is closed." in client.get("/t/refuse/").content.decode()


@pytest.mark.parametrize("address", ["/a%00b/", "/tim-kiem/?q=a%00b"])
def test_nul_bytes_in_the_address_are_a_400(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert heading(answer)


def test_too_much_text_is_a_413_in_our_words(client):
    answer = client.post("/t/read/", {"text": "x" * 3_000_000})
    assert answer.status_code == 413
    assert heading(answer)
    many = client.post("/t/read/", {f"f{n}": "x" for n in range(10_100)})
    assert many.status_code == 413


def test_too_much_text_is_a_413_before_the_token_is_checked():
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post("/t/form/7/", {"text": "x" * 3_000_000})
    assert answer.status_code == 413


def test_a_post_without_a_token_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/t/form/7/", {"text": "x"})
    assert answer.status_code == 403
    assert heading(answer)


def test_broken_utf_8_is_no_500(client):
    answer = client.get("/tim-kiem/", QUERY_STRING="q=%ff%fe")
    assert answer.status_code in {200, 302, 404}


def test_an_error_page_that_breaks_is_a_plain_line(rf):
    answer = views._error_page(rf.get("/"), "does-not-exist.html", 418)
    assert (answer.status_code, answer.content) == (418, b"418")


def test_healthz_answers_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


def test_readyz_says_what_works(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": True,
        "cache": True,
        "storage": True,
        "queue": True,
        "queue_lag_seconds": 0,
    }


def queued(enqueued_at, run_after=None):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="portal.core.page_pictures.make_page_pictures",
        backend_name="default",
        queue_name="default",
        run_after=run_after or get_date_max(),
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=enqueued_at)


def test_a_lagging_queue_is_told_but_pages_still_work(client):
    now = clock.now()
    queued(now - timedelta(minutes=10))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert json.loads(answer.content)["status"] == "lagging"
    assert 600 <= answer.json()["queue_lag_seconds"] < 700


def test_a_task_for_later_does_not_lag(client):
    now = clock.now()
    queued(now - timedelta(days=2), run_after=now + timedelta(days=1))
    queued(now - timedelta(days=2), run_after=now - timedelta(seconds=60))
    assert client.get("/readyz").json()["status"] == "ready"
    assert 60 <= client.get("/readyz").json()["queue_lag_seconds"] < 200


def test_a_broken_cache_or_storage_is_not_ready(client, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": blocked},
        },
    }
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unready"
    assert (answer.json()["cache"], answer.json()["storage"]) == (False, False)


@pytest.fixture
def kept():
    names = []

    def keep(name, content):
        names.append(default_storage.save(name, ContentFile(content)))
        return f"/media/{names[-1]}"

    yield keep
    for name in names:
        default_storage.delete(name)


@pytest.mark.parametrize(
    ("name", "content", "shown_as"),
    [
        ("images/a.png", picture("PNG"), "image/png"),
        ("images/b.JPG", picture(), "image/jpeg"),
        ("c.pdf", pdf(), "application/pdf"),
        ("images/evil.svg", b"<svg><script>alert(1)</script></svg>", None),
        ("evil.html", b"<script>alert(1)</script>", None),
        ("evil.js", b"alert(1)", None),
        ("evil.xml", b"<x/>", None),
        ("nothing", b"x", None),
    ],
)
def test_media_show_pictures_and_pdf_and_nothing_active(client, kept, name, content, shown_as):
    answer = client.get(kept(name, content))
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == (shown_as or "application/octet-stream")
    way = "inline" if shown_as else "attachment"
    assert answer["Content-Disposition"].startswith(way)
    assert b"".join(answer.streaming_content) == content
    answer.close()


def test_media_answer_304_when_unchanged(client, kept):
    address = kept("images/a.png", picture("PNG"))
    first = client.get(address)
    first.close()
    again = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "..%2f..%2fetc/passwd",
        "images/../../db.sqlite3",
        "/etc/passwd",
        "nothing-here.png",
        "images",
        "",
        "x" * 3000,
    ],
)
def test_media_hand_out_nothing_else(client, path):
    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_documents_go_through_wagtail_only(client, kept):
    address = kept("documents/private.pdf", pdf())
    assert client.get(address).status_code == 404
    for way in ("./documents", "x/../documents", "%2e/documents", "images/%2e%2e/documents"):
        assert client.get(address.replace("documents", way)).status_code == 404, way
    assert client.get(address.replace("documents/", "documents//")).status_code == 404


def test_media_are_read_only(client, kept):
    assert client.post(kept("images/a.png", picture("PNG"))).status_code == 405


def test_public_and_admin_pages_have_their_own_constant_policy(client):
    public = client.get("/khong-co/")["Content-Security-Policy"]
    assert "script-src 'self';" in public
    assert "unsafe-inline" not in public
    assert "nonce" not in public
    assert "'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]


def test_pages_do_not_vary_by_the_language_of_the_browser(client):
    answer = client.get("/khong-co/", headers={"Accept-Language": "en"})
    assert BeautifulSoup(answer.content, "html.parser").html["lang"] == "vi"
    assert "Accept-Language" not in answer.get("Vary", "")
