"""The register in Wagtail's back office: entering, correcting, finding, taking out."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.core import clock
from portal.core.auditing import history
from portal.core.verdicts import Refused
from portal.regulations.models import DocumentKind, OfficialDocument, Relation
from portal.regulations.registering import delete_document, save_document
from tests.factories.accounts import UserFactory
from tests.factories.regulations import (
    IssuerFactory,
    KindFactory,
    OfficialDocumentFactory,
    RelationFactory,
    file_of,
)
from tests.reading import page_of, words

pytestmark = pytest.mark.django_db
MENU = "official_documents:index"


@pytest.fixture
def office(editor: Any, signed_in: Any) -> Any:
    return signed_in(editor)


def typed(**facts: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    relations, files = facts.pop("relations", []), facts.pop("files", [])
    initial = facts.pop("initial", 0)
    values = {
        "number": "12/2025/TT-BKHCN",
        "kind": KindFactory().pk,
        "issuer": IssuerFactory().pk,
        "subject": "Quy định thử",
        "subject_en": "",
        "signatory": "",
        "signatory_position": "",
        "issued_on": "2025-02-01",
        "effective_on": "",
        "expires_on": "",
        "published_on": "",
        "summary": "",
        "body": streamfield([]),
        "relations": inline_formset(relations, initial=initial),
        "files": inline_formset(files),
    }
    return nested_form_data({**values, **facts})


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


ADD = "official_documents:add"


def test_an_editor_registers_a_document(office: Any, editor: Any) -> None:
    old = OfficialDocumentFactory(issued_on=date(2020, 1, 1))
    sent = typed(
        number=" 12 / 2025 / TT – BKHCN",
        published_on="2025-02-02",
        relations=[{"kind": "replaces", "other": old.pk}],
    )
    response = office.post(reverse(ADD), sent)
    assert response.status_code == 302, errors(response)
    made = OfficialDocument.objects.get(slug="12-2025-tt-bkhcn")
    assert made.number == "12/2025/TT-BKHCN"
    assert list(made.relations.values_list("kind", "other")) == [("replaces", old.pk)]
    [line] = history(made)
    assert (line.action, line.user) == ("regulations.added", editor)
    assert line.data["relations"] == [f"replaces {old.number}"]


def test_a_change_is_logged_with_what_it_was(office: Any) -> None:
    document = OfficialDocumentFactory(subject="Cũ")
    other = OfficialDocumentFactory()
    RelationFactory(document=document, other=other, kind="guides")
    row = {"id": document.relations.get().pk, "kind": "guides", "other": other.pk, "DELETE": "on"}
    sent = typed(number=document.number, subject="Mới", relations=[row], initial=1)
    response = office.post(reverse("official_documents:edit", args=[document.pk]), sent)
    assert response.status_code == 302, errors(response)
    document.refresh_from_db()
    assert document.subject == "Mới"
    assert not Relation.objects.filter(document=document).exists()
    changes = history(document)[0].data["changes"]
    assert changes["subject"] == ["Cũ", "Mới"]
    assert changes["relations"] == [[f"guides {other.number}"], []]
    page = office.get(reverse("official_documents:history", args=[document.pk]))
    assert page.status_code == 200


def test_links_that_do_not_say_where_they_lead_are_named_and_saved(office: Any) -> None:
    text = '<p>Xem <a href="/van-ban/">tại đây</a>.</p>'
    document = OfficialDocumentFactory()
    address = reverse("official_documents:edit", args=[document.pk])
    for body, told in (([("paragraph", rich_text(text))], True), ([], False)):
        sent = typed(number=document.number, body=streamfield(body))
        shown = page_of(office.post(address, sent, follow=True)).select_one(".messages")
        assert ("“tại đây”. Hãy" in words(shown)) is told
        document.refresh_from_db()
        assert ("tại đây" in str(document.body)) is told


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": "không số"}, "number"),
        ({"number": "\u200b"}, "number"),
        ({"number": "7/2024/nđ-cp"}, "number"),
        ({"subject": " \u200b "}, "subject"),
        ({"issued_on": "31/02/2026"}, "issued_on"),
        ({"issued_on": "0001-01-01"}, "issued_on"),
        ({"effective_on": "2025-03-01", "expires_on": "2025-03-01"}, "expires_on"),
        ({"expires_on": "2025-02-01"}, "expires_on"),
        ({"published_on": "hôm qua"}, "published_on"),
        ({"kind": "999999999999999999999999"}, "kind"),
        ({"issuer": "abc"}, "issuer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(office: Any, facts: dict, field: str) -> None:
    OfficialDocumentFactory(number="7/2024/NĐ-CP")
    assert list(errors(office.post(reverse(ADD), typed(**facts)))) == [field]
    assert OfficialDocument.objects.count() == 1


def test_nothing_is_issued_in_the_future(office: Any) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    response = office.post(reverse(ADD), typed(issued_on=tomorrow.isoformat()))
    assert list(errors(response)) == ["issued_on"]


def test_relations_are_checked_row_by_row(office: Any) -> None:
    document = OfficialDocumentFactory(issued_on=date(2025, 2, 1))
    later = OfficialDocumentFactory(issued_on=date(2025, 3, 1))
    early = OfficialDocumentFactory(issued_on=date(2020, 3, 1))
    rows = [
        {"kind": "replaces", "other": document.pk},
        {"kind": "replaces", "other": later.pk},
        {"kind": "guides", "other": early.pk},
        {"kind": "guides", "other": early.pk},
        {"kind": "guides", "other": "abc"},
    ]
    sent = typed(number=document.number, relations=rows)
    response = office.post(reverse("official_documents:edit", args=[document.pk]), sent)
    assert response.status_code == 200
    shown = [list(row.errors) for row in response.context["form"].formsets["relations"].forms]
    assert shown == [["other"], ["other"], [], ["__all__"], ["other"]]
    assert not document.relations.exists()


@pytest.mark.parametrize("hostile", ["abc", "9" * 30, "-1", "1\x00", ""])
@pytest.mark.parametrize(
    "name",
    [
        *("relations-0-id", "relations-0-other", "relations-0-kind", "relations-INITIAL_FORMS"),
        *("relations-TOTAL_FORMS", "files-0-file", "files-0-id", "body-count", "topics"),
    ],
)
def test_a_tampered_form_is_answered(office: Any, name: str, hostile: str) -> None:
    document, other = OfficialDocumentFactory(), OfficialDocumentFactory()
    RelationFactory(document=document, other=other, kind="guides")
    attached = file_of(document)
    row = {"id": document.relations.get().pk, "kind": "guides", "other": other.pk}
    file = {"id": document.files.get().pk, "file": attached.pk}
    sent = typed(number=document.number, relations=[row], initial=1, files=[file])
    sent[name] = hostile
    response = office.post(reverse("official_documents:edit", args=[document.pk]), sent)
    assert response.status_code in {200, 302, 400}


def test_files_are_documents_people_can_read(office: Any) -> None:
    document = OfficialDocumentFactory()
    good, bad = file_of(document, "a.docx"), file_of(document, "b.zip")
    document.files.all().delete()
    for file, fields in ((bad, ["file"]), (good, [])):
        sent = typed(number=document.number, files=[{"file": file.pk}])
        response = office.post(reverse("official_documents:edit", args=[document.pk]), sent)
        if fields:
            rows = response.context["form"].formsets["files"].forms
            assert [list(row.errors) for row in rows] == [fields]
        else:
            assert response.status_code == 302
    assert [one.file for one in document.files.all()] == [good]


def test_what_others_relate_to_is_not_deleted(office: Any, editor: Any) -> None:
    old, new = OfficialDocumentFactory(), OfficialDocumentFactory()
    RelationFactory(document=new, other=old)
    file = file_of(new)
    response = office.post(reverse("official_documents:delete", args=[old.pk]))
    assert response.status_code == 302
    with pytest.raises(Refused) as refusal:
        delete_document(old, editor)
    assert refusal.value.code == "related"
    assert office.get(reverse("official_documents:delete", args=[new.pk])).status_code == 200
    assert office.post(reverse("official_documents:delete", args=[new.pk])).status_code == 302
    assert list(OfficialDocument.objects.all()) == [old]
    file.refresh_from_db()


def test_verbs_ask_who_is_there() -> None:
    document, reader = OfficialDocumentFactory(), UserFactory(director=True)
    for verb in (save_document, delete_document):
        with pytest.raises(Refused) as refusal:
            verb(document, reader)
        assert refusal.value.code == "not_editor"


def test_a_number_taken_meanwhile_is_refused(editor: Any) -> None:
    taken = OfficialDocumentFactory(number="7/2024/NĐ-CP")
    mine = OfficialDocumentFactory.build(
        number="7/2024/NĐ-CP", kind=taken.kind, issuer=taken.issuer
    )
    with pytest.raises(Refused) as refusal:
        save_document(mine, editor)
    assert (refusal.value.code, refusal.value.field) == ("taken", "number")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=du lieu", ["13/2023/NĐ-CP"]),
        ("q=42/2022", ["42/2022/NĐ-CP"]),
        ("year=2023", ["13/2023/NĐ-CP"]),
        ("standing=expired", ["13/2023/NĐ-CP"]),
        ("public=false", ["42/2022/NĐ-CP"]),
        ("", ["13/2023/NĐ-CP", "42/2022/NĐ-CP"]),
    ],
)
def test_the_list_is_searched_and_filtered(office: Any, query: str, found: list[str]) -> None:
    OfficialDocumentFactory(
        number="13/2023/NĐ-CP",
        subject="Bảo vệ dữ liệu",
        issued_on=date(2023, 4, 17),
        expires_on=date(2024, 1, 1),
    )
    OfficialDocumentFactory(number="42/2022/NĐ-CP", issued_on=date(2022, 6, 24), draft=True)
    page = page_of(office.get(f"{reverse(MENU)}?{query}"))
    titles = [cell.get_text(strip=True) for cell in page.select("table.listing td.title a")]
    assert [title for title in titles if "/" in title] == found
    for kind in ("kind", "issuer"):
        assert page.select(f'[name="{kind}"]')


def test_the_list_costs_the_same(office: Any, django_assert_max_num_queries: Any) -> None:
    for _number in range(20):
        OfficialDocumentFactory()
    office.get(reverse(MENU))
    with django_assert_max_num_queries(20):
        office.get(reverse(MENU))


def test_the_chooser_searches_without_accents(office: Any) -> None:
    found = OfficialDocumentFactory(subject="Bảo vệ dữ liệu")
    OfficialDocumentFactory(subject="Việc khác")
    results = office.get(reverse("official_document_chooser:choose_results"), {"q": "du lieu"})
    links = BeautifulSoup(results.content, "html.parser").select("td.title a")
    assert [link.get_text(strip=True) for link in links] == [str(found)]
    chosen = office.get(reverse("official_document_chooser:chosen", args=[found.pk])).json()
    assert chosen["result"]["id"] == str(found.pk)
    for key in ("abc", "9" * 30, "²"):
        assert office.get(f"/admin/choose-official-document/chosen/{key}/").status_code == 404
    several = office.get(f"/admin/choose-official-document/chosen-multiple/?id=abc&id={found.pk}")
    assert len(several.json()["result"]) == 1


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("editor", True, True), ("administrator", True, True), ("director", True, False),
     ("officer", False, False), ("front_desk", False, False)],
)  # fmt: skip
def test_roles(signed_in: Any, role: str, reads: bool, writes: bool) -> None:
    document = OfficialDocumentFactory()
    client = signed_in(UserFactory(**{role: True}))
    for name, args in ((MENU, []), ("official_documents:inspect", [document.pk]),
                       ("official_document_chooser:choose", [])):  # fmt: skip
        assert (client.get(reverse(name, args=args)).status_code == 200) is reads, name
    for name, args in ((ADD, []), ("official_documents:edit", [document.pk]),
                       ("official_documents:delete", [document.pk])):  # fmt: skip
        assert (client.get(reverse(name, args=args)).status_code == 200) is writes, name
    assert (reverse(MENU) in client.get("/admin/").text) is reads


def test_kinds_come_with_the_portal_and_one_in_use_stays(office: Any) -> None:
    assert DocumentKind.objects.filter(slug__in=["luat", "cong-van"]).count() == 2
    used = OfficialDocumentFactory().kind
    response = office.post(reverse("document_kinds:delete", args=[used.pk]))
    assert response.status_code == 302
    used.refresh_from_db()
    sent = {"label": "Thông báo", "label_en": "Notice", "slug": "thong-bao", "order": "9"}
    assert office.post(reverse("document_kinds:add"), sent).status_code == 302
    assert office.get(reverse("document_issuers:index")).status_code == 200
