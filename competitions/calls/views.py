"""Officers' pages about one competition: the overview, a form, and what is done once."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from competitions.calls import announcing, freezing, setting_up
from competitions.calls.announcing import Check, readiness, sum_of_points
from competitions.calls.forms import CopyForm
from competitions.calls.models import Competition, EntryForm, Question, RoundTrack
from competitions.calls.permissions import (
    may_edit_competition,
    may_edit_competitions,
    may_read_competitions,
)
from competitions.calls.queries import loaded, round_tracks_of
from competitions.calls.viewsets import AnswersForbidden
from portal.core import clock
from portal.core.verdicts import Refused

Text = str | Promise


class CompetitionView(AnswersForbidden, WagtailAdminTemplateMixin, TemplateView):
    """A page about one competition; readers are officers, directors and administrators."""

    header_icon = "calendar-check"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.allowed = may_read_competitions(request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed:
            raise PermissionDenied(str(self.allowed.reason))
        return super().get(request, *args, **kwargs)

    @cached_property
    def competition(self) -> Competition:
        return get_object_or_404(Competition, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("calls_competition:index"), "label": _("Competitions")},
            {"url": "", "label": _("Overview")},
        ]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            competition=self.competition,
            may_edit=may_edit_competition(self.request.user, self.competition),
            now=clock.now(),
            **context,
        )


def address_of(check: Check) -> str:
    """Where a line of the checklist is put right: the row's form, or a new one prefilled."""
    if check.model == "entryform" and check.pk:
        return reverse("calls_admin:form", args=[check.pk])
    if check.pk:
        return reverse(f"calls_{check.model}:edit", args=[check.pk])
    return f"{reverse(f'calls_{check.model}:add')}?{urlencode(check.prefill)}"


class OverviewView(CompetitionView):
    """What stands, what is missing, and every row of a competition."""

    template_name = "calls/admin/overview.html"

    @cached_property
    def competition(self) -> Competition:
        return get_object_or_404(loaded(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.competition)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        competition = self.competition
        checks = readiness(competition)
        now = clock.now()
        return super().get_context_data(
            open_checks=[(check, address_of(check)) for check in checks if not check.done],
            done_checks=[check for check in checks if check.done],
            ready=all(check.done for check in checks if check.required),
            stages=[
                Stage(stage, stage.phase(now).label, sum_of_points(stage))
                for stage in round_tracks_of(competition)
            ],
            empty=not (
                competition.tracks.all() or competition.rounds.all() or competition.forms.all()
            ),
            states=Competition.State,
            may_bring_back=competition.state == Competition.State.ARCHIVED
            and may_edit_competitions(self.request.user),
            **context,
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """A round of a track as the overview shows it."""

    round_track: RoundTrack
    phase: Text
    points: Decimal


class FormView(CompetitionView):
    """One version of the entry form, section by section."""

    template_name = "calls/admin/form.html"

    @cached_property
    def form(self) -> EntryForm:
        return get_object_or_404(
            EntryForm.objects.select_related("competition"), pk=self.kwargs["pk"]
        )

    @cached_property
    def competition(self) -> Competition:
        return self.form.competition

    def get_page_title(self) -> str:
        return str(self.form)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        items[-1] = {
            "url": reverse("calls_admin:overview", args=[self.competition.pk]),
            "label": str(self.competition),
        }
        return [*items, {"url": "", "label": _("Version %(n)s") % {"n": self.form.version}}]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        questions = Question.objects.order_by("order", "pk").prefetch_related("tracks")
        return super().get_context_data(
            form=self.form,
            frozen=freezing.form_in_use(self.form),
            draft=self.competition.forms.filter(state=EntryForm.State.DRAFT).first(),
            states=EntryForm.State,
            sections=self.form.sections.order_by("order", "pk").prefetch_related(
                Prefetch("questions", queryset=questions)
            ),
            **context,
        )


# Acts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """Something done once, after one question: what it does, and what was done."""

    question: Text
    explanation: Text
    button: Text
    done: Text
    verb: Callable[[Any, Any], models.Model]
    on_form: bool = False


ACTS: dict[str, Act] = {
    "announce": Act(
        gettext_lazy("Announce this competition?"),
        gettext_lazy(
            "Its rounds start running and entries come in by their dates. Tracks, rounds and the "
            "code prefix are settled from then on, and the form in use can only be replaced by a "
            "new version. Dates can still be moved until marking begins."
        ),
        gettext_lazy("Announce"),
        gettext_lazy("The competition has been announced."),
        announcing.announce,
    ),
    "archive": Act(
        gettext_lazy("Archive this competition?"),
        gettext_lazy("It stays public, and nothing in it can be changed until it is brought back."),
        gettext_lazy("Archive"),
        gettext_lazy("The competition has been archived."),
        announcing.archive,
    ),
    "bring-back": Act(
        gettext_lazy("Bring this competition back?"),
        gettext_lazy("It can be changed again, as far as its rounds allow."),
        gettext_lazy("Bring back"),
        gettext_lazy("The competition is back."),
        announcing.bring_back,
    ),
    "standard": Act(
        gettext_lazy("Set up the standard season?"),
        gettext_lazy(
            "Two tracks, two rounds, the entry form, the criteria and the prizes of a usual "
            "provincial season are written for you. Everything can be changed afterwards; the "
            "dates are yours to fill in."
        ),
        gettext_lazy("Set up"),
        gettext_lazy("The standard season stands. Now fill in the dates."),
        setting_up.set_up_standard,
    ),
    "copy-form": Act(
        gettext_lazy("Make a new version of this form?"),
        gettext_lazy(
            "The new version begins with the same questions. It is asked of nobody until you put "
            "it in use."
        ),
        gettext_lazy("Make a new version"),
        gettext_lazy("Here is the new version. Change it, then put it in use."),
        freezing.copy_form,
        on_form=True,
    ),
    "use-form": Act(
        gettext_lazy("Put this version in use?"),
        gettext_lazy(
            "New entries are asked these questions from now on, and the questions can no longer "
            "be changed. Entries begun earlier keep the version they have."
        ),
        gettext_lazy("Put in use"),
        gettext_lazy("This version is in use now."),
        freezing.use_form,
        on_form=True,
    ),
}


def page_of(row: models.Model) -> str:
    name = "form" if isinstance(row, EntryForm) else "overview"
    return reverse(f"calls_admin:{name}", args=[row.pk])


class ActView(CompetitionView):
    """Asks once, then calls the verb; a refusal is said on the page the officer came from."""

    template_name = "calls/admin/act.html"
    act = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.allowed = may_edit_competitions(request.user)

    @cached_property
    def row(self) -> Competition | EntryForm:
        if ACTS[self.act].on_form:
            return get_object_or_404(EntryForm, pk=self.kwargs["pk"])
        return get_object_or_404(Competition, pk=self.kwargs["pk"])

    @cached_property
    def competition(self) -> Competition:
        return self.row.competition if isinstance(self.row, EntryForm) else self.row

    def get_page_title(self) -> str:
        return str(ACTS[self.act].question)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed:
            raise PermissionDenied(str(self.allowed.reason))
        try:
            done_to = ACTS[self.act].verb(self.row, request.user)
        except Refused as refused:
            messages.error(request, str(refused.reason))
            return redirect(page_of(self.row))
        messages.success(request, str(ACTS[self.act].done))
        return redirect(page_of(done_to))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            act=ACTS[self.act], row=self.row, back=page_of(self.row), **context
        )


class CopyView(CompetitionView):
    """Fill an empty competition from an earlier one."""

    template_name = "calls/admin/copy.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.allowed = may_edit_competitions(request.user)

    def get_page_title(self) -> str:
        return _("Copy from an earlier competition")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed:
            raise PermissionDenied(str(self.allowed.reason))
        form = CopyForm(request.POST, target=self.competition)
        if form.is_valid():
            try:
                setting_up.copy_competition(
                    form.cleaned_data["source"],
                    self.competition,
                    request.user,  # type: ignore[arg-type]
                )
            except Refused as refused:
                form.add_error(None, str(refused.reason))
            else:
                messages.success(
                    request, _("Everything but the dates has been copied. Now fill in the dates.")
                )
                return redirect("calls_admin:overview", self.competition.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context.setdefault("form", CopyForm(target=self.competition))
        return super().get_context_data(
            back=reverse("calls_admin:overview", args=[self.competition.pk]), **context
        )
