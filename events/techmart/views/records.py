"""My records in the market: the list, beginning one, writing it, sending it for review."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.techmart.economics import yearly_benefit
from events.techmart.forms import FORMS, NewForm, PictureForm, RecordForm, SendForm
from events.techmart.models import Demand, Expert, MarketRecord, Offer, Supplier
from events.techmart.permissions import may_write
from events.techmart.pictures import MOST_PICTURES, put_picture, remove_picture
from events.techmart.presenting.workspace import KINDS, mine, organisations_of, record_context
from events.techmart.reviewing import ask_owner, send, take_back
from events.techmart.views.frame import address, back_to_record, crumbs, record_of
from events.techmart.writing import save_draft, start, start_expert, start_supplier
from portal.core.keeping import kept_post, login_required_keeping, saved
from portal.core.pictures import LOGO_RENDITION
from portal.core.row_forms import first_refused
from portal.core.verdicts import Refused
from portal.pages.owned_records import draft_of

ROUTES = {words.kind for words in KINDS}


@login_required_keeping
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Everything my organisations and I have in the market, with what to do next."""
    organisations = organisations_of(request.user)
    only = request.GET.get("kind", "")
    only = only if only in ROUTES else ""
    context: dict[str, Any] = {
        "kinds": mine(request.user, organisations, only, request.GET.get("page")),
        "only": only,
        "organisations": organisations,
        "crumbs": crumbs()[:-1],
    }
    return render(request, "techmart/workspace/records.html", context)


@login_required_keeping
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to begin, in whose name, and its name; the form comes after."""
    route = request.GET.get("kind", "")
    organisations = organisations_of(request.user)
    if route not in ROUTES or (route != "expert" and not organisations):
        choice: dict[str, Any] = {
            "kinds": KINDS,
            "organisations": organisations,
            "crumbs": crumbs((_("Begin"), "")),
        }
        return render(request, "techmart/workspace/choose.html", choice)
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = NewForm(route, organisations, posted)
    if request.method == "POST" and form.is_valid():
        try:
            begun = _begin(route, form.cleaned_data, request.user)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect(address("edit", begun))
    words = next(one for one in KINDS if one.kind == route)
    context: dict[str, Any] = {
        "form": form,
        "words": words,
        "crumbs": crumbs((str(words.begin), "")),
    }
    return render(request, "techmart/workspace/new.html", context, status=_status(request, form))


def _begin(route: str, facts: dict[str, Any], by: Any) -> MarketRecord:
    """What is known already stands in the form: who to call, where, from which country."""
    if route == "expert":
        return start_expert(by)
    organisation = facts["organisation"]
    if route == "supplier":
        return start_supplier(organisation, by)
    known: dict[str, Any] = {
        "title": facts["title"],
        "unit": organisation.unit,
        "contact_name": by.full_name,
        "contact_email": by.email,
        "contact_phone": organisation.phone,
    }
    if route == "demand":
        return start(Demand(**known), organisation, by)
    return start(Offer(kind=facts["kind"], origin=organisation.country, **known), organisation, by)


@login_required_keeping
@require_safe
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Where it stands, what an officer said, what can be done next."""
    return _record_page(request, record_of(request, kind, pk), SendForm())


def _record_page(request: HttpRequest, held: MarketRecord, send_form: SendForm) -> HttpResponse:
    context = record_context(request.user, held)
    page = {**context, "send_form": send_form, "crumbs": crumbs((context["name"], ""))}
    return render(
        request, "techmart/workspace/record.html", page, status=_status(request, send_form)
    )


@login_required_keeping
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Write the newest draft, section by section. Rows are added by saving: no script is needed."""
    held = record_of(request, kind, pk)
    writes = may_write(request.user, held)
    if not writes and request.method != "POST":
        messages.error(request, writes.reason)
        return redirect(address("record", held))
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = FORMS[type(held)](posted, instance=draft_of(held))
    if request.method == "POST" and form.is_valid():
        try:
            save_draft(form.save(commit=False), form.cleaned_data["version"], request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            saved(request, _("The draft is saved."), _keep_key(held))
            return redirect(_next(request, held, form))
    return render(
        request,
        "techmart/workspace/edit.html",
        _edit_page(request, held, form),
        status=_status(request, form),
    )


def _next(request: HttpRequest, held: MarketRecord, form: RecordForm) -> str:
    then = request.POST.get("then", "")
    keys = [section.key for section in form.SECTIONS]
    if then in keys:
        return f"{address('edit', held)}?part={then}#{then}"
    return address("record", held)


def _keep_key(held: MarketRecord) -> str:
    return f"market-{held._meta.model_name}-{held.pk}"


def _edit_page(request: HttpRequest, held: MarketRecord, form: RecordForm) -> dict[str, Any]:
    stored = type(held)._base_manager.select_related("latest_revision").get(pk=held.pk)
    draft = draft_of(stored)
    return {
        "form": form,
        "refused": first_refused(form) if form.is_bound else None,
        "part": request.GET.get("part", ""),
        "record": held,
        "kind": held._meta.model_name,
        "name": str(draft),
        "keep_key": _keep_key(held),
        "has_pictures": not isinstance(held, Demand),
        "pictures": _pictures(draft),
        "picture_form": _picture_form(stored, draft),
        "full_of_pictures": len(_pictures(draft)) >= MOST_PICTURES,
        "picture_rendition": LOGO_RENDITION,
        "economy": _economy(draft),
        "crumbs": crumbs((str(draft), address("record", held)), (_("Edit"), "")),
    }


def _picture_form(stored: MarketRecord, draft: MarketRecord) -> PictureForm:
    form = PictureForm(initial={"version": stored.draft_version}, prefix="picture")
    if isinstance(draft, Supplier):
        form.fields["alt"].initial = draft.logo_alt
    elif isinstance(draft, Expert):
        form.fields["alt"].initial = draft.full_name
    if not isinstance(draft, Offer):
        del form.fields["caption"]
    return form


def _pictures(draft: MarketRecord) -> list[dict[str, Any]]:
    """The pictures of a draft with what they show."""
    if isinstance(draft, Offer):
        kept = draft.pictures.all()
        return [{"image": one.image, "alt": one.alt, "caption": one.caption} for one in kept]
    if isinstance(draft, Supplier) and draft.logo:
        return [{"image": draft.logo, "alt": draft.logo_alt, "caption": ""}]
    if isinstance(draft, Expert) and draft.photo:
        return [{"image": draft.photo, "alt": draft.full_name, "caption": ""}]
    return []


def _economy(draft: MarketRecord) -> dict[str, Any] | None:
    """What was reckoned from the amounts, shown as soon as they are saved."""
    if not isinstance(draft, Offer):
        return None
    benefit = yearly_benefit(draft.yearly_cost_before, draft.yearly_cost_after, draft.yearly_gain)
    if benefit is None:
        return None
    return {"benefit": benefit, "months": draft.payback_months, "investment": draft.investment}


@login_required_keeping(back_to=back_to_record)
@require_POST
def picture(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Receive a picture, by a form of its own."""
    held = record_of(request, kind, pk)
    if isinstance(held, Demand):
        raise Http404
    form = PictureForm(request.POST, request.FILES, prefix="picture")
    if form.is_valid():
        facts = form.cleaned_data
        try:
            put_picture(
                held,
                facts["picture"],
                facts["alt"],
                facts["version"],
                request.user,
                caption=facts["caption"],
            )
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The picture is in the draft."))
    else:
        wrong = next(iter(form.errors))
        messages.error(
            request,
            _("Choose a picture file first.")
            if wrong == "picture"
            else _("Say what the picture shows, for people who do not see it."),
        )
    return redirect(f"{address('edit', held)}?part=pictures#pictures")


@login_required_keeping(back_to=back_to_record)
@require_POST
def picture_away(request: HttpRequest, kind: str, pk: int, image_id: int) -> HttpResponse:
    """Leave the draft without a picture."""
    held = record_of(request, kind, pk)
    if isinstance(held, Demand):
        raise Http404
    try:
        remove_picture(held, image_id, held.draft_version, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The picture is no longer in the draft."))
    return redirect(f"{address('edit', held)}?part=pictures#pictures")


@login_required_keeping
@require_safe
def preview(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The newest draft as its public page would look."""
    draft = draft_of(record_of(request, kind, pk))
    return draft.serve_preview(request, draft.default_preview_mode)


@login_required_keeping(back_to=back_to_record)
@require_POST
def ready(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A member has finished: ask the owners of the account to send it."""
    held = record_of(request, kind, pk)
    try:
        ask_owner(held, request.user)
    except Refused as refused:
        messages.error(request, _told(refused))
    else:
        messages.success(request, _("The owners of your organisation's account are asked."))
    return redirect(address("record", held))


@login_required_keeping(back_to=back_to_record)
@require_POST
def send_for_review(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put the draft before the officers, with the owner's declaration."""
    held = record_of(request, kind, pk)
    form = SendForm(request.POST)
    form.is_valid()
    try:
        send(held, request.user, declared=bool(form.cleaned_data.get("declared")))
    except Refused as refused:
        if refused.code == "not_declared":
            form.add_error("declared", str(refused))
            return _record_page(request, held, form)
        messages.error(request, _told(refused))
    else:
        messages.success(request, _("Sent. An officer reads it, and you are told what follows."))
    return redirect(address("record", held))


@login_required_keeping(back_to=back_to_record)
@require_POST
def withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take the draft back from the officers."""
    held = record_of(request, kind, pk)
    try:
        take_back(held, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. You can change it and send it again."))
    return redirect(address("record", held))


def _told(refused: Refused) -> str:
    return " ".join([str(refused), *map(str, refused.details.values())])


def _status(request: HttpRequest, form: Any) -> int:
    """422 for what was refused; what comes back after signing in again is only shown."""
    return 422 if request.method == "POST" and form.is_bound and not form.is_valid() else 200
