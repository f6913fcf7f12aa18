"""`python -m tests.benchmarks market`: the catalogue of offers over 100,000 of them, as ratios.

Asks what a page of results asks: the words, the counts of all facets and the first offers. Each
question finds equally many among 1,000 offers and after 99,000 others were stored beside them; what
everybody sees first, nothing asked, is measured with its counts kept, as the portal keeps them.
Works on a scratch database beside the configured one and drops it.
"""

import argparse
import itertools
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

FEW, MANY = 1_000, 100_000
AS_FAST = 4.0
"""The most a question may cost with MANY stored, as a multiple of the cost with FEW."""
MOST_QUERIES = 8
HITS = 24
MORE_HITS = 300
"""Both among the first FEW; the others hold none of these words."""

ASKED: dict[str, dict[str, Any]] = {
    "words": {"q": "sấy sầu riêng"},
    "words, no accents": {"q": "say sau rieng"},
    "half typed": {"q": "sấy sầu ri"},
    "many words": {"q": "tưới nhỏ giọt"},
    "by a synonym": {"q": "heo rừng lai"},
    "words and facets": {"q": "tưới nhỏ giọt", "loai": "thiet-bi", "san-pham": "mia"},
    "words, by payback": {"q": "tưới nhỏ giọt", "sap-xep": "hoan-von"},
    "nothing like it": {"q": "xổ số kiến thiết"},
}
"""By what it shows, the parameters of the address."""
ALL: dict[str, dict[str, Any]] = {
    "nothing asked": {},
    "one crop": {"san-pham": "mia"},
    "half of them": {"q": "nông dân"},
}
"""These find more where there are more: they are told, and held to MOST_QUERIES only."""


def told(number: int, chance: random.Random, syllables: list[str]) -> tuple[str, str]:
    """Title and text of one offer. The words that are asked for stand in the first FEW only."""
    words = chance.choices(syllables, k=90)
    if number < HITS:
        words += ["sấy", "sầu", "riêng", "lợn", "rừng", "lai"]
    if number % 2:
        words += ["nông", "dân"]
    if number < MORE_HITS:
        words += ["tưới", "nhỏ", "giọt"]
    chance.shuffle(words)
    return f"Máy {' '.join(words[:7])} {number}", " ".join(words[7:])


def offers(first: int, size: int, kinds: list[Any], stages: list[Any]) -> Iterator[Any]:
    """Offers as their rows stand when they are public."""
    from events.techmart.models import Offer
    from portal.core import clock
    from portal.search.words import searchable
    from tests.benchmarks.search import syllables

    chance = random.Random(first)
    known = syllables(" ".join(asked.get("q", "") for asked in (ASKED | ALL).values()) + " lợn")
    began = clock.now() - timedelta(days=100)
    for number in range(first, first + size):
        title, text = told(number, chance, known)
        costs = [chance.randrange(50, 900) * 1_000_000 for _amount in range(3)]
        yield Offer(
            title=title,
            kind=kinds[number % len(kinds)],
            stage=stages[number % len(stages)],
            trl=number % 9 + 1,
            problem=text[:300],
            summary=text[:200],
            advantages=text[-200:],
            price_kind="range" if number % 3 else "negotiable",
            price_min=costs[0] if number % 3 else None,
            price_max=costs[0] * 2 if number % 3 else None,
            payback_months=chance.choice([None, *range(3, 60)]),
            live=True,
            first_published_at=began - timedelta(minutes=number),
            sort_key=title,
            folded_text=searchable(f"{title} {text}"),
        )


def fill(first: int, size: int) -> None:
    """Store public offers with their words of the vocabularies, and index what they say."""
    from django.db import connection

    from events.techmart import indexing
    from events.techmart.models import Offer, Term, TermList
    from events.techmart.models.offers import OfferStanding
    from portal.core import clock

    terms = {name: list(Term.objects.filter(list=name)) for name in TermList.values}
    made = offers(first, size, terms["offer_kind"], terms["stage"])
    while batch := list(itertools.islice(made, 1000)):
        Offer.objects.bulk_create(batch, batch_size=200)
        OfferStanding.objects.bulk_create(
            OfferStanding(
                record=one, code=f"B{one.pk}", slug=f"b-{one.pk}", last_confirmed_at=clock.now()
            )
            for one in batch
        )
        for field, name in (
            ("crops", "crop"),
            ("fields", "field"),
            ("sectors", "sector"),
            ("transfer_forms", "transfer_form"),
        ):
            through = Offer._meta.get_field(field).remote_field.through
            through._base_manager.bulk_create(
                through(offer_id=one.pk, term=terms[name][(one.pk + more) % len(terms[name])])
                for one in batch
                for more in (0, 3)
            )
    indexing.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(asked: dict[str, Any]) -> tuple[int, int, float]:
    """Offers found, queries, and the median milliseconds."""
    from django.db import connection
    from django.http import QueryDict
    from django.test.utils import CaptureQueriesContext

    from events.techmart.presenting.catalogue import browse
    from tests.benchmarks.search import milliseconds

    parameters = QueryDict(urlencode(asked))
    found = browse(parameters).total
    with CaptureQueriesContext(connection) as queries:
        browse(parameters)
    return found, len(queries), milliseconds(lambda: browse(parameters), times=9)


def run() -> int:
    """Measure with few and with many; answer 1 when a limit is passed."""
    from django.db import connection

    fill(0, FEW)
    few = {name: measure(asked) for name, asked in (ASKED | ALL).items()}
    fill(FEW, MANY - FEW)
    many = {name: measure(asked) for name, asked in (ASKED | ALL).items()}
    print(f"  {connection.vendor}: {FEW:,} offers; {MANY:,}")
    missed = []
    for name, (hits, queries, cost) in many.items():
        before, _queries, base = few[name]
        limit = f" of at most {AS_FAST:g}" if name in ASKED else ""
        print(
            f"  {name:18} {before:6} {base:7.2f} ms {hits:6} {cost:7.2f} ms, {queries} queries: "
            f"{cost / base:5.2f}{limit}"
        )
        slow = name in ASKED and (before != hits or cost / base > AS_FAST)
        if slow or queries > MOST_QUERIES:
            missed.append(name)
    if missed:
        print(f"Not as wanted: {', '.join(missed)}")
    return 1 if missed else 0


def main() -> int:
    from tests.benchmarks.bookings import scratch_database

    argparse.ArgumentParser(
        prog="python -m tests.benchmarks market", description=__doc__
    ).parse_args()
    with scratch_database("market"):
        return run()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    sys.exit(main())
