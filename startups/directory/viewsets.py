"""The directory in the back office: profiles under review, recognition, and the words they use."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from portal.core.choosing import RecordChooser
from portal.core.secrecy_panel import SecrecyPanel
from portal.core.viewsets import EnglishColumn
from portal.pages.record_office import EditRecord, RecordOfficeForm, UnscheduleRecord
from portal.search.finding import read_query
from startups.directory.browsing import with_words
from startups.directory.models import (
    Need,
    Recognition,
    RecognitionKind,
    Sector,
    Stage,
    StartupProfile,
)
from startups.directory.models.profiles import LINES, TEXTS


class EditorForm(RecordOfficeForm):
    LINES = LINES
    TEXTS = TEXTS
    NEEDED = ("tagline", "sector", "stage")


class ProfileFilters(WagtailFilterSet):
    waiting = django_filters.BooleanFilter(label=_("Waiting for review"), method="waits")
    recognised = django_filters.BooleanFilter(label=_("Recognised"), method="is_recognised")
    english = django_filters.BooleanFilter(label=_("Tagline in English"), method="has_english")

    class Meta:
        model = StartupProfile
        fields = ["live", "sector", "stage", "waiting", "recognised", "english"]

    def waits(self, profiles: QuerySet, name: str, value: bool) -> QuerySet:
        running = WorkflowState.objects.filter(
            base_content_type__app_label="directory",
            base_content_type__model="startupprofile",
            status=WorkflowState.STATUS_IN_PROGRESS,
        )
        keys = [int(key) for key in running.values_list("object_id", flat=True)]
        return profiles.filter(pk__in=keys) if value else profiles.exclude(pk__in=keys)

    def is_recognised(self, profiles: QuerySet, name: str, value: bool) -> QuerySet:
        keys = Recognition.objects.in_force().values("profile")
        return profiles.filter(pk__in=keys) if value else profiles.exclude(pk__in=keys)

    def has_english(self, profiles: QuerySet, name: str, value: bool) -> QuerySet:
        return profiles.exclude(tagline_en="") if value else profiles.filter(tagline_en="")


class ProfileIndex(IndexView):
    """Searches names and taglines without accents, every word."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet:
        return StartupProfile.objects.select_related(
            "sector", "stage", "standing__organisation", "latest_revision"
        ).defer("latest_revision__content")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        query = read_query(self.search_query)
        by_owner = Q(standing__organisation__name__icontains=self.search_query)
        return queryset.filter(
            Q(pk__in=with_words(StartupProfile.objects.all(), query).values("pk")) | by_owner
        )


class ProfileViewSet(SnippetViewSet):
    model = StartupProfile
    icon = "group"
    menu_label = _("Profiles")
    copy_view_enabled = False
    add_to_reference_index = False
    chooser_viewset_class = RecordChooser
    index_view_class = ProfileIndex
    edit_view_class = EditRecord
    revisions_unschedule_view_class = UnscheduleRecord
    filterset_class = ProfileFilters
    list_display = [
        "__str__",  # of the newest draft
        Column("organisation", label=_("Organisation"), accessor="standing.organisation"),
        Column("sector", label=_("Sector"), accessor="sector", sort_key="sector__order"),
        Column("stage", label=_("Stage"), accessor="stage", sort_key="stage__order"),
    ]
    ordering = ["sort_key"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
                    FieldPanel("tagline"),
                    FieldPanel("tagline_en"),
                    FieldRowPanel([FieldPanel("sector"), FieldPanel("stage")]),
                    FieldRowPanel([FieldPanel("founded_year"), FieldPanel("unit")]),
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_alt")]),
                ],
                heading=_("The startup"),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("description", "problem", "solution", "results")],
                heading=_("Vietnamese"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel(name)
                    for name in ("description_en", "problem_en", "solution_en", "results_en")
                ],
                heading=_("English"),
            ),
            FieldPanel("needs", widget=forms.CheckboxSelectMultiple),
            InlinePanel("products", heading=_("Products"), label=_("Product or service")),
            InlinePanel("team", heading=_("Team"), label=_("Person")),
            FieldPanel("team_agreed"),
            MultiFieldPanel(
                [
                    FieldPanel("website"),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("show_email")]),
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("show_phone")]),
                ],
                heading=_("Contact"),
            ),
            SecrecyPanel(),
        ],
        base_form_class=EditorForm,
    )


class RecognitionViewSet(ModelViewSet):
    """Kept outside the drafts: what owners write never touches it."""

    model = Recognition
    name = "startup_recognitions"
    url_prefix = "startup-recognitions"
    icon = "success"
    menu_label = _("Recognition")
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["profile", "kind", "number", "issued_on", "valid_until"]
    list_filter = ["kind"]
    search_fields = ["number", "profile__name"]
    search_backend_name = None
    ordering = ["-issued_on"]
    panels = [
        FieldPanel("profile"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldPanel("issuer"),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("valid_until")]),
    ]


class WordViewSet(ModelViewSet):
    """A vocabulary. Words are not deleted: drafts hold on to them too."""

    icon = "tag"
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "label",
        EnglishColumn("label_en", label=_("label in English"), sort_key="label_en"),
        "slug",
        "order",
    ]
    search_fields = ["label", "label_en"]
    search_backend_name = None
    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("order")]),
    ]


class SectorViewSet(WordViewSet):
    model = Sector
    name = "startup_sectors"
    url_prefix = "startup-sectors"
    menu_label = _("Sectors")


class StageViewSet(WordViewSet):
    model = Stage
    name = "startup_stages"
    url_prefix = "startup-stages"
    menu_label = _("Stages")


class NeedViewSet(WordViewSet):
    model = Need
    name = "startup_needs"
    url_prefix = "startup-needs"
    menu_label = _("Needs")


class RecognitionKindViewSet(WordViewSet):
    model = RecognitionKind
    name = "startup_recognition_kinds"
    url_prefix = "startup-recognition-kinds"
    menu_label = _("Kinds of recognition")


class DirectoryGroup(SnippetViewSetGroup):
    items = (
        ProfileViewSet,
        RecognitionViewSet,
        SectorViewSet,
        StageViewSet,
        NeedViewSet,
        RecognitionKindViewSet,
    )
    menu_label = _("Startup directory")
    menu_icon = "group"
    menu_order = 270
