"""The page a team reads after the result is published."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competitions.entries.models import Entry
from competitions.entries.permissions import may_read_entry
from competitions.judging.feedback import feedback_of


@never_cache
@require_safe
@login_required
def feedback(request: HttpRequest, key: Any) -> HttpResponse:
    """Own total, the mean of each criterion, and the judges' comments; 404 before a result."""
    entry = Entry.objects.filter(key=key).select_related("competition", "track").first()
    if entry is None or not may_read_entry(request.user, entry):
        raise Http404
    rounds = feedback_of(entry)
    if not rounds:
        raise Http404
    return render(request, "judging/feedback.html", {"entry": entry, "rounds": rounds})
