"""What is asked of each kind of offer beyond what all of them say.

The kinds themselves are words that an office edits; each names one of these shapes. What a shape
asks stands in an offer's `details` under the keys below, so that a new question needs no migration.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """How a detail is typed and shown."""

    LINE = "line"
    TEXT = "text"
    YEAR = "year"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Detail:
    """One question of a shape. `key` is stable: answers are kept under it."""

    key: str
    label: str | Promise
    answer: Answer = Answer.LINE
    help: str | Promise = ""
    max_length: int = 200


class Shape(models.TextChoices):
    """What a kind of offer is made of."""

    TECHNOLOGY = "technology", _("Technology")
    PROCESS = "process", _("Process")
    EQUIPMENT = "equipment", _("Equipment, production line")
    SOFTWARE = "software", _("Software")
    VARIETY = "variety", _("Plant variety, animal breed")
    SERVICE = "service", _("Science and technology service")
    RESULT = "result", _("Research result")


_STANDARDS = Detail("standards", _("Standards and conformity"))
_PROCESS = (
    Detail("cycle", _("Length of one cycle"), help=_("For example: 90 days for one crop.")),
    Detail("materials", _("Materials it needs"), Answer.TEXT, max_length=1000),
)

DETAILS: Mapping[str, Sequence[Detail]] = {
    Shape.TECHNOLOGY: (_STANDARDS, *_PROCESS),
    Shape.PROCESS: _PROCESS,
    Shape.EQUIPMENT: (
        Detail("model", _("Model")),
        Detail("maker", _("Maker and country of manufacture")),
        Detail("made_in_year", _("Year of manufacture"), Answer.YEAR),
        Detail("condition", _("Condition"), help=_("New, or used and how good it still is.")),
        Detail("power", _("Voltage and power")),
        Detail("size", _("Size and weight")),
        _STANDARDS,
        Detail("delivery", _("Time of delivery")),
        Detail("installation", _("Installation and training"), Answer.TEXT, max_length=1000),
        Detail(
            "supply", _("How it is supplied"), help=_("Sold, rented, or shared in a laboratory.")
        ),
        Detail("quantity", _("Quantity"), Answer.NUMBER),
    ),
    Shape.SOFTWARE: (
        Detail("platform", _("Runs on"), help=_("Web, Android, Windows…")),
        Detail("licence", _("Licence"), help=_("Subscription, once for all, open source…")),
        Detail("hosting", _("Where data are kept")),
        Detail("interfaces", _("Connects to")),
    ),
    Shape.VARIETY: (
        Detail("recognition", _("Decision of recognition"), help=_("Number and date.")),
        Detail("yield", _("Yield")),
        Detail("season", _("Season and growing time")),
        Detail("resistance", _("Resistance to pests and weather"), Answer.TEXT, max_length=1000),
        Detail("suited_to", _("Suited to"), help=_("Soils, regions.")),
    ),
    Shape.SERVICE: (
        Detail("scope", _("What it includes"), Answer.TEXT, max_length=1000),
        Detail("duration", _("How long it takes")),
        Detail("accreditation", _("Accreditation"), help=_("Number, issuer, until when.")),
    ),
    Shape.RESULT: (
        Detail("task", _("Task it came from")),
        Detail("host", _("Host organisation")),
        Detail("principal", _("Principal investigator")),
        Detail("accepted_on", _("Day of acceptance"), Answer.DAY),
        Detail("grade", _("Grade at acceptance")),
        Detail("registration", _("Certificate of registration"), help=_("Number and date.")),
        Detail("archive_number", _("Archive number")),
        Detail("application", _("State of application"), help=_("Not yet, being applied, spread.")),
    ),
}


def details_of(shape: str) -> Sequence[Detail]:
    """The questions of a shape; none for a kind that names none."""
    return DETAILS.get(shape, ())
