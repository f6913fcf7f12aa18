"""Bookings from an Excel file in two steps: what would happen, then what happened."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.core import spreadsheets
from portal.core.verdicts import Refused
from startups.coworking.desk import bookings_file
from startups.coworking.desk.forms import ImportForm
from startups.coworking.desk.views.frame import desk_context, for_the_desk, space_of
from startups.coworking.models import Space


@for_the_desk
def import_bookings(request: HttpRequest, space: str) -> HttpResponse:
    """Choose a file; see what each row would become; book those that can be."""
    found = space_of(space)
    if "rows" in request.POST:
        return _carry_out(request, found)
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        try:
            rows = bookings_file.read(form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            outcomes = bookings_file.rehearse(found, rows, by=request.user)  # type: ignore[arg-type]
            return _page(
                request, found, ImportForm(), outcomes=outcomes, sealed=bookings_file.sealed(rows)
            )
    return _page(request, found, form)


def _carry_out(request: HttpRequest, space: Space) -> HttpResponse:
    form = ImportForm()
    try:
        rows = bookings_file.unsealed(request.POST["rows"])
    except Refused as refused:
        form = ImportForm({})
        form.full_clean()
        form.errors["file"] = form.error_class([str(refused)])
        return _page(request, space, form)
    outcomes = bookings_file.carry_out(space, rows, by=request.user)  # type: ignore[arg-type]
    made = sum(1 for one in outcomes if one.booking)
    said = ngettext("%(n)s booking was made.", "%(n)s bookings were made.", made)
    messages.success(request, said % {"n": made})
    return _page(request, space, form, outcomes=outcomes, done=True)


def _page(request: HttpRequest, space: Space, form: ImportForm, **more: Any) -> HttpResponse:
    outcomes = more.get("outcomes", [])
    context = desk_context(
        request,
        space,
        "book",
        form=form,
        columns=[title for title, _example in bookings_file.columns()],
        most=bookings_file.MOST_ROWS,
        good=sum(1 for one in outcomes if one.booking),
        **more,
    )
    status = 422 if form.errors else 200
    return render(request, "coworking/desk/import.html", context, status=status)


@for_the_desk
@require_safe
def import_template(request: HttpRequest, space: str) -> HttpResponse:
    """The empty file, with this space's places."""
    found = space_of(space)
    return spreadsheets.answer(bookings_file.template(found), _("bookings"))
