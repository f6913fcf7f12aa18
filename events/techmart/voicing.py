"""The public forms of a need and of a call back, and their receipt. No account, no script."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from events.techmart import needs
from events.techmart.connection_forms import CallbackForm, NeedForm, VoiceForm
from events.techmart.models import Need, Offer
from portal.core.verdicts import Refused

if TYPE_CHECKING:
    from events.techmart.models import MarketPage

ABOUT_OFFER = "cong-nghe"
"""The key of the query that names the offer a call back is about."""


def need_page(request: HttpRequest, page: "MarketPage") -> HttpResponse:
    return _form_page(
        request,
        page,
        NeedForm,
        Need.Kind.NEED,
        title=_("Tell us what you need"),
        lead=_(
            "Three fields, no account. An officer calls you back, looks for technology or an "
            "expert, and tells nobody your number."
        ),
    )


def callback_page(request: HttpRequest, page: "MarketPage") -> HttpResponse:
    slug = request.GET.get(ABOUT_OFFER, "")
    offer = None
    if slug and slug.isprintable():
        offer = Offer.objects.public().filter(standing__slug=slug[:140]).first()
    return _form_page(
        request,
        page,
        CallbackForm,
        Need.Kind.CALLBACK,
        offer=offer,
        title=_("Call me back"),
        lead=(
            _("An officer calls you about “%(title)s”.") % {"title": offer}
            if offer
            else _("An officer calls you about technology, experts and support.")
        ),
    )


def _form_page(
    request: HttpRequest,
    page: "MarketPage",
    form_class: type[VoiceForm],
    kind: str,
    offer: Offer | None = None,
    **words: str,
) -> HttpResponse:
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    base = page.get_url(request) or "/"
    form = form_class(
        request.POST if request.method == "POST" else None,
        consent_url=f"{base}{page.reverse_subpage('need_consent')}",
    )
    status = 200
    if request.method == "POST":
        need = _received(request, form, kind, offer) if form.is_valid() else None
        if need is not None:
            return redirect(f"{base}{page.reverse_subpage('need_receipt', args=[need.key])}")
        status = 422
    context: dict[str, Any] = {"page": page, "self": page, "form": form, "kind": kind, **words}
    return render(request, "techmart/voice.html", context, status=status)


def _received(request: HttpRequest, form: VoiceForm, kind: str, offer: Offer | None) -> Need | None:
    if not ratelimit.consume(request, action="market_need"):
        form.add_error(
            None,
            _("Many messages came from your network within an hour. Please send this one later."),
        )
        return None
    try:
        return needs.receive(kind, {**form.facts(), "offer": offer})
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return None


def receipt_page(request: HttpRequest, page: "MarketPage", key: UUID) -> HttpResponse:
    need = get_object_or_404(Need, key=key)
    answer = render(request, "techmart/received.html", {"page": page, "self": page, "need": need})
    add_never_cache_headers(answer)
    return answer
