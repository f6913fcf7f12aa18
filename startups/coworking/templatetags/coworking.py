"""`{% load coworking %}`: when a booking is, how long, and where a place is booked."""

from datetime import date, timedelta

from django import template

from portal.core.templatetags.portal import decimal_comma
from startups.coworking import telling
from startups.coworking.addresses import booking_address
from startups.coworking.models import Booking, Resource
from startups.coworking.rules import hours_and_minutes
from startups.coworking.slots import Range

register = template.Library()


@register.filter
def when(value: "Range | Booking") -> str:
    """Beginning with its weekday, and the end."""
    return telling.when(value)


@register.filter
def how_long(value: timedelta) -> str:
    """How long, in hours and minutes."""
    return hours_and_minutes(int(value.total_seconds() // 60))


@register.filter
def in_hours(value: timedelta) -> str:
    """Hours with at most one decimal: 7,5 in Vietnamese, 7.5 in English."""
    return decimal_comma(round(value.total_seconds() / 3600, 1))


@register.filter
def next_day(value: date) -> str:
    """The day after, as addresses have it."""
    return (value + timedelta(days=1)).isoformat()


@register.simple_tag
def book(resource: Resource, wanted: Range) -> str:
    """Where a resource is booked for these hours."""
    return booking_address(resource.pk, wanted)
