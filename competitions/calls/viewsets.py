"""The back office of competitions: each kind of row is a list of its own."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Max
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from competitions.calls.editing import delete_row, goes_with, save_row
from competitions.calls.forms import (
    CompetitionForm,
    CriterionForm,
    EntryFormForm,
    PrizeForm,
    QuestionForm,
    RoundForm,
    RoundTrackForm,
    RowForm,
    SectionForm,
    TrackForm,
)
from competitions.calls.freezing import deleting_refused
from competitions.calls.models import (
    Competition,
    Criterion,
    EntryForm,
    Prize,
    Question,
    Round,
    RoundTrack,
    Section,
    Track,
)
from competitions.calls.permissions import may_edit_competitions, may_read_competitions
from competitions.calls.queries import COMPETITION_PATH, competition_of
from portal.core.templatetags.portal import decimal_comma, moment, money
from portal.core.text import key_from
from portal.core.verdicts import Refused
from portal.core.views import permission_denied
from portal.core.viewsets import WordsInspectView


class SetUpPolicy(BasePermissionPolicy):
    """Wagtail's question, answered by the roles: officers change, directors read."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "view":
            return bool(may_read_competitions(user))
        return bool(may_edit_competitions(user))

    def users_with_any_permission(self, actions: Any) -> models.QuerySet:
        raise NotImplementedError("Nobody asks for lists of people by competition permission.")


SET_UP_MODELS = (Competition, *COMPETITION_PATH)


class AnswersForbidden:
    """A person without the right gets 403; Wagtail alone would redirect to its home page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except PermissionDenied as refusal:
            return permission_denied(request, refusal)


def overview_url(row: models.Model) -> str:
    """The page of the competition, or of the form, on which this row stands."""
    if isinstance(row, Section | Question):
        form = row.form if isinstance(row, Section) else row.section.form
        return reverse("calls_admin:form", args=[form.pk])
    if isinstance(row, EntryForm):
        return reverse("calls_admin:form", args=[row.pk])
    return reverse("calls_admin:overview", args=[competition_of(row).pk])


def asked_competition(request: HttpRequest) -> Competition | None:
    """The competition named in the address (?competition=), if there is one."""
    named = key_from(request.GET.get("competition", ""))
    return Competition.objects.filter(pk=named).first() if named is not None else None


class RowIndexView(AnswersForbidden, generic.IndexView):
    select_related: tuple[str, ...] = ()

    def get_base_queryset(self) -> models.QuerySet:
        return super().get_base_queryset().select_related(*self.select_related)

    def get_add_url(self) -> str | None:
        """New rows join the competition that the list is filtered by."""
        url = super().get_add_url()
        competition = asked_competition(self.request)
        return f"{url}?competition={competition.pk}" if url and competition else url


class SavesByVerb(AnswersForbidden):
    """The form's row is stored by `save_row`; a refusal is shown in the form."""

    form: RowForm
    request: HttpRequest

    def form_valid(self, form: RowForm) -> HttpResponse:
        self.form = form
        try:
            self.object = self.save_instance()
        except Refused as refused:
            form.refuse(str(refused.reason), refused.details)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return self.save_action()  # type: ignore[attr-defined]

    def save_instance(self) -> models.Model:
        tracks = self.form.cleaned_data.get("tracks")
        save_row(
            self.form.instance,
            self.request.user,  # type: ignore[arg-type]
            changed=self.form.changed_columns,
            only_for_tracks=tracks,
        )
        return self.form.instance

    def get_success_url(self) -> str:
        return overview_url(self.form.instance)


class RowCreateView(SavesByVerb, generic.CreateView):
    template_name = "calls/admin/row_form.html"

    @cached_property
    def competition(self) -> Competition | None:
        return asked_competition(self.request)

    def get_initial(self) -> dict[str, Any]:
        named = {
            name: value for name, value in self.request.GET.items() if key_from(value) is not None
        }
        return {**super().get_initial(), **self._place(named), **named}

    def _place(self, named: dict[str, str]) -> dict[str, int]:
        """A new row stands after its siblings, those with the parent named in the address."""
        columns = {column.name for column in self.model._meta.concrete_fields}
        parents = [name for name in named if name in columns]
        if "order" not in columns or not parents or len(named[parents[-1]]) > 18:
            return {}
        siblings = self.model.objects.filter(**{parents[-1]: named[parents[-1]]})
        return {"order": (siblings.aggregate(last=Max("order"))["last"] or 0) + 1}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "competition": self.competition}

    def get_add_url(self) -> str:
        """With the query, so that a refused form still knows its competition."""
        query = self.request.GET.urlencode()
        return f"{super().get_add_url()}?{query}" if query else super().get_add_url()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(competition=self.competition, **context)


class RowEditView(SavesByVerb, generic.EditView):
    template_name = "calls/admin/row_form.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(competition=competition_of(self.object), **context)


class RowDeleteView(AnswersForbidden, generic.DeleteView):
    template_name = "calls/admin/confirm_delete.html"

    def get_success_url(self) -> str:
        if isinstance(self.object, Competition):
            return reverse("calls_competition:index")
        if isinstance(self.object, EntryForm):
            return reverse("calls_admin:overview", args=[self.object.competition_id])
        return overview_url(self.object)

    def form_valid(self, form: Form) -> HttpResponse:
        back = self.get_success_url()
        stays = overview_url(self.object)
        title = str(self.object)
        try:
            delete_row(self.object, self.request.user)
        except Refused as refused:
            messages.error(self.request, str(refused.reason))
            return redirect(stays)
        messages.success(self.request, _("“%(title)s” has been deleted.") % {"title": title})
        return redirect(back)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        going = [
            (rows.model._meta.verbose_name_plural, rows.count()) for rows in goes_with(self.object)
        ]
        return super().get_context_data(
            refusal=deleting_refused(self.object),
            going=[(name, count) for name, count in going if count],
            back=overview_url(self.object),
            **context,
        )


class RowInspectView(AnswersForbidden, WordsInspectView):
    pass


class RowHistoryView(AnswersForbidden, generic.history.HistoryView):
    any_permission_required = ["view"]


class CompetitionColumn(Column):
    """The competition a row belongs to; every list but the first has it."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "competition",
            label=gettext_lazy("Competition"),
            accessor=path.replace("__", "."),
            sort_key=f"{path}__title",
        )


class MomentColumn(Column):
    def get_value(self, instance: models.Model) -> str:
        return moment(super().get_value(instance))


class DecimalColumn(Column):
    def get_value(self, instance: models.Model) -> str:
        return decimal_comma(super().get_value(instance))


def filter_by_competition(model: type[models.Model], *columns: str) -> type[WagtailFilterSet]:
    """Filters of a list: its competition, and the named columns."""
    competition = django_filters.ModelChoiceFilter(
        field_name=COMPETITION_PATH[model],
        queryset=Competition.objects.all(),
        label=gettext_lazy("Competition"),
    )
    meta = type("Meta", (), {"model": model, "fields": list(columns)})
    return type(
        f"{model.__name__}FilterSet",
        (WagtailFilterSet,),
        {"competition": competition, "Meta": meta},
    )


class RowViewSet(ModelViewSet):
    """What all lists of a competition's set-up have in common."""

    form_class: type[RowForm]
    select_related: tuple[str, ...] = ()
    index_view_class = RowIndexView
    add_view_class = RowCreateView
    edit_view_class = RowEditView
    delete_view_class = RowDeleteView
    inspect_view_class = RowInspectView
    history_view_class = RowHistoryView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 100

    @cached_property
    def name(self) -> str:
        return f"calls_{self.model_name}"

    @cached_property
    def url_prefix(self) -> str:
        return f"calls/{self.model_name}"

    def get_form_class(self, for_update: bool = False) -> type[RowForm]:
        return self.form_class

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail's usage reports know nothing of plain foreign keys.
        return super().get_common_view_kwargs(**{**kwargs, "usage_url_name": None})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**kwargs, select_related=self.select_related)

    def get_permissions_to_register(self) -> models.QuerySet:
        # Roles decide, not Django permissions: nothing to tick in Wagtail's groups.
        return super().get_permissions_to_register().none()


class CompetitionIndexView(RowIndexView):
    def get_edit_url(self, instance: models.Model) -> str:
        return reverse("calls_admin:overview", args=[instance.pk])

    def get_inspect_url(self, instance: models.Model) -> str | None:
        return None


class CompetitionFilters(WagtailFilterSet):
    class Meta:
        model = Competition
        fields = ["state", "year"]


class CompetitionViewSet(RowViewSet):
    model = Competition
    form_class = CompetitionForm
    index_view_class = CompetitionIndexView
    icon = "calendar-check"
    list_display = [
        "title",
        Column("year", label=gettext_lazy("Year"), sort_key="year"),
        Column("code_prefix", label=gettext_lazy("Code prefix")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
    ]
    filterset_class = CompetitionFilters
    search_fields = ["title", "title_en", "code_prefix"]
    inspect_view_fields = CompetitionForm.Meta.fields


class TrackViewSet(RowViewSet):
    model = Track
    form_class = TrackForm
    select_related = ("competition",)
    icon = "list-ul"
    list_display = ["title", CompetitionColumn("competition"), "order"]
    filterset_class = filter_by_competition(Track)
    search_fields = ["title", "title_en"]
    inspect_view_fields = TrackForm.Meta.fields


class RoundViewSet(RowViewSet):
    model = Round
    form_class = RoundForm
    select_related = ("competition",)
    icon = "order"
    list_display = ["title", "number", CompetitionColumn("competition")]
    filterset_class = filter_by_competition(Round)
    search_fields = ["title", "title_en"]
    inspect_view_fields = RoundForm.Meta.fields


class RoundTrackViewSet(RowViewSet):
    model = RoundTrack
    form_class = RoundTrackForm
    select_related = ("round__competition", "track")
    icon = "date"
    list_display = [
        "__str__",
        CompetitionColumn("round__competition"),
        MomentColumn("opens_at", label=gettext_lazy("Opens"), sort_key="opens_at"),
        MomentColumn("closes_at", label=gettext_lazy("Closes"), sort_key="closes_at"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
    ]
    filterset_class = filter_by_competition(RoundTrack, "state")
    search_fields = ["round__title", "track__title"]
    inspect_view_fields = RoundTrackForm.Meta.fields


class EntryFormIndexView(RowIndexView):
    def get_edit_url(self, instance: models.Model) -> str:
        return reverse("calls_admin:form", args=[instance.pk])

    def get_inspect_url(self, instance: models.Model) -> str | None:
        return None


class EntryFormEditView(RowEditView):
    """A form is changed on its own page, question by question."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("calls_admin:form", self.get_object().pk)

    post = get


class EntryFormViewSet(RowViewSet):
    model = EntryForm
    form_class = EntryFormForm
    index_view_class = EntryFormIndexView
    edit_view_class = EntryFormEditView
    select_related = ("competition",)
    icon = "form"
    list_display = [
        "__str__",
        Column("version", label=gettext_lazy("Version"), sort_key="version"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
    ]
    filterset_class = filter_by_competition(EntryForm, "state")
    search_fields = ["competition__title"]
    inspect_view_fields = ["competition", "version"]


class SectionViewSet(RowViewSet):
    model = Section
    form_class = SectionForm
    select_related = ("form__competition",)
    icon = "title"
    list_display = [
        "title",
        CompetitionColumn("form__competition"),
        Column("form.version", label=gettext_lazy("Version"), sort_key="form__version"),
        "order",
    ]
    filterset_class = filter_by_competition(Section)
    search_fields = ["title", "title_en"]
    inspect_view_fields = SectionForm.Meta.fields


class QuestionViewSet(RowViewSet):
    model = Question
    form_class = QuestionForm
    select_related = ("section__form__competition",)
    icon = "help"
    list_display = [
        "label",
        Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
        Column("section", label=gettext_lazy("Section"), sort_key="section__title"),
        CompetitionColumn("section__form__competition"),
        Column("section.form.version", label=gettext_lazy("Version")),
    ]
    filterset_class = filter_by_competition(Question, "kind")
    search_fields = ["label", "label_en", "key"]
    inspect_view_fields = [name for name in QuestionForm.Meta.fields if name != "options"]


class CriterionViewSet(RowViewSet):
    model = Criterion
    form_class = CriterionForm
    select_related = ("round_track__round__competition", "round_track__track")
    icon = "tasks"
    list_display = [
        "title",
        Column("round_track", label=gettext_lazy("Round and track")),
        CompetitionColumn("round_track__round__competition"),
        DecimalColumn("maximum", label=gettext_lazy("Highest mark"), sort_key="maximum"),
        DecimalColumn("weight", label=gettext_lazy("Weight"), sort_key="weight"),
    ]
    filterset_class = filter_by_competition(Criterion)
    search_fields = ["title", "title_en"]
    inspect_view_fields = CriterionForm.Meta.fields


class PrizeViewSet(RowViewSet):
    model = Prize
    form_class = PrizeForm
    select_related = ("track__competition",)
    icon = "thumbtack"
    list_display = [
        "title",
        Column("track", label=gettext_lazy("Track"), sort_key="track__title"),
        CompetitionColumn("track__competition"),
        Column("quantity", label=gettext_lazy("How many"), sort_key="quantity"),
        Column("amount", label=gettext_lazy("Amount"), accessor=lambda prize: money(prize.amount)),
    ]
    filterset_class = filter_by_competition(Prize)
    search_fields = ["title", "title_en"]
    inspect_view_fields = PrizeForm.Meta.fields


VIEWSETS = (
    CompetitionViewSet,
    TrackViewSet,
    RoundViewSet,
    RoundTrackViewSet,
    EntryFormViewSet,
    SectionViewSet,
    QuestionViewSet,
    CriterionViewSet,
    PrizeViewSet,
)
