"""The lists of the menu "Không gian"."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import AdminDateInput

from portal.core import clock
from portal.core.text import fold
from portal.core.verdicts import Refused
from portal.pages.row_office import (
    MomentColumn,
    RowCopyView,
    RowCreateView,
    RowDeleteView,
    RowEditView,
    RowIndexView,
)
from startups.coworking.hours import whole_day
from startups.coworking.models import (
    Booking,
    Closure,
    Feature,
    HouseRules,
    OpeningException,
    OpeningHours,
    Quota,
    Resource,
    Space,
    Unit,
)
from startups.coworking.office.forms import AddUnitsForm, HouseRulesForm, ResourceForm
from startups.coworking.office.rows import SpaceRowViewSet
from startups.coworking.setting_up import add_units


class SpaceViewSet(SpaceRowViewSet):
    model = Space
    icon = "home"
    list_display = [
        "name",
        Column("address", label=gettext_lazy("Address")),
        BooleanColumn("is_open", label=gettext_lazy("Takes bookings"), sort_key="is_open"),
    ]
    search_fields = ["name", "name_en"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug")]),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("is_open"),
        MultiFieldPanel(
            [
                FieldPanel("cancel_minutes"),
                FieldPanel("no_show_minutes"),
                FieldRowPanel([FieldPanel("strike_limit"), FieldPanel("strike_days")]),
            ],
            heading=gettext_lazy("Cancelling and no-shows"),
        ),
        MultiFieldPanel([FieldPanel("visitor_days")], heading=gettext_lazy("Privacy")),
    ]
    inspect_view_fields = [
        *("name", "name_en", "slug", "address", "phone", "email", "is_open", "cancel_minutes"),
        *("no_show_minutes", "strike_limit", "strike_days", "visitor_days"),
    ]


class OpeningHoursViewSet(SpaceRowViewSet):
    model = OpeningHours
    icon = "time"
    select_related = ("space",)
    list_display = [
        "__str__",
        Column("space", label=gettext_lazy("Space"), sort_key="space__name"),
    ]
    list_filter = ["space", "weekday"]
    panels = [
        FieldPanel("space"),
        FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")]),
    ]
    inspect_view_fields = ["space", "weekday", "opens", "closes"]
    copy_view_enabled = True


class OpeningExceptionViewSet(SpaceRowViewSet):
    model = OpeningException
    icon = "calendar-alt"
    select_related = ("space",)
    list_display = [
        "__str__",
        Column("space", label=gettext_lazy("Space"), sort_key="space__name"),
        Column("opens", label=gettext_lazy("Opens")),
        Column("closes", label=gettext_lazy("Closes")),
    ]
    list_filter = ["space", "day"]
    search_fields = ["reason"]
    panels = [
        FieldRowPanel([FieldPanel("space"), FieldPanel("day")]),
        FieldRowPanel(
            [FieldPanel("opens"), FieldPanel("closes")],
            help_text=gettext_lazy("Without times the space is closed on this day."),
        ),
        FieldPanel("reason"),
        FieldPanel("reason_en"),
    ]
    inspect_view_fields = ["space", "day", "opens", "closes", "reason", "reason_en"]


class ResourceViewSet(SpaceRowViewSet):
    model = Resource
    icon = "table"
    select_related = ("space",)
    list_display = [
        "name",
        Column("space", label=gettext_lazy("Space"), sort_key="space__name"),
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        Column("capacity", label=gettext_lazy("Seats"), sort_key="capacity"),
        BooleanColumn("needs_approval", label=gettext_lazy("Needs approval")),
        BooleanColumn("is_active", label=gettext_lazy("Can be booked")),
    ]
    list_filter = ["space", "kind", "is_active"]
    search_fields = ["name", "name_en"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("space"), FieldPanel("kind")]),
                    FieldRowPanel([FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug")]),
                    FieldPanel("description"),
                    FieldPanel("description_en"),
                    FieldPanel("photo"),
                    FieldRowPanel([FieldPanel("is_active"), FieldPanel("order")]),
                ],
                heading=gettext_lazy("What it is"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("capacity"),
                    FieldRowPanel(
                        [FieldPanel("step_free"), FieldPanel("has_power"), FieldPanel("height")]
                    ),
                    FieldPanel("features"),
                    FieldRowPanel([FieldPanel("fee"), FieldPanel("fee_en")]),
                ],
                heading=gettext_lazy("What it offers"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("slot_minutes"),
                    FieldRowPanel([FieldPanel("min_minutes"), FieldPanel("max_minutes")]),
                    FieldRowPanel([FieldPanel("buffer_before"), FieldPanel("buffer_after")]),
                    FieldRowPanel([FieldPanel("notice_minutes"), FieldPanel("horizon_days")]),
                ],
                heading=gettext_lazy("Times"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("needs_approval"), FieldPanel("approval_hours")]),
                    FieldPanel("bookers"),
                    FieldPanel("organisation_kinds"),
                ],
                heading=gettext_lazy("Who may book"),
            ),
        ],
        base_form_class=ResourceForm,
    )
    inspect_view_fields = [
        *("space", "kind", "name", "name_en", "slug", "description", "capacity", "step_free"),
        *("has_power", "height", "features", "fee", "slot_minutes", "min_minutes", "max_minutes"),
        *("buffer_before", "buffer_after", "notice_minutes", "horizon_days", "needs_approval"),
        *("approval_hours", "bookers", "is_active"),
    ]


class AddUnitsView(RowCreateView):
    """One unit or many; the verb writes them."""

    def form_valid(self, form: Any) -> HttpResponse:
        facts = form.cleaned_data
        try:
            units = add_units(
                facts["resource"], facts["label"], facts["count"], by=self.request.user
            )
        except Refused as refused:
            return self.refuse(form, refused.field, refused.reason)
        self.object = units[0]
        text = ngettext("%(count)s unit was added.", "%(count)s units were added.", len(units))
        messages.success(self.request, text % {"count": len(units)})
        return redirect(self.get_success_url())


class UnitViewSet(SpaceRowViewSet):
    model = Unit
    icon = "placeholder"
    select_related = ("resource__space",)
    add_view_class = AddUnitsView
    list_display = [
        "__str__",
        Column("resource.space", label=gettext_lazy("Space")),
        BooleanColumn("is_active", label=gettext_lazy("Can be booked")),
    ]
    list_filter = ["resource", "is_active"]
    search_fields = ["label", "resource__name"]
    panels = [
        FieldPanel("resource"),
        FieldRowPanel([FieldPanel("label"), FieldPanel("order"), FieldPanel("is_active")]),
    ]
    inspect_view_fields = ["resource", "label", "order", "x", "y", "width", "height", "is_active"]

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_add_view_kwargs(**kwargs),
            "panel": None,
            "form_class": AddUnitsForm,
        }


class FeatureViewSet(SpaceRowViewSet):
    model = Feature
    icon = "tag"
    list_display = ["label", Column("label_en", label=gettext_lazy("English")), "order"]
    search_fields = ["label", "label_en"]
    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("label_en"), FieldPanel("order")])]
    inspect_view_fields = ["label", "label_en", "order"]


class QuotaViewSet(SpaceRowViewSet):
    model = Quota
    icon = "tasks"
    select_related = ("space", "organisation")
    list_display = [
        "__str__",
        Column(
            "organisation",
            label=gettext_lazy("Organisation"),
            accessor=lambda quota: quota.organisation or _("Everybody"),
        ),
        Column("hours_a_week", label=gettext_lazy("Hours a week")),
        Column("hours_a_month", label=gettext_lazy("Hours a month")),
        Column("at_once", label=gettext_lazy("At the same time")),
    ]
    list_filter = ["space", "kind"]
    search_fields = ["organisation__name", "organisation__folded_name"]
    panels = [
        FieldRowPanel([FieldPanel("space"), FieldPanel("kind")]),
        FieldPanel("organisation"),
        FieldRowPanel(
            [FieldPanel("hours_a_week"), FieldPanel("hours_a_month"), FieldPanel("at_once")]
        ),
    ]
    inspect_view_fields = [
        *("space", "kind", "organisation", "hours_a_week", "hours_a_month", "at_once"),
    ]


class _FrozenInForce:
    """Rules in force or agreed to stay as they were; the next version is a copy."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rules = HouseRules.objects.filter(pk=kwargs["pk"])
        frozen = rules.filter(valid_from__lte=clock.now()) | rules.filter(acceptances__isnull=False)
        if frozen.exists() and self.permission_policy.user_has_permission(  # type: ignore[attr-defined]
            request.user, "change"
        ):
            messages.error(
                request, _("These rules are in force, so they stay as they are. Copy them instead.")
            )
            return redirect("spaces_houserules:inspect", kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class RulesEditView(_FrozenInForce, RowEditView):
    pass


class RulesDeleteView(_FrozenInForce, RowDeleteView):
    pass


class RulesCopyView(RowCopyView):
    """The next version starts from this one's words and is in force when somebody says so."""

    def get_initial_form_instance(self) -> Any:
        instance: Any = super().get_initial_form_instance()
        instance.valid_from = None
        return instance


class HouseRulesViewSet(SpaceRowViewSet):
    model = HouseRules
    icon = "doc-full"
    select_related = ("space",)
    copy_view_enabled = True
    copy_view_class = RulesCopyView
    edit_view_class = RulesEditView
    delete_view_class = RulesDeleteView
    list_display = [
        "__str__",
        MomentColumn("valid_from", label=gettext_lazy("In force from"), sort_key="valid_from"),
    ]
    list_filter = ["space"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("space"), FieldPanel("valid_from")]),
            FieldPanel("text"),
            FieldPanel("text_en"),
        ],
        base_form_class=HouseRulesForm,
    )
    inspect_view_fields = ["space", "version", "valid_from", "text", "text_en"]


class ClosureViewSet(SpaceRowViewSet):
    """To read; closures are announced and lifted at the front desk."""

    model = Closure
    icon = "lock"
    select_related = ("space", "resource", "announced_by")
    list_display = [
        "reason",
        Column(
            "resource",
            label=gettext_lazy("What is closed"),
            accessor=lambda closure: closure.resource or closure.space,
        ),
        MomentColumn("starts", label=gettext_lazy("Begins"), sort_key="starts"),
        MomentColumn("ends", label=gettext_lazy("Ends"), sort_key="ends"),
        MomentColumn("lifted_at", label=gettext_lazy("Lifted")),
    ]
    list_filter = ["space"]
    form_fields = ["reason"]
    inspect_view_fields = [
        *("space", "resource", "starts", "ends", "reason", "reason_en", "announced_by"),
        *("announced_at", "lifted_at"),
    ]


class DayFilter(django_filters.DateFilter):
    """Bookings of one local day."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if not value:
            return qs
        day = whole_day(value)
        return qs.filter(starts__gte=day.starts, starts__lt=day.ends)


class BookingFilters(WagtailFilterSet):
    day = DayFilter(field_name="starts", label=gettext_lazy("Day"), widget=AdminDateInput)
    resource = django_filters.ModelChoiceFilter(
        queryset=Resource.objects.select_related("space"), label=gettext_lazy("Resource")
    )
    space = django_filters.ModelChoiceFilter(
        field_name="resource__space", queryset=Space.objects.all(), label=gettext_lazy("Space")
    )
    organisation = django_filters.CharFilter(
        field_name="organisation__folded_name",
        label=gettext_lazy("Organisation"),
        method="of_organisation",
    )

    class Meta:
        model = Booking
        fields = ["state"]

    def of_organisation(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(**{f"{name}__contains": fold(value)})


class BookingIndexView(RowIndexView):
    default_ordering = "-starts"
    list_export = [
        *("code", "resource.space", "unit", "starts", "ends", "get_state_display"),
        *("organisation", "who", "people", "purpose", "walk_in", "checked_in_at", "left_at"),
        *("booked_at",),
    ]
    export_headings = {
        "resource.space": gettext_lazy("Space"),
        "get_state_display": gettext_lazy("State"),
        "who": gettext_lazy("Booked for"),
    }


class BookingViewSet(SpaceRowViewSet):
    """Every booking, to read, filter and take away as a spreadsheet."""

    model = Booking
    icon = "calendar-check"
    select_related = ("resource__space", "unit__resource", "organisation", "person")
    index_view_class = BookingIndexView
    export_filename = "bookings"
    list_display = [
        "code",
        Column("unit", label=gettext_lazy("Desk or room")),
        MomentColumn("starts", label=gettext_lazy("Begins"), sort_key="starts"),
        MomentColumn("ends", label=gettext_lazy("Ends"), sort_key="ends"),
        Column("who", label=gettext_lazy("Booked for")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
    ]
    filterset_class = BookingFilters
    search_fields = ["code", "folded_visitor", "person__folded_name", "organisation__folded_name"]
    form_fields = ["purpose"]
    inspect_view_fields = [
        *("code", "resource", "unit", "starts", "ends", "state", "organisation", "person"),
        *("visitor_name", "visitor_phone", "walk_in", "people", "purpose", "reason"),
        *("checked_in_at", "left_at", "booked_by", "booked_at"),
    ]


VIEWSETS: tuple[type[SpaceRowViewSet], ...] = (
    BookingViewSet,
    SpaceViewSet,
    OpeningHoursViewSet,
    OpeningExceptionViewSet,
    ResourceViewSet,
    UnitViewSet,
    FeatureViewSet,
    QuotaViewSet,
    HouseRulesViewSet,
    ClosureViewSet,
)
