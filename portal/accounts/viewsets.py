"""People and organisations in the back office."""

from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BooleanColumn,
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    TitleColumn,
)
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.admin.widgets.button import HeaderButton
from wagtail.users.views import groups, users

from portal.accounts import organising, roles
from portal.accounts.admin_views import VerifyOrganisation
from portal.accounts.forms import ChangePersonForm, NewPersonForm, OrganisationForm, RoleForm
from portal.accounts.models import Membership, Organisation, User
from portal.accounts.permissions import may_verify_organisation
from portal.accounts.views.organisations import say_no
from portal.core import auditing
from portal.core.noticing import tell
from portal.core.text import fold
from portal.core.verdicts import Refused
from portal.core.viewsets import WordsInspectView


def every_word(query: str, *fields: str) -> Q:
    """Each word of a query, without accents, in one of the (folded) fields."""
    words = [
        reduce(lambda found, field: found | Q(**{f"{field}__contains": word}), fields, Q())
        for word in fold(query).split(" ")
    ]
    return reduce(and_, words)


class FoldedSearch:
    """Searches without accents, every word, in any order."""

    folded_fields: tuple[str, ...] = ()
    is_searchable = True
    is_searching: bool
    search_query: str

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        if not self.is_searching:
            return queryset
        return queryset.filter(every_word(self.search_query, *self.folded_fields))


# People -----------------------------------------------------------------------------------


class PeopleIndex(FoldedSearch, users.IndexView):
    folded_fields = ("folded_name", "email", "phone")
    page_title = _("People")
    add_item_label = _("Add a person")

    @cached_property
    def columns(self) -> list[Column]:
        person = self._get_title_column_class(users.UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            person(
                "name",
                accessor=str,
                label=_("Name"),
                sort_key="sort_key",
                get_url=self.get_edit_url,
                classname="name",
                width="30%",
            ),
            Column("email", label=_("Email"), sort_key="email", width="22%"),
            Column("roles", label=_("Roles"), accessor=roles.labels, width="18%"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active", width="10%"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login", width="15%"),
        ]

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().prefetch_related("groups")

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        return generic.IndexView.order_queryset(self, queryset)

    def get_delete_url(self, instance: User) -> None:
        """People are set inactive; what they did stays theirs."""


class ByAdministrator:
    """The form knows who fills it in."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class AddPerson(ByAdministrator, users.CreateView):
    page_title = _("Add a person")

    def save_instance(self) -> User:
        person = self.form.save()
        auditing.record("accounts.person_added", person, user=self.request.user)
        tell(
            [person],
            "accounts.account_made",
            subject=_("You have an account on the innovation portal"),
            body=_(
                "An administrator has made an account for you. Sign in with this address: choose "
                "the code by mail, then set a password in “My account”."
            ),
            url=reverse("account_request_login_code"),
            action_label=_("Sign in"),
        )
        return person


class ChangePerson(ByAdministrator, users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self) -> User:
        person = self.form.save()
        auditing.record(
            "accounts.person_changed",
            person,
            user=self.request.user,
            changed=sorted(self.form.changed_data),
        )
        return person


class StaffViewSet(users.UserViewSet):
    menu_label = _("People")
    ordering = "sort_key"
    index_view_class = PeopleIndex
    add_view_class = AddPerson
    edit_view_class = ChangePerson
    create_template_name = generic.CreateView.template_name
    edit_template_name = generic.EditView.template_name
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return ChangePersonForm if for_update else NewPersonForm


class RoleIndex(groups.IndexView):
    page_title = _("Roles")

    @cached_property
    def columns(self) -> list[Column]:
        name = self._get_title_column_class(TitleColumn)
        return [
            name(
                "name",
                label=_("Name"),
                accessor=lambda group: roles.label(group.name),
                sort_key="name",
                get_url=self.get_edit_url,
            )
        ]


class RoleViewSet(groups.GroupViewSet):
    menu_label = _("Roles")
    index_view_class = RoleIndex

    def get_form_class(self, for_update: bool = False) -> type[RoleForm]:
        return RoleForm


# Organisations ----------------------------------------------------------------------------


class OrganisationFilters(WagtailFilterSet):
    verified = django_filters.BooleanFilter(
        label=_("Confirmed"),
        field_name="verified_at",
        lookup_expr="isnull",
        exclude=True,
        widget=BooleanRadioSelect,
    )

    class Meta:
        model = Organisation
        fields = ["kind", "country"]


class OrganisationIndex(FoldedSearch, generic.IndexView):
    folded_fields = ("folded_name", "tax_code")


class ChangeOrganisation(generic.EditView):
    object: Organisation

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        self.form = form
        before = Organisation.objects.get(pk=self.object.pk)
        try:
            self.object = organising.change(before, form.facts(), by=self.request.user)
        except Refused as refused:
            say_no(form, refused)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return self.save_action()


class InspectOrganisation(WordsInspectView):
    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = super().header_more_buttons
        if not self.object.verified_at and may_verify_organisation(self.request.user):
            buttons.append(
                HeaderButton(
                    _("Confirm"),
                    url=reverse("organisation:verify", args=[self.object.pk]),
                    icon_name="check",
                    priority=5,
                )
            )
        return buttons

    def get_tax_code_display_value(self) -> str:
        return self.object.masked_tax_code or "–"


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        *("name", "name_en", "short_name", "kind", "country", "tax_code"),
        *("first_registered_on", "address", "unit", "phone", "email", "website"),
        *("verified_at", "verified_by", "created_by", "created_at"),
    ]
    list_display = [
        "name",
        Column(
            "kind", label=_("Kind of organisation"), accessor="get_kind_display", sort_key="kind"
        ),
        Column("tax_code", label=_("Tax code"), accessor="masked_tax_code"),
        Column("unit", label=_("Commune or ward"), accessor=lambda o: o.unit or "–"),
        BooleanColumn("verified", label=_("Confirmed"), accessor=lambda o: bool(o.verified_at)),
    ]
    list_filter = None
    filterset_class = OrganisationFilters
    ordering = "folded_name"
    index_view_class = OrganisationIndex
    edit_view_class = ChangeOrganisation
    inspect_view_class = InspectOrganisation

    def get_form_class(self, for_update: bool = False) -> type:
        return OrganisationForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("verify/<int:pk>/", VerifyOrganisation.as_view(), name="verify"),
        ]


class MembershipIndex(FoldedSearch, generic.IndexView):
    folded_fields = ("user__folded_name", "user__email", "organisation__folded_name")

    def get_base_queryset(self) -> QuerySet:
        return Membership.objects.select_related("user", "organisation")


class MembershipViewSet(ModelViewSet):
    """Read only: owners of the accounts decide who belongs to them."""

    model = Membership
    icon = "user"
    menu_label = _("Memberships")
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WordsInspectView
    inspect_view_fields = ["user", "organisation", "role", "state", "created_at", "decided_by"]
    form_fields = ["role"]
    list_display = [
        "user",
        Column("organisation", label=_("Organisation")),
        Column("role", label=_("Role"), accessor="get_role_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
    ]
    list_filter = ["role", "state"]
    ordering = "organisation__folded_name"
    index_view_class = MembershipIndex
