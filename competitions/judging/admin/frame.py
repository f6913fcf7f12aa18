"""What the pages of a round share: who may read them, the head with tabs, running a verb."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from competitions.calls.models import RoundTrack
from competitions.judging import permissions
from portal.core import clock
from portal.core.verdicts import Refused

TABS = (
    ("panel", gettext_lazy("Panel")),
    ("assign", gettext_lazy("Assignment")),
    ("progress", pgettext_lazy("tab", "Marking")),
    ("ranking", gettext_lazy("Ranking")),
    ("decide", gettext_lazy("Outcomes")),
    ("result", gettext_lazy("Publication")),
)


def round_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of one round of a track, for officers and directors."""

    @wraps(view)
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def wrapped(request: Any, round_track_id: int, **kwargs: Any) -> HttpResponse:
        if not permissions.may_read_judging(request.user):
            raise PermissionDenied
        rounds = RoundTrack.objects.select_related("round__competition", "track")
        return view(request, get_object_or_404(rounds, pk=round_track_id), **kwargs)

    return wrapped


def show(
    request: Any,
    round_track: RoundTrack,
    tab: str,
    context: dict[str, Any],
    *,
    template: str = "",
) -> HttpResponse:
    """Render `judging/admin/<tab>.html`, or another template of that tab, under the head."""
    label = str(dict(TABS)[tab])
    where = f"{round_track.round.local_title} · {round_track.track.local_title}"
    frame = {
        "round_track": round_track,
        "competition": round_track.round.competition,
        "phase": round_track.phase(clock.now()).label,
        "tabs": [
            {
                "title": title,
                "url": reverse(f"judging_admin:{name}", args=[round_track.pk]),
                "current": name == tab,
            }
            for name, title in TABS
        ],
        "may_run": bool(permissions.may_run_judging(request.user)),
        "header_title": f"{label}: {where}",
        "page_title": label,
        "page_subtitle": where,
        "header_icon": "list-ol",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("judging_admin:index"), "label": _("Judging")},
            {"url": "", "label": label, "sublabel": where},
        ],
    }
    return render(request, f"judging/admin/{template or tab}.html", frame | context)


def attempt(request: Any, act: Callable[[], Any], done: str = "") -> bool:
    """Run a verb; say what was done, or why it was refused."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused.reason))
        return False
    if done:
        messages.success(request, done)
    return True
