"""Lists of administrative units: the difference first, then dated rows, never a deletion."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from portal.core import auditing
from portal.core.models import AdministrativeUnit, UnitChange
from tests.factories.core import UnitFactory

pytestmark = pytest.mark.django_db

HEADER = "code,name,full_name,type,province_code\n"
WARDS = (
    HEADER + "00001,Bình An,Phường Bình An,Phường,80\n00002,Hoà Thành,Phường Hoà Thành,Phường,80\n"
)


@pytest.fixture
def province():
    return UnitFactory(code="80", name="Tây Ninh", full_name="Tỉnh Tây Ninh")


@pytest.fixture
def load(tmp_path):
    def run(content, *options, **more):
        path = tmp_path / "units.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = io.StringIO()
        more.setdefault("yes", True)
        call_command("import_units", str(path), *options, stdout=said, **more)
        return said.getvalue()

    return run


def in_force(on=None):
    units = AdministrativeUnit.objects.in_force(on).communes()
    return dict(units.order_by("code").values_list("code", "full_name"))


def test_a_new_list_is_loaded_with_codes_as_text(load, province):
    said = load(WARDS, "--valid-from", "2025-07-01", "--legal-basis", "Nghị quyết 1682")
    assert "New: 2" in said
    assert in_force() == {"00001": "Phường Bình An", "00002": "Phường Hoà Thành"}
    unit = AdministrativeUnit.objects.get(code="00001")
    assert (unit.parent, unit.valid_from) == (province, date(2025, 7, 1))
    assert unit.legal_basis == "Nghị quyết 1682"
    assert auditing.history(unit).get().action == "units.opened"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_spreadsheets_write_it_their_way(load, province, mark, delimiter):
    load(mark + WARDS.replace(",", delimiter).replace("\n", "\r\n").encode())
    assert len(in_force()) == 2


def test_loading_the_same_list_again_changes_nothing(load, province):
    load(WARDS)
    said = load(WARDS)
    assert "Unchanged: 2" in said
    assert "Done" not in said
    assert AdministrativeUnit.objects.communes().count() == 2


def test_renamed_and_gone_units_keep_their_past(load, province):
    load(WARDS, "--valid-from", "2025-07-01")
    said = load(
        HEADER + "00001,Bình Minh,Phường Bình Minh,Phường,80\n00003,Mới,Xã Mới,Xã,80\n",
        "--valid-from",
        "2026-04-30",
        "--legal-basis",
        "Nghị quyết 1",
    )
    assert "00001 Phường Bình An → Phường Bình Minh" in said
    assert "00002 Phường Hoà Thành" in said
    assert in_force(date(2026, 4, 29)) == {
        "00001": "Phường Bình An",
        "00002": "Phường Hoà Thành",
    }
    assert in_force(date(2026, 4, 30)) == {"00001": "Phường Bình Minh", "00003": "Xã Mới"}
    change = UnitChange.objects.get()
    assert (change.old.full_name, change.new.full_name) == ("Phường Bình An", "Phường Bình Minh")
    assert change.legal_basis == "Nghị quyết 1"


def test_a_correction_of_the_same_day_makes_no_new_unit(load, province):
    load(WARDS, "--valid-from", "2025-07-01")
    load(WARDS.replace("Bình An", "Bình Ân"), "--valid-from", "2025-07-01")
    assert in_force()["00001"] == "Phường Bình Ân"
    assert AdministrativeUnit.objects.communes().count() == 2
    assert not UnitChange.objects.exists()


def test_a_renamed_province_keeps_its_communes(load, province):
    load(WARDS, "--valid-from", "2025-07-01")
    load(
        "code,name,full_name,type\n80,Tây Ninh,Thành phố Tây Ninh,Thành phố\n",
        "--level",
        "province",
        "--valid-from",
        "2026-04-30",
    )
    assert {unit.parent.full_name for unit in AdministrativeUnit.objects.communes()} == {
        "Thành phố Tây Ninh"
    }


def test_a_list_speaks_only_for_its_own_provinces(load, province):
    other = UnitFactory(commune=True)
    load(WARDS)
    other.refresh_from_db()
    assert other.valid_to is None


def test_the_parent_can_be_named_for_the_whole_list(load, province):
    load("code,name,full_name,type\n00001,Bình An,Phường Bình An,Phường\n", "--parent", "80")
    assert AdministrativeUnit.objects.get(code="00001").parent == province


def test_a_dry_run_writes_nothing(load, province):
    assert "New: 2" in load(WARDS, "--dry-run")
    assert in_force() == {}


@pytest.mark.parametrize(("answer", "loaded"), [("y", 2), ("n", 0), ("", 0), (EOFError, 0)])
def test_it_asks_before_it_writes(load, province, monkeypatch, answer, loaded):
    def reply(question):
        if answer is EOFError:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", reply)
    load(WARDS, yes=False)
    assert len(in_force()) == loaded


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WARDS.encode("utf-16"), "not UTF-8"),
        (WARDS.encode("cp1258", "replace"), "not UTF-8"),
        (b"", "Missing columns"),
        ("ma,ten\n1,2\n", "Missing columns: code, name"),
        (HEADER, "holds no units"),
        (WARDS + "00001,Khác,Xã Khác,Xã,80\n", "more than once: 00001"),
        (HEADER + "1,Bình An,Phường Bình An,Phường,80\n", "Line 2: “1” is no code"),
        (HEADER + "00001,,Phường Bình An,Phường,80\n", "Line 2: name is empty"),
        (HEADER + "00001,Bình An,Phường Bình An,Phường,\n", "province_code is empty"),
        (HEADER + f"00001,Bình An,{'x' * 200},Phường,80\n", "longer than 160"),
        (HEADER + "00001,Bình An,Phường Bình An,Phường,99\n", "No province in force"),
        (HEADER + '00001,"Bình An\n', "cannot be read as CSV"),
    ],
)
def test_a_bad_list_is_one_clear_line(load, province, content, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        load(content)
    assert "\n" not in str(refused.value)
    assert in_force() == {}


def test_a_missing_file_is_one_clear_line():
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_units", "/nowhere/units.csv")


def test_an_older_list_cannot_end_younger_units(load, province):
    load(WARDS, "--valid-from", "2026-04-30")
    with pytest.raises(CommandError, match="comes too late"):
        load(WARDS, "--valid-from", "2025-07-01")
    with pytest.raises(CommandError, match="must begin later"):
        load(HEADER + "00009,Mới,Xã Mới,Xã,80\n", "--valid-from", "2026-04-30")
    assert len(in_force(date(2026, 5, 1))) == 2
