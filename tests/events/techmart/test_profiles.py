"""The profile of an offer on one page of A4: whole, readable, and silent about a veiled owner."""

from typing import Any

import pypdfium2
import pytest
from django.test import Client

from events.techmart.models import MarketPage, Offer, OfferPicture, OfferStanding
from portal.core import printing
from tests.events.techmart.full import OWNER, full_offer, telling_picture
from tests.factories.accounts import OrganisationFactory
from tests.factories.pages import english
from tests.factories.techmart import offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market")]

OFFER = "/techmart/cong-nghe/thu-hoi-khi-sinh-hoc-tu-nuoc-thai-nha-may-tinh-bot-mi/"
A4 = (595, 842)
PROFILE_QUERIES = 19


class Read:
    """A PDF as its reader has it."""

    def __init__(self, content: bytes) -> None:
        document = pypdfium2.PdfDocument(content)
        self.pages = len(document)
        self.size = tuple(round(side) for side in document[0].get_size())
        text = document[0].get_textpage().get_text_range()
        # PDFium's sign for a hyphen at the end of a line.
        self.text = " ".join(text.replace("\ufffe\r\n", "-").replace("\ufffe", "-").split())
        self.metadata = document.get_metadata_dict()
        self.raw = content


def profile(client: Client, url: str = f"{OFFER}ho-so/") -> Read:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return Read(answer.content)


def test_one_page_says_what_decides(client: Client) -> None:
    full_offer(OrganisationFactory(name=OWNER))
    read = profile(client)
    assert (read.pages, read.size) == (1, A4)
    for words in (
        "Thu hồi khí sinh học từ nước thải nhà máy tinh bột mì",
        "Ao hở bốc mùi, tràn mỗi khi mưa lớn.",
        "Giảm 90% mùi, thay được than đá.",
        "4.000.000.000",
        "24 tháng",
        OWNER,
        "http://localhost" + OFFER,
    ):
        assert words in read.text.replace("\u00a0", " "), words
    assert read.metadata["Title"].startswith("Thu hồi khí sinh học")
    assert "Giấu Tên" not in read.text


@pytest.mark.parametrize("length", [10, 400, 2000])
@pytest.mark.parametrize("word", ["nước thải ", "x"])
def test_it_is_one_page_whatever_is_written(client: Client, length: int, word: str) -> None:
    def text(most: int) -> str:
        return (word * most)[: min(length, most)].strip()

    made = full_offer(
        OrganisationFactory(name="Đ" * 200),
        title=text(200),
        problem=text(1500),
        advantages=text(2000),
        summary=text(600),
        requirements=text(2000),
        support=text(1500),
        economy_unit=text(60),
        price_unit=text(40),
    )
    read = profile(client, f"/techmart/cong-nghe/{made.standing.slug}/ho-so/")
    assert (read.pages, read.size) == (1, A4)
    assert made.standing.code in read.text


@pytest.mark.parametrize("marks", ['#import "x"', "*a* _b_ $x$ @ref <l> \\ `#", "]) #panic()"])
def test_what_people_write_is_never_markup(client: Client, marks: str) -> None:
    made = offer(problem=marks, summary=marks)
    read = profile(client, f"/techmart/cong-nghe/{made.standing.slug}/ho-so/")
    assert read.text.count(marks) == 2


def test_in_english(client: Client, market: MarketPage) -> None:
    english(market, title="Techmart")
    full_offer(OrganisationFactory(), title_en="Biogas from starch wastewater")
    read = profile(client, f"/en{OFFER}ho-so/")
    assert "Biogas from starch wastewater" in read.text
    assert "In real use at 2 places" in read.text


def test_a_veiled_owner_is_in_no_byte_of_it(client: Client) -> None:
    full_offer(
        OrganisationFactory(name=OWNER),
        anonymous=True,
        pictures=[OfferPicture(image=telling_picture(), alt="Bể phủ bạt")],
    )
    read = profile(client)
    for sign in (OWNER, "Vàm Cỏ", "vam-co", "Ngô Thị Mẫu", "Tân Hội", "VN-0"):
        assert sign not in read.text
        for encoding in ("utf-8", "utf-16-be", "latin-1"):
            assert sign.encode(encoding, "ignore") not in read.raw
    assert not read.metadata["Author"]
    assert OWNER not in str(read.metadata)
    assert "Sở giữ liên hệ" in read.text


def test_not_public_is_not_there(client: Client) -> None:
    made = offer(live=False)
    assert client.get(f"/techmart/cong-nghe/{made.standing.slug}/ho-so/").status_code == 404
    assert client.get("/techmart/cong-nghe/khong-co/ho-so/").status_code == 404
    shown = offer()
    OfferStanding.objects.filter(pk=shown.standing.pk).update(closed_at="2026-01-01T00:00Z")
    assert client.get(f"/techmart/cong-nghe/{shown.standing.slug}/ho-so/").status_code == 404


def test_same_data_same_bytes(client: Client) -> None:
    full_offer(OrganisationFactory())
    first = client.get(f"{OFFER}ho-so/").content
    printing._set.cache_clear()
    assert client.get(f"{OFFER}ho-so/").content == first


@pytest.mark.parametrize("count", [1, 5])
def test_it_costs_the_same(client: Client, count: int, django_assert_num_queries: Any) -> None:
    full_offer(OrganisationFactory(), count=count)
    client.get(f"{OFFER}ho-so/")
    with django_assert_num_queries(PROFILE_QUERIES):
        client.get(f"{OFFER}ho-so/")
    assert Offer.objects.public().count() == 1
