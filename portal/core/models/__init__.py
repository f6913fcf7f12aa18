"""Records that every wing shares."""

from portal.core.models.calendar import CalendarDay
from portal.core.models.consent import ConsentRecord, ConsentText
from portal.core.models.counters import Counter
from portal.core.models.files import PageImage, PrivateFile
from portal.core.models.notices import Notice, NoticePreference, SentMail
from portal.core.models.secrecy import SecrecyCheck
from portal.core.models.units import AdministrativeUnit, UnitChange

__all__ = [
    "AdministrativeUnit",
    "CalendarDay",
    "ConsentRecord",
    "ConsentText",
    "Counter",
    "Notice",
    "NoticePreference",
    "PageImage",
    "PrivateFile",
    "SecrecyCheck",
    "SentMail",
    "UnitChange",
]
