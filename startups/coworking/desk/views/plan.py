"""The floor plan: where each unit stands, as a drawing and as an equal table of numbers."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.core.keeping import kept_post
from portal.core.verdicts import Refused
from startups.coworking.desk.forms import PlanForm
from startups.coworking.desk.views.frame import desk_context, for_readers, space_of
from startups.coworking.models import Unit
from startups.coworking.permissions import may_set_up_spaces
from startups.coworking.placing import DRAWN_HEIGHT, EDGE, place_units


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit on the plan, in the drawing's own measure."""

    unit: Unit
    alone: bool
    """The only one of its resource: the room's name says more than "01"."""

    @property
    def middle_x(self) -> int:
        return (self.unit.x or 0) + self.unit.width // 2

    @property
    def middle_y(self) -> int:
        return self.top + self.depth // 2

    @property
    def top(self) -> int:
        return (self.unit.y or 0) * DRAWN_HEIGHT // EDGE

    @property
    def depth(self) -> int:
        return self.unit.height * DRAWN_HEIGHT // EDGE


@for_readers
def plan(request: HttpRequest, space: str) -> HttpResponse:
    """Everybody of the department sees it; officers change it."""
    found = space_of(space)
    may_change = may_set_up_spaces(request.user)
    units = list(
        Unit.objects.filter(resource__space=found)
        .select_related("resource")
        .order_by("resource__order", "resource__name", "order", "label")
    )
    typed = request.POST if request.method == "POST" else kept_post(request)
    form = PlanForm(typed, units=units)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied(str(may_change.reason))
        if form.is_valid():
            try:
                place_units(found, form.positions, by=request.user)  # type: ignore[arg-type]
            except Refused as refused:
                form.refuse(refused.details)
            else:
                messages.success(request, _("The plan is saved."))
                return redirect("coworking_desk:plan", found.slug)
    of_resource = Counter(unit.resource_id for unit in units)
    context = desk_context(
        request,
        found,
        "plan",
        form=form,
        drawn=[
            Drawn(unit, of_resource[unit.resource_id] == 1) for unit in units if unit.x is not None
        ],
        drawn_height=DRAWN_HEIGHT,
        columns=[label for _name, label, _needed in PlanForm.COLUMNS],
    )
    return render(request, "coworking/desk/plan.html", context, status=422 if form.errors else 200)
