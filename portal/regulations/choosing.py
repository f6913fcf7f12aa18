"""Choosing a document in a form of the back office: searched without accents, readers only."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from portal.core.choosing import ForReaders, KnownKeys
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


class Choose(ForReaders, chooser.ChooseView):
    filter_form_class = FoldedFilterForm


class ChooseResults(ForReaders, chooser.ChooseResultsView):
    filter_form_class = FoldedFilterForm


class Chosen(KnownKeys, chooser.ChosenView):
    pass


class ChosenMultiple(KnownKeys, chooser.ChosenMultipleView):
    pass


class NoCreation(chooser.CreateView):
    """Documents are registered in their own form; Wagtail's view would break without one here."""

    def can_create(self) -> bool:
        return False


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
