"""Search in the editors' menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from portal.search.models import Synonyms


class SynonymsViewSet(ModelViewSet):
    model = Synonyms
    name = "search_synonyms"
    url_prefix = "search-synonyms"
    icon = "resubmit"
    menu_label = _("Synonyms")
    list_display = ["words"]
    search_fields = ["words"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    panels = [FieldPanel("words")]


class SearchGroup(ViewSetGroup):
    """What editors tell the search of the portal."""

    items = (SynonymsViewSet,)
    menu_label = _("Site search")
    menu_icon = "search"
    menu_order = 260
