"""Notices: written at once, mailed after commit, by preference, in the reader's language."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from wagtail import hooks

from portal.core.extension_points import NoticeKind
from portal.core.models import Notice, NoticePreference, SentMail
from portal.core.noticing import mail_notices, mail_to, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds():
    declared = [
        NoticeKind("test.reminder", "Nhắc hạn nộp hồ sơ"),
        NoticeKind("test.receipt", "Biên nhận", always_mailed=True),
        NoticeKind("test.quiet", "Tin bên lề", by_mail=False),
    ]
    with hooks.register_temporarily("portal_notice_kinds", lambda: declared):
        yield


@pytest.fixture(autouse=True)
def logged(settings):
    settings.EMAIL_BACKEND = "portal.core.mail.LoggedBackend"
    settings.SITE_URL = "https://portal.example"


def test_each_recipient_is_told_once_and_mailed_after_commit(
    person, django_capture_on_commit_callbacks
):
    lan, an = person("lan"), person("an")
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            told = tell(
                [lan, an, lan],
                "test.reminder",
                subject="Còn 2 ngày",
                body="Hồ sơ chưa nộp.\n\nHãy nộp trước hạn.",
                url="/workspace/",
                action_label="Mở hồ sơ",
            )
            assert len(told) == 2
        assert mail.outbox == []
    assert sorted(message.to[0] for message in mail.outbox) == [an.email, lan.email]
    assert Notice.objects.filter(mailed_at__isnull=False).count() == 2
    text = mail.outbox[0].body
    assert "https://portal.example/workspace/" in text
    html = BeautifulSoup(mail.outbox[0].alternatives[0][0], "html.parser")
    assert html.find("a", href="https://portal.example/workspace/").text == "Mở hồ sơ"
    assert SentMail.objects.filter(kind="test.reminder").count() == 2


def test_nothing_is_mailed_when_the_verb_fails(person, django_capture_on_commit_callbacks):
    lan = person("lan")

    def fail():
        with transaction.atomic():
            tell([lan], "test.reminder", subject="x", body="y")
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        fail()
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_everybody_is_told_in_their_own_language(person):
    lan, john = person("lan"), person("john", language="en")
    words = {"vi": "Kết quả", "en": "Result"}
    first, second = tell(
        [lan, john],
        "test.reminder",
        subject=lambda user: words[get_language()],
        body=lambda user: f"{user.full_name}: {get_language()}",
        action_label=gettext_lazy("Yes"),
    )
    assert (first.subject, second.subject) == ("Kết quả", "Result")
    assert second.body == f"{john.full_name}: en"
    assert second.action_label == "Yes"
    assert get_language() == "vi"


@pytest.mark.parametrize(
    ("kind", "chosen", "mailed"),
    [
        ("test.reminder", None, True),
        ("test.reminder", False, False),
        ("test.receipt", False, True),
        ("test.quiet", None, False),
        ("test.quiet", True, True),
    ],
)
def test_preferences_decide_what_is_mailed(
    person, django_capture_on_commit_callbacks, kind, chosen, mailed
):
    lan = person("lan")
    if chosen is not None:
        NoticePreference.objects.create(user=lan, kind=kind, by_mail=chosen)
    with django_capture_on_commit_callbacks(execute=True):
        tell([lan], kind, subject="x", body="y")
    assert bool(mail.outbox) is mailed


def test_inactive_people_get_no_mail(person, django_capture_on_commit_callbacks):
    gone = person("gone", is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        tell([gone], "test.receipt", subject="x", body="y")
    assert mail.outbox == []


def test_a_kind_that_nobody_declares_is_a_mistake_of_the_program(person):
    with pytest.raises(LookupError, match="unheard"):
        tell([person()], "test.unheard", subject="x", body="y")
    with pytest.raises(LookupError, match="unheard"):
        mail_to("an@demo.example", "test.unheard", subject="x", body="y")


def test_a_notice_is_mailed_once(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (notice,) = tell([person()], "test.reminder", subject="x", body="y")
    assert mail_notices.call([notice.pk]) == 0
    assert len(mail.outbox) == 1


def test_one_failing_address_does_not_stop_the_others(
    person, settings, django_capture_on_commit_callbacks
):
    settings.MAIL_TRANSPORT = "tests.portal.core.test_mail.Broken"
    with django_capture_on_commit_callbacks(execute=True):
        tell([person("hong"), person("lan")], "test.reminder", subject="x", body="y")
    assert list(
        Notice.objects.filter(mailed_at=None).values_list("recipient__email", flat=True)
    ) == ["hong@demo.example"]


def test_somebody_without_an_account_is_mailed_in_the_language_named(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        mail_to(
            "judge@demo.example",
            "test.receipt",
            subject="Invitation\nBcc: evil@demo.example",
            body="Please come <b>in</b>",
            url="https://portal.example/judging/",
            language="en",
        )
    (message,) = mail.outbox
    assert message.to == ["judge@demo.example"]
    assert message.recipients() == ["judge@demo.example"]
    assert "\n" not in message.subject
    assert '<html lang="en">' in message.alternatives[0][0]
    assert "<b>" not in message.alternatives[0][0]
    assert "<b>in</b>" in message.body


def test_the_list_shows_only_ones_own_and_opening_marks_as_read(person, signed_in):
    lan, an = person("lan"), person("an")
    (mine,) = tell([lan], "test.reminder", subject="Của Lan", body="x", url="/tim-kiem/?q=a")
    (other,) = tell([an], "test.reminder", subject="Của An", body="x")
    browser = signed_in(lan)
    page = browser.get(reverse("core:notices"))
    assert "Của Lan" in page.content.decode()
    assert "Của An" not in page.content.decode()
    opened = browser.get(reverse("core:open_notice", args=[mine.pk]))
    assert opened.url == "/tim-kiem/?q=a"
    mine.refresh_from_db()
    assert mine.read_at
    assert browser.get(reverse("core:open_notice", args=[other.pk])).status_code == 404


def test_a_notice_without_an_address_is_shown_and_one_outside_is_not_followed(person, signed_in):
    lan = person("lan")
    plain, odd = (
        tell([lan], "test.reminder", subject="x", body="Nội dung", url=url)[0]
        for url in ("", "//evil.example/")
    )
    for notice in (plain, odd):
        page = signed_in(lan).get(reverse("core:open_notice", args=[notice.pk]))
        assert page.status_code == 200
        assert "Nội dung" in page.content.decode()


def test_everything_can_be_marked_as_read(person, signed_in):
    lan = person("lan")
    tell([lan], "test.reminder", subject="x", body="y")
    page = signed_in(lan).post(reverse("core:notices"), follow=True)
    assert page.status_code == 200
    assert not Notice.objects.filter(read_at=None).exists()


def test_preferences_are_kept_and_what_is_always_mailed_cannot_be_switched_off(person, signed_in):
    lan = person("lan")
    browser = signed_in(lan)
    address = reverse("core:notice_preferences")
    form = BeautifulSoup(browser.get(address).content, "html.parser").find("fieldset")
    boxes = {box["value"]: box for box in form.find_all("input")}
    assert boxes["test.reminder"].has_attr("checked")
    assert not boxes["test.quiet"].has_attr("checked")
    assert boxes["test.receipt"].has_attr("disabled")
    browser.post(address, {"by_mail": ["test.quiet", "made.up"]})
    assert dict(
        NoticePreference.objects.filter(kind__startswith="test.").values_list("kind", "by_mail")
    ) == {"test.reminder": False, "test.quiet": True}


def test_notices_need_signing_in(client):
    for name in ("core:notices", "core:notice_preferences"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert reverse("account_login") in answer.url


def test_the_outbox_is_read_in_the_demo(client, settings, django_capture_on_commit_callbacks):
    settings.DEMO = True
    with django_capture_on_commit_callbacks(execute=True):
        mail_to("judge@demo.example", "test.receipt", subject="Lời mời", body="Kính mời")
    kept = SentMail.objects.get()
    assert "Lời mời" in client.get(reverse("core:outbox")).content.decode()
    page = client.get(reverse("core:outbox_mail", args=[kept.pk])).content.decode()
    assert "Kính mời" in page
    assert 'style="' not in BeautifulSoup(page, "html.parser").main.decode()
    html = client.get(reverse("core:outbox_mail_html", args=[kept.pk]))
    assert "sandbox" in html["Content-Security-Policy"]
    assert "allow-scripts" not in html["Content-Security-Policy"]
    assert '<base target="_top">' in html.content.decode()


def test_there_is_no_outbox_outside_the_demo(client, settings):
    settings.DEMO = False
    kept = SentMail.objects.create(to="x", subject="y", html="<p>")
    assert client.get(reverse("core:outbox")).status_code == 404
    for name in ("core:outbox_mail", "core:outbox_mail_html"):
        assert client.get(reverse(name, args=[kept.pk])).status_code == 404
