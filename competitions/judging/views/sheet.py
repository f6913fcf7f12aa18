"""The scoring screen: the dossier as it was submitted, and the judge's sheet beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from competitions.entries.showing import dossier, files_in
from competitions.judging import assigning, permissions, scoring
from competitions.judging.forms import ConflictForm, ReasonForm, SheetForm, add_refusal
from competitions.judging.models import Judge, Scorecard
from competitions.judging.queries import ACTIVE, DONE, cards_shown, total_of
from competitions.judging.views.desk import to_desk
from portal.core import clock
from portal.core.keeping import saved
from portal.core.models import PageImage, PrivateFile
from portal.core.serving import page_image_response, private_file_response
from portal.core.verdicts import Refused


class HtmxRequest(HttpRequest):
    """A request as django-htmx's middleware leaves it."""

    htmx: HtmxDetails


def own_card(request: HttpRequest, key: Any) -> Scorecard:
    """The visitor's own sheet. Everything else, assigned to others or in conflict, is a 404."""
    card = (
        Scorecard.objects.filter(
            key=key, judge__user=request.user.pk, entry__state=permissions.JUDGED
        )
        .exclude(state=Scorecard.State.CONFLICTED)
        .exclude(judge__state__in=[Judge.State.DECLINED, Judge.State.REMOVED])
        .select_related(
            "judge__user",
            "judge__round_track__round__competition",
            "judge__round_track__track",
            "entry__competition",
            "entry__track",
            "submission__entry__competition",
            "submission__entry__track",
        )
        .first()
    )
    if card is None:
        raise Http404
    return card


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scorecard(request: HtmxRequest, key: Any) -> HttpResponse:
    """One entry on one screen."""
    if not request.user.is_authenticated:
        return to_desk(request)
    card = own_card(request, key)
    if card.judge.state == Judge.State.INVITED:
        return redirect("judging:accept", judge_id=card.judge_id)
    if request.method == "POST":
        return _Saving(request, card).answer()
    return render(request, "judging/scorecard.html", screen(request, card, sheet_form(card)))


def sheet_form(card: Scorecard, data: QueryDict | None = None) -> SheetForm:
    """The form of a sheet, filled with what is stored or with what was typed."""
    round_track = card.judge.round_track
    verdict = permissions.may_mark(card.judge.user, card, round_track, clock.now())
    return SheetForm(
        list(round_track.criteria.order_by("order", "pk")),
        data,
        marks=dict(card.marks.values_list("criterion_id", "value")),
        disabled=not verdict,
        initial={
            "version": card.version,
            "comment": card.comment,
            "private_note": card.private_note,
        },
        auto_id="sheet-%s",
    )


def screen(request: HttpRequest, card: Scorecard, form: SheetForm) -> dict[str, Any]:
    """What the scoring screen shows."""
    round_track = card.judge.round_track
    marks = dict(card.marks.values_list("criterion_id", "value"))
    cards = list(
        cards_shown(Judge.objects.filter(pk=card.judge_id))
        .filter(state__in=ACTIVE)
        .order_by("entry__code", "pk")
        .values_list("key", "state")
    )
    keys = [key for key, _state in cards]
    place = keys.index(card.key) if card.key in keys else -1
    reopening = card.reopenings.last() if card.reopened_at else None
    return {
        "card": card,
        "reopened_because": reopening.reason if reopening else "",
        "kept_as": kept_as(card),
        "round_track": round_track,
        "dossier": dossier(
            card.submission,
            file_url=lambda file_id: reverse("judging:file", args=[card.key, file_id]),
            page_url=lambda file_id, number: reverse(
                "judging:file_page", args=[card.key, file_id, number]
            ),
        ),
        "form": form,
        "version": card.version,
        "verdict": permissions.may_mark(request.user, card, round_track, clock.now()),
        "total": total_of(form.criteria, marks),
        "maximum": sum(criterion.points for criterion in form.criteria),
        "place": place + 1,
        "count": len(keys),
        "left": sum(1 for _key, state in cards if state not in DONE),
        "previous": keys[place - 1] if place > 0 else None,
        "following": keys[place + 1] if 0 <= place < len(keys) - 1 else None,
        "missing": sum(1 for criterion in form.criteria if criterion.pk not in marks),
    }


def kept_as(card: Scorecard) -> str:
    """The name under which a judge's device keeps this sheet."""
    return f"scorecard-{card.pk}"


class _Saving:
    """One post of the sheet: by itself after typing, or by a button."""

    def __init__(self, request: HtmxRequest, card: Scorecard) -> None:
        self.request, self.card = request, card
        self.completing = request.POST.get("action") == "complete"
        self.form = sheet_form(card, request.POST)
        self.shown_version = request.POST.get("version", "")

    def answer(self) -> HttpResponse:
        fine = self.form.is_valid()
        try:
            self.card = scoring.save(
                self.card,
                self.request.user,
                self.form.cleaned_data["version"],
                self.form.parsed,
                self.form.text("comment"),
                self.form.text("private_note"),
            )
            self.shown_version = str(self.card.version)
            if self.completing and fine:
                scoring.complete(self.card, self.request.user)
                return self._go_on()
        except scoring.StaleSheet as stale:
            return self._stale(stale)
        except Refused as refused:
            add_refusal(self.form, refused)
            return self._again()
        if self.request.htmx and not self.completing:
            return self._received()
        if not fine:
            return self._again()
        saved(self.request, _("The sheet was saved."), kept_as(self.card))
        return redirect("judging:scorecard", key=self.card.key)

    def _go_on(self) -> HttpResponse:
        """To the next sheet that waits; to the totals when none does."""
        code = self.card.entry.code
        text = _("The sheet of %(entry)s is complete.") % {"entry": code}
        saved(self.request, text, kept_as(self.card))
        seat = Judge.objects.filter(pk=self.card.judge_id)
        waiting = cards_shown(seat).filter(state__in=ACTIVE - DONE)
        after = waiting.filter(entry__code__gt=code).first() or waiting.first()
        if after is None:
            address = reverse("judging:totals", args=[self.card.judge_id])
        else:
            address = reverse("judging:scorecard", args=[after.key])
        if self.request.htmx:
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)

    def _received(self) -> HttpResponse:
        """The small answer to a save that happened by itself."""
        failed = [str(field.label) for _criterion, field in self.form.rows if field.errors] + [
            str(self.form[name].label)
            for name in ("comment", "private_note")
            if name in self.form.errors
        ]
        context = {
            "version": self.card.version,
            "received": self.card.saved_at or clock.now(),
            "failed": failed,
        }
        response = render(self.request, "judging/_received.html", context)
        if not failed:
            response["HX-Trigger"] = "saved"
        return response

    def _stale(self, stale: scoring.StaleSheet) -> HttpResponse:
        """Nothing was written: show what is stored beside what was typed here."""
        current = own_card(self.request, self.card.key)
        stored = sheet_form(current)
        typed = self.request.POST
        pairs = [
            (field.label, typed.get(field.html_name, ""), field.value() or "")
            for field in [
                *(field for _row, field in stored.rows),
                stored["comment"],
                stored["private_note"],
            ]
            if field.html_name in typed
            and typed[field.html_name].strip().replace("\r\n", "\n") != (field.value() or "")
        ]
        # Saving again from here is a choice made with open eyes.
        self.card, self.shown_version = current, str(current.version)
        return self._again({"stale": str(stale.reason), "differences": pairs})

    def _again(self, extra: dict[str, Any] | None = None) -> HttpResponse:
        context = screen(self.request, own_card(self.request, self.card.key), self.form)
        context |= {"version": self.shown_version, **(extra or {})}
        if self.request.htmx:
            response = render(self.request, "judging/_sheet.html", context)
            response["HX-Retarget"] = "#score-sheet"
            response["HX-Reswap"] = "outerHTML"
            return response
        return render(self.request, "judging/scorecard.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, key: Any) -> HttpResponse:
    """Declare a conflict of interest, or give the entry back for another reason."""
    if not request.user.is_authenticated:
        return to_desk(request)
    card = own_card(request, key)
    if card.judge.state == Judge.State.INVITED:
        return redirect("judging:accept", judge_id=card.judge_id)
    declining = request.POST.get("answer") == "decline"
    conflict_form = ConflictForm(request.POST if request.POST and not declining else None)
    decline_form = ReasonForm(request.POST if declining else None, prefix="decline")
    form = decline_form if declining else conflict_form
    if request.method == "POST" and form.is_valid():
        try:
            if declining:
                assigning.decline_sheet(card, form.cleaned_data["reason"], request.user)
            else:
                facts = form.cleaned_data
                assigning.declare_conflict(card, facts["kind"], facts["note"], request.user)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(
                request,
                _("%(entry)s was taken off your desk.") % {"entry": card.entry.code},
            )
            return redirect("judging:desk")
    context = {"card": card, "form": conflict_form, "decline_form": decline_form}
    return render(request, "judging/give_back.html", context)


@require_safe
def file(request: HttpRequest, key: Any, file_id: int) -> HttpResponseBase:
    """A file of the submission this judge scores."""
    if not request.user.is_authenticated:
        return to_desk(request)
    return private_file_response(_dossier_file(request, key, file_id))


@require_safe
def page(request: HttpRequest, key: Any, file_id: int, number: int) -> HttpResponseBase:
    """One page of such a file as a picture."""
    if not request.user.is_authenticated:
        return to_desk(request)
    private = _dossier_file(request, key, file_id)
    return page_image_response(get_object_or_404(PageImage, file=private, number=number))


def _dossier_file(request: HttpRequest, key: Any, file_id: int) -> PrivateFile:
    card = own_card(request, key)
    if not permissions.may_read_scorecard(request.user, card) or card.submission is None:
        raise Http404
    if file_id not in {file["id"] for file in files_in(card.submission.snapshot)}:
        raise Http404
    return get_object_or_404(PrivateFile, pk=file_id)
