"""What the clock causes in co-working. Safe to run every minute, and twice."""

from collections.abc import Sequence
from datetime import datetime

from portal.core.extension_points import DueWork
from startups.coworking import attending, deciding, desk_letters, queueing


def run(now: datetime) -> Sequence[DueWork]:
    return [
        DueWork("coworking: requests and offers expired", deciding.expire(now)),
        DueWork("coworking: released, nobody came", attending.release_no_shows(now)),
        DueWork("coworking: completed", attending.complete(now)),
        DueWork("coworking: left waiting lists", queueing.lapse(now)),
        DueWork("coworking: offered", queueing.serve(now)),
        DueWork("coworking: letters to the front desk", desk_letters.send(now)),
        DueWork("coworking: visitors forgotten", attending.forget_visitors(now)),
    ]
