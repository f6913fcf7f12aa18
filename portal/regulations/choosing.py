"""Choosing a document in a form of the back office: searched without accents, readers only."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.documents.widgets import AdminDocumentChooser

from portal.core.admin_choosers import KeyOnly
from portal.core.text import key_from
from portal.regulations.browsing import with_words
from portal.regulations.models import OfficialDocument, OfficialDocumentQuerySet
from portal.search.finding import read_query


class FoldedFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Number or words of the subject"), required=False)

    def filter(self, objects: OfficialDocumentQuerySet) -> OfficialDocumentQuerySet:
        asked = self.cleaned_data.get("q")
        if not asked:
            return objects
        self.is_searching, self.search_query = True, asked
        return with_words(objects, read_query(asked))


class ForReaders:
    """Drafts stand in the list too, so it is for those who may see the register."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm("regulations.view_officialdocument"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Choose(ForReaders, chooser.ChooseView):
    filter_form_class = FoldedFilterForm


class ChooseResults(ForReaders, chooser.ChooseResultsView):
    filter_form_class = FoldedFilterForm


class Chosen(ForReaders, chooser.ChosenView):
    def get_object(self, pk: str) -> OfficialDocument:
        # Wagtail's own view breaks at a key that is no number.
        if key_from(pk) is None:
            raise ObjectDoesNotExist
        return super().get_object(pk)


class ChosenMultiple(ForReaders, chooser.ChosenMultipleView):
    def get_objects(self, pks: Sequence[str]) -> QuerySet:
        return super().get_objects([pk for pk in pks if key_from(pk) is not None])


class NoCreation(chooser.CreateView):
    """Documents are registered in their own form; Wagtail's view would break without one here."""

    def can_create(self) -> bool:
        return False


class DocumentWidget(KeyOnly, BaseChooser):
    pass


class FileWidget(KeyOnly, AdminDocumentChooser):
    pass


class DocumentChooser(ChooserViewSet):
    """Any form with a key to a document gets this chooser."""

    model = OfficialDocument
    icon = "doc-full-inverse"
    choose_one_text = _("Choose an official document")
    choose_another_text = _("Choose another official document")
    edit_item_text = _("Edit this official document")
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
    create_view_class = NoCreation
    base_widget_class = DocumentWidget
