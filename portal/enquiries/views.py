"""The public forms. They need no account and no script."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.views import consent_text_page
from portal.enquiries import asking
from portal.enquiries.forms import InformationForm, QuestionForm
from portal.enquiries.models import Enquiry


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A question to the department."""
    return _form_page(
        request,
        QuestionForm,
        title=_("Ask the department"),
        lead=_(
            "Questions about the portal, the competition, technology or support. You get an answer "
            "within five working days."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_information(request: HttpRequest) -> HttpResponse:
    """A request under the law on access to information."""
    return _form_page(
        request,
        InformationForm,
        title=_("Request information"),
        lead=_(
            "Ask for information that the department holds and has not published. You get an "
            "answer within ten working days. We never ask for a copy of your identity card."
        ),
    )


def _form_page(request: HttpRequest, kind: type[QuestionForm], **words: str) -> HttpResponse:
    user: Any = request.user if request.user.is_authenticated else None
    known = {"full_name": user.full_name, "email": user.email} if user else {}
    form = kind(request.POST if request.method == "POST" else None, initial=known)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _within_limit(request, form):
            enquiry = asking.ask(kind.kind, form.facts(), user)
            return redirect("enquiries:received", enquiry.key)
        status = 422
    return render(request, "enquiries/form_page.html", {"form": form, **words}, status=status)


def _within_limit(request: HttpRequest, form: QuestionForm) -> bool:
    if ratelimit.consume(request, action="enquiry"):
        return True
    form.add_error(
        None,
        _("Many messages came from your network within an hour. Please send this one later."),
    )
    return False


@never_cache
@require_safe
def received(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt. Its address is a secret of whoever sent the message."""
    enquiry = get_object_or_404(Enquiry, key=key)
    return render(request, "enquiries/received.html", {"enquiry": enquiry})


@require_safe
def consent(request: HttpRequest) -> HttpResponse:
    """What is agreed to when a message is sent."""
    return consent_text_page(request, asking.PURPOSE)
