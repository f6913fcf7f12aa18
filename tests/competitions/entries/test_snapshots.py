"""The canonical form: one content, one sequence of bytes, one receipt."""

import hashlib
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.entries import snapshots
from tests.factories.entries import EntryFactory

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
documents = st.dictionaries(st.text(max_size=8), plain, max_size=6)


def composed(value):
    """NFC everywhere, by other means than the code under test."""
    return json.loads(unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False)))


def shuffled(value):
    """The same content with every mapping's keys in the opposite order."""
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in reversed(list(value))}
    if isinstance(value, list):
        return [shuffled(item) for item in value]
    return value


@given(documents)
def test_the_order_of_keys_does_not_matter(document):
    assert snapshots.canonical(document) == snapshots.canonical(shuffled(document))


@given(documents)
def test_a_round_trip_through_json_keeps_the_receipt(document):
    again = json.loads(json.dumps(document))
    assert snapshots.receipt(again) == snapshots.receipt(document)


@given(documents)
def test_the_form_is_utf8_and_its_own_canonical_form(document):
    form = snapshots.canonical(document)
    assert snapshots.canonical(json.loads(form.decode("utf-8"))) == form
    assert snapshots.receipt(document) == hashlib.sha256(form).hexdigest()


@given(st.text(alphabet="ăâđêôơưÁẠ̛́̀̂", max_size=12))
def test_composed_and_decomposed_text_have_one_receipt(text):
    one = {"title": unicodedata.normalize("NFC", text)}
    other = {"title": unicodedata.normalize("NFD", text)}
    assert snapshots.receipt(one) == snapshots.receipt(other)


@given(documents, st.text(min_size=1, max_size=5))
def test_any_other_content_has_another_form(document, extra):
    changed = {**document, "title": f"{document.get('title', '')}{extra}"}
    same = composed(changed) == composed(document)
    assert (snapshots.canonical(changed) == snapshots.canonical(document)) is same


def test_a_known_dossier_has_a_known_receipt():
    assert snapshots.canonical({"b": [1, None, True], "a": "Đổi mới"}) == (
        '{"a":"Đổi mới","b":[1,null,true]}'.encode()
    )
    assert snapshots.receipt({}) == hashlib.sha256(b"{}").hexdigest()


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        snapshots.canonical({"total": 0.1})


@pytest.mark.django_db
def test_a_snapshot_holds_no_contact_and_hides_who_has_not_agreed():
    entry = EntryFactory(filled=True, captain__full_name="Lê Thị Trưởng")
    entry.members.create(full_name="Bí Mật", email="bimat@demo.example", phone="+84912345678")
    text = snapshots.canonical(snapshots.build(entry)).decode()
    assert "Lê Thị Trưởng" in text
    for hidden in ("Bí Mật", "bimat@demo.example", "912345678", entry.captain.email):
        assert hidden not in text


@pytest.mark.django_db
def test_a_consent_that_comes_later_is_no_change_and_another_title_is():
    entry = EntryFactory(submitted=True)
    one = entry.submissions.get().snapshot
    assert snapshots.same_content(one, snapshots.build(entry))
    entry.members.create(full_name="Thêm Người", email="them@demo.example")
    assert not snapshots.same_content(one, snapshots.build(entry))
