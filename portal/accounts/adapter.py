"""How allauth makes and greets people here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation

from portal.accounts.letters import compose
from portal.accounts.models import User
from portal.core.mail import KIND_HEADER

ENGLISH = "en"


def path_language() -> str:
    """The language of the address the person is on, which is the one they read."""
    return ENGLISH if (translation.get_language() or "").startswith(ENGLISH) else "vi"


class AccountAdapter(DefaultAccountAdapter):
    """Our letters instead of allauth's, in the recipient's language; our sign-up."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.full_name = form.cleaned_data.get("full_name", "")
        user.language = path_language()
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail in the language of the account that has the address, else of the page."""
        owner = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = owner.language if isinstance(owner, User) and owner.pk else path_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, context)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Our letter in our frame; an occasion we do not know keeps allauth's words."""
        kind = "account." + template_prefix.rsplit("/", 1)[-1]
        marked = {**(headers or {}), KIND_HEADER: kind}
        letter = compose(template_prefix, context)
        if letter is None:
            return super().render_mail(template_prefix, email, context, marked)
        message = EmailMultiAlternatives(
            subject=" ".join(letter["subject"].split()),
            body=render_to_string("accounts/mail/letter.txt", letter, self.request),
            from_email=self.get_from_email(),
            to=[email] if isinstance(email, str) else email,
            headers=marked,
        )
        html = render_to_string("accounts/mail/letter.html", letter, self.request)
        message.attach_alternative(html, "text/html")
        return message

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """ "Signed in as …" says nothing that the page does not; the rest is worth saying."""
        if message_template == "account/messages/logged_in.txt" and level == messages.SUCCESS:
            return
        super().add_message(request, level, message_template, message_context, extra_tags, message)
