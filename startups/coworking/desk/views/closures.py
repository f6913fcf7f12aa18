"""Closures: announcing in two steps, lifting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.keeping import kept_post
from portal.core.verdicts import Refused
from startups.coworking import after_closure, closing
from startups.coworking import booking as booking_verbs
from startups.coworking.booking import Wish
from startups.coworking.desk.forms import ClosureForm
from startups.coworking.desk.views.frame import (
    act,
    desk_context,
    for_readers,
    said_or_refused,
    space_of,
)
from startups.coworking.forms import moments_from
from startups.coworking.models import Closure, Resource
from startups.coworking.permissions import may_run_space
from startups.coworking.telling import when

PAST_SHOWN = 20
HITS_A_PAGE = 50


@for_readers
def closures(request: HttpRequest, space: str) -> HttpResponse:
    """What is closed and will be; a new closure first shows whose bookings it would end."""
    found = space_of(space)
    if request.method == "POST":
        may = may_run_space(request.user)
        if not may:
            raise PermissionDenied(str(may.reason))
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = ClosureForm(typed, space=found, initial={"from_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        if "confirm" in request.POST:
            made = _announce(request, form)
            if made is not None:
                return redirect("coworking_desk:closure", made.pk)
        elif "back" not in request.POST:
            return _confirm(request, form)
    now = clock.now()
    rows = found.closures.select_related("resource", "announced_by")
    ahead = rows.filter(ends__gt=now, lifted_at__isnull=True).order_by("starts")
    over = rows.exclude(pk__in=ahead.values("pk"))[:PAST_SHOWN]
    context = desk_context(request, found, "closures", form=form, ahead=ahead, over=over)
    return render(
        request, "coworking/desk/closures.html", context, status=422 if form.errors else 200
    )


def _confirm(request: HttpRequest, form: ClosureForm) -> HttpResponse:
    """The second step: who would lose a booking, before anything happens."""
    resource = form.cleaned_data["resource"]
    since = max(form.starts, clock.now())
    context = desk_context(
        request,
        form.space,
        "closures",
        form=form,
        resource=resource,
        starts=form.starts,
        ends=form.ends,
        concerned=closing.concerned(form.space, resource, since, form.ends),
    )
    return render(request, "coworking/desk/closure_confirm.html", context)


def _announce(request: HttpRequest, form: ClosureForm) -> Closure | None:
    try:
        made = closing.announce(
            form.space,
            starts=form.starts,
            ends=form.ends,
            reason=form.cleaned_data["reason"],
            reason_en=form.cleaned_data["reason_en"],
            resource=form.cleaned_data["resource"],
            by=request.user,  # type: ignore[arg-type]
        )
    except Refused as refused:
        names = {"starts": "from_day", "ends": "until_day", "reason": "reason"}
        form.add_error(names.get(refused.field or ""), str(refused))
        return None
    messages.success(request, _("The closure is announced; who had booked was told."))
    return made


@for_readers
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody whom a closure hit, and where they could go instead; the desk books it there."""
    found = get_object_or_404(
        Closure.objects.select_related("space", "resource", "announced_by"), pk=pk
    )
    if request.method == "POST":
        may = may_run_space(request.user)
        if not may:
            raise PermissionDenied(str(may.reason))
        _move(request, found)
        return redirect("coworking_desk:closure", found.pk)
    shown = Paginator(after_closure.hits(found, clock.now()), HITS_A_PAGE)
    context = desk_context(
        request,
        found.space,
        "closures",
        closure=found,
        hits=shown.get_page(request.GET.get("page")),
        total=shown.count,
    )
    return render(request, "coworking/desk/closure.html", context)


def _move(request: HttpRequest, found: Closure) -> None:
    """Book for somebody who was hit what stands on the button, as the front desk."""
    chosen = moments_from(request.POST.get("instead", ""))
    keys = {str(one.key): one for one in closing.hit_by(found) if one.person is not None}
    lost = keys.get(request.POST.get("booking", ""))
    if chosen is None or lost is None or lost.person is None:
        messages.error(request, _("Choose one of the places that are proposed."))
        return
    key, starts, ends = chosen
    resource = get_object_or_404(Resource, pk=key, space=found.space)
    person = lost.person
    wish = Wish(resource, starts, ends, people=lost.people, purpose=lost.purpose)
    said_or_refused(
        request,
        lambda: booking_verbs.book(
            wish,
            person=person,
            organisation=lost.organisation,
            by=request.user,  # type: ignore[arg-type]
        ),
        _("%(who)s has %(place)s now: %(when)s. A mail tells it.")
        % {"who": lost.who, "place": resource, "when": when(wish.wanted)},
    )


@act
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    closure = get_object_or_404(Closure.objects.select_related("space"), pk=pk)
    said_or_refused(
        request,
        lambda: closing.lift(closure, by=request.user),  # type: ignore[arg-type]
        _("Lifted: it can be booked again. Bookings that were ended stay ended."),
    )
    return redirect("coworking_desk:closures", closure.space.slug)
