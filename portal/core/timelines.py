"""A timeline that knows today, for `components/timeline.html`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.core import clock
from portal.core.extension_points import Milestone, Text
from portal.core.templatetags.portal import moment, moments


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a timeline. `state` is "done", "now" or "next"."""

    title: Text
    when: str
    state: str
    text: str = ""
    url: str = ""


def steps(milestones: Iterable[Milestone], now: datetime | None = None) -> list[Step]:
    """The milestones in order of time, each told whether it is over, under way or to come."""
    present = now or clock.now()
    ordered = sorted(milestones, key=lambda milestone: milestone.starts)
    return [_step(milestone, present) for milestone in ordered]


def _whole(told: str) -> str:
    """Hour and day stay on one line, however narrow the step."""
    return told.replace(" ", "\u00a0")


def _step(milestone: Milestone, present: datetime) -> Step:
    end = milestone.ends or milestone.starts
    if end < present:
        state = "done"
    elif milestone.starts <= present:
        state = "now"
    else:
        state = "next"
    told = moments(milestone.starts, end) if milestone.ends else moment(milestone.starts)
    when = "\u00a0– ".join(_whole(part) for part in told.split(" – "))
    return Step(milestone.title, when, state, url=milestone.url)
