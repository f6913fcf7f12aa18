"""The design system to look at: every component in every state, on one page of the back office.

The words are samples, as those of the previews of blocks are, and stay Vietnamese.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.auth import require_admin_access
from wagtail.images import get_image_model

from portal.core import charts
from portal.core.extension_points import Point, Series, Upcoming

ROLES = (
    *("surface", "raised", "sunken", "ink", "muted", "action", "danger", "warn-text"),
    *("warn-graphic", "info", "hairline", "field"),
)
TONES = ("ok", "info", "warn", "danger", "")
CHIP_ICONS = {"ok": "check", "info": "info", "warn": "triangle-alert", "danger": "x", "": ""}

SERIES = (
    Series(
        "Hồ sơ theo mùa",
        "hồ sơ",
        [Point("2024", 18), Point("2025", 42), Point("2026", 30), Point("2027", 61)],
        over_time=True,
    ),
    Series(
        "Tổ chức theo loại hình", "tổ chức", [Point("Doanh nghiệp", 24), Point("Hợp tác xã", 9)]
    ),
)
AGENDA_DAY = datetime(2026, 12, 7, 10, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ.")
    text = forms.CharField(label="Giới thiệu", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label="Loại hình", choices=[("", "Chọn loại hình"), ("a", "Hợp tác xã")]
    )
    way = forms.ChoiceField(
        label="Cách nhận", choices=[("a", "Qua thư"), ("b", "Tại Sở")], widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label="Lĩnh vực",
        choices=[("a", "Nông nghiệp"), ("b", "Môi trường")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="Tôi đồng ý")
    frozen = forms.CharField(label="Không sửa được", initial="KN2026-001", disabled=True)


@require_admin_access
def design(request: HttpRequest) -> HttpResponse:
    """The page. Its forms are never stored and its links lead nowhere."""
    return render(request, "core/design.html", _samples())


def _samples() -> dict[str, Any]:
    steps = [("Thông tin chung", "done"), ("Nội dung", "started"), ("Tệp", "error"), ("Nhóm", "")]
    return {
        "roles": ROLES,
        "chips": [{"tone": tone, "icon": CHIP_ICONS[tone]} for tone in TONES],
        "tones": [tone for tone in TONES if tone],
        "icons": _icons(),
        "facts": [{"name": "Mã số", "value": "KN2026-001"}, {"name": "Bảng", "value": "Ý tưởng"}],
        "figures": [
            {"value": "30", "label": "hồ sơ đã nộp"},
            {"value": "96", "label": "xã, phường", "unit": "đơn vị"},
        ],
        "bars": [
            {"label": "Tính mới", "value": "25", "share": 100},
            {"label": "Đội ngũ", "value": "15", "share": 60, "tone": "muted"},
        ],
        "charts": [charts.chart_of(series) for series in SERIES],
        "heat": charts.heat_map(
            "Tỷ lệ sử dụng",
            "Cao nhất: thứ Ba, 8–9 giờ, 100 %",
            ["T2", "T3", "T4", "T5"],
            ["8–9", "9–10"],
            {(0, 0): 0, (1, 0): 100, (2, 0): 35, (0, 1): 12, (1, 1): 55, (2, 1): 78},
        ),
        "agenda": [
            Upcoming("Hết hạn nộp hồ sơ", AGENDA_DAY, "Hạn chót", "#", "Cuộc thi 2027"),
            Upcoming("Ngày hội kết nối", AGENDA_DAY + timedelta(days=24), "Sự kiện"),
        ],
        "partners": [
            {"name": "Trường Đại học Ví Dụ", "url": "#"},
            {"name": "Không có địa chỉ", "url": ""},
        ],
        "image": get_image_model().objects.order_by("-pk").first(),
        "timeline": [
            {"title": "Nhận hồ sơ", "when": "07/11/2026", "state": "done"},
            {"title": "Chấm điểm", "when": "15/12/2026", "state": "now", "text": "6 giám khảo"},
            {"title": "Công bố", "when": "04/01/2027", "state": "next", "url": "#"},
        ],
        "steps": [
            {"title": title, "state": state, "url": "#", "current": state == "started"}
            for title, state in steps
        ],
        "tabs": [
            {"title": "Tất cả", "url": "#", "current": True, "count": 12},
            {"title": "Chờ duyệt", "url": "#", "count": 3},
        ],
        "save_states": [
            {"id": f"state-{number}", "state": state, "text": text}
            for number, (state, text) in enumerate(
                [
                    ("", "Chưa lưu gì"),
                    ("saved", "Đã lưu lúc 14:05"),
                    ("failed", "Chưa lưu được"),
                    ("kept", "Đã lưu trên máy, chờ mạng"),
                ]
            )
        ],
        "page_obj": Paginator(range(120), 20).page(3),
        "form": SampleForm(auto_id="empty_%s"),
        "refused": SampleForm({"name": "", "frozen": ""}, auto_id="refused_%s", prefix="refused"),
        "crumbs": [{"title": "Trang chủ", "url": "#"}, {"title": "Hệ thiết kế", "url": ""}],
    }


@cache
def _icons() -> list[str]:
    """The names in the sprite, in its order."""
    with open(str(finders.find("portal/icons.svg")), encoding="utf-8") as sprite:
        return re.findall(r'id="([a-z0-9-]+)"', sprite.read())
