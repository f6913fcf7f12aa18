"""The back office of the ground floor: administrative units, consent texts, log of mails."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.core import clock
from portal.core.calendar_views import CalendarIndexView, PasteDaysView
from portal.core.models import AdministrativeUnit, CalendarDay, ConsentText, SentMail
from portal.core.spreadsheets import safe
from portal.core.text import key_from

MOST_ROWS = 200
"""The most rows inside a form that a person could have been shown."""


class WordsInspectView(generic.InspectView):
    """Says yes, no and nothing in words; Wagtail writes Python's True, False and None."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if value is None:
            return "–"
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return value


class EnglishColumn(Column):
    """English words of a record, told to be so: a screen reader says them in English."""

    def get_value(self, instance: Any) -> Any:
        value = super().get_value(instance)
        return format_html('<span lang="en">{}</span>', value) if value else ""


class KnowsWhereNext:
    """For views that lead on to `next`: Wagtail takes a bare word for the name of an address."""

    def get_next_url(self) -> str:
        sent = self.request.POST.get("next", "")  # type: ignore[attr-defined]
        if sent and not sent.startswith("/"):
            raise BadRequest("`next` is no address of ours")
        return str(super().get_next_url())  # type: ignore[misc]


def require_whole_rows(posted: Mapping[str, str]) -> None:
    """Raise BadRequest where rows are said to stand and their keys were not sent.

    Forms with rows look the keys up without asking whether they are there.
    """
    for name, count in posted.items():
        if name.endswith("-INITIAL_FORMS"):
            prefix = name.removesuffix("INITIAL_FORMS")
            claimed = key_from(count)
            if (
                claimed is None
                or claimed > MOST_ROWS
                or not all(f"{prefix}{number}-id" in posted for number in range(claimed))
            ):
                raise BadRequest("Rows without keys")


class TypedExport:
    """A list taken away as a spreadsheet. What people typed is no formula in it."""

    # Spreadsheets open it without being told a separator.
    FORMATS = ("xlsx",)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return safe(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]


class ShowsRefusal:
    """For views of Wagtail whose verb may refuse what the form let through."""

    def refuse(self, form: Any, field: str | None, text: Any) -> HttpResponse:
        """The form again, with the refusal at its field, as if the form had said it."""
        form.add_error(field if field in form.fields else None, text)
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        answer: HttpResponse = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class LimitedPolicy(ModelPermissionPolicy):
    """Permissions of a model, some actions shut for everybody, administrators included."""

    def __init__(self, model: type[Model], shut: Collection[str]) -> None:
        super().__init__(model)
        self.shut = frozenset(shut)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.shut and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


# Units end by date and mails are a log: neither is ever deleted.
POLICIES = {
    AdministrativeUnit: LimitedPolicy(AdministrativeUnit, {"delete"}),
    SentMail: LimitedPolicy(SentMail, {"add", "change", "delete"}),
}


class UnitViewSet(ModelViewSet):
    model = AdministrativeUnit
    name = "administrative_units"
    url_prefix = "units"
    icon = "site"
    menu_label = gettext_lazy("Administrative units")
    list_display = ["full_name", "code", "level", "parent", "valid_from", "valid_to"]
    list_filter = ["level", "parent"]
    search_fields = ["full_name", "folded_name", "code"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["level", "folded_name"]
    panels = [
        FieldRowPanel([FieldPanel("level"), FieldPanel("code")]),
        FieldPanel("parent"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
        FieldPanel("full_name"),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldPanel("legal_basis"),
    ]


class _FrozenOnceShown:
    """Refuses to open a text in force: what people read and agreed to must stay as it was."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        texts = ConsentText.objects.filter(pk=kwargs["pk"])
        agreed, in_force = Q(records__isnull=False), Q(valid_from__lte=clock.now())
        if texts.filter(agreed | in_force).exists():
            messages.error(
                request,
                _("This text is in force, so it stays as it is. Make a new version."),
            )
            return redirect("consent_texts:inspect", kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ConsentTextEditView(_FrozenOnceShown, generic.EditView):
    pass


class ConsentTextDeleteView(_FrozenOnceShown, generic.DeleteView):
    pass


class ConsentTextViewSet(ModelViewSet):
    model = ConsentText
    name = "consent_texts"
    url_prefix = "consent-texts"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Consent texts")
    list_display = ["title", "version", "valid_from"]
    search_fields = ["title", "purpose"]
    search_backend_name = None
    add_to_reference_index = False
    edit_view_class = ConsentTextEditView
    delete_view_class = ConsentTextDeleteView
    inspect_view_enabled = True
    inspect_view_class = WordsInspectView
    panels = [
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("version"), FieldPanel("valid_from")]),
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("body")], heading=gettext_lazy("Vietnamese")
        ),
        MultiFieldPanel(
            [FieldPanel("title_en"), FieldPanel("body_en")], heading=gettext_lazy("English")
        ),
    ]


class CalendarDayViewSet(ModelViewSet):
    """Days off and compensated working days, as the Government announces them each year."""

    model = CalendarDay
    name = "calendar_days"
    url_prefix = "calendar-days"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Calendar days")
    index_view_class = CalendarIndexView
    list_display = [
        "name",
        DateColumn("day", label=gettext_lazy("Day"), sort_key="day"),
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        DateColumn("instead_of", label=gettext_lazy("Worked instead of")),
    ]
    list_filter = {"kind": ["exact"], "day": ["year"]}
    search_fields = ["name", "name_en"]
    search_backend_name = None
    add_to_reference_index = False
    copy_view_enabled = True
    inspect_view_enabled = True
    inspect_view_class = WordsInspectView
    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("kind"), FieldPanel("instead_of")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldPanel("legal_basis"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("paste/", self.construct_view(PasteDaysView), name="paste"),
        ]


class SentMailViewSet(ModelViewSet):
    """Whether a mail went out. Its text is not kept on a live portal."""

    model = SentMail
    name = "sent_mails"
    url_prefix = "sent-mails"
    icon = "mail"
    menu_label = gettext_lazy("Sent mails")
    list_display = [
        Column("subject", label=gettext_lazy("Subject")),
        Column("to", label=pgettext_lazy("mail", "To")),
        Column("kind", label=gettext_lazy("Kind")),
        DateColumn("sent_at", label=gettext_lazy("Sent")),
        Column("error", label=gettext_lazy("Error")),
    ]
    list_filter = {"kind": ["exact"], "sent_at": ["date__gte"]}
    search_fields = ["to", "subject"]
    search_backend_name = None
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WordsInspectView
    inspect_view_fields = ["to", "subject", "kind", "sent_at", "error"]
    # The form is never opened; Wagtail asks for its fields all the same.
    form_fields = ["subject"]


class RegistersGroup(ViewSetGroup):
    """Registers: lists that the whole portal rests on."""

    items = (UnitViewSet, ConsentTextViewSet, CalendarDayViewSet, SentMailViewSet)
    menu_label = gettext_lazy("Registers")
    menu_icon = "list-ul"
    menu_order = 800
