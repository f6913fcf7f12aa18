"""An event for machines, in the words of schema.org."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from portal.core.pages import SHARE_RENDITION

if TYPE_CHECKING:
    from events.programme.models.pages import EventPage

KINDS = {
    "workshop": "EducationEvent",
    "training": "EducationEvent",
    "demo_day": "ExhibitionEvent",
    "fair": "ExhibitionEvent",
    "pitch_final": "Event",
    "consultation": "BusinessEvent",
}


def event(page: "EventPage", request: HttpRequest) -> dict[str, Any]:
    """What is not known is not told."""
    record = page.event
    state = "EventCancelled" if record.is_called_off else "EventScheduled"
    sign_up = getattr(record, "sign_up", None)
    mode = "Mixed" if sign_up and sign_up.online_link else "Offline"
    told: dict[str, Any] = {
        "@type": KINDS[record.kind],
        "name": page.title,
        "description": page.summary,
        "url": page.full_url,
        "startDate": timezone.localtime(record.starts).isoformat(),
        "endDate": timezone.localtime(record.ends).isoformat(),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "isAccessibleForFree": True,
        "inLanguage": page.locale.language_code,
        "location": {
            "@type": "Place",
            "name": record.shown_venue,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": record.address,
                "addressLocality": record.unit.full_name if record.unit else "",
                "addressCountry": "VN",
            },
        },
    }
    if record.host:
        told["organizer"] = {"@type": "Organization", "name": record.shown_host}
    if record.series:
        told["superEvent"] = {"@type": "EventSeries", "name": record.series.shown_name}
    if page.photo:
        told["image"] = request.build_absolute_uri(page.photo.get_rendition(SHARE_RENDITION).url)
    return {name: value for name, value in told.items() if value != ""}
