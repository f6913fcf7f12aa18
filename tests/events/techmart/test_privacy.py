"""No public way tells whose an anonymous offer or demand is: not by reading, not by asking."""

import io
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from events.techmart.models import MarketPage
from portal.accounts.models import Organisation
from portal.search.indexing import rebuild
from tests.events.techmart.full import full_offer
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.core import UnitFactory
from tests.factories.pages import english
from tests.factories.techmart import demand, offer, supplier, words

pytestmark = pytest.mark.django_db

NAME = "Giấu Kín Tầm Vông"
SIGNS = (NAME, "Giau Kin", "giau-kin", "giấu kín", "Xoèn Thị Quỵnh", "0987 654 321", "987654321")
"""The owner in every spelling: names, address, contact."""


@pytest.fixture
def company(db: None) -> Organisation:
    unit = UnitFactory(commune=True, name="Giấu Kín")
    return OrganisationFactory(name=NAME, unit=unit, owner=UserFactory(full_name="Xoèn Thị Quỵnh"))


@pytest.fixture
def hidden(market: MarketPage, company: Organisation) -> dict[str, Any]:
    """A full offer and a demand without a named owner, beside what the owner shows by name."""
    contact = {"contact_name": "Xoèn Thị Quỵnh", "contact_phone": "+84987654321"}
    one = full_offer(company, anonymous=True, unit=company.unit, **contact)
    wanted = demand(company, title="Khử mùi lò hơi", anonymous=True, unit=company.unit, **contact)
    offer(title="Bể lọc bên cạnh", crops=words("crop", "khoai-mi"))
    english(market, title="Techmart")
    rebuild()
    return {"offer": one, "demand": wanted}


def leaks(answer: Any) -> list[str]:
    """What an answer tells of the owner, in its body or its headers."""
    content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("application/pdf"):
        document = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
    else:
        text = content.decode()
    text += "".join(f"{name}: {value}\n" for name, value in answer.items())
    return [sign for sign in SIGNS if sign.lower() in text.lower()]


def test_no_page_feed_or_program_reads_the_owner(hidden: dict[str, Any]) -> None:
    one, wanted = hidden["offer"].standing, hidden["demand"].standing
    client = Client()
    read = [
        *(f"/techmart/{part}" for part in ("", "cong-nghe/", "nhu-cau/", "ket-qua/")),
        *("/techmart/cong-nghe/moi/feed/", "/techmart/nhu-cau/moi/feed/"),
        f"/techmart/cong-nghe/{one.slug}/",
        f"/techmart/cong-nghe/{one.slug}/ho-so/",
        f"/techmart/cong-nghe/{one.slug}/bao-sai/",
        f"/techmart/cong-nghe/so-sanh/?o={one.slug}&o=be-loc-ben-canh",
        f"/techmart/nhu-cau/{wanted.slug}/",
        f"/techmart/goi-lai/?cong-nghe={one.slug}",
        *(f"/en/techmart/cong-nghe/{part}" for part in ("", f"{one.slug}/")),
        *("/api/v1/offers", f"/api/v1/offers/{one.code}", "/api/v1/offers?format=csv"),
        *("/api/v1/demands", f"/api/v1/demands/{wanted.code}", "/api/v1/demands?format=csv"),
        *("/tim-kiem/?q=nuoc+thai", f"{reverse('search:suggestions')}?q=nuoc", "/sitemap.xml"),
        *("/", "/en/"),
    ]
    told = {}
    for address in read:
        answer = client.get(address)
        assert answer.status_code == 200, address
        if found := leaks(answer):
            told[address] = found
    assert told == {}


@pytest.mark.parametrize("typed", [NAME, "giau kin tam vong", "Xoèn Thị Quỵnh", "0987654321"])
def test_asking_for_the_owner_finds_neither(hidden: dict[str, Any], typed: str) -> None:
    client = Client()
    for address in ("/techmart/cong-nghe/", "/techmart/nhu-cau/", "/tim-kiem/"):
        page = client.get(address, {"q": typed}).content.decode()
        for record in hidden.values():
            assert str(record) not in page, address
    for kind in ("offers", "demands"):
        assert client.get(f"/api/v1/{kind}", {"q": typed}).json().get("items") is not None
        answer = client.get(f"/api/v1/{kind}", {"q": typed}).content.decode()
        assert all(str(record) not in answer for record in hidden.values())


def test_where_the_owner_is_finds_neither(hidden: dict[str, Any], company: Organisation) -> None:
    client = Client()
    for address in ("/techmart/cong-nghe/", "/techmart/nhu-cau/"):
        answer = client.get(address, {"dia-ban": company.unit_id}).content.decode()
        assert all(str(record) not in answer for record in hidden.values())


def test_the_owners_own_page_does_not_list_it(
    hidden: dict[str, Any], company: Organisation
) -> None:
    made = supplier(company, name=NAME)
    page = Client().get(f"/techmart/nha-cung-ung/{made.standing.slug}/").content.decode()
    assert NAME in page
    assert all(str(record) not in page for record in hidden.values())


def test_the_pdf_says_nothing_beside_its_text(hidden: dict[str, Any]) -> None:
    slug = hidden["offer"].standing.slug
    content = Client().get(f"/techmart/cong-nghe/{slug}/ho-so/").content
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    metadata = " ".join(str(value) for value in document.get_metadata_dict().values())
    document.close()
    assert [sign for sign in SIGNS if sign.lower() in metadata.lower()] == []
