"""New offers and demands as Atom, narrowed like their lists; nobody hidden is named."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from events.techmart.models import MarketPage
from tests.factories.accounts import OrganisationFactory
from tests.factories.techmart import demand, offer, words
from tests.reading import page_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, address: str) -> list[tuple[str, str]]:
    """(title, author) of each entry; the feed holds what RFC 4287 asks."""
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    for required in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{required}"), required
    found = []
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id", "").startswith("http")
        found.append(
            (
                entry.findtext(f"{ATOM}title", ""),
                entry.findtext(f"{ATOM}author/{ATOM}name", ""),
            )
        )
    return found


def test_offers_narrowed_as_the_catalogue_is(market: MarketPage, client: Client) -> None:
    company = OrganisationFactory(name="Cơ khí Thật Thà")
    offer(company, title="Máy băm lá mía", crops=words("crop", "mia"))
    offer(title="Sấy xoài", anonymous=True, problem="Xoài rớt giá.", summary="Sấy lạnh xoài.")
    offer(title="Chưa duyệt", live=False)
    everything = entries(client, "/techmart/cong-nghe/moi/feed/")
    assert everything == [("Sấy xoài", ""), ("Máy băm lá mía", "Cơ khí Thật Thà")]
    assert entries(client, "/techmart/cong-nghe/moi/feed/?san-pham=mia") == everything[1:]
    assert entries(client, "/techmart/cong-nghe/moi/feed/?q=xoai") == everything[:1]
    assert entries(client, "/techmart/cong-nghe/moi/feed/?q=qwxz") == []


def test_demands_too_and_both_lists_lead_there(market: MarketPage, client: Client) -> None:
    demand(title="Xử lý mùi trại heo")
    offer()
    assert [title for title, _author in entries(client, "/techmart/nhu-cau/moi/feed/")] == [
        "Xử lý mùi trại heo"
    ]
    for address in ("/techmart/cong-nghe/?q=mia", "/techmart/nhu-cau/"):
        link = page_of(client.get(address)).select_one("link[type='application/atom+xml']")
        assert link is not None
        assert client.get(link["href"]).status_code == 200
