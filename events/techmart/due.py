"""What the clock causes in the market. Safe twice, and in two processes at once."""

from collections.abc import Sequence
from datetime import datetime

from events.techmart import alerts, confirming
from portal.core.extension_points import DueWork


def run(now: datetime) -> Sequence[DueWork]:
    return [
        DueWork("techmart: hidden until confirmed", confirming.note_hidden(now)),
        DueWork("techmart: owners asked to confirm", confirming.remind(now)),
        DueWork("techmart: letters of saved searches", alerts.send(now)),
    ]
