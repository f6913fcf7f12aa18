"""Saved searches: keeping one, the list in the workspace, stopping by a signed link."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from events.techmart import alerts, links
from events.techmart.matching import described
from events.techmart.models import MarketPage, SavedSearch
from events.techmart.trust_forms import SearchForm
from portal.core.keeping import kept_post, login_required_keeping
from portal.core.verdicts import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """A saved search in the list."""

    search: SavedSearch
    words: str
    url: str


@login_required_keeping
@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: HttpRequest) -> HttpResponse:
    """My searches; with `q` in the address, the form that keeps this one."""
    person: Any = request.user
    posted = request.POST if request.method == "POST" else kept_post(request)
    asked = (posted or request.GET).get("q", "")
    words = described([alerts.read_parameters(asked)])[0] if asked else ""
    form = SearchForm(posted, initial={"q": asked, "name": words[:120]})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            alerts.save(person, facts["name"], facts["q"], facts["every"])
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The search is saved. A letter tells you what is new."))
            return redirect("techmart:searches")
    catalogue = _catalogue(request)
    context = {
        "form": form if words or form.is_bound else None,
        "words": words,
        "rows": _rows(person, catalogue),
        "catalogue_url": catalogue,
        "crumbs": [
            {"title": _("My work"), "url": reverse("workspace:home")},
            {"title": _("My saved searches"), "url": ""},
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "techmart/workspace/searches.html", context, status=status)


@login_required_keeping(back_to=lambda *_a, **_k: reverse("techmart:searches"))
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop, take up again or delete one of my searches. Other people's are not there."""
    person: Any = request.user
    search = get_object_or_404(SavedSearch, pk=pk, person=person)
    match request.POST.get("act"):
        case "stop":
            alerts.stop([search])
            messages.success(request, _("No more letters about “%(name)s”.") % {"name": search})
        case "resume":
            alerts.resume(search)
            messages.success(request, _("Letters about “%(name)s” again.") % {"name": search})
        case "delete":
            alerts.forget(search)
            messages.success(request, _("“%(name)s” is deleted.") % {"name": search})
    return redirect("techmart:searches")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a letter's last line: one button. Opening it does nothing."""
    try:
        found = links.searches_in(token)
    except Refused as refused:
        context = {"reason": refused.reason, "sign_in_url": reverse("techmart:searches")}
        return render(request, "techmart/trust/bad_link.html", context, status=404)
    if request.method == "POST":
        alerts.stop(found)
        return redirect("techmart_links:stop", token)
    running = [one for one in found if one.stopped_at is None]
    response = render(request, "techmart/trust/stop.html", {"running": running})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _rows(person: Any, catalogue: str) -> list[Row]:
    kept = list(SavedSearch.objects.filter(person=person))
    words = described([alerts.parameters_of(one) for one in kept])
    return [
        Row(one, said, f"{catalogue}?{one.query}" if catalogue else "")
        for one, said in zip(kept, words, strict=True)
    ]


def _catalogue(request: HttpRequest) -> str:
    page = MarketPage.public_in(get_language() or "vi")
    return page.list_address("offers", page.get_url(request) or "") if page else ""
