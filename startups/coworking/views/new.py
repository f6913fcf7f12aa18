"""Booking: one page that confirms what was chosen. Everything chosen stands in its address."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import Organisation
from portal.core import clock
from portal.core.keeping import kept_post, login_required_keeping
from portal.core.verdicts import Refused
from startups.coworking import queueing
from startups.coworking.addresses import hours_as_typed
from startups.coworking.alternatives import Way, refused_one, ways_round
from startups.coworking.availability import free_between
from startups.coworking.booking import book_together, rules_to_accept
from startups.coworking.choosing import Part, first_day, part_of
from startups.coworking.forms import BookingForm, moments_from, organisations_of
from startups.coworking.hours import day_of, hours_of
from startups.coworking.models import Booking, HouseRules, Resource, WaitingEntry
from startups.coworking.permissions import may_leave_waiting
from startups.coworking.presenting import NEWS_DAYS, day_from, who_may
from startups.coworking.quota_words import QuotaLine, quota_lines
from startups.coworking.quotas import Account, used
from startups.coworking.rules import BookingRefused
from startups.coworking.slots import Range
from startups.coworking.views.frame import crumbs, space_address

WAITING_KINDS = (Resource.Kind.ROOM, Resource.Kind.HALL, Resource.Kind.EQUIPMENT)
"""For desks there is nearly always another one; nobody has to wait."""


@login_required_keeping
def new(request: HttpRequest) -> HttpResponse:
    """What would be booked, the quota, the rules of the house; and the button."""
    resource = _resource(request)
    user: Any = request.user
    rules = rules_to_accept(resource.space_id, user, clock.now())
    posted = request.POST if request.method == "POST" else kept_post(request)
    initial = _initial(request, resource)
    day = day_from(str((posted or initial).get("day") or ""))
    form = BookingForm(
        resource,
        user,
        posted,
        initial=initial,
        extras=_equipment(resource),
        rules=rules,
    )
    if day is not None:
        form.fields["day"].widget.attrs["min"] = clock.today().isoformat()
    if request.method == "POST" and form.is_valid():
        return _try(request, form, rules)
    return _page(request, form, rules)


def _resource(request: HttpRequest) -> Resource:
    key = request.GET.get("resource", "")
    active = Resource.objects.filter(is_active=True).select_related("space")
    return get_object_or_404(active, pk=int(key) if key.isdecimal() and len(key) < 10 else 0)


def _equipment(resource: Resource) -> list[Resource]:
    """What can be booked with it in one go."""
    if resource.kind == Resource.Kind.EQUIPMENT:
        return []
    machines = Resource.objects.filter(
        space=resource.space_id, kind=Resource.Kind.EQUIPMENT, is_active=True
    )
    return list(machines)


def _initial(request: HttpRequest, resource: Resource) -> dict[str, Any]:
    """What stands in the address; hours that are missing are the next that are possible."""
    asked = request.GET
    facts: dict[str, Any] = {
        name: asked[name]
        for name in ("day", "starts", "ends", "unit", "purpose", "people")
        if asked.get(name)
    }
    if not {"day", "starts", "ends"} <= facts.keys():
        facts = {**_next_hours(resource), **facts}
    facts["organisation"] = _organisation(request)
    return facts


def _next_hours(resource: Resource) -> dict[str, str]:
    now = clock.now()
    today = day_of(now)
    hours = hours_of(resource.space, today, today + timedelta(days=NEWS_DAYS))
    day = first_day([resource], hours, now)
    for part in (Part.MORNING, Part.AFTERNOON):
        found = part_of(resource, hours, day, part, now)
        if found is not None:
            return hours_as_typed(found)
    return {"day": day.isoformat()}


def _organisation(request: HttpRequest) -> int | None:
    """Which organisation it is for: the one in the address, the last one, or the only one."""
    user: Any = request.user
    mine = list(organisations_of(user).values_list("pk", flat=True))
    asked = request.GET.get("organisation", "")
    if asked.isdecimal() and len(asked) < 10 and int(asked) in mine:
        return int(asked)
    last = Booking.objects.filter(booked_by=user).order_by("-booked_at", "-pk")
    newest = last.values_list("organisation", flat=True).first()
    if newest in mine:
        return newest
    return mine[0] if mine else None


def _try(request: HttpRequest, form: BookingForm, rules: HouseRules | None) -> HttpResponse:
    user: Any = request.user
    organisation = form.cleaned_data["organisation"]
    accepts = bool(form.cleaned_data.get("accepts_rules"))
    wishes = form.wishes(*_instead(request, form))
    try:
        if request.POST.get("action") == "wait":
            queueing.join(wishes[0], person=user, organisation=organisation, accepts_rules=accepts)
            messages.success(request, _("You are on the list. We tell you when it becomes free."))
            return redirect(f"{reverse('coworking:list')}?view=waiting")
        bookings = book_together(
            wishes, person=user, organisation=organisation, accepts_rules=accepts
        )
    except Refused as refused:
        asked = wishes[0]
        ways: Sequence[Way] = ()
        if isinstance(refused, BookingRefused):
            account = Account(organisation, user)
            asked = refused_one(wishes, account, accepts_rules=accepts)
            ways = ways_round(refused, asked, account) if asked is wishes[0] else ()
        _say_no(form, refused, asked.resource)
        waits = getattr(refused, "full", False) and asked.resource.kind in WAITING_KINDS
        more = {"ways": ways, "may_wait": waits and asked is wishes[0]}
        return _page(request, form, rules, more)
    _say_booked(request, bookings)
    return redirect("coworking:booking", bookings[0].key)


def _instead(request: HttpRequest, form: BookingForm) -> tuple[Range | None, Resource | None]:
    """What the button of an alternative chose in place of what stands in the fields."""
    chosen = moments_from(request.POST.get("instead", ""))
    if chosen is None:
        return None, None
    key, starts, ends = chosen
    resource = Resource.objects.filter(
        pk=key, space=form.resource.space_id, kind=form.resource.kind, is_active=True
    ).first()
    return (Range(starts, ends), resource) if resource else (None, None)


def _say_no(form: BookingForm, refused: Refused, about: Resource) -> None:
    """The sentence at the field it belongs to."""
    sentence = str(refused)
    if about.pk != form.resource.pk and "extras" in form.fields:
        form.add_error("extras", f"{about}: {sentence}")
    elif refused.field in form.fields:
        form.add_error(refused.field, sentence)
    else:
        form.add_error(None, sentence)


def _say_booked(request: HttpRequest, bookings: list[Booking]) -> None:
    if any(one.state == Booking.State.PENDING for one in bookings):
        messages.success(request, _("The front desk has your request. The place is kept for you."))
    else:
        said = ngettext("Booked. See you there.", "All booked. See you there.", len(bookings))
        messages.success(request, said)


def _page(
    request: HttpRequest,
    form: BookingForm,
    rules: HouseRules | None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    resource = form.resource
    account, wanted = _account_and_hours(request, form)
    open_fields = bool({"day", "starts", "ends", "unit", "people"} & form.errors.keys())
    context = {
        "form": form,
        "resource": resource,
        "space": resource.space,
        "wanted": wanted,
        "unit": _unit(form),
        "rules": rules,
        "quota": _quota(resource, account, wanted),
        "who_may": who_may(resource),
        "has_organisations": organisations_of(request.user).exists(),  # type: ignore[arg-type]
        "asks_organisation": resource.bookers != Resource.Bookers.ANYBODY,
        "free": _free_count(resource, wanted),
        "open_fields": open_fields or wanted is None,
        "space_url": space_address(resource.space),
        "crumbs": crumbs((_("Book a place"), "")),
        **(more or {}),
    }
    return render(request, "coworking/new.html", context)


def _account_and_hours(request: HttpRequest, form: BookingForm) -> tuple[Account, Range | None]:
    """Whose quota is shown and for when: what the form says, as far as it can be understood."""
    user: Any = request.user
    chosen: Any = form.data
    if not form.is_bound:
        known = {name: value for name, value in form.initial.items() if value is not None}
        chosen = {"people": 1, **known}
    # A form of its own: a refused field is no longer among what the shown one has understood.
    probe = BookingForm(form.resource, user, chosen)
    probe.is_valid()
    facts = probe.cleaned_data
    organisation: Organisation | None = facts.get("organisation")
    complete = {"day", "starts", "ends"} <= facts.keys() and facts["starts"] < facts["ends"]
    return Account(organisation, user), probe.wanted() if complete else None


def _unit(form: BookingForm) -> Any:
    key = str(form["unit"].value() or "")
    if not key.isdecimal() or len(key) > 9:
        return None
    return form.resource.units.filter(pk=int(key), is_active=True).first()


def _quota(resource: Resource, account: Account, wanted: Range | None) -> list[QuotaLine]:
    if wanted is None:
        return []
    return quota_lines(used(resource, account, wanted), wanted)


def _free_count(resource: Resource, wanted: Range | None) -> int | None:
    if wanted is None:
        return None
    day = day_of(wanted.starts)
    free = free_between(resource.space, [resource], day, day)
    if not free.is_open(resource, day, wanted):
        return None
    return len(free.units_free(resource, wanted))


def _to_list(request: HttpRequest, **_ids: int) -> str:
    return f"{reverse('coworking:list')}?view=waiting"


@login_required_keeping(back_to=_to_list)
def leave_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop waiting for a place."""
    entry = get_object_or_404(
        WaitingEntry.objects.select_related("organisation"), pk=pk, person=request.user.pk
    )
    if not may_leave_waiting(request.user, entry):
        raise Http404("no such place on a list")
    if request.method == "POST":
        try:
            queueing.leave(entry, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("You no longer wait for it."))
    return redirect(_to_list(request))
