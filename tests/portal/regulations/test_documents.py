"""What the database refuses, and whether a document is in force."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portal.core import clock
from portal.regulations.models import OfficialDocument, Relation, Standing
from tests.factories.regulations import (
    IssuerFactory,
    OfficialDocumentFactory,
    RelationFactory,
    file_of,
)

pytestmark = pytest.mark.django_db
Kind = Relation.Kind


def refused(**facts: object) -> bool:
    """Does the database itself say no to this document?"""
    try:
        with transaction.atomic():
            OfficialDocumentFactory(**facts)
    except IntegrityError:
        return True
    return False


def test_a_number_stands_once_an_issuer() -> None:
    OfficialDocumentFactory(number="42/2022/NĐ-CP")
    assert refused(number=" 42 / 2022 / nđ-cp")
    other = IssuerFactory(slug="bo", label="Bộ")
    assert not refused(number="42/2022/NĐ-CP", issuer=other)


def test_two_issuers_with_one_number_have_two_addresses() -> None:
    province = IssuerFactory(slug="ubnd-tinh", label="UBND tỉnh")
    ward = IssuerFactory(slug="ubnd-xa", label="UBND xã")
    facts = {"number": "5/QĐ-UBND"}
    first = OfficialDocumentFactory(issuer=province, **facts)
    second = OfficialDocumentFactory(issuer=ward, **facts)
    assert (first.slug, second.slug) == ("5-qd-ubnd", "5-qd-ubnd-ubnd-xa")


def test_an_address_follows_the_number_until_it_is_public() -> None:
    document = OfficialDocumentFactory(number="1/QĐ-SKHCN", draft=True)
    document.number = "2/QĐ-SKHCN"
    document.save()
    assert document.slug == "2-qd-skhcn"
    document.published_on = date(2024, 3, 1)
    document.number = "3/QĐ-SKHCN"
    document.save()
    assert document.slug == "2-qd-skhcn"


@pytest.mark.parametrize(
    ("dates", "no"),
    [
        ({"expires_on": date(2024, 3, 1)}, True),
        ({"expires_on": date(2024, 3, 2)}, False),
        ({"effective_on": date(2024, 5, 1), "expires_on": date(2024, 5, 1)}, True),
        ({"effective_on": date(2024, 5, 1), "expires_on": date(2024, 5, 2)}, False),
        ({"effective_on": date(2024, 1, 1)}, False),
        ({"number": ""}, True),
        ({"subject": " "}, True),
    ],
)
def test_dates_and_words_that_cannot_be(dates: dict, no: bool) -> None:
    assert refused(**dates) is no


def test_relations_that_cannot_be() -> None:
    one, two = OfficialDocumentFactory(), OfficialDocumentFactory()
    RelationFactory(document=one, other=two)
    for facts in (
        {"document": one, "other": one},
        {"document": one, "other": two},
        {"document": one, "other": two, "kind": "eats"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RelationFactory(**facts)
    RelationFactory(document=one, other=two, kind=Kind.GUIDES)


def test_what_others_rest_on_stays() -> None:
    one, two = OfficialDocumentFactory(), OfficialDocumentFactory()
    RelationFactory(document=one, other=two)
    file = file_of(one)
    for held in (two, one.kind, one.issuer, file):
        with pytest.raises(ProtectedError):
            held.delete()


def test_a_document_comes_into_force_and_ends_by_the_clock(at) -> None:
    document = OfficialDocumentFactory(
        issued_on=date(2026, 1, 10),
        effective_on=date(2026, 3, 1),
        expires_on=date(2026, 6, 1),
    )
    for moment, standing in [
        ("2026-02-28 23:59:59", Standing.COMING),
        ("2026-03-01 00:00:00", Standing.IN_FORCE),
        ("2026-05-31 23:59:59", Standing.IN_FORCE),
        ("2026-06-01 00:00:00", Standing.EXPIRED),
    ]:
        at(moment)
        assert document.status == standing, moment


def test_without_a_day_of_effect_it_counts_from_its_issue(at) -> None:
    at("2026-01-10 08:00:00")
    assert OfficialDocumentFactory(issued_on=date(2026, 1, 10)).status == Standing.IN_FORCE


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        (Kind.REPLACES, Standing.EXPIRED),
        (Kind.REPEALS, Standing.EXPIRED),
        (Kind.REPEALS_PART, Standing.PARTLY),
        (Kind.AMENDS, Standing.PARTLY),
        (Kind.SUSPENDS, Standing.SUSPENDED),
        (Kind.GUIDES, Standing.IN_FORCE),
        (Kind.BASED_ON, Standing.IN_FORCE),
    ],
)
def test_a_relation_acts_once_its_document_is_in_effect(at, kind: str, standing: Standing) -> None:
    old = OfficialDocumentFactory()
    new = OfficialDocumentFactory(issued_on=date(2026, 1, 1), effective_on=date(2026, 2, 1))
    RelationFactory(document=new, other=old, kind=kind)
    at("2026-01-31 12:00:00")
    assert old.status == Standing.IN_FORCE
    at("2026-02-01 00:00:00")
    assert old.status == standing


def test_what_is_ended_stays_ended_and_a_suspension_does_not(at) -> None:
    facts = {"issued_on": date(2026, 1, 1), "expires_on": date(2026, 3, 1)}
    replaced, suspended = OfficialDocumentFactory(), OfficialDocumentFactory()
    RelationFactory(document=OfficialDocumentFactory(**facts), other=replaced)
    RelationFactory(document=OfficialDocumentFactory(**facts), other=suspended, kind=Kind.SUSPENDS)
    at("2026-02-28 12:00:00")
    assert (replaced.status, suspended.status) == (Standing.EXPIRED, Standing.SUSPENDED)
    at("2026-03-01 12:00:00")
    assert (replaced.status, suspended.status) == (Standing.EXPIRED, Standing.IN_FORCE)


def test_the_end_says_more_than_a_change(at) -> None:
    old = OfficialDocumentFactory()
    for kind in (Kind.AMENDS, Kind.SUSPENDS, Kind.REPEALS):
        RelationFactory(document=OfficialDocumentFactory(), other=old, kind=kind)
    assert old.status == Standing.EXPIRED


def test_a_draft_changes_nothing_yet() -> None:
    old = OfficialDocumentFactory()
    RelationFactory(document=OfficialDocumentFactory(draft=True), other=old)
    assert old.status == Standing.IN_FORCE


def test_a_list_knows_each_standing_in_one_query(django_assert_num_queries) -> None:
    old = OfficialDocumentFactory()
    RelationFactory(document=OfficialDocumentFactory(), other=old)
    with django_assert_num_queries(1):
        found = {one.pk: one.status for one in OfficialDocument.objects.with_standing()}
    assert sorted(found.values()) == [Standing.EXPIRED, Standing.IN_FORCE]


def test_published_from_a_day_on(at) -> None:
    at("2026-01-10 12:00:00")
    today = clock.today()
    shown = OfficialDocumentFactory(published_on=today)
    OfficialDocumentFactory(published_on=date(2026, 1, 11))
    OfficialDocumentFactory(draft=True)
    assert list(OfficialDocument.objects.published()) == [shown]
    assert shown.is_public
