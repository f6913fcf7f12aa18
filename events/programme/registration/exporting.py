"""Everybody who registered for an event, as a spreadsheet."""

import io
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from events.programme.models import Registration, SignUp
from portal.core.spreadsheets import safe
from portal.core.templatetags.portal import moment
from portal.questions.models import AbstractAnswer, AbstractQuestion
from portal.questions.showing import frozen_value, shown


def workbook(sign_up: SignUp) -> bytes:
    """One line for each. What support somebody needs is for the desk, not for files."""
    questions = list(sign_up.questions.all())
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Registrations"))
    heads = [
        *(_("Code"), _("State"), _("Full name"), _("Organisation"), _("Email"), _("Phone")),
        *(_("Registered at"), _("Came at"), _("Came without registration")),
        *(question.label for question in questions),
    ]
    sheet.append([safe(head) for head in heads])
    people = (
        Registration.objects.filter(sign_up=sign_up)
        .exclude(state=Registration.State.UNPROVEN)
        .select_related("organisation")
        .prefetch_related("answers")
        .order_by("name", "pk")
    )
    for one in people.iterator(chunk_size=500):
        answers = {answer.question_id: answer for answer in one.answers.all()}
        cells: list[Any] = [
            one.code,
            str(one.get_state_display()),
            one.name,
            str(one.organisation or ""),
            one.email,
            str(one.phone or ""),
            moment(one.asked_at),
            moment(one.attended_at),
            _("yes") if one.walk_in else "",
            *(_answered(question, answers.get(question.pk)) for question in questions),
        ]
        sheet.append([safe(cell) for cell in cells])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _answered(question: AbstractQuestion, answer: AbstractAnswer | None) -> str:
    frozen = frozen_value(question, answer)
    return shown(frozen["kind"], frozen["value"], frozen["labels"])
