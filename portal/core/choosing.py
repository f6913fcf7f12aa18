"""Choosers of the back office: for those who may read the list behind them, and no others."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.snippets.views import chooser

from portal.core.text import key_from


class ForReaders:
    """Drafts stand in a chooser too, so it is for those who may see the list of them."""

    model_class: Any

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        meta = self.model_class._meta
        if not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class KnownKeys(ForReaders):
    """What was chosen. Wagtail's own views break at a key that is no number."""

    def get_object(self, pk: str) -> Any:
        if key_from(pk) is None:
            raise ObjectDoesNotExist
        return super().get_object(pk)  # type: ignore[misc]

    def get_objects(self, pks: Sequence[str]) -> QuerySet:
        return super().get_objects([pk for pk in pks if key_from(pk) is not None])  # type: ignore[misc]


class NoCreation(chooser.SnippetCreateView):
    """Records are written in their own forms; Wagtail's view would break without one here."""

    def can_create(self) -> bool:
        return False


class _Choose(ForReaders, chooser.ChooseView):
    pass


class _ChooseResults(ForReaders, chooser.ChooseResultsView):
    pass


class _Chosen(KnownKeys, chooser.SnippetChosenView):
    pass


class _ChosenMultiple(KnownKeys, chooser.SnippetChosenMultipleView):
    pass


class RecordChooser(chooser.SnippetChooserViewSet):
    """Choosing a reviewed record of outsiders."""

    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults
    chosen_view_class = _Chosen
    chosen_multiple_view_class = _ChosenMultiple
    create_view_class = NoCreation
