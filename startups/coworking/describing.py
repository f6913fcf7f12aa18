"""Spaces and what is in them for machines, in the words of schema.org."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from portal.core import clock
from portal.core.pages import SHARE_RENDITION
from startups.coworking.hours import day_of
from startups.coworking.models.places import OpeningHours, Space
from startups.coworking.models.resources import Resource

if TYPE_CHECKING:
    from startups.coworking.models.pages import SpacePage

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EXCEPTIONS_AHEAD = timedelta(days=90)


def space(page: "SpacePage", request: HttpRequest) -> dict[str, Any]:
    """A place people come to. What is not known is not told."""
    record = page.space
    told: dict[str, Any] = {
        "@type": ["LocalBusiness", "CivicStructure"],
        "@id": _name(page),
        "additionalType": "https://www.wikidata.org/wiki/Q1137655",  # coworking space
        "name": page.title,
        "description": page.summary,
        "url": page.full_url,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": record.address,
            "addressCountry": "VN",
        },
        "telephone": record.phone.as_international if record.phone else "",
        "email": record.email,
        "openingHoursSpecification": [*_weekdays(record), *_exceptions(record)],
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": str(item.value), "value": True}
            for item in page.amenities
        ],
    }
    if page.photo:
        told["image"] = request.build_absolute_uri(page.photo.get_rendition(SHARE_RENDITION).url)
    return {name: value for name, value in told.items() if value}


def resource(found: Resource, page: "SpacePage", path: str) -> dict[str, Any]:
    """A desk, room or machine inside its space."""
    told: dict[str, Any] = {
        "@type": "Product" if found.kind == Resource.Kind.EQUIPMENT else "Room",
        "name": str(found),
        "description": found.shown_description,
        "url": f"{page.full_url}{path}",
    }
    if found.kind != Resource.Kind.EQUIPMENT:
        told["containedInPlace"] = {"@id": _name(page), "name": page.title}
        told["maximumAttendeeCapacity"] = found.capacity
    return {name: value for name, value in told.items() if value}


def _name(page: "SpacePage") -> str:
    return f"{page.full_url}#space"


def _weekdays(record: Space) -> list[dict[str, str]]:
    return [_hours(row, dayOfWeek=WEEKDAYS[row.weekday]) for row in record.hours.all()]


def _hours(row: OpeningHours, **more: str) -> dict[str, str]:
    told = {"@type": "OpeningHoursSpecification", **more}
    return told | {"opens": f"{row.opens:%H:%M}", "closes": f"{row.closes:%H:%M}"}


def _exceptions(record: Space) -> list[dict[str, str]]:
    """Other hours in the coming months; a closed day opens and closes at midnight."""
    today = day_of(clock.now())
    ahead = record.exceptions.filter(day__gte=today, day__lte=today + EXCEPTIONS_AHEAD)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": one.day.isoformat(),
            "validThrough": one.day.isoformat(),
            "opens": f"{one.opens:%H:%M}" if one.opens else "00:00",
            "closes": f"{one.closes:%H:%M}" if one.closes else "00:00",
        }
        for one in ahead.order_by("day")
    ]
