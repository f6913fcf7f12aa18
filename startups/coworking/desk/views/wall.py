"""The wall display: public behind a signed address, without names, fresh every minute."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core import clock
from startups.coworking import walls
from startups.coworking.models import Space

SECONDS = 60


@require_safe
@never_cache
def wall(request: HttpRequest, space: str, token: str) -> HttpResponse:
    found = Space.objects.filter(slug=space).first()
    if found is None or not walls.opens(found, token):
        raise Http404("no such display")
    now = clock.now()
    context = {"space": found, "boards": walls.boards(found, now), "now": now}
    answer = render(request, "coworking/wall.html", context)
    # The header does what <meta http-equiv="refresh"> does, and needs no script either.
    answer["Refresh"] = str(SECONDS)
    return answer
