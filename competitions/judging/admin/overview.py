"""All rounds that are judged, season by season."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.calls.models import Competition, RoundTrack
from competitions.judging import permissions
from competitions.judging.models import Judge, Scorecard
from competitions.judging.queries import ACTIVE, DONE
from portal.core import clock


@never_cache
@require_safe
def index(request):
    """One line for each round of a track, the newest season first. One query."""
    if not permissions.may_read_judging(request.user):
        raise PermissionDenied
    rounds = (
        RoundTrack.objects.exclude(round__competition__state=Competition.State.DRAFT)
        .select_related("round__competition", "track")
        .annotate(
            judge_count=Count(
                "judges", filter=Q(judges__state=Judge.State.ACCEPTED), distinct=True
            ),
            invited_count=Count(
                "judges", filter=Q(judges__state=Judge.State.INVITED), distinct=True
            ),
            sheet_count=_sheets(ACTIVE),
            done_count=_sheets(DONE),
        )
        .order_by("-round__competition__year", "-round__competition__pk", "round__number", "pk")
    )
    lines = [
        {
            "round_track": row,
            "phase": row.phase(clock.now()).label,
            "url": reverse(f"judging_admin:{_first_page(row)}", args=[row.pk]),
        }
        for row in rounds
    ]
    context = {
        "lines": lines,
        "header_title": _("Judging"),
        "page_title": _("Judging"),
        "header_icon": "list-ol",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Judging")},
        ],
    }
    return render(request, "judging/admin/index.html", context)


def _sheets(states: frozenset[Scorecard.State]) -> Count:
    counted = Q(
        judges__scorecards__state__in=states,
        judges__scorecards__entry__state=permissions.JUDGED,
    )
    return Count("judges__scorecards", filter=counted, distinct=True)


def _first_page(row: RoundTrack) -> str:
    """Where the work of this round is now."""
    return {
        RoundTrack.State.MARKING: "progress",
        RoundTrack.State.DELIBERATING: "ranking",
        RoundTrack.State.DECIDED: "result",
        RoundTrack.State.PUBLISHED: "result",
    }.get(RoundTrack.State(row.state), "panel")
