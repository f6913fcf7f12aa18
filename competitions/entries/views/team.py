"""The team's page, and the page behind the mailed link, which needs no account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from competitions.entries import commitments
from competitions.entries.applying import (
    answer_consent,
    ask_again,
    change_member,
    name_member,
    remove_member,
)
from competitions.entries.forms import MemberForm
from competitions.entries.models import Entry, TeamMember
from competitions.entries.permissions import may_name_team
from competitions.entries.teaming import member_of
from competitions.entries.views.frame import crumbs, frame_of, team_entry
from portal.core.keeping import kept_post, login_required_keeping, saved
from portal.core.models import ConsentText
from portal.core.verdicts import Refused


def _back_to_team(request: HttpRequest, key: UUID, **_ids: int) -> str:
    return reverse("entries:team", args=[key])


@login_required_keeping
def team(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who belongs to the team and who has agreed; the captain names further members."""
    entry = team_entry(request, key)
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = MemberForm(posted, instance=TeamMember(entry=entry))
    if request.method == "POST" and form.is_valid():
        try:
            member = name_member(entry, request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            saved(
                request,
                _("%(name)s was named. A link went to %(email)s.")
                % {"name": member.full_name, "email": member.email},
                f"entry-{entry.key}-team",
            )
            return redirect("entries:team", entry.key)
    return render(request, "entries/team.html", _team_page(request, entry, form))


def _team_page(request: HttpRequest, entry: Entry, form: MemberForm) -> dict[str, Any]:
    frame = frame_of(request, entry, "team")
    members = list(entry.members.select_related("unit"))
    return {
        "frame": frame,
        "entry": entry,
        "members": members,
        "form": form,
        "may_name": may_name_team(request.user, entry, frame.intake),
        "full": len(members) >= entry.competition.max_team_size,
        "crumbs": crumbs(entry, (_("Team"), "")),
    }


@login_required_keeping
def member(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    """Change what is known of one member."""
    entry = team_entry(request, key)
    person = get_object_or_404(TeamMember, entry=entry, pk=member_id)
    verdict = may_name_team(request.user, entry)
    if not verdict and request.method != "POST":
        messages.error(request, verdict.reason)
        return redirect("entries:team", entry.key)
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = MemberForm(posted, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            change_member(person, request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("entries:team", entry.key)
    context = {
        "frame": frame_of(request, entry, "team"),
        "entry": entry,
        "member": person,
        "form": form,
        "crumbs": crumbs(
            entry,
            (_("Team"), reverse("entries:team", args=[entry.key])),
            (person.full_name, ""),
        ),
    }
    return render(request, "entries/member.html", context)


@login_required_keeping(back_to=_back_to_team)
@require_POST
def remove(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    """Take a member out of the team."""
    entry = team_entry(request, key)
    person = get_object_or_404(TeamMember, entry=entry, pk=member_id)
    try:
        remove_member(person, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s was removed.") % {"name": person.full_name})
    return redirect("entries:team", entry.key)


@login_required_keeping(back_to=_back_to_team)
@require_POST
def ask(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    """Mail the link once more."""
    entry = team_entry(request, key)
    person = get_object_or_404(TeamMember, entry=entry, pk=member_id)
    try:
        ask_again(person, request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A new link went to %(email)s.") % {"email": person.email})
    return redirect("entries:team", entry.key)


@never_cache
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """The named person reads what it is about, and agrees or declines."""
    try:
        person = member_of(token)
    except TeamMember.DoesNotExist:
        raise Http404("unknown link") from None
    if request.method == "POST" and request.POST.get("answer") in {"agree", "decline"}:
        agree = request.POST["answer"] == "agree"
        try:
            answer_consent(token, agree, request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                _("Thank you: you are named in the team.")
                if agree
                else _("Noted: you are not named in this team."),
            )
        return redirect("entries:consent", token)
    context = {
        "member": person,
        "entry": person.entry,
        "text": ConsentText.current(commitments.MEMBER),
        "is_member": request.user.is_authenticated and person.user_id == request.user.pk,
    }
    return render(request, "entries/consent.html", context)
