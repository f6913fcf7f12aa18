"""What every page of the workspace of the market begins with: the record, the way back."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from events.techmart.models import MarketRecord
from events.techmart.permissions import may_read_draft
from events.techmart.telling import MODELS


def record_of(request: HttpRequest, kind: str, pk: int) -> MarketRecord:
    """A record of this person's; to strangers it does not exist."""
    model = MODELS.get(kind)
    if model is None:
        raise Http404
    records = model._base_manager.select_related("standing__organisation", "latest_revision")
    record: MarketRecord = get_object_or_404(records, pk=pk)
    if not may_read_draft(request.user, record):
        raise Http404
    return record


def address(name: str, record: MarketRecord, *more: Any) -> str:
    """Where something of a record stands: `address("edit", record)`."""
    return reverse(f"techmart:{name}", args=[record._meta.model_name, record.pk, *more])


def back_to_record(request: HttpRequest, kind: str, pk: int, **_more: Any) -> str:
    """The page of the form, for whoever has to sign in again first."""
    return reverse("techmart:record", args=[kind, pk]) if kind in MODELS else "/"


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    way = [
        (_("My work"), reverse("workspace:home")),
        (_("My records in the market"), reverse("techmart:records")),
        *further,
    ]
    return [{"title": title, "url": url} for title, url in way]
