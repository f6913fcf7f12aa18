"""Registering, and the page of a registration. They need no account and no script."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.programme.models import Certificate, Event, EventPage, Registration, SignUp
from events.programme.registration import letters, registering, tickets
from events.programme.registration.forms import CodeForm, QuestionsForm, RegisterForm
from events.programme.registration.standing import standing_of
from portal.core import clock
from portal.core.keeping import login_required_keeping
from portal.core.verdicts import Refused
from portal.core.views import consent_text_page
from portal.pages.models import SiteSettings

States = Registration.State
PURPOSES = (registering.PURPOSE, registering.SUPPORT)


def _sign_up(key: UUID) -> tuple[SignUp, EventPage]:
    """An event that people register for, with its public page in the reader's language."""
    found = get_object_or_404(SignUp.objects.select_related("event__series"), event__key=key)
    page = page_of(found.event)
    if page is None:
        raise Http404("no public page")
    return found, page


def page_of(event: Event) -> EventPage | None:
    """The public page of an event: in the reader's language, else in Vietnamese."""
    shown: Any = EventPage.objects.shown()
    pages = {page.locale.language_code: page for page in shown.filter(event=event)}
    return pages.get(get_language() or "vi") or pages.get("vi")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form; a guest goes on to the code, whoever is signed in to the ticket."""
    sign_up, page = _sign_up(key)
    user: Any = request.user if request.user.is_authenticated else None
    posted = request.POST if request.method == "POST" else None
    form = RegisterForm(posted, sign_up=sign_up, user=user)
    if request.method == "POST" and form.is_valid() and _within_limit(request, form):
        try:
            made = _registered(sign_up, form, user)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("registrations:one", made.key)
    mine = (
        Registration.objects.live().filter(sign_up=sign_up, email=user.email.lower()).first()
        if user
        else None
    )
    context = {
        "form": form,
        "sign_up": sign_up,
        "event": sign_up.event,
        "page_url": page.get_url(request),
        "standing": standing_of(sign_up, clock.now()),
        "mine": mine,
    }
    status = 422 if form.errors or form.asked.errors else 200
    return render(request, "programme/register.html", context, status=status)


def _registered(sign_up: SignUp, form: RegisterForm, user: Any) -> Registration:
    organisation = form.cleaned_data.get("organisation")
    if user is None:
        return registering.ask(sign_up, form.guest())
    if organisation is not None:
        made = registering.register_several(
            sign_up, form.guests(), by=user, organisation=organisation
        )
        return made[0]
    return registering.register(sign_up, form.guest(), person=user)


def _within_limit(request: HttpRequest, form: RegisterForm) -> bool:
    # By network, and by address: nobody's mailbox is filled from many networks.
    address = form.cleaned_data["email"].lower()
    if ratelimit.consume(request, action="event_registration", key=address):
        return True
    form.add_error(
        None,
        _("Many registrations came within an hour. Please try again later."),
    )
    return False


def _registration(key: UUID) -> Registration:
    return get_object_or_404(Registration.objects.drawn(), key=key)


@never_cache
@require_safe
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """A registration: the ticket, or how it stands. Its address is a secret of whoever has it."""
    return _one(request, _registration(key))


def _one(
    request: HttpRequest,
    found: Registration,
    *,
    code_form: CodeForm | None = None,
    questions: QuestionsForm | None = None,
) -> HttpResponse:
    now = clock.now()
    event = found.event
    page = page_of(event)
    confirmed = found.state == States.CONFIRMED
    asked = questions or QuestionsForm(found.sign_up, None, found)
    others = (
        Registration.objects.live()
        .filter(sign_up=found.sign_up_id, registered_by=found.registered_by_id)
        .exclude(pk=found.pk)
        if found.registered_by_id and found.registered_by_id == request.user.pk
        else []
    )
    context = {
        "registration": found,
        "event": event,
        "page_url": page.get_url(request) if page else "",
        "qr": tickets.drawing(found) if confirmed else "",
        "link": found.sign_up.online_link if confirmed else "",
        "in_line": _place_in_line(found),
        "certificate": Certificate.objects.filter(registration=found).first(),
        "may_change": found.is_live and now < event.starts and not found.attended_at,
        "code_form": code_form or CodeForm(),
        "asked": asked if asked.questions and found.is_live else None,
        "others": others,
    }
    wrong = any(form is not None and form.is_bound for form in (code_form, questions))
    return render(request, "programme/registration.html", context, status=422 if wrong else 200)


def _place_in_line(found: Registration) -> int:
    """1 for the next to get a seat; 0 for who does not wait."""
    if found.state != States.WAITING:
        return 0
    line = Registration.objects.in_line().filter(sign_up=found.sign_up_id)
    return list(line.values_list("pk", flat=True)).index(found.pk) + 1


@never_cache
@require_POST
def prove(request: HttpRequest, key: UUID) -> HttpResponse:
    """The code of the mail."""
    found = _registration(key)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            proven = registering.prove(found, form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code" if refused.field == "code" else None, str(refused))
        else:
            return redirect("registrations:one", proven.key)
    return _one(request, found, code_form=form)


@never_cache
@require_POST
def answers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Other answers, as long as the event has not begun."""
    found = _registration(key)
    form = QuestionsForm(found.sign_up, request.POST, found)
    if not found.is_live or clock.now() >= found.event.starts:
        messages.error(request, _("The answers cannot be changed any more."))
    elif not form.is_valid():
        return _one(request, found, questions=form)
    else:
        registering.write_answers(found, form.parsed)
        messages.success(request, _("Saved."))
    return redirect("registrations:one", found.key)


@never_cache
@require_POST
def answer_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the seat that was offered, or give it to the next."""
    found = _registration(key)
    try:
        if request.POST.get("answer") == "take":
            registering.accept(found)
            messages.success(request, _("The seat is yours."))
        else:
            registering.cancel(found)
            messages.success(request, _("The seat goes to who waits next."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("registrations:one", found.key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks once."""
    found = _registration(key)
    if request.method == "POST":
        try:
            registering.cancel(found)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Cancelled. Thank you for telling us."))
        return redirect("registrations:one", found.key)
    context = {"registration": found, "event": found.event}
    return render(request, "programme/cancel.html", context)


def _with_seat(key: UUID) -> Registration:
    found = _registration(key)
    if found.state != States.CONFIRMED:
        raise Http404("no ticket")
    return found


@never_cache
@require_safe
def ticket(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _with_seat(key)
    settings = SiteSettings.kept_for(request)
    portal = settings.name if settings else ""
    return file_answer(tickets.pdf(found, portal), "application/pdf", f"{found.code}.pdf")


@never_cache
@require_safe
def image(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _with_seat(key)
    return file_answer(tickets.image(found), "image/png", f"{found.code}.png")


@never_cache
@require_safe
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    entry = letters.enclosure(_with_seat(key))
    return file_answer(entry.content.encode(), f"{entry.content_type}; charset=utf-8", entry.name)


def file_answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to save; search engines leave it alone."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """What is agreed to at registration."""
    if purpose not in PURPOSES:
        raise Http404("no such consent")
    return consent_text_page(request, purpose)


@login_required_keeping
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that this person registered for, and whom they registered."""
    user: Any = request.user
    # What was registered without signing in is theirs too: the address of an account is confirmed.
    theirs = Q(person=user) | Q(email=user.email.lower()) | Q(registered_by=user, walk_in=False)
    found = Registration.objects.drawn().exclude(state=States.UNPROVEN).filter(theirs)
    now = clock.now()
    rows = sorted(found, key=lambda one: (one.event.ends < now, abs(one.event.starts - now)))
    return render(request, "programme/mine.html", {"registrations": rows[:200]})
