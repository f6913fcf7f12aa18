"""Every mail is logged; its text is kept in the demo only."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from portal.core.mail import KIND_HEADER
from portal.core.models import SentMail

pytestmark = pytest.mark.django_db


class Broken(BaseEmailBackend):
    """A server that refuses one address."""

    def send_messages(self, email_messages):
        if email_messages[0].to == ["hong@demo.example"]:
            raise ConnectionRefusedError("no server")
        return 1


def letter(to="lan@demo.example"):
    message = EmailMultiAlternatives(
        "Đã nhận hồ sơ", "Xin chào", to=[to], headers={KIND_HEADER: "entries.receipt"}
    )
    message.attach_alternative("<p>Xin chào</p>", "text/html")
    return message


def backend(**options):
    return get_connection("portal.core.mail.LoggedBackend", **options)


def test_the_demo_keeps_the_text(settings):
    settings.DEMO = True
    assert backend().send_messages([letter()]) == 1
    row = SentMail.objects.get()
    assert (row.to, row.subject, row.kind, row.error) == (
        "lan@demo.example",
        "Đã nhận hồ sơ",
        "entries.receipt",
        "",
    )
    assert (row.text, row.html) == ("Xin chào", "<p>Xin chào</p>")
    assert KIND_HEADER not in mail.outbox[0].message()


def test_a_live_portal_keeps_no_text(settings):
    settings.DEMO = False
    backend().send_messages([letter()])
    row = SentMail.objects.get()
    assert (row.text, row.html) == ("", "")


def test_a_failure_is_recorded_and_the_next_mail_still_goes(settings):
    settings.MAIL_TRANSPORT = f"{__name__}.Broken"
    with pytest.raises(ConnectionRefusedError):
        backend().send_messages([letter("hong@demo.example"), letter()])
    assert list(SentMail.objects.order_by("pk").values_list("to", "error")) == [
        ("hong@demo.example", "ConnectionRefusedError: no server"),
        ("lan@demo.example", ""),
    ]


def test_a_failure_can_be_silent(settings):
    settings.MAIL_TRANSPORT = f"{__name__}.Broken"
    sent = backend(fail_silently=True).send_messages([letter("hong@demo.example"), letter()])
    assert sent == 1
    assert SentMail.objects.exclude(error="").count() == 1


def test_a_plain_mail_without_a_kind_is_logged_too(settings):
    settings.EMAIL_BACKEND = "portal.core.mail.LoggedBackend"
    EmailMessage("Mã đăng nhập", "123456", to=["lan@demo.example"], cc=["an@demo.example"]).send()
    assert SentMail.objects.get().to == "lan@demo.example, an@demo.example"
