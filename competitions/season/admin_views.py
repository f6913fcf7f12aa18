"""The season board in the back office."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.calls.models import Competition
from competitions.season.board import board_of
from competitions.season.stages import standings
from portal.accounts.roles import reads_everything


def index(request: HttpRequest) -> HttpResponse:
    """All seasons with where they stand, for officers and directors."""
    _require_reader(request)
    competitions = list(Competition.objects.all())
    found = standings(competitions)
    return render(
        request,
        "season/admin/index.html",
        {
            "header_title": _("Season overview"),
            "header_icon": "clipboard-list",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": _("Season overview")},
            ],
            "seasons": [
                {"competition": competition, "standing": found[competition.pk]}
                for competition in competitions
            ],
        },
    )


def board(request: HttpRequest, competition_id: int) -> HttpResponse:
    """Where a season stands, for officers and directors."""
    _require_reader(request)
    competition = get_object_or_404(Competition, pk=competition_id)
    return render(
        request,
        "season/admin/board.html",
        {
            "competition": competition,
            "board": board_of(competition),
            "header_title": competition.local_title,
            "header_icon": "clipboard-list",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("season_admin:index"), "label": _("Season overview")},
                {"url": "", "label": competition.local_title},
            ],
        },
    )


def _require_reader(request: HttpRequest) -> None:
    if not reads_everything(request.user):
        raise PermissionDenied
