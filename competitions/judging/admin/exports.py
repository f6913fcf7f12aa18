"""The Excel file of a round's scores."""

from django.http import HttpResponse

from competitions.judging import exporting
from competitions.judging.admin.frame import round_page
from portal.core import auditing, clock
from portal.core.text import slugify

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@round_page
def scores(request, round_track) -> HttpResponse:
    content = exporting.scores(round_track)
    auditing.record("judging.exported", round_track, user=request.user)
    name = slugify(f"{round_track.competition.code_prefix} {round_track} {clock.today()}")
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
