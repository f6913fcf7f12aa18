"""Choosers show drafts and names: they are for those who may read the lists behind them."""

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import directory, techmart
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

CHOOSERS = (
    "directory_startupprofile",
    "techmart_offer",
    "techmart_demand",
    "techmart_expert",
    "techmart_supplier",
)
READERS = {
    "directory_startupprofile": {"editor", "officer", "director"},
    **{name: {"officer", "director"} for name in CHOOSERS[1:]},
}


@pytest.fixture
def hidden(db: None) -> dict[str, Any]:
    """A draft of each kind, under a name that nobody else has."""
    return {
        "directory_startupprofile": directory.draft(name="Nháp Giấu Kín"),
        "techmart_offer": techmart.offer(live=False, title="Nháp Giấu Kín"),
        "techmart_demand": techmart.demand(live=False, title="Nháp Giấu Kín"),
        "techmart_expert": techmart.expert(live=False, full_name="Nháp Giấu Kín"),
        "techmart_supplier": techmart.supplier(live=False, name="Nháp Giấu Kín"),
    }


@pytest.mark.parametrize("role", ["front_desk", "editor", "officer", "director"])
def test_a_chooser_is_for_readers_of_its_list(
    hidden: dict[str, Any], role: str, signed_in: Any
) -> None:
    client = signed_in(UserFactory(**{role: True}))
    for name in CHOOSERS:
        space, record = f"wagtailsnippetchoosers_{name}", hidden[name]
        for address in (
            reverse(f"{space}:choose"),
            reverse(f"{space}:choose_results"),
            reverse(f"{space}:chosen", args=[record.pk]),
            f"{reverse(f'{space}:chosen_multiple')}?id={record.pk}",
        ):
            answer = client.get(address, headers={"X-Requested-With": "XMLHttpRequest"})
            reads = role in READERS[name]
            assert (answer.status_code == 200) is reads, (role, address)
            assert reads or "Giấu" not in answer.content.decode(), address


@pytest.mark.parametrize("key", ["abc", "9" * 30, "-1"])
def test_a_key_that_is_none_is_not_found(hidden: dict[str, Any], key: str, signed_in: Any) -> None:
    client = signed_in(UserFactory(officer=True))
    for name in CHOOSERS:
        space = f"wagtailsnippetchoosers_{name}"
        assert client.get(reverse(f"{space}:chosen", args=[key])).status_code == 404
        several = f"{reverse(f'{space}:chosen_multiple')}?id={key}&id={hidden[name].pk}"
        assert client.get(several).status_code == 200
