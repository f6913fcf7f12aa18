"""The ground floor in Wagtail's back office: registers, and slugs of Vietnamese titles."""

import json
import re
import unicodedata
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from portal.core import clock
from portal.core.admin_slugs import FORMATTERS, VietnameseSlugInput
from portal.core.models import ConsentText, SentMail
from portal.core.text import nfc, slugify
from tests.factories.core import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(administrator, signed_in):
    return signed_in(administrator)


def test_registers_are_listed(office):
    UnitFactory(full_name="Tỉnh Tây Ninh")
    SentMail.objects.create(to="lan@demo.example", subject="Biên nhận")
    for name, text in [
        ("administrative_units", "Tỉnh Tây Ninh"),
        ("consent_texts", "Điều khoản sử dụng"),
        ("sent_mails", "Biên nhận"),
    ]:
        page = office.get(reverse(f"{name}:index"))
        assert page.status_code == 200
        assert text in page.content.decode()


def test_units_are_ended_and_never_deleted(office):
    unit = UnitFactory()
    assert office.get(reverse("administrative_units:edit", args=[unit.pk])).status_code == 200
    refused = office.post(reverse("administrative_units:delete", args=[unit.pk]))
    assert refused.status_code == 302
    unit.refresh_from_db()


def test_the_log_of_mails_can_only_be_read(office):
    mail = SentMail.objects.create(to="x@demo.example", subject="Biên nhận", text="Mã 123456")
    shown = office.get(reverse("sent_mails:inspect", args=[mail.pk])).content.decode()
    assert "x@demo.example" in shown
    assert "123456" not in shown
    assert office.get(reverse("sent_mails:add")).status_code == 302
    for name in ("edit", "delete"):
        assert office.post(reverse(f"sent_mails:{name}", args=[mail.pk])).status_code == 302
    mail.refresh_from_db()
    assert mail.subject == "Biên nhận"


def test_a_consent_text_is_frozen_once_it_is_in_force(office):
    coming = ConsentText.objects.create(
        purpose="terms_of_use",
        version=2,
        title="Điều khoản mới",
        body="Sẽ có hiệu lực.",
        valid_from=clock.now() + timedelta(days=3),
    )
    assert office.get(reverse("consent_texts:edit", args=[coming.pk])).status_code == 200
    text = ConsentText.current("terms_of_use")
    edit = reverse("consent_texts:edit", args=[text.pk])
    for address in (edit, reverse("consent_texts:delete", args=[text.pk])):
        answer = office.post(address, {"title": "Khác", "body": "Khác"}, follow=True)
        assert answer.redirect_chain[0][0] == reverse("consent_texts:inspect", args=[text.pk])
    text.refresh_from_db()
    assert text.title == "Điều khoản sử dụng"


def test_people_without_rights_see_no_registers(person, signed_in):
    page = signed_in(person()).get(reverse("administrative_units:index"))
    assert page.status_code in {302, 403}


@pytest.mark.parametrize("title", ["Đổi mới sáng tạo", "ĐỔI MỚI", "Ứng dụng ở xã Hoà Thành"])
def test_the_slug_field_folds_as_the_server_does(title):
    folded = nfc(title)
    for pattern, base in FORMATTERS:
        folded = pattern.sub(base, folded)
    assert folded.isascii()
    assert folded.lower().replace(" ", "-") == slugify(title)


def test_the_slug_field_takes_decomposed_text():
    folded = unicodedata.normalize("NFD", "Đổi mới")
    for pattern, base in FORMATTERS:
        folded = pattern.sub(base, folded)
    assert folded == "doi moi"


def formatters_of(page, name="slug"):
    field = BeautifulSoup(page.content, "html.parser").find("input", {"name": name})
    return json.loads(field["data-w-slug-formatters-value"])


def test_the_page_editor_and_the_copy_form_use_our_slug_field(office, site_root_and_page_model):
    root, model = site_root_and_page_model
    page = office.get(
        reverse("wagtailadmin_pages:add", args=["pages", model.__name__.lower(), root.pk])
    )
    patterns = formatters_of(page)
    assert [["đ", "gu"], "d"] in [
        [[p[0].strip("[]").replace("Đ", ""), p[1]], b] for p, b in patterns
    ]
    made = root.add_child(instance=model(title="Một trang"))
    copy = office.get(reverse("wagtailadmin_pages:copy", args=[made.pk]))
    assert formatters_of(copy, "new_slug") == patterns


def test_formatters_reach_the_browser_as_regular_expressions():
    drawn = BeautifulSoup(VietnameseSlugInput().render("slug", ""), "html.parser").input
    for (pattern, flags), _base in json.loads(drawn["data-w-slug-formatters-value"]):
        assert flags == "gu"
        assert re.compile(pattern)


@pytest.fixture
def site_root_and_page_model():
    from portal.pages.models import StandardPage

    return Page.objects.get(depth=2), StandardPage


def test_a_page_made_with_a_title_only_has_a_vietnamese_slug(site_root_and_page_model):
    root, model = site_root_and_page_model
    live = root.add_child(instance=model(title="Đổi mới sáng tạo"))
    draft = root.add_child(instance=model(title="Đổi mới sáng tạo", live=False))
    signs = root.add_child(instance=model(title="???"))
    assert (live.slug, draft.slug, signs.slug) == (
        "doi-moi-sang-tao",
        "doi-moi-sang-tao-2",
        "trang",
    )


def test_a_page_made_in_the_back_office_with_a_title_only(office, site_root_and_page_model):
    root, model = site_root_and_page_model
    address = reverse("wagtailadmin_pages:add", args=["pages", model.__name__.lower(), root.pk])
    answer = office.post(
        address,
        nested_form_data({"title": "Đổi mới", "slug": "", "body": streamfield([])}),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert model.objects.get(draft_title="Đổi mới").slug == "doi-moi"


def test_pages_are_found_without_accents(site_root_and_page_model):
    root, model = site_root_and_page_model
    page = root.add_child(instance=model(title="Đổi mới", summary="Sắn và mì"))
    assert "doi moi san va mi" in page.folded_text


def test_dialogues_for_links_have_no_english_label(office):
    for kind in ("external", "email", "phone", "anchor"):
        shown = office.get(reverse(f"wagtailadmin_choose_page_{kind}_link")).json()["html"]
        labels = [
            label.get_text(strip=True) for label in BeautifulSoup(shown, "html.parser")("label")
        ]
        assert len(labels) >= 2
        assert "Link text" not in labels
