"""The market in the back office: records under review and the words they use."""

from collections import Counter
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, ManyToManyField, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from events.techmart.models import (
    Demand,
    DemandStanding,
    Expert,
    ExpertStanding,
    Freshness,
    IpRight,
    Offer,
    OfferStanding,
    Supplier,
    SupplierCertificate,
    SupplierStanding,
    Term,
    TermList,
    Verification,
)
from events.techmart.models.shared import hidden_before, unconfirmed_before
from events.techmart.office.entering import EnterViewSet
from events.techmart.office.forms import (
    DemandOfficeForm,
    ExpertOfficeForm,
    OfferOfficeForm,
    SupplierOfficeForm,
    TermForm,
)
from events.techmart.office.panels import ReviewPanel
from portal.accounts.models import Organisation
from portal.core.choosing import RecordChooser
from portal.core.secrecy_panel import SecrecyPanel
from portal.core.text import fold
from portal.core.viewsets import EnglishColumn, TypedExport
from portal.pages.owned_records import Where, where_between
from portal.pages.record_office import EditRecord, UnscheduleRecord

STANDINGS = {
    Offer: OfferStanding,
    Demand: DemandStanding,
    Expert: ExpertStanding,
    Supplier: SupplierStanding,
}


# Lists -------------------------------------------------------------------------------------


def _running(model: Any, *statuses: str) -> QuerySet[WorkflowState]:
    kind = ContentType.objects.get_for_model(model)
    return WorkflowState.objects.filter(base_content_type=kind, status__in=statuses)


class RecordFilters(WagtailFilterSet):
    """Where a record stands, whose it is, who vouches for it, how fresh it is."""

    state = django_filters.ChoiceFilter(
        label=_("Where it stands"),
        method="stands",
        choices=[*Where.choices, ("closed", _("Closed"))],
    )
    verification = django_filters.ChoiceFilter(
        label=_("Verification"), field_name="standing__verification", choices=Verification.choices
    )
    freshness = django_filters.ChoiceFilter(
        label=_("Freshness"), method="is_as_fresh", choices=Freshness.choices
    )

    def stands(self, records: QuerySet, name: str, value: str) -> QuerySet:
        if value == "closed":
            return records.filter(standing__closed_at__isnull=False)
        reviewed = self._keys(WorkflowState.STATUS_IN_PROGRESS)
        returned = self._keys(WorkflowState.STATUS_NEEDS_CHANGES)
        if value == Where.IN_REVIEW:
            return records.filter(pk__in=reviewed)
        if value == Where.RETURNED:
            return records.filter(pk__in=returned)
        others = records.exclude(pk__in=[*reviewed, *returned])
        if value == Where.DRAFT:
            return others.filter(live=False)
        return others.filter(live=True, has_unpublished_changes=value == Where.CHANGED)

    def _keys(self, status: str) -> list[int]:
        running = _running(self._meta.model, status)
        return [int(key) for key in running.values_list("object_id", flat=True)]

    def is_as_fresh(self, records: QuerySet, name: str, value: str) -> QuerySet:
        confirmed = "standing__last_confirmed_at"
        if value == Freshness.CONFIRMED:
            return records.filter(**{f"{confirmed}__gte": unconfirmed_before()})
        if value == Freshness.UNCONFIRMED:
            return records.filter(
                **{f"{confirmed}__lt": unconfirmed_before(), f"{confirmed}__gte": hidden_before()}
            )
        return records.filter(
            Q(**{f"{confirmed}__lt": hidden_before()}) | Q(**{f"{confirmed}__isnull": True})
        )


def _owners_of(model: Any) -> Any:
    """Only organisations that have such a record are offered."""

    def owners(_request: Any) -> QuerySet[Organisation]:
        held = STANDINGS[model]._base_manager.values("organisation")
        return Organisation.objects.filter(pk__in=held).order_by("folded_name")

    return django_filters.ModelChoiceFilter(
        label=_("Organisation"), field_name="standing__organisation", queryset=owners
    )


class OfferFilters(RecordFilters):
    kind = django_filters.ModelChoiceFilter(
        label=_("Kind of offer"),
        queryset=lambda _request: Term.objects.of(TermList.OFFER_KIND),
    )
    organisation = _owners_of(Offer)
    anonymous = django_filters.BooleanFilter(
        label=_("Owner not named"), field_name="standing__anonymous"
    )

    class Meta:
        model = Offer
        fields: ClassVar = ["state", "kind", "organisation", "verification", "freshness"]


class DemandFilters(RecordFilters):
    organisation = _owners_of(Demand)
    ended_as = django_filters.ChoiceFilter(
        label=_("What became of it"),
        field_name="standing__ended_as",
        choices=DemandStanding._meta.get_field("ended_as").choices,
    )

    class Meta:
        model = Demand
        fields: ClassVar = ["state", "organisation", "verification", "freshness"]


class ExpertFilters(RecordFilters):
    listed = django_filters.BooleanFilter(
        label=_("Agreed to be listed"), field_name="standing__listed_agreed"
    )

    class Meta:
        model = Expert
        fields: ClassVar = ["state", "verification", "freshness"]


class SupplierFilters(RecordFilters):
    organisation = _owners_of(Supplier)

    class Meta:
        model = Supplier
        fields: ClassVar = ["state", "organisation", "verification", "freshness"]


class RecordIndex(TypedExport, IndexView):
    """Searches words, codes and owners without accents, every word."""

    is_searchable = True
    export_headings: ClassVar = {
        "standing.code": _("Code"),
        "standing.organisation": _("Organisation"),
        "standing.get_verification_display": _("Level of verification"),
        "standing.last_confirmed_at": _("Last confirmed"),
        "standing.source": _("Source"),
        "standing.external_id": _("Key at the source"),
        "first_published_at": _("Public since"),
        "live": _("Public"),
    }

    def get_base_queryset(self) -> QuerySet:
        return self.model._base_manager.select_related(
            "standing__organisation", "latest_revision"
        ).defer("latest_revision__content")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        for word in fold(self.search_query).split(" ")[:12]:
            queryset = queryset.filter(
                Q(folded_text__contains=word)
                | Q(standing__code__icontains=word)
                | Q(standing__organisation__folded_name__contains=word)
            )
        return queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        states = _running(
            self.model, WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES
        ).filter(object_id__in=[str(one.pk) for one in shown])
        reviews = {state.object_id: state for state in states}
        self.places = {one.pk: where_between(one, reviews.get(str(one.pk))) for one in shown}
        for one in shown:
            one.stands = self.places[one.pk]
        return context


class StandsColumn(Column):
    def get_value(self, instance: Any) -> Any:
        if instance.standing.closed_at:
            return _("Closed")
        return getattr(instance, "stands", Where.DRAFT).label


class OwnerColumn(Column):
    def get_value(self, instance: Any) -> Any:
        standing = instance.standing
        owner = standing.organisation or ""
        hidden = getattr(standing, "anonymous", False)
        return f"{owner} ({_('not to be named')})" if hidden else owner


class FreshColumn(Column):
    def get_value(self, instance: Any) -> Any:
        standing = instance.standing
        if standing.confirmed_on is None:
            return "–"
        day = f"{standing.confirmed_on:%d/%m/%Y}"
        fresh = standing.freshness()
        return day if fresh == Freshness.CONFIRMED else f"{day} · {fresh.label}"


CODE = Column("code", label=_("Code"), accessor="standing.code", sort_key="standing__code")
OWNER = OwnerColumn("owner", label=_("Owner"), sort_key="standing__organisation__folded_name")
STANDS = StandsColumn("stands", label=_("Where it stands"))
VOUCHED = Column(
    "verification",
    label=_("Verification"),
    accessor="standing.get_verification_display",
    sort_key="standing__verification",
)
CONFIRMED = FreshColumn(
    "confirmed", label=_("Last confirmed"), sort_key="standing__last_confirmed_at"
)


class RecordViewSet(SnippetViewSet):
    """A kind of record. Owners write and officers approve; nothing is added or deleted here."""

    copy_view_enabled = False
    add_to_reference_index = False
    chooser_viewset_class = RecordChooser
    index_view_class = RecordIndex
    edit_view_class = EditRecord
    revisions_unschedule_view_class = UnscheduleRecord
    list_per_page = 50
    ordering = ["sort_key"]
    # Contacts are no part of a list that is taken away.
    ABOUT: ClassVar = (
        *("unit", "live", "first_published_at", "standing.get_verification_display"),
        *("standing.last_confirmed_at", "standing.source", "standing.external_id"),
    )


# Records -----------------------------------------------------------------------------------


def _panels(heading: str | Promise, *lines: str | tuple[str, ...]) -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel(line)
            if isinstance(line, str)
            else FieldRowPanel([FieldPanel(name) for name in line])
            for line in lines
        ],
        heading=heading,
    )


def _words(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name, widget=forms.CheckboxSelectMultiple) for name in names]


def _contact() -> MultiFieldPanel:
    return _panels(
        _("Contact, never public"),
        ("contact_name", "contact_role"),
        ("contact_phone", "contact_email"),
    )


class OfferViewSet(RecordViewSet):
    model = Offer
    list_export: ClassVar = [
        "standing.code",
        "title",
        "standing.organisation",
        "kind",
        "stage",
        "trl",
        "price_min",
        "price_max",
        *RecordViewSet.ABOUT,
    ]
    export_filename = "offers"
    icon = "pick"
    menu_label = _("Offers")
    filterset_class = OfferFilters
    list_display = [
        "__str__",
        CODE,
        OWNER,
        Column("kind", label=_("Kind"), accessor="kind", sort_key="kind__order"),
        STANDS,
        VOUCHED,
        CONFIRMED,
    ]
    edit_handler = ObjectList(
        [
            ReviewPanel(),
            _panels(
                _("What a review needs"),
                *("title", "kind", "problem", "summary", "advantages", "stage"),
            ),
            MultiFieldPanel(_words("transfer_forms"), heading=_("Forms of transfer")),
            _contact(),
            MultiFieldPanel(
                [
                    *_words("fields", "sectors", "crops"),
                    FieldRowPanel([FieldPanel("unit"), FieldPanel("origin")]),
                ],
                heading=_("Who should find it"),
            ),
            _panels(
                _("How it works and what it needs"),
                *("description", ("capacity", "capacity_unit"), "requirements", "environment"),
                *("trl", "trl_evidence", "transferred_count", "video", "answers"),
            ),
            InlinePanel("specs", heading=_("Technical figures"), label=_("Figure")),
            InlinePanel("pictures", heading=_("Pictures"), label=_("Picture")),
            _panels(
                _("What it costs and saves"),
                *(("price_kind", "price_with_vat"), ("price_min", "price_max")),
                *(("price_unit", "price_unit_en"), "economy_unit", "investment"),
                *(("yearly_cost_before", "yearly_cost_after"), "yearly_gain", "economy"),
            ),
            InlinePanel("references", heading=_("Where it is in use"), label=_("Place")),
            MultiFieldPanel(
                [
                    *(FieldPanel(name) for name in ("ip_status", "ownership", "legal_class")),
                    *_words("transfer_objects", "transfer_rights", "transfer_methods", "payments"),
                    FieldPanel("support"),
                ],
                heading=_("Intellectual property and transfer"),
            ),
            InlinePanel(
                "ip_rights", heading=_("Titles of intellectual property"), label=_("Title")
            ),
            _panels(
                _("English"),
                *("title_en", "problem_en", "summary_en", "advantages_en", "description_en"),
                *("requirements_en", "environment_en", "economy_en", "support_en"),
            ),
            SecrecyPanel(),
        ],
        base_form_class=OfferOfficeForm,
    )


class DemandViewSet(RecordViewSet):
    model = Demand
    list_export: ClassVar = [
        "standing.code",
        "title",
        "standing.organisation",
        "budget_min",
        "budget_max",
        "needed_by",
        *RecordViewSet.ABOUT,
    ]
    export_filename = "demands"
    icon = "help"
    menu_label = _("Demands")
    filterset_class = DemandFilters
    list_display = ["__str__", CODE, OWNER, STANDS, VOUCHED, CONFIRMED]
    edit_handler = ObjectList(
        [
            ReviewPanel(),
            _panels(_("What a review needs"), "title", "problem"),
            _contact(),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("scale"), FieldPanel("unit")]),
                    *(
                        FieldPanel(name)
                        for name in (
                            *("current_way", "must_have", "nice_to_have", "material", "tried"),
                        )
                    ),
                    *_words("fields", "sectors", "crops"),
                ],
                heading=_("What suppliers ask first"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("budget_min"), FieldPanel("budget_max")]),
                    *(FieldPanel(name) for name in ("budget_shown", "needed_by")),
                    *_words("cooperation"),
                    *(
                        FieldPanel(name)
                        for name in ("min_trl", "foreign_welcome", "may_become_task")
                    ),
                ],
                heading=_("Budget, time, cooperation"),
            ),
            _panels(_("English"), "title_en", "problem_en", "summary_en"),
            SecrecyPanel(),
        ],
        base_form_class=DemandOfficeForm,
    )


class ExpertViewSet(RecordViewSet):
    model = Expert
    list_export: ClassVar = [
        "standing.code",
        "full_name",
        "rank",
        "degree",
        "position",
        "workplace",
        *RecordViewSet.ABOUT,
    ]
    export_filename = "experts"
    icon = "user"
    menu_label = _("Experts")
    filterset_class = ExpertFilters
    list_display = [
        "__str__",
        CODE,
        Column("workplace", label=_("Place of work"), sort_key="workplace"),
        STANDS,
        BooleanColumn(
            "listed",
            label=_("Agreed to be listed"),
            accessor="standing.listed_agreed",
            sort_key="standing__listed_agreed",
        ),
        VOUCHED,
        CONFIRMED,
    ]
    edit_handler = ObjectList(
        [
            ReviewPanel(),
            _panels(_("What a review needs"), "full_name", "advises_on"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("rank"), FieldPanel("degree")]),
                    *(FieldPanel(name) for name in ("position", "workplace", "unit")),
                    *_words("fields", "crops", "roles", "languages"),
                    *(
                        FieldPanel(name)
                        for name in ("keywords", "about", "transferred", "publications", "orcid")
                    ),
                    FieldPanel("photo"),
                ],
                heading=_("Work and experience"),
            ),
            _panels(_("How they give advice"), ("in_person", "online"), "fee"),
            _panels(_("Phone and email"), ("phone", "email")),
            _panels(_("English"), "position_en", "workplace_en", "advises_on_en", "about_en"),
            SecrecyPanel(),
        ],
        base_form_class=ExpertOfficeForm,
    )


class SupplierViewSet(RecordViewSet):
    model = Supplier
    list_export: ClassVar = [
        "standing.code",
        "name",
        "standing.organisation",
        "founded_year",
        "size",
        *RecordViewSet.ABOUT,
    ]
    export_filename = "suppliers"
    icon = "group"
    menu_label = _("Suppliers")
    filterset_class = SupplierFilters
    list_display = ["__str__", CODE, OWNER, STANDS, VOUCHED, CONFIRMED]
    edit_handler = ObjectList(
        [
            ReviewPanel(),
            _panels(_("What a review needs"), "name", "about", "products", ("logo", "logo_alt")),
            MultiFieldPanel(
                [
                    *_words("fields"),
                    FieldRowPanel([FieldPanel("founded_year"), FieldPanel("size")]),
                    *(FieldPanel(name) for name in ("unit", "address")),
                ],
                heading=_("About the organisation"),
            ),
            _panels(
                _("How people reach it"),
                *("website", ("phone", "show_phone"), ("email", "show_email")),
            ),
            InlinePanel("certificates", heading=_("Certificates"), label=_("Certificate")),
            _panels(_("English"), "name_en", "about_en", "products_en", "address_en"),
            SecrecyPanel(),
        ],
        base_form_class=SupplierOfficeForm,
    )


# Words -------------------------------------------------------------------------------------


def uses_of(terms: list[Term]) -> Counter[int]:
    """How many public versions use each word; one query for each place where words stand."""
    found: Counter[int] = Counter()
    keys = [term.pk for term in terms]
    for model in (Offer, Demand, Expert, Supplier, IpRight, SupplierCertificate):
        for field in model._meta.get_fields():
            if getattr(field, "related_model", None) is not Term or not field.concrete:
                continue
            if isinstance(field, ManyToManyField):
                rows = field.remote_field.through._base_manager
                column = field.m2m_reverse_field_name()
            else:
                rows, column = model._base_manager, field.name
            chosen = rows.filter(**{f"{column}__in": keys}).order_by()
            counted = chosen.values(word=F(column)).annotate(number=Count("pk"))
            for row in counted:
                found[row["word"]] += row["number"]
    return found


class TermIndex(generic.IndexView):
    def get_base_queryset(self) -> QuerySet:
        return Term.objects.select_related("parent")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        uses = uses_of(shown)
        for term in shown:
            term.uses = uses[term.pk]
        return context


class TermViewSet(ModelViewSet):
    """The words of all lists, one list after the other. A word is closed, never deleted."""

    model = Term
    name = "market_terms"
    url_prefix = "market/terms"
    icon = "tag"
    menu_label = _("Words of the market")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = TermIndex
    list_display = [
        "label",
        EnglishColumn("label_en", label=_("label in English"), sort_key="label_en"),
        Column("get_list_display", label=_("List"), sort_key="list"),
        Column("parent", label=_("part of"), accessor="parent"),
        "order",
        BooleanColumn("offered", label=_("Offered"), sort_key="offered"),
        Column("uses", label=_("Uses")),
    ]
    list_filter = ["list", "offered"]
    list_per_page = 100
    search_fields = ["label", "label_en", "synonyms"]
    search_backend_name = None
    ordering = ["list", "order", "label"]
    edit_handler = ObjectList(
        [
            FieldPanel("list"),
            FieldRowPanel([FieldPanel("label"), FieldPanel("label_en")]),
            FieldPanel("synonyms"),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("order")]),
            FieldPanel("parent"),
            FieldPanel("shape"),
            FieldPanel("offered"),
        ],
        base_form_class=TermForm,
    )


class MarketGroup(SnippetViewSetGroup):
    items = (
        OfferViewSet,
        DemandViewSet,
        ExpertViewSet,
        SupplierViewSet,
        EnterViewSet,
        TermViewSet,
    )
    menu_label = _("Technology market")
    menu_icon = "cogs"
    menu_order = 280
