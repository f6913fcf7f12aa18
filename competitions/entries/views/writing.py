"""Writing: the overview of an entry, its basic facts, and its sections."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from competitions.calls.models import Question, Section, Track
from competitions.entries import snapshots
from competitions.entries.applying import (
    Conflict,
    SaveResult,
    fingerprint,
    save_basics,
    save_section,
)
from competitions.entries.forms import BasicsForm
from competitions.entries.history import what_comes, what_happened
from competitions.entries.models import Entry
from competitions.entries.permissions import may_withdraw
from competitions.entries.showing import dossier, shown_snapshot
from competitions.entries.submitting import unsent_changes
from competitions.entries.views.attached import FileRow, file_row
from competitions.entries.views.frame import (
    Frame,
    crumbs,
    file_addresses,
    frame_of,
    sections_of,
    team_entry,
)
from competitions.entries.views.listing import CHIPS, open_tracks
from portal.core import clock
from portal.core.keeping import kept_post, login_required_keeping, saved
from portal.core.text import key_from
from portal.core.verdicts import Refused
from portal.questions.answering import raw_of
from portal.questions.forms import AnswersForm
from portal.questions.showing import shown


@login_required_keeping
def entry_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the entry stands: what is left, what happened, what comes next."""
    entry = team_entry(request, key)
    frame = frame_of(request, entry, "entry")
    newest = entry.submissions.select_related("entry__competition", "entry__track").first()
    file_url, page_url = file_addresses(entry)
    if newest is not None:
        shown_dossier = dossier(newest, file_url=file_url, page_url=page_url)
    else:
        shown_dossier = shown_snapshot(
            snapshots.build(entry), entry, file_url=file_url, page_url=page_url
        )
    tone, icon = CHIPS[Entry.State(entry.state)]
    context = {
        "frame": frame,
        "entry": entry,
        "newest": newest,
        "unsent": newest is not None and bool(frame.open) and unsent_changes(entry, newest),
        "dossier": shown_dossier,
        "tone": tone,
        "icon": icon,
        "timeline": [*what_happened(entry), *what_comes(entry, frame.intake)],
        "next_url": _first_open_step(frame),
        "waiting": entry.members.filter(consent__isnull=True, is_captain=False),
        "may_withdraw": may_withdraw(request.user, entry, frame.intake),
        "crumbs": crumbs(entry),
    }
    return render(request, "entries/entry.html", context)


def _first_open_step(frame: Frame) -> str:
    """Where writing goes on: the first part that is not done."""
    return next((step.url for step in frame.steps if step.state != "done"), frame.steps[0].url)


@login_required_keeping
def basics(request: HttpRequest, key: UUID) -> HttpResponse:
    """Title, who enters, and the track until the first submission."""
    entry = team_entry(request, key)
    frame = frame_of(request, entry, "basics")
    if not frame.open and request.method != "POST":
        return redirect("entries:entry", entry.key)
    tracks = Track.objects.filter(pk=entry.track_id)
    if not entry.handed_in:
        tracks = (tracks | open_tracks(entry.competition)).distinct()
    posted = request.POST if request.method == "POST" else kept_post(request)
    form = BasicsForm(
        request.user,
        tracks,
        posted,
        initial={
            "title": entry.title,
            "track": entry.track_id,
            "applicant": entry.applicant,
            "organisation": entry.organisation_id,
            "version": entry.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_basics(
                entry,
                request.user,
                form.cleaned_data["version"],
                track=form.cleaned_data["track"],
                **form.facts(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
            if refused.code == "conflict":
                _show_theirs(form, entry)
        else:
            saved(request, _("Saved."), f"entry-{entry.key}-basics")
            return redirect(_after(frame))
    context = {"frame": frame, "entry": entry, "form": form, "crumbs": crumbs(entry)}
    return render(request, "entries/basics.html", context)


def _show_theirs(form: BasicsForm, entry: Entry) -> None:
    """Tell what stands there now, and let the next save go through."""
    entry.refresh_from_db()
    form.add_error(
        None,
        _("It now says: “%(title)s”, %(applicant)s.")
        % {"title": entry.title, "applicant": entry.get_applicant_display()},
    )
    form.data = {**form.data, "version": str(entry.version)}


def _after(frame: Frame) -> str:
    """The address of the step after the current one."""
    for number, step in enumerate(frame.steps):
        if step.current:
            return frame.steps[min(number + 1, len(frame.steps) - 1)].url
    return frame.steps[0].url


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the section's page: an input with its tokens, or a file row."""

    question: Question
    field: BoundField | None
    token: BoundField | None
    was: str
    conflict: dict[str, Any] | None
    file_row: FileRow | None
    warning: str
    version: int
    saved: bool


@login_required_keeping
def section(request: HttpRequest, key: UUID, section_id: int) -> HttpResponse:
    """One section: saved as it is typed, or by its button; never lost."""
    entry = team_entry(request, key)
    found, questions = _section_of(entry, section_id)
    if request.method == "POST":
        return _save(request, entry, found, questions)
    frame = frame_of(request, entry, str(found.pk))
    if not frame.open:
        return redirect("entries:entry", entry.key)
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    form = AnswersForm(questions, answers, kept_post(request))
    return render(request, "entries/section.html", _page(request, frame, found, form, SaveResult()))


def _section_of(entry: Entry, section_id: int) -> tuple[Section, list[Question]]:
    for found, questions in sections_of(entry):
        if found.pk == section_id:
            return found, questions
    raise Http404("no such section")


def _save(
    request: HttpRequest, entry: Entry, found: Section, questions: list[Question]
) -> HttpResponse:
    posted = _with_choices(request.POST)
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    form = AnswersForm(questions, answers, posted)
    form.is_valid()
    closed = ""
    result = SaveResult()
    try:
        result = save_section(entry, found, form, request.user)
    except Refused as refused:
        closed = str(refused)
    if closed or form.errors or result.conflicts:
        form = _with_fresh_tokens(entry, form, posted, result)
    frame = frame_of(request, entry, str(found.pk))
    if request.headers.get("HX-Request") == "true":
        return _saved_quietly(request, entry, found, form, result, closed)
    if closed or form.errors or result.conflicts:
        context = _page(request, frame, found, form, result)
        return render(request, "entries/section.html", {**context, "closed": closed}, status=422)
    saved(request, _("Saved."), f"entry-{entry.key}-{found.pk}")
    if "take" in request.POST or "stay" in request.POST:
        return redirect("entries:section", entry.key, found.pk)
    return redirect(_after(frame))


def _with_choices(posted: QueryDict) -> QueryDict:
    """Apply "keep mine" (the newest token) and "take theirs" (leave the answer out)."""
    chosen = posted.copy()
    sent_id, _mark, version = posted.get("keep", "").partition(":")
    kept, taken = key_from(sent_id), key_from(posted.get("take", ""))
    if kept is not None and key_from(version) is not None:
        chosen[AnswersForm.token_name_of(kept)] = version
    if taken is not None:
        chosen.pop(AnswersForm.token_name_of(taken), None)
    return chosen


def _with_fresh_tokens(
    entry: Entry, form: AnswersForm, posted: QueryDict, result: SaveResult
) -> AnswersForm:
    """The form as it was sent, with new tokens for what was saved and old ones for conflicts."""
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    data = posted.copy()
    for question in result.saved:
        data[AnswersForm.token_name_of(question.pk)] = str(answers[question.pk].version)
    fresh = AnswersForm(form.questions, answers, data)
    fresh.is_valid()
    return fresh


def _saved_quietly(
    request: HttpRequest,
    entry: Entry,
    found: Section,
    form: AnswersForm,
    result: SaveResult,
    closed: str,
) -> HttpResponse:
    """The answer to autosave: the state, new tokens, and what went wrong beside each field."""
    answers = {answer.question_id: answer for answer in entry.answers.all()}
    problems = bool(closed or form.errors or result.conflicts)
    lines = [
        line
        for line in _lines(entry, form, result, answers)
        if line.field is not None and form.sent(line.question.pk)
    ]
    context = {
        "entry": entry,
        "section": found,
        "lines": lines,
        "closed": closed,
        "problems": problems,
        "now": clock.now(),
    }
    response = render(request, "entries/section_saved.html", context)
    if not problems:
        response["HX-Trigger"] = "saved"
    return response


def _page(
    request: HttpRequest, frame: Frame, found: Section, form: AnswersForm, result: SaveResult
) -> dict[str, Any]:
    entry = frame.entry
    return {
        "frame": frame,
        "entry": entry,
        "section": found,
        "form": form,
        "lines": list(_lines(entry, form, result, dict(form.answers))),
        "next_url": _after(frame),
        "crumbs": crumbs(entry),
    }


def _lines(
    entry: Entry,
    form: AnswersForm,
    result: SaveResult,
    answers: dict[int, Any],
) -> list[Line]:
    conflicts = {conflict.question.pk: conflict for conflict in result.conflicts}
    warnings = form.warnings
    fresh = {question.pk for question in result.saved}
    return [
        Line(
            question=row.question,
            field=row.field,
            token=row.token,
            was=fingerprint(raw_of(row.question, answers.get(row.question.pk))),
            conflict=_shown_conflict(conflicts.get(row.question.pk)),
            file_row=file_row(entry, row.question) if row.field is None else None,
            warning=warnings.get(row.question.pk, ""),
            version=answers[row.question.pk].version if row.question.pk in answers else 0,
            saved=row.question.pk in fresh,
        )
        for row in form.rows()
    ]


def _shown_conflict(conflict: Conflict | None) -> dict[str, Any] | None:
    """What the page says about two people's texts."""
    if conflict is None:
        return None
    labels = dict(conflict.question.choices())
    theirs = [labels.get(value, value) for value in conflict.theirs]
    return {
        "theirs": shown(Question.Kind.LONG_TEXT, "; ".join(theirs)) or _("(empty)"),
        "by": conflict.theirs_by,
        "at": conflict.theirs_at,
        "version": conflict.version,
        "question": conflict.question,
    }
