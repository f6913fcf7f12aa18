"""Search in the editors' menu."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from portal.core.viewsets import ShowsRefusal
from portal.search.models import Promotion, Synonyms


class OfOneGroup(ShowsRefusal):
    """Two editors who give one word to two groups at once: the second is told, as if later."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            taken = _("Somebody has just put one of these words into a group.")
            return self.refuse(form, "words", taken)


class AddSynonyms(OfOneGroup, generic.CreateView):
    pass


class ChangeSynonyms(OfOneGroup, generic.EditView):
    pass


class SynonymsViewSet(ModelViewSet):
    model = Synonyms
    name = "search_synonyms"
    url_prefix = "search-synonyms"
    icon = "resubmit"
    menu_label = _("Synonyms")
    add_view_class = AddSynonyms
    edit_view_class = ChangeSynonyms
    list_display = ["words"]
    search_fields = ["words"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    panels = [FieldPanel("words")]


class PromotionViewSet(ModelViewSet):
    model = Promotion
    name = "search_promotions"
    url_prefix = "search-promotions"
    icon = "pick"
    menu_label = _("Promoted results")
    list_display = ["title", "words", "language", "order"]
    list_filter = ["language"]
    search_fields = ["title", "words"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldPanel("words"),
        FieldPanel("language"),
        MultiFieldPanel(
            [FieldPanel("page"), FieldPanel("address")],
            heading=_("Where it leads: a page or an address"),
        ),
        FieldPanel("title"),
        FieldPanel("description"),
        FieldPanel("order"),
    ]


class SearchGroup(ViewSetGroup):
    """What editors tell the search of the portal."""

    items = (SynonymsViewSet, PromotionViewSet)
    menu_label = _("Site search")
    menu_icon = "search"
    menu_order = 260
