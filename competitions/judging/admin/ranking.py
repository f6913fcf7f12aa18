"""The ranking: judges across, mean, place, and in words what does not pass."""

from competitions.calls.models import RoundTrack
from competitions.judging.admin.frame import round_page, show
from competitions.judging.ranking import suggested
from competitions.judging.standings import standings


@round_page
def ranking(request, round_track):
    table = standings(round_track)
    inside, on_the_line = suggested(table.ranked, round_track.places)
    context = {
        "table": table,
        "inside": inside,
        "on_the_line": on_the_line,
        "preview": round_track.state in {RoundTrack.State.RUNNING, RoundTrack.State.MARKING},
        "incomplete": sum(1 for row in table.ranked if not row.complete),
    }
    return show(request, round_track, "ranking", context)
