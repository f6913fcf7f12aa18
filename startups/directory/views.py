"""The workspace of a profile: where it stands, writing it, sending it for review."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import Membership, Organisation
from portal.accounts.permissions import active_role
from portal.core.keeping import kept_post, login_required_keeping, saved
from portal.core.pictures import LOGO_RENDITION
from portal.core.row_forms import first_refused
from portal.core.verdicts import Refused
from portal.pages.owned_records import draft_of, returned_with, where
from startups.directory import presenting
from startups.directory.forms import LogoForm, ProfileForm
from startups.directory.models import DirectoryPage, StartupProfile
from startups.directory.permissions import may_read_draft, may_send, may_take_back, may_write
from startups.directory.reviewing import missing, send, take_back
from startups.directory.writing import put_logo, remove_logo, save_draft, start

ADD_ANOTHER = ("products", "team")
"""What "save and add another" may come back to."""


def _back(request: HttpRequest, pk: int) -> str:
    return reverse("directory:profile", args=[pk])


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    """An organisation of this person's; to strangers it does not exist."""
    organisation = get_object_or_404(Organisation, pk=pk)
    if not may_read_draft(request.user, organisation):
        raise Http404
    return organisation


def _profile(request: HttpRequest, pk: int) -> StartupProfile:
    organisation = _organisation(request, pk)
    profiles = StartupProfile.objects.select_related("standing__organisation", "latest_revision")
    return get_object_or_404(profiles, standing__organisation=organisation)


def _crumbs(organisation: Organisation, *further: str) -> list[dict[str, str]]:
    way = [
        (_("My work"), reverse("workspace:home")),
        (organisation.name, reverse("accounts:organisation", args=[organisation.pk])),
        (_("Startup profile"), reverse("directory:profile", args=[organisation.pk])),
        *((title, "") for title in further),
    ]
    return [{"title": title, "url": url} for title, url in way]


@login_required_keeping
@require_safe
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the profile stands, what an editor said, what can be done next."""
    organisation = _organisation(request, pk)
    profiles = StartupProfile.objects.select_related("standing__organisation", "latest_revision")
    record = profiles.filter(standing__organisation=organisation).first()
    context: dict[str, Any] = {
        "organisation": organisation,
        "profile": record,
        "crumbs": _crumbs(organisation),
    }
    if record is not None:
        context |= _standing_of(request, record)
    return render(request, "directory/workspace/profile.html", context)


def _standing_of(request: HttpRequest, record: StartupProfile) -> dict[str, Any]:
    draft = draft_of(record)
    page = DirectoryPage.public_in(get_language() or "vi") if record.live else None
    base = page.get_url(request) if page else None
    return {
        "draft": draft,
        "where": where(record),
        "returned_with": returned_with(record),
        "missing": missing(draft),
        "may_write": may_write(request.user, record),
        "may_send": may_send(request.user, record),
        "may_take_back": may_take_back(request.user, record),
        "owns": active_role(request.user, record.standing.organisation) == Membership.Role.OWNER,
        "recognitions": record.recognitions.select_related("kind"),
        "public_url": page.address_of(record.standing.slug, base or "") if page else "",
    }


@login_required_keeping(back_to=_back)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the organisation's profile and go on to its form."""
    start(_organisation(request, pk), request.user)
    return redirect("directory:edit", pk)


@login_required_keeping
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the newest draft. Rows are added by saving: no script is needed."""
    record = _profile(request, pk)
    writes = may_write(request.user, record)
    if not writes and request.method != "POST":
        messages.error(request, writes.reason)
        return redirect("directory:profile", pk)
    draft = draft_of(record)
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = ProfileForm(posted, instance=draft)
    if request.method == "POST" and form.is_valid():
        try:
            save_draft(form.save(commit=False), form.cleaned_data["version"], request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            saved(request, _("The draft is saved."), _keep_key(record))
            return redirect(_next(request, pk))
    return render(request, "directory/workspace/edit.html", _edit_page(record, form))


def _next(request: HttpRequest, pk: int) -> str:
    then = request.POST.get("then", "")
    if then in ADD_ANOTHER:
        return f"{reverse('directory:edit', args=[pk])}#{then}"
    return reverse("directory:profile", args=[pk])


def _keep_key(record: StartupProfile) -> str:
    return f"startup-{record.pk}"


def _edit_page(record: StartupProfile, form: ProfileForm) -> dict[str, Any]:
    stored = StartupProfile.objects.select_related("latest_revision").get(pk=record.pk)
    draft = draft_of(stored)
    return {
        "form": form,
        "refused": first_refused(form) if form.is_bound else None,
        "logo_form": LogoForm(
            initial={"version": stored.draft_version, "alt": draft.logo_alt}, prefix="logo"
        ),
        "draft": draft,
        "organisation": record.standing.organisation,
        "keep_key": _keep_key(record),
        "logo_rendition": LOGO_RENDITION,
        "crumbs": _crumbs(record.standing.organisation, _("Edit")),
    }


@login_required_keeping(back_to=_back)
@require_POST
def logo(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive a logo, by a form of its own."""
    record = _profile(request, pk)
    form = LogoForm(request.POST, request.FILES, prefix="logo")
    if form.is_valid():
        facts = form.cleaned_data
        try:
            put_logo(record, facts["logo"], facts["alt"], facts["version"], request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The logo is in the draft."))
    else:
        messages.error(request, _("Choose a picture file first."))
    return redirect(f"{reverse('directory:edit', args=[pk])}#logo")


@login_required_keeping(back_to=_back)
@require_POST
def logo_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the draft without a logo."""
    record = _profile(request, pk)
    try:
        remove_logo(record, record.draft_version, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The draft has no logo any more."))
    return redirect(f"{reverse('directory:edit', args=[pk])}#logo")


@login_required_keeping
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest draft as its public page would look."""
    return presenting.preview(request, draft_of(_profile(request, pk)))


@login_required_keeping(back_to=_back)
@require_POST
def send_for_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft before the editors."""
    record = _profile(request, pk)
    try:
        send(record, request.user)
    except Refused as refused:
        messages.error(request, " ".join([str(refused), *map(str, refused.details.values())]))
    else:
        messages.success(request, _("Sent. An editor reads it, and you are told what follows."))
    return redirect("directory:profile", pk)


@login_required_keeping(back_to=_back)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the draft back from the editors."""
    record = _profile(request, pk)
    try:
        take_back(record, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back. You can change it and send it again."))
    return redirect("directory:profile", pk)
