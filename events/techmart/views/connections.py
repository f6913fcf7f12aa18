"""Requests as their sides see them: asking, the thread, the owner's answer, private files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.techmart import connecting, relaying
from events.techmart.connection_forms import AskForm, DeclineForm, MessageForm
from events.techmart.connection_permissions import (
    Side,
    is_of_owner,
    may_answer,
    may_read_desk,
    may_read_message,
    side_of,
)
from events.techmart.models import ConnectionRequest, MessageFile
from events.techmart.presenting import connections as presenting
from portal.accounts.models import Membership, Organisation
from portal.core.keeping import kept_post, login_required_keeping, saved
from portal.core.models import ConsentText
from portal.core.serving import page_image_response, private_file_response
from portal.core.verdicts import Refused

States = ConnectionRequest.State


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    way = [
        (_("My work"), reverse("workspace:home")),
        (_("My connections"), reverse("techmart_connections:list")),
        *further,
    ]
    return [{"title": title, "url": url} for title, url in way]


def organisations_of(user: Any) -> list[int]:
    return list(
        Membership.objects.filter(user=user, state=Membership.State.ACTIVE).values_list(
            "organisation", flat=True
        )
    )


def sent_by(user: Any) -> Any:
    return ConnectionRequest.objects.drawn().filter(organisation__in=organisations_of(user))


def come_to(user: Any) -> Any:
    """What was passed on to this person, to an organisation of theirs, or to them as an expert."""
    mine = organisations_of(user)
    return (
        ConnectionRequest.objects.drawn()
        .filter(passed_on_at__isnull=False)
        .filter(
            Q(offer__standing__organisation__in=mine)
            | Q(demand__standing__organisation__in=mine)
            | Q(expert__standing__organisation__in=mine)
            | Q(expert__standing__person=user)
        )
        .exclude(organisation__in=mine)
    )


@login_required_keeping
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """What this person's organisations asked, and what they are asked."""
    came = request.GET.get("side") == "in"
    sent, arrived = sent_by(request.user), come_to(request.user)
    shown = list((arrived if came else sent)[:200])
    base = reverse("techmart_connections:list")
    titles = (
        (_("My requests"), base, not came, sent),
        (_("Requests to us"), f"{base}?side=in", came, arrived),
    )
    context = {
        "tabs": [
            {"title": title, "url": url, "current": current, "count": found.count()}
            for title, url, current, found in titles
        ],
        "rows": [(one, presenting.chip(one)) for one in shown],
        "came": came,
        "crumbs": crumbs()[:1],
    }
    return render(request, "techmart/connections/list.html", context)


@login_required_keeping
def ask(request: HttpRequest, thing: str, slug: str) -> HttpResponse:
    """The three questions about a public record."""
    model = connecting.THINGS.get(thing)
    if model is None:
        raise Http404("no such kind of record")
    record = get_object_or_404(
        model.objects.public().select_related("standing__organisation"), standing__slug=slug
    )
    organisations = Organisation.objects.filter(pk__in=organisations_of(request.user))
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = AskForm(typed, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            asked = connecting.ask(
                record,
                facts["organisation"],
                request.user,
                facts,
                agreed=facts["consent"],  # type: ignore[arg-type]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            text = _("Sent: %(code)s. An officer reads it.") % {"code": asked.code}
            saved(request, text, f"ask-{thing}-{record.pk}")
            return redirect("techmart_connections:request", asked.key)
    context = {
        "form": form,
        "record": record,
        "thing": thing,
        "own": is_of_owner(request.user, record),
        "has_organisation": bool(organisations),
        "text": ConsentText.current(connecting.PURPOSE),
        "crumbs": crumbs((_("Ask to be put in touch"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "techmart/connections/ask.html", context, status=status)


def _theirs(request: HttpRequest, key: UUID) -> tuple[ConnectionRequest, str]:
    """A request of this person's and the side they stand on. To others it does not exist."""
    found = ConnectionRequest.objects.drawn().filter(key=key).first()
    side = side_of(request.user, found) if found else None
    if found is None or side is None:
        raise Http404("no such request")
    return found, side


@login_required_keeping
@require_safe
def request_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where it stands, contacts once they are open, the thread."""
    found, side = _theirs(request, key)
    kept = kept_post(request)
    form = MessageForm(kept) if kept else None
    return _page(request, found, side, form=form)


def _page(
    request: HttpRequest,
    found: ConnectionRequest,
    side: str,
    *,
    form: Any = None,
    declining: Any = None,
    status: int = 200,
) -> HttpResponse:
    asks = side == Side.ASKER
    waits = found.state == States.PASSED_ON and not asks
    context = {
        "connection": found,
        "asks": asks,
        "chip": presenting.chip(found),
        "steps": presenting.told_steps(found),
        "contact": presenting.owner_contact(found) if asks else presenting.asker_contact(found),
        "lines": presenting.thread(found, side),
        "form": form or MessageForm(),
        "may_answer": waits and may_answer(request.user, found),
        "waits": waits,
        "declining": declining or DeclineForm(prefix="decline"),
        "crumbs": crumbs((found.code, "")),
    }
    return render(request, "techmart/connections/request.html", context, status=status)


def _back(request: HttpRequest, key: UUID) -> str:
    return reverse("techmart_connections:request", args=[key])


@login_required_keeping(back_to=_back)
@require_POST
def write(request: HttpRequest, key: UUID) -> HttpResponse:
    """A message, with one file at most."""
    found, side = _theirs(request, key)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            relaying.write(
                found,
                request.user,
                form.cleaned_data["text"],
                upload=form.cleaned_data["file"],  # type: ignore[arg-type]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            saved(request, _("The message was sent."), f"message-{found.pk}")
            return redirect(f"{_back(request, key)}#thread")
    return _page(request, found, side, form=form, status=422)


@login_required_keeping(back_to=_back)
@require_POST
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """The owner agrees: contacts open both ways."""
    found, _side = _theirs(request, key)
    _refuse_others(request, found)
    try:
        connecting.accept(found, request.user)  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Accepted. Both sides see each other's contacts now."))
    return redirect(_back(request, key))


@login_required_keeping(back_to=_back)
@require_POST
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """The owner says no, with a reason."""
    found, side = _theirs(request, key)
    _refuse_others(request, found)
    form = DeclineForm(request.POST, prefix="decline")
    if form.is_valid():
        facts = form.cleaned_data
        try:
            connecting.decline(found, request.user, facts["reason"], facts["note"])  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(
                request, _("Declined. The asking side reads the reason, not your name.")
            )
            return redirect(_back(request, key))
    return _page(request, found, side, declining=form, status=422)


def _refuse_others(request: HttpRequest, found: ConnectionRequest) -> None:
    if not (verdict := may_answer(request.user, found)):
        raise PermissionDenied(str(verdict.reason))


def _attached(request: HttpRequest, key: UUID, pk: int) -> tuple[MessageFile, bool]:
    """A file this person may read, and whether they may know where it comes from."""
    attached = (
        MessageFile.objects.filter(pk=pk, message__request__key=key)
        .select_related("file", "message__request__organisation")
        .first()
    )
    if attached is None or not may_read_message(request.user, attached.message):
        raise Http404("no such file")
    message = attached.message
    mine = side_of(request.user, message.request) == message.side
    return attached, mine or bool(may_read_desk(request.user)) or not message.masked


@login_required_keeping
@require_safe
def file(request: HttpRequest, key: UUID, pk: int) -> FileResponse:
    """The file itself. A PDF keeps who wrote it: a side that must not know gets its pages only."""
    attached, known = _attached(request, key, pk)
    stored = attached.file
    if not known:
        if stored.kind == stored.Kind.PDF:
            raise Http404("its pages only")
        stored.name = presenting.masked_name(stored)
    return private_file_response(stored)


@login_required_keeping
@require_safe
def page(request: HttpRequest, key: UUID, pk: int, number: int) -> FileResponse:
    """One page of a PDF as a picture."""
    attached, _known = _attached(request, key, pk)
    image = attached.file.page_images.filter(number=number).first() if number < 10_000 else None
    if image is None:
        raise Http404("no such page")
    return page_image_response(image)
