"""Everything co-working keeps. Words about a space stand in its page; what people book are records.

places      Space, OpeningHours, OpeningException, Closure, HouseRules, RulesAcceptance
resources   Feature, Resource (a pool of identical units), Unit
bookings    Series, Booking, BookingSlot, WaitingEntry
limits      Quota, Strike, Shortage
letters     DeskLetter
feeds       CalendarFeed
guests      Guest
pages       SpacesPage, SpacePage
"""

from startups.coworking.models.bookings import Booking, BookingSlot, Series, WaitingEntry
from startups.coworking.models.feeds import CalendarFeed, Followed
from startups.coworking.models.guests import Guest
from startups.coworking.models.letters import DeskLetter
from startups.coworking.models.limits import Quota, Shortage, Strike
from startups.coworking.models.places import (
    Closure,
    HouseRules,
    OpeningException,
    OpeningHours,
    RulesAcceptance,
    Space,
)
from startups.coworking.models.resources import Feature, Resource, Unit

# isort: split
# Pages show what is free, so they come after the records that say so.
from startups.coworking.models.pages import SpacePage, SpacesPage

__all__ = [
    "Booking",
    "BookingSlot",
    "CalendarFeed",
    "Closure",
    "DeskLetter",
    "Feature",
    "Followed",
    "Guest",
    "HouseRules",
    "OpeningException",
    "OpeningHours",
    "Quota",
    "Resource",
    "RulesAcceptance",
    "Series",
    "Shortage",
    "Space",
    "SpacePage",
    "SpacesPage",
    "Strike",
    "Unit",
    "WaitingEntry",
]
