"""The desk of an event: who comes, who is here, tickets at the door."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.programme.models import Certificate, Registration, SignUp
from events.programme.permissions import (
    may_approve_registrations,
    may_issue_certificates,
    may_read_event_desk,
    may_run_event_desk,
)
from events.programme.registration import admitting, certifying, exporting, inviting, registering
from events.programme.registration.forms import InviteForm, WalkInForm
from portal.core import clock, spreadsheets
from portal.core.keeping import login_required_keeping
from portal.core.text import clean_line, fold
from portal.core.verdicts import Refused, Verdict

View = Callable[..., HttpResponseBase]
States = Registration.State
VIEWS = {
    "": Q(state__in=[States.CONFIRMED, States.OFFERED]),
    "here": Q(attended_at__isnull=False),
    "pending": Q(state=States.PENDING),
    "waiting": Q(state__in=[States.WAITING, States.OFFERED]),
    "ended": Q(state__in=[States.CANCELLED, States.DECLINED, States.LAPSED]),
}
ON_A_PAGE = 50


def _home(*_arguments: Any, **_named: Any) -> str:
    return reverse("event_desk:home")


def _guarded(view: View, may: Callable[[Any], Verdict]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        verdict = may(request.user)
        if not verdict:
            # Asked before any record is looked up, so the answer tells nobody what exists.
            raise PermissionDenied(str(verdict.reason))
        return view(request, *args, **kwargs)

    return guarded


def for_readers(view: View) -> View:
    return login_required_keeping(never_cache(require_safe(_guarded(view, may_read_event_desk))))


def for_officers(view: View) -> View:
    return login_required_keeping(never_cache(_guarded(view, may_approve_registrations)))


def act(view: View) -> View:
    return login_required_keeping(back_to=_home)(require_POST(_guarded(view, may_run_event_desk)))


def act_of_officers(view: View) -> View:
    return login_required_keeping(back_to=_home)(
        require_POST(_guarded(view, may_approve_registrations))
    )


def act_of_certifiers(view: View) -> View:
    return login_required_keeping(back_to=_home)(
        require_POST(_guarded(view, may_issue_certificates))
    )


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    """Events that people register for: today's and coming ones first, then past ones."""
    counted = SignUp.objects.select_related("event").annotate(
        here=Count("registrations", filter=Q(registrations__attended_at__isnull=False)),
        waiting=Count("registrations", filter=Q(registrations__state=States.WAITING)),
        pending=Count("registrations", filter=Q(registrations__state=States.PENDING)),
    )
    now = clock.now()
    context = {
        "coming": counted.filter(event__ends__gt=now).order_by("event__starts"),
        "over": counted.filter(event__ends__lte=now).order_by("-event__starts")[:ON_A_PAGE],
        "crumbs": _crumbs(),
    }
    return render(request, "programme/desk/home.html", context)


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    path = [(_("My work"), reverse("workspace:home")), (_("Event desk"), _home()), *more]
    return [{"title": title, "url": url} for title, url in path]


def _sign_up(key: UUID) -> SignUp:
    return get_object_or_404(SignUp.objects.select_related("event"), event__key=key)


def _found(people: QuerySet[Registration], query: str) -> QuerySet[Registration]:
    """By code, phone or mail in the database; by name without accents among those of the event."""
    words = fold(query).split()
    digits = "".join(ch for ch in query if ch.isdigit())
    match = Q(code=query.upper().replace(" ", "")) | Q(email__icontains=query)
    if len(digits) >= 4:
        match |= Q(phone__contains=digits.lstrip("0"))
    named = [
        pk
        for pk, name in people.values_list("pk", "name")
        if words and all(word in fold(name) for word in words)
    ]
    return people.filter(match | Q(pk__in=named[:500]))


@for_readers
def event(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who comes to an event, with the live count and the way in."""
    return _event(request, _sign_up(key))


def _event(
    request: HttpRequest, sign_up: SignUp, *, walk_in: WalkInForm | None = None
) -> HttpResponse:
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    query = clean_line(request.GET.get("q", ""))[:100]
    people = Registration.objects.filter(sign_up=sign_up).exclude(state=States.UNPROVEN)
    shown = _found(people, query) if query else people.filter(VIEWS[view])
    shown = shown.select_related("organisation", "admitted_by").order_by("name", "pk")
    if view == "waiting" and not query:
        shown = shown.order_by("queued_at", "pk")
    address = reverse("event_desk:event", args=[sign_up.event.key])
    counts = counts_of(sign_up)
    titles = {
        "": (_("Registered"), counts["registered"]),
        "here": (_("Here"), counts["here"]),
        "pending": (_("To approve"), counts["pending"]),
        "waiting": (_("Waiting list"), counts["waiting"]),
        "ended": (_("Not coming"), None),
    }
    context = {
        "sign_up": sign_up,
        "event": sign_up.event,
        "view": view,
        "query": query,
        "page_obj": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "tabs": [
            {
                "title": title,
                "url": f"{address}?view={name}" if name else address,
                "current": name == view and not query,
                "count": count,
            }
            for name, (title, count) in titles.items()
        ],
        "address": address,
        "may_run": bool(may_run_event_desk(request.user)),
        "may_approve": bool(may_approve_registrations(request.user)),
        "walk_in": walk_in or WalkInForm(),
        "crumbs": _crumbs((sign_up.event.shown_title, address)),
    }
    status = 422 if walk_in is not None else 200
    return render(request, "programme/desk/event.html", context, status=status)


def counts_of(sign_up: SignUp) -> dict[str, int]:
    """The live count. One query."""
    people = Registration.objects.filter(sign_up=sign_up)
    counted: dict[str, int] = people.aggregate(
        registered=Count("pk", filter=VIEWS[""]),
        here=Count("pk", filter=VIEWS["here"]),
        pending=Count("pk", filter=VIEWS["pending"]),
        waiting=Count("pk", filter=VIEWS["waiting"]),
    )
    return counted


@for_readers
def counts(request: HttpRequest, key: UUID) -> HttpResponse:
    """The numbers alone, for the page that refreshes them."""
    counted = counts_of(_sign_up(key))
    return JsonResponse({"registered": counted["registered"], "here": counted["here"]})


@for_readers
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """What a phone at the door opens from the QR code."""
    found = get_object_or_404(Registration.objects.drawn(), code=code.upper())
    address = reverse("event_desk:event", args=[found.event.key])
    context = {
        "registration": found,
        "event": found.event,
        "confirmed": found.state == States.CONFIRMED,
        "may_run": bool(may_run_event_desk(request.user)),
        "counts": counts_of(found.sign_up),
        "address": address,
        "crumbs": _crumbs((found.event.shown_title, address), (found.code, "")),
    }
    return render(request, "programme/desk/ticket.html", context)


@act
def look_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """A code, typed or scanned (the whole address of the QR code): to its page."""
    sign_up = _sign_up(key)
    typed = clean_line(request.POST.get("code", ""))[:300].rstrip("/")
    code = typed.rpartition("/")[2].upper().replace(" ", "")
    if Registration.objects.filter(sign_up=sign_up, code=code).exists():
        return redirect("event_desk:ticket", code)
    messages.error(request, _("No ticket of this event has this code."))
    return redirect("event_desk:event", key)


@act
def admit(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Registration.objects.drawn(), code=code)
    try:
        admission = admitting.admit(found, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        facts = {"name": found.name}
        if admission.first:
            messages.success(request, _("%(name)s is in.") % facts)
        else:
            messages.warning(request, _("%(name)s was admitted before.") % facts)
    return _back(request, found)


@act
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Registration.objects.drawn(), code=code)
    return _done(
        request,
        found,
        lambda: admitting.take_back(found, by=request.user),  # type: ignore[arg-type]
        _("Undone."),
    )


@act
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody calls and cannot come."""
    found = get_object_or_404(Registration.objects.drawn(), code=code)
    return _done(
        request,
        found,
        lambda: registering.cancel(found, by=request.user),  # type: ignore[arg-type]
        _("Cancelled; a seat goes to who waits next."),
    )


@act_of_officers
def approve(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Registration.objects.drawn(), code=code)
    return _done(
        request,
        found,
        lambda: registering.approve(found, by=request.user),  # type: ignore[arg-type]
        _("Approved."),
    )


@act_of_officers
def decline(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Registration.objects.drawn(), code=code)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        found,
        lambda: registering.decline(found, by=request.user, reason=reason),  # type: ignore[arg-type]
        _("Declined, with the reason by mail."),
    )


def _done(
    request: HttpRequest, found: Registration, verb: Callable[[], Any], sentence: str
) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, sentence)
    return _back(request, found)


def _back(request: HttpRequest, found: Registration) -> HttpResponse:
    """To the ticket where it was scanned, else to the list as it was filtered."""
    if request.POST.get("from") == "ticket":
        return redirect("event_desk:ticket", found.code)
    view = request.POST.get("view", "")
    query = f"?view={view}" if view in VIEWS and view else ""
    return redirect(f"{reverse('event_desk:event', args=[found.event.key])}{query}")


@act
def walk_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody stands at the door without a registration."""
    sign_up = _sign_up(key)
    form = WalkInForm(request.POST)
    if form.is_valid():
        try:
            made = registering.walk_in(sign_up, form.guest(), by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("%(name)s is in.") % {"name": made.name})
            return redirect("event_desk:event", key)
    return _event(request, sign_up, walk_in=form)


@for_readers
def excel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everybody who registered, with their answers, as a spreadsheet."""
    sign_up = _sign_up(key)
    name = f"dang-ky-{sign_up.event.starts:%Y-%m-%d}"
    return spreadsheets.answer(exporting.workbook(sign_up), name)


@for_officers
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Addresses that may register where only the invited do."""
    sign_up = _sign_up(key)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = inviting.invite(sign_up, form.cleaned_data["emails"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(count)s invitations were sent.") % {"count": sent})
        return redirect("event_desk:invite", key)
    address = reverse("event_desk:event", args=[key])
    context = {
        "sign_up": sign_up,
        "event": sign_up.event,
        "form": form,
        "invited": sign_up.invitations.order_by("-invited_at", "email")[:500],
        "crumbs": _crumbs((sign_up.event.shown_title, address), (_("Invitations"), "")),
    }
    status = 422 if form.errors else 200
    return render(request, "programme/desk/invite.html", context, status=status)


# Certificates -----------------------------------------------------------------------------------


@for_readers
def certificates(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who has a certificate of an event, and how many came and have none yet."""
    sign_up = _sign_up(key)
    issued = Certificate.objects.filter(registration__sign_up=sign_up)
    issued = issued.select_related("registration", "revoked_by").order_by("number")
    address = reverse("event_desk:event", args=[sign_up.event.key])
    context = {
        "sign_up": sign_up,
        "event": sign_up.event,
        "page_obj": Paginator(issued, ON_A_PAGE).get_page(request.GET.get("page")),
        "without": certifying.to_certify(sign_up).count(),
        "may_issue": bool(may_issue_certificates(request.user)),
        "crumbs": _crumbs((sign_up.event.shown_title, address), (_("Certificates"), "")),
    }
    return render(request, "programme/desk/certificates.html", context)


@act_of_certifiers
def issue(request: HttpRequest, key: UUID) -> HttpResponse:
    """For everybody who came and has none."""
    sign_up = _sign_up(key)
    try:
        made = certifying.issue(sign_up, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext(
            "%(count)s certificate was issued.", "%(count)s certificates were issued.", len(made)
        )
        messages.success(request, said % {"count": len(made)})
    return redirect("event_desk:certificates", key)


@act_of_certifiers
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(
        Certificate.objects.select_related("registration__sign_up__event"), number=number
    )
    reason = request.POST.get("reason", "")
    try:
        certifying.revoke(found, by=request.user, reason=reason)  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(number)s was taken back.") % {"number": found.number})
    return redirect("event_desk:certificates", found.registration.event.key)
