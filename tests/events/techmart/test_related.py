"""What belongs together: offers and demands, with the reason in words."""

from typing import Any

import pytest

from events.techmart.models import Demand, Offer
from events.techmart.presenting.related import SHOWN, demands_for, offers_for, similar_offers
from tests.factories.accounts import OrganisationFactory
from tests.factories.techmart import demand, offer, words

pytestmark = pytest.mark.django_db

RELATED_QUERIES = 8


def titles(found: Any) -> list[str]:
    return [one.record.title for one in found]


def crops(*slugs: str) -> dict[str, Any]:
    return {"crops": words("crop", *slugs)}


def sectors(*slugs: str) -> dict[str, Any]:
    return {"sectors": words("sector", *slugs)}


def test_the_nearest_stands_first_and_says_why() -> None:
    biogas = offer(
        title="Thu hồi khí sinh học từ nước thải tinh bột",
        **crops("khoai-mi"),
        **sectors("xu-ly-chat-thai"),
    )
    offer(title="Sấy bã mì", **crops("khoai-mi"))
    offer(title="Lọc nước thải chăn nuôi", **crops("khoai-mi"), **sectors("xu-ly-chat-thai"))
    offer(title="Đèn thanh long", **crops("thanh-long"))
    offer(title="Còn nháp", live=False, **crops("khoai-mi"))
    found = similar_offers(biogas)
    assert titles(found) == ["Lọc nước thải chăn nuôi", "Sấy bã mì"]
    assert "khoai mì" in found[0].reason
    assert "“nước thải”" in found[0].reason
    assert "khoai mì" in found[1].reason
    assert "nước thải" not in found[1].reason


def test_demands_and_offers_find_each_other() -> None:
    near = {**crops("khoai-mi"), **sectors("xu-ly-chat-thai")}
    wanted = demand(title="Xử lý nước thải mì mùa mưa", min_trl=7, **near)
    ready = offer(title="Bể kỵ khí", trl=9, **near)
    idea = offer(title="Ý tưởng mới", trl=3, **near)
    unknown = offer(title="Không rõ", **near)
    assert set(titles(offers_for(wanted))) == {ready.title, unknown.title}
    assert titles(demands_for(ready)) == [wanted.title]
    assert demands_for(idea) == []


def test_a_demand_of_three_fields_is_answered_by_its_words() -> None:
    wanted = demand(title="Mùi hôi mủ cao su quanh xưởng")
    offer(title="Chế phẩm khử mùi hôi", problem="Sơ chế mủ cao su bốc mùi hôi.")
    offer(title="Máy băm mía")
    [found] = offers_for(wanted)
    assert found.record.title == "Chế phẩm khử mùi hôi"
    assert "“mùi hôi”" in found.reason


def test_a_sector_alone_is_too_little() -> None:
    wanted = demand(title="Nhận diện sổ tay", **sectors("trong-trot"))
    offer(title="Máy cấy lúa", **sectors("trong-trot"))
    assert offers_for(wanted) == []


def test_words_that_every_title_holds_relate_nothing() -> None:
    demand(title="Hệ thống tự động")
    offer(title="Hệ thống tự động cho nhà máy")
    assert offers_for(Demand.objects.get()) == []


def test_whose_it_is_never_counts() -> None:
    owner = OrganisationFactory()
    one = offer(owner, title="Máy băm mía", anonymous=True)
    plain = {"problem": "Đêm dài.", "summary": "Đèn.", "advantages": "Rẻ."}
    offer(owner, title="Đèn thanh long", **plain)
    assert similar_offers(one) == []


def test_only_a_few_are_shown() -> None:
    one = offer(title="Máy", **crops("mia"))
    for number in range(SHOWN + 3):
        offer(title=f"Khác {number}", **crops("mia"))
    assert len(similar_offers(one)) == SHOWN


@pytest.mark.parametrize("count", [1, 5])
def test_it_costs_the_same(count: int, django_assert_num_queries: Any) -> None:
    one = offer(title="Máy băm mía", **crops("mia"), **sectors("trong-trot"))
    for number in range(count):
        offer(title=f"Băm mía {number}", **crops("mia"), **sectors("trong-trot"))
    read = Offer.objects.public().get(pk=one.pk)
    with django_assert_num_queries(RELATED_QUERIES):
        similar_offers(read)
