"""English as it is read in Vietnam: 23 Nov 2026, day before month also in what people type."""

from portal.formats.vi import formats as vi

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = [*vi.DATE_INPUT_FORMATS, "%d %b %Y", "%d %B %Y"]
TIME_INPUT_FORMATS = vi.TIME_INPUT_FORMATS
DATETIME_INPUT_FORMATS = [
    "%d/%m/%Y %H:%M",
    *(known for known in vi.DATETIME_INPUT_FORMATS if known != "%d/%m/%Y %H:%M"),
    "%d %b %Y, %H:%M",
    "%d %b %Y %H:%M",
]

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
