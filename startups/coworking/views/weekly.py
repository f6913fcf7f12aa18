""" "Giữ lịch này": the same hours every week, each week listed with what stands in its way."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import clock
from portal.core.keeping import kept_post, login_required_keeping
from portal.core.verdicts import Refused
from startups.coworking.booking import accept_rules, rules_to_accept
from startups.coworking.forms import RULES_CHANGED, WeekForm, agreed_to
from startups.coworking.models import Booking, HouseRules
from startups.coworking.repeating import AHEAD, SeriesRefused, Week, keep, plan
from startups.coworking.views.frame import crumbs, theirs


@dataclass(slots=True)
class Line:
    """One week of the plan with its form."""

    week: Week
    form: WeekForm

    @property
    def reason(self) -> str:
        return str(self.week.refused) if self.week.refused else ""


@login_required_keeping
def weekly(request: HttpRequest, key: UUID) -> HttpResponse:
    """The plan of the next weeks; kept in one go, or not at all."""
    found = theirs(request, key)
    posted = request.POST if request.method == "POST" else kept_post(request)
    rules = _rules(request, found)
    if rules is not None and request.method == "POST" and "accepts_rules" in request.POST:
        if agreed_to(rules, request.POST):
            accept_rules([rules.space_id], request.user, clock.now())  # type: ignore[arg-type]
        else:
            messages.error(request, str(RULES_CHANGED))
        return redirect(request.get_full_path())
    lines = [
        Line(week, WeekForm(week.day, week.wish.wanted, posted, free=week.refused is None))
        for week in plan(found)
    ]
    if request.method == "POST" and all([line.form.is_valid() for line in lines]):
        forms = [line.form for line in lines]
        try:
            kept = keep(
                found,
                by=request.user,  # type: ignore[arg-type]
                weeks=AHEAD,
                skipped={form.day for form in forms if _how(form) == WeekForm.SKIP},
                moved={form.day: form.moved() for form in forms if _how(form) == WeekForm.MOVE},
            )
        except SeriesRefused as refused:
            _say_at_weeks(lines, refused)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("%(n)s week was kept.", "%(n)s weeks were kept.", len(kept))
            messages.success(request, said % {"n": len(kept)})
            return redirect("coworking:booking", found.key)
    context: dict[str, Any] = {
        "booking": found,
        "lines": lines,
        "rules": rules,
        "free": sum(line.week.refused is None for line in lines),
        "crumbs": crumbs(
            (found.code, reverse("coworking:booking", args=[found.key])),
            (_("Keep this time every week"), ""),
        ),
    }
    return render(request, "coworking/weekly.html", context)


def _rules(request: HttpRequest, found: Booking) -> HouseRules | None:
    """A new version of the rules has to be agreed to by whoever's booking it is."""
    if found.person_id != request.user.pk:
        return None
    return rules_to_accept(found.resource.space_id, request.user, clock.now())


def _how(form: WeekForm) -> str:
    return str(form.cleaned_data["how"])


def _say_at_weeks(lines: list[Line], refused: SeriesRefused) -> None:
    """Each refusal stands at its week, and the week may be skipped now."""
    by_day = {week.day: week for week in refused.weeks}
    for line in lines:
        week = by_day.get(line.form.day)
        if week is not None:
            line.week = week
            line.form.add_error("how", str(week.refused))
