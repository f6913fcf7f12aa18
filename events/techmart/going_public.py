"""What follows when an officer puts a record live or takes it down."""

from typing import Any

from wagtail.signals import published, unpublished

from events.techmart.models import Demand, Expert, MarketRecord, Offer, Supplier
from events.techmart.writing import STANDINGS, free_slug
from portal.core import clock
from portal.search.keeping_true import index_after_commit

THINGS = {Offer: "offer", Demand: "demand", Expert: "expert", Supplier: "supplier"}
"""The kinds under which search keeps records; `thing` says each name."""


def thing(record: MarketRecord) -> str:
    """The name under which search keeps a record."""
    return f"{THINGS[type(record)]}:{record.pk}"


def connect() -> None:
    """Called when the app is ready."""
    for model in THINGS:
        for signal, receiver in ((published, went_live), (unpublished, taken_down)):
            signal.connect(
                receiver,
                sender=model,
                dispatch_uid=f"techmart.{receiver.__name__}.{model.__name__}",
            )


def went_live(instance: MarketRecord, **_signal: Any) -> None:
    """Its address stands now, search finds it; what was just sent and read counts as confirmed."""
    standings = STANDINGS[type(instance)]._base_manager.filter(record=instance.pk)
    facts: dict[str, Any] = {"last_confirmed_at": clock.now(), "asked_to_confirm_at": None}
    if instance.first_published_at == instance.last_published_at:
        # Until now nobody knew its address: take it from the name that was approved.
        facts["slug"] = free_slug(instance)
    standings.update(**facts)
    index_after_commit([thing(instance)])


def taken_down(instance: MarketRecord, **_signal: Any) -> None:
    index_after_commit([thing(instance)])
