"""An offer with everything that can be said of one, for pages, profiles and search."""

import io
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from events.techmart.models import IpRight, Offer, OfferPicture, OfferReference, OfferSpec
from portal.accounts.models import Organisation
from tests.factories.core import UnitFactory
from tests.factories.pages import ImageFactory
from tests.factories.techmart import offer, word, words

OWNER = "Công ty Khí Sinh Học Vàm Cỏ"
"""A name that no text of the offer holds: where it shows, the owner is told."""


def full_offer(organisation: Organisation, *, count: int = 1, **facts: Any) -> Offer:
    """`count` of each thing that there can be several of."""
    ward = UnitFactory(name="Tân Hội", kind="Xã", full_name="Xã Tân Hội")
    wanted: dict[str, Any] = {
        "title": "Thu hồi khí sinh học từ nước thải nhà máy tinh bột mì",
        "kind": word("offer_kind", "thiet-bi"),
        "problem": "Ao hở bốc mùi, tràn mỗi khi mưa lớn.",
        "summary": "Bể kỵ khí phủ bạt, khí dùng để sấy tinh bột.",
        "advantages": "Giảm 90% mùi, thay được than đá.",
        "description": "Nước thải vào bể kỵ khí.\n\nKhí được lọc và đốt.",
        "requirements": "1 ha đất, điện ba pha.",
        "environment": "Giảm phát thải mê-tan.",
        "support": "Bảo hành 24 tháng.",
        "fields": words("field", "moi-truong", "nang-luong"),
        "sectors": words("sector", "xu-ly-chat-thai"),
        "crops": words("crop", "khoai-mi"),
        "unit": ward,
        "trl": 9,
        "trl_evidence": "Biên bản nghiệm thu tháng 5/2024.",
        "transferred_count": 4,
        "capacity": 1500,
        "capacity_unit": "m³/ngày",
        "economy_unit": "nhà máy 100 tấn củ/ngày",
        "investment": 6_000_000_000,
        "yearly_cost_before": 4_000_000_000,
        "yearly_cost_after": 1_000_000_000,
        "ip_status": word("ip_status", "duoc-cap-van-bang"),
        "ownership": word("ownership", "chu-so-huu"),
        "transfer_rights": words("transfer_right", "khong-doc-quyen"),
        "transfer_methods": words("transfer_method", "dao-tao"),
        "transfer_forms": words("transfer_form", "mua-ban-thiet-bi"),
        "payments": words("payment", "tra-gon"),
        "price_kind": "range",
        "price_min": 3_000_000_000,
        "price_max": 8_000_000_000,
        "price_unit": "hệ thống",
        "video": "https://video.example/kenh-vam-co",
        "details": {"maker": "Xưởng Vàm Cỏ, Việt Nam", "power": "380 V, 30 kW"},
        "specs": [
            OfferSpec(name=f"Thể tích bể {n}", value="12.000", unit="m³") for n in range(count)
        ],
        "references": [
            OfferReference(
                user_name=f"Nhà máy Được Nêu {n}",
                unit=ward,
                year=2024,
                outcome="Tiết kiệm 2 tỷ mỗi năm",
                may_be_named=True,
            )
            for n in range(count)
        ]
        + [OfferReference(user_name=f"Nhà máy Giấu Tên {n}", unit=ward) for n in range(count)],
        "ip_rights": [
            IpRight(
                kind=word("ip_right", "sang-che"),
                application_number=f"1-2020-0{n}",
                grant_number=f"VN-{n}",
                granted_on=date(2023, 4, 5),
            )
            for n in range(count)
        ],
        "pictures": [
            OfferPicture(image=ImageFactory(), alt=f"Bể phủ bạt {n}", caption="Năm 2024")
            for n in range(count)
        ],
        **facts,
    }
    return offer(organisation, **wanted)


def telling_picture(name: str = "vam-co.jpg") -> Any:
    """A photograph whose file is named after the owner and says who took it and where."""
    exif = Image.Exif()
    exif[0x013B] = "Cong ty vam-co"
    exif[0x010E] = "vam-co"
    content = io.BytesIO()
    Image.new("RGB", (1280, 720), "green").save(content, "JPEG", exif=exif)
    return get_image_model().objects.create(
        title="Vàm Cỏ", file=ContentFile(content.getvalue(), name)
    )
