"""Everything the officer's list shows, in Excel: one row an entry, one column a question."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from competitions.calls.models import Question
from competitions.entries.admin import filters
from competitions.entries.admin.listing import readers_only
from competitions.entries.models import Entry, Submission, TeamMember
from portal.core import auditing, clock, phones
from portal.core.spreadsheets import answer, safe
from portal.questions.showing import shown

_NUMBERS = {Question.Kind.NUMBER, Question.Kind.MONEY}


def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as .xlsx; who took it stands in the audit log."""
    readers_only(request)
    wanted = filters.chosen(request.GET)
    rows = filters.found(wanted)
    content = workbook(rows)
    competition = next((row for row in wanted.competitions if row.pk == wanted.competition), None)
    reader: Any = request.user
    with transaction.atomic():
        auditing.record(
            "entries.exported",
            competition or reader,
            user=reader,
            filters=request.GET.urlencode()[:500],
            rows=rows.count(),
        )
    name = competition.code_prefix if competition else "tat-ca"
    day = clock.today().strftime("%Y%m%d")
    return answer(content, f"ho-so-{name}-{day}")


def workbook(rows: QuerySet[Entry]) -> bytes:
    """The workbook of these entries; a bounded number of queries whatever their number."""
    questions = _questions(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Entries")[:31])
    sheet.freeze_panes = "C2"
    sheet.append([safe(heading) for heading in [*_headings(), *questions.values()]])
    for cells in _lines(rows, list(questions)):
        sheet.append(cells)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _headings() -> list[str]:
    return [
        _("Code"),
        _("Title"),
        _("Competition"),
        _("Track"),
        _("State"),
        _("Who enters"),
        _("Organisation"),
        _("Tax code"),
        _("Captain"),
        _("Email"),
        _("Phone"),
        _("Members"),
        _("Submitted"),
        _("Submission number"),
        _("Verification code"),
        _("Reason or request"),
    ]


def _questions(rows: QuerySet[Entry]) -> dict[str, str]:
    """Key and label of every question the entries were asked, in the order of the forms."""
    asked = Question.objects.filter(section__form__in=rows.order_by().values("form"))
    ordered = asked.order_by("section__form", "section__order", "order", "pk")
    return {question.key: question.local_label for question in ordered}


def _lines(rows: QuerySet[Entry], keys: list[str]) -> Iterator[list[Any]]:
    newest = Submission.objects.filter(entry=OuterRef("pk")).order_by("-number")
    entries = rows.select_related("competition", "track", "organisation", "captain").annotate(
        newest=Subquery(newest.values("pk")[:1])
    )
    members: dict[int, list[TeamMember]] = {}
    for member in TeamMember.objects.filter(entry__in=rows.order_by().values("pk")):
        members.setdefault(member.entry_id, []).append(member)
    submissions = Submission.objects.in_bulk(list(entries.values_list("newest", flat=True)))
    for entry in entries:
        yield _line(entry, submissions[entry.newest], members.get(entry.pk, []), keys)


def _line(
    entry: Any, submission: Submission, members: list[TeamMember], keys: list[str]
) -> list[Any]:
    captain = next((member for member in members if member.is_captain), None)
    organisation = entry.organisation
    moment = timezone.localtime(submission.submitted_at).replace(tzinfo=None)
    facts = [
        entry.code,
        submission.snapshot["title"],
        entry.competition.local_title,
        entry.track.local_title,
        entry.get_state_display(),
        entry.get_applicant_display(),
        organisation.name if organisation else "",
        organisation.masked_tax_code if organisation else "",
        captain.full_name if captain else str(entry.captain),
        captain.email if captain else entry.captain.email,
        phones.shown(captain.phone) if captain and captain.phone else "",
        "; ".join(_member(member) for member in members if not member.is_captain),
        moment,
        submission.number,
        submission.receipt,
        entry.reason or entry.asked_for,
    ]
    answers = {
        item["key"]: _answer(item)
        for section in submission.snapshot["sections"]
        for item in section["items"]
    }
    return [safe(cell) for cell in [*facts, *(answers.get(key, "") for key in keys)]]


def _member(member: TeamMember) -> str:
    agreed = "" if member.agreed else f" ({_('not confirmed')})"
    return f"{member.full_name}{agreed} <{member.email}>"


def _answer(item: dict[str, Any]) -> Any:
    """Numbers as numbers, files by name, everything else as it reads."""
    if item["files"]:
        return "; ".join(file["name"] for file in item["files"])
    if item["kind"] in _NUMBERS and item["value"]:
        try:
            return Decimal(item["value"])
        except InvalidOperation:
            return item["value"]
    return shown(item["kind"], item["value"], item["labels"])
