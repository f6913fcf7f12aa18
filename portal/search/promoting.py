"""What editors want to be seen first."""

from itertools import product

from django.db.models import Q
from wagtail.models import Page

from portal.search.finding import Query
from portal.search.models import Promotion

MOST = 3
MAX_SPELLINGS = 50


def promoted(query: Query, language: str) -> list[Promotion]:
    """Promotions one of whose phrases is asked for, by a synonym too; only pages anybody may read.

    A phrase is asked for when its words stand in the query one after another, whole.
    """
    if not query.words:
        return []
    asked = _spellings(query)
    shown = Promotion.objects.filter(language__in=["", language]).select_related("page")
    shown = shown.filter(Q(page=None) | Q(page__in=Page.objects.live().public()))
    meant = [
        one
        for one in shown
        if any(f" {phrase} " in spelling for phrase in one.phrases for spelling in asked)
    ]
    return meant[:MOST]


def _spellings(query: Query) -> list[str]:
    """The query, and what it says with synonyms in the places of its words."""
    places = [
        [" ".join(term.words), *(equal.folded for equal in term.equals)] for term in query.terms
    ]
    spellings = []
    for words in product(*places):
        spellings.append(f" {' '.join(words)} ")
        if len(spellings) == MAX_SPELLINGS:
            break
    return spellings
