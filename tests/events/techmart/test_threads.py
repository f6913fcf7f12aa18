"""The thread: carried by the office before the yes, open to both after it; files without names."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from events.techmart import connecting, relaying
from events.techmart.models import ConnectionMessage, ConnectionRequest, MessageFile
from portal.accounts.models import User
from portal.core.models import Notice, PageImage
from portal.core.verdicts import Refused
from tests.factories.accounts import UserFactory
from tests.factories.connections import asked, moved_to, reason
from tests.factories.core import pdf as pdf_bytes
from tests.factories.directory import owner_of

SignedIn = Callable[[Any], Client]


def owner(request: ConnectionRequest) -> User:
    return owner_of(request.record.standing.organisation)


def url(request: ConnectionRequest, tail: str = "") -> str:
    return f"/workspace/connections/{request.key}/{tail}"


def read(answer: Any) -> bytes:
    """The whole file, which is closed then."""
    return b"".join(answer.streaming_content)


def jpeg_with_exif() -> SimpleUploadedFile:
    picture, exif = Image.new("RGB", (40, 30), "green"), Image.Exif()
    exif[0x013B] = "Ho Thi Bi Mat"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif)
    return SimpleUploadedFile("anh-ho-thi-bi-mat.jpg", written.getvalue(), "image/jpeg")


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("HTX-Kin-Tieng.pdf", pdf_bytes(), "application/pdf")


def test_before_the_yes_a_message_reaches_the_office_only(
    officer: User, signed_in: SignedIn
) -> None:
    request = moved_to("passed_on", officer)
    asking, owning = signed_in(request.asker), signed_in(owner(request))
    asking.post(url(request, "write/"), {"text": "Điện thoại của tôi là 0908."})
    owning.post(url(request, "write/"), {"text": "Tôi là Cơ khí."})
    assert "0908." not in owning.get(url(request)).content.decode()
    assert "Tôi là Cơ khí." not in asking.get(url(request)).content.decode()
    desk = signed_in(officer).get(f"/workspace/market-desk/requests/{request.key}/")
    assert "0908." in desk.content.decode()
    assert "Tôi là Cơ khí." in desk.content.decode()


def test_a_message_is_passed_on_in_the_officers_words(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer)
    message = relaying.write(request, request.asker, "Tôi ở ấp 5, máy chạy đất ướt được không?")
    desk = f"/workspace/market-desk/requests/{request.key}/relay/{message.key}/"
    assert signed_in(officer).post(desk, {f"m{message.pk}-words": " "}).status_code == 422
    words = {f"m{message.pk}-words": "Máy chạy trên đất ướt được không?"}
    assert signed_in(officer).post(desk, words).status_code == 302
    page = signed_in(owner(request)).get(url(request)).content.decode()
    assert "Máy chạy trên đất ướt được không?" in page
    assert "ấp 5" not in page
    assert "Hồ Thị Bí Mật" not in page
    assert "ấp 5" in signed_in(request.asker).get(url(request)).content.decode()
    with pytest.raises(Refused) as refused:
        relaying.relay(message, officer, "lần nữa")
    assert refused.value.code == "relayed_already"


def test_after_the_yes_both_read_what_is_new_and_nothing_of_before(
    officer: User, signed_in: SignedIn
) -> None:
    request = moved_to("passed_on", officer)
    relaying.write(request, request.asker, "Chỉ để chuyên viên biết.")
    connecting.accept(request, owner(request))
    relaying.write(request, request.asker, "Chào anh chị.")
    page = signed_in(owner(request)).get(url(request)).content.decode()
    assert "Chào anh chị." in page
    assert "Chỉ để chuyên viên biết." not in page
    assert "Hồ Thị Bí Mật" in page


def test_the_office_writes_to_the_sides_it_chooses(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer)
    address = f"/workspace/market-desk/requests/{request.key}/write/"
    client = signed_in(officer)
    assert client.post(address, {"text": "Cho ai?"}).status_code == 422
    assert client.post(address, {"text": "Riêng bên hỏi.", "readers": ["asker"]}).status_code == 302
    assert "Riêng bên hỏi." in signed_in(request.asker).get(url(request)).content.decode()
    page = signed_in(owner(request)).get(url(request)).content.decode()
    assert "Riêng bên hỏi." not in page
    assert str(officer) not in page


def test_the_owner_gets_no_message_of_a_request_they_do_not_know(officer: User) -> None:
    request = moved_to("received", officer)
    with pytest.raises(Refused) as refused:
        relaying.write(request, officer, "Xin chào", to_owner=True)
    assert refused.value.code == "not_passed_on"
    message = relaying.write(request, request.asker, "Nhờ chuyển giúp")
    with pytest.raises(Refused) as refused:
        relaying.relay(message, officer, "Nhờ chuyển giúp")
    assert refused.value.code == "not_passed_on"


def test_a_picture_comes_without_name_and_metadata(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("passed_on", officer)
    client = signed_in(request.asker)
    sent = client.post(url(request, "write/"), {"text": "Ảnh ruộng", "file": jpeg_with_exif()})
    assert sent.status_code == 302
    attached = MessageFile.objects.get()
    address = url(request, f"files/{attached.pk}/")
    owning = signed_in(owner(request))
    assert owning.get(address).status_code == 404
    relaying.relay(attached.message, officer, "Ảnh ruộng")
    page = owning.get(url(request)).content.decode()
    assert "bi-mat" not in page
    assert "tep-1.jpg" in page
    answer = owning.get(address)
    assert answer.status_code == 200
    assert "bi-mat" not in answer["Content-Disposition"]
    content = read(answer)
    assert b"Bi Mat" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_pdf_shows_its_pages_only_while_the_sides_are_hidden(
    officer: User, signed_in: SignedIn
) -> None:
    request = moved_to("passed_on", officer)
    message = relaying.write(request, request.asker, "Tài liệu", upload=pdf())
    relaying.relay(message, officer, "Tài liệu")
    attached = message.files.get()
    PageImage.objects.create(
        file=attached.file, number=1, image=attached.file.file.name, width=10, height=10
    )
    owning = signed_in(owner(request))
    page = owning.get(url(request)).content.decode()
    assert "Kin-Tieng" not in page
    assert owning.get(url(request, f"files/{attached.pk}/")).status_code == 404
    picture = owning.get(url(request, f"files/{attached.pk}/1/"))
    assert picture.status_code == 200
    assert picture["Content-Type"] == "image/webp"
    assert read(picture)
    assert owning.get(url(request, f"files/{attached.pk}/{10**30}/")).status_code == 404
    mine = signed_in(request.asker).get(url(request, f"files/{attached.pk}/"))
    assert mine.status_code == 200
    assert "Kin-Tieng" in mine["Content-Disposition"]
    assert read(mine).startswith(b"%PDF")


def test_files_are_for_the_sides_of_their_own_request(officer: User, signed_in: SignedIn) -> None:
    request = moved_to("accepted", officer)
    other = moved_to("accepted", officer, asker=UserFactory(full_name="Người Khác Hẳn"))
    attached = relaying.write(request, request.asker, "Ảnh", upload=jpeg_with_exif()).files.get()
    for reader in (owner(request), officer):
        answer = signed_in(reader).get(url(request, f"files/{attached.pk}/"))
        assert answer.status_code == 200
        assert read(answer)
    assert signed_in(other.asker).get(url(other, f"files/{attached.pk}/")).status_code == 404
    assert signed_in(other.asker).get(url(request, f"files/{attached.pk}/")).status_code == 404


def test_a_refused_file_loses_no_words(officer: User, signed_in: SignedIn) -> None:
    request = asked()
    bad = SimpleUploadedFile("x.pdf", b"MZ nothing of a PDF", "application/pdf")
    answer = signed_in(request.asker).post(
        url(request, "write/"), {"text": "Một câu dài tôi đã gõ.", "file": bad}
    )
    assert answer.status_code == 422
    assert "Một câu dài tôi đã gõ." in answer.content.decode()
    assert not ConnectionMessage.objects.exists()


def test_links_are_plain_and_markup_is_text(officer: User, signed_in: SignedIn) -> None:
    request = asked()
    relaying.write(request, request.asker, "<script>alert(1)</script> https://vi-du.example/a")
    page = signed_in(request.asker).get(url(request)).content.decode()
    assert "<script>alert(1)" not in page
    assert 'rel="nofollow"' in page


def test_letters_of_messages_hold_no_words_and_no_names(officer: User) -> None:
    request = moved_to("accepted", officer)
    relaying.write(request, request.asker, "Chuyện riêng giữa hai bên.")
    letters = Notice.objects.filter(kind="techmart.connection_message")
    assert letters.filter(recipient=owner(request)).exists()
    for letter in letters:
        assert "Chuyện riêng" not in letter.body
        assert "Bí Mật" not in letter.body + letter.subject


def test_too_many_messages_and_ended_threads_are_refused(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "MESSAGES_AN_HOUR", 2)
    request = moved_to("received", officer)
    for _number in range(2):
        relaying.write(request, request.asker, "Lần nữa")
    with pytest.raises(Refused) as refused:
        relaying.write(request, request.asker, "Lần nữa")
    assert refused.value.code == "too_many"
    connecting.fail(request, officer, reason("failure_reason"))
    with pytest.raises(Refused) as refused:
        relaying.write(request, officer, "Đã xong", to_asker=True)
    assert refused.value.code == "ended"


def test_strangers_write_nothing(officer: User) -> None:
    with pytest.raises(Refused) as refused:
        relaying.write(asked(), UserFactory(), "Chào")
    assert refused.value.code == "not_a_side"
