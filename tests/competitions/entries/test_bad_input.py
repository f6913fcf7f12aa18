"""Whatever comes in: a clear sentence in the reader's language, nothing lost, never a 500."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from competitions.entries.models import EntryFile
from portal.core.models import PrivateFile
from tests.factories.core import pdf, picture, upload
from tests.factories.entries import EntryFactory
from tests.reading import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return EntryFactory()


@pytest.fixture
def browser(entry, signed_in):
    return signed_in(entry.captain)


def question(entry, key):
    return entry.form.sections.filter(questions__key=key).get().questions.get(key=key)


def address(entry, key):
    return reverse("entries:section", args=[entry.key, question(entry, key).section_id])


def text(response):
    return " ".join(page_of(response, None).get_text(" ").split())


def bomb():
    """A small PNG that unpacks to ninety million pixels."""
    written = io.BytesIO()
    Image.new("1", (10_000, 9_000)).save(written, "PNG")
    return written.getvalue()


BAD_FILES = {
    "an executable named pdf": ("ke-hoach.pdf", b"MZ\x90\x00" + b"\x00" * 400),
    "an elf named png": ("anh.png", b"\x7fELF" + b"\x00" * 400),
    "html named pdf": ("a.pdf", b"<html><script>alert(1)</script></html>"),
    "a picture named pdf": ("a.pdf", picture()),
    "a polyglot": ("a.pdf", pdf(1) + b"PK\x03\x04" + b"\x00" * 30 + b"<script>x</script>"),
    "an empty file": ("a.pdf", b""),
    "half a pdf": ("a.pdf", pdf(3)[:200]),
    "an image bomb": ("a.png", bomb()),
    "an svg": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_explained_beside_its_row_and_not_kept(browser, entry, kind):
    name, content = BAD_FILES[kind]
    question_id = question(entry, "tai-lieu").pk
    answer = browser.post(
        reverse("entries:add_file", args=[entry.key, question_id]),
        {"file": upload(name, content)},
    )
    if kind == "a polyglot" and answer.status_code == 302:
        # Received only after being written anew: nothing else is left inside.
        kept = PrivateFile.objects.get()
        with kept.file.open("rb") as stored:
            assert b"<script>" not in stored.read()
        return
    assert answer.status_code == 422
    page = page_of(answer, None)
    [row] = page.select(f"#file-{question_id}")
    assert row.select_one(".field__errors").get_text(strip=True)
    assert not EntryFile.objects.exists()
    assert not PrivateFile.objects.exists()


def test_an_oversize_file_is_refused(browser, entry, settings):
    settings.PRIVATE_FILE_MAX_BYTES = 1024
    answer = browser.post(
        reverse("entries:add_file", args=[entry.key, question(entry, "tai-lieu").pk]),
        {"file": upload("a.pdf", b"%PDF-1.7" + b"0" * 5000)},
    )
    assert answer.status_code == 422
    assert "MB" in text(answer)


def test_no_file_at_all_is_explained(browser, entry):
    target = reverse("entries:add_file", args=[entry.key, question(entry, "tai-lieu").pk])
    assert "Hãy chọn tệp trước" in text(browser.post(target))


def test_a_day_that_does_not_exist_is_explained_and_kept_in_the_field(browser, entry):
    day, money = question(entry, "thanh-lap"), question(entry, "doanh-thu")
    answer = browser.post(
        address(entry, "thanh-lap"),
        {
            f"q{day.pk}": "31/02/2026",
            f"q{day.pk}-version": "0",
            f"q{money.pk}": "1,2 tỷ",
            f"q{money.pk}-version": "0",
        },
    )
    assert answer.status_code == 422
    assert "31/02/2026" in text(answer)
    [field] = page_of(answer, None).select(f"input[name=q{day.pk}]")
    assert field["value"] == "31/02/2026"
    assert [row.number for row in entry.answers.all()] == [1_200_000_000]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Trước\x00sau", "Trướcsau"),
        ("\x00\x01", ""),
        ("a\ud800b", None),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_odd_characters_are_cleaned_and_never_break_the_page(browser, entry, sent, kept):
    summary = question(entry, "tom-tat")
    body = f"q{summary.pk}-version=0&q{summary.pk}=".encode()
    from urllib.parse import quote_from_bytes

    body += quote_from_bytes(sent.encode("utf-8", "surrogatepass")).encode()
    answer = browser.post(
        address(entry, "tom-tat"), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    stored = entry.answers.first()
    if kept is not None:
        assert (stored.text if stored else "") == kept
    page = browser.get(address(entry, "tom-tat"))
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_broken_utf8_is_no_error(browser, entry):
    summary = question(entry, "tom-tat")
    body = f"q{summary.pk}-version=0&q{summary.pk}=%FF%FEabc%C3".encode()
    answer = browser.post(
        address(entry, "tom-tat"), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    assert "abc" in entry.answers.get().text


def test_ten_megabytes_of_text_are_refused_with_a_page(browser, entry):
    summary = question(entry, "tom-tat")
    answer = browser.post(
        address(entry, "tom-tat"),
        {f"q{summary.pk}": "x" * 10_000_000, f"q{summary.pk}-version": "0"},
    )
    assert answer.status_code in {400, 413}
    assert not entry.answers.exists()


def test_a_long_text_within_the_post_limit_is_explained(browser, entry):
    summary = question(entry, "tom-tat")
    answer = browser.post(
        address(entry, "tom-tat"),
        {f"q{summary.pk}": "chữ " * 60_000, f"q{summary.pk}-version": "0"},
    )
    assert answer.status_code == 422
    assert "quá dài" in text(answer)


def test_a_tampered_choice_key_or_token_is_explained(browser, entry):
    field = question(entry, "linh-vuc")
    answer = browser.post(
        address(entry, "linh-vuc"),
        {f"q{field.pk}": "khong-co-trong-danh-sach", f"q{field.pk}-version": "999999"},
    )
    assert answer.status_code == 422
    assert not entry.answers.exists()
    odd = {"keep": "x:y", "take": "٣", "q0": "a", "q99999999999999999999-version": "1"}
    assert browser.post(address(entry, "linh-vuc"), odd).status_code == 302


def test_tampered_addresses_are_not_found(browser, entry):
    for path in (
        "/workspace/entries/khong-phai-uuid/",
        f"/workspace/entries/{entry.key}/section/999999999999999999/",
        f"/workspace/entries/{entry.key}/files/999999999999/",
        f"/workspace/entries/{entry.key}/team/0/",
    ):
        assert browser.get(path).status_code == 404, path
    assert browser.get(f"/workspace/entries/{entry.key}/section/{'9' * 30}/").status_code == 404
    assert browser.get(f"/workspace/entries/{entry.key}/receipt/?number=%00").status_code == 400


def test_errors_are_in_the_readers_language(browser, entry):
    day = question(entry, "thanh-lap")
    english = f"/en{address(entry, 'thanh-lap')}"
    answer = browser.post(english, {f"q{day.pk}": "31/02/2026", f"q{day.pk}-version": "0"})
    assert "There is no such day: 31/02/2026" in text(answer)
