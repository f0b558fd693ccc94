"""Who is meant by a name, and who belongs to whom, in the directory that comes with the program."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worlds import of
from tthc_cli.directory_file import DirectoryFile
from tthc_cli.errors import InputError, Trouble
from tthc_cli.loading import read_agencies

HERE = Path(__file__).parent


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


DIRECTORY = of(DirectoryFile, _read(HERE.parent / "data" / "agencies.yaml")).directory()
CASES = _read(HERE / "cases" / "agencies.yaml")


def _ids(text: str, district: str = "") -> list[str]:
    return [match.id for match in DIRECTORY.find(text, district).matches]


@pytest.mark.parametrize(("id", "text"), [(id, text) for id, texts in CASES["understood"].items() for text in texts])
def test_understood(id: str, text: str) -> None:
    assert _ids(text) == [id]
    assert DIRECTORY.find(text).suggestions == ()


@pytest.mark.parametrize(("text", "ids"), CASES["ambiguous"].items())
def test_ambiguous(text: str, ids: list[str]) -> None:
    assert _ids(text) == ids


@pytest.mark.parametrize("text", CASES["unknown"])
def test_unknown(text: str) -> None:
    assert _ids(text) == []


@pytest.mark.parametrize(("text", "id"), CASES["suggested"].items())
def test_suggested_but_never_accepted(text: str, id: str) -> None:
    found = DIRECTORY.find(text)
    assert found.matches == ()
    assert id in found.suggestions
    assert len(found.suggestions) <= 5


@pytest.mark.parametrize("case", CASES["with_district"], ids=lambda case: f"{case['agency']} + {case['district']}")
def test_the_column_of_districts_settles_a_commune(case: dict[str, str]) -> None:
    assert _ids(case["agency"], case["district"]) == [case["is"]] * bool(case["is"])


def test_every_unit_is_known_by_its_id_and_its_name() -> None:
    for unit in DIRECTORY.units:
        assert _ids(unit.id.upper()) == [unit.id]
        assert _ids(unit.name) == [unit.id]
        assert DIRECTORY.find(unit.name).matches[0].exact


def test_a_name_is_read_once_and_with_a_district_anew() -> None:
    assert DIRECTORY.find("UBND xã An Hiệp, Ba Tri") is DIRECTORY.find("UBND xã An Hiệp, Ba Tri")
    assert len(_ids("UBND xã An Hiệp")) == 2
    assert _ids("UBND xã An Hiệp", "Ba Tri") == ["ubnd-xa-an-hiep-ba-tri"]
    assert len(_ids("UBND xã An Hiệp")) == 2


def test_exact_tells_whether_every_mark_was_typed() -> None:
    assert DIRECTORY.find("Sở Tư pháp").matches[0].exact
    assert not DIRECTORY.find("so tu phap").matches[0].exact


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("UBNDubndxãhuyệnphường.,-()tỉTPMCà 08BếntreBaTriđ\n"), max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    found = DIRECTORY.find(text, text)
    assert not (found.matches and found.suggestions)


def test_the_counts_of_2021() -> None:
    assert len({unit.id for unit in DIRECTORY.units}) == len(DIRECTORY.units)
    assert len(DIRECTORY.opened("nhom-so-ban-nganh")) == 18
    assert len(DIRECTORY.opened("nhom-ubnd-cap-huyen")) == 9
    assert len(DIRECTORY.opened("nhom-ubnd-cap-xa")) == 157
    assert len([unit for unit in DIRECTORY.units if unit.id.startswith("bpmc-")]) == 166
    communes = Counter((u.place or "").split()[0] for u in DIRECTORY.units if u.level == "commune" and not u.one_stop)
    assert communes == {"xã": 142, "phường": 8, "thị": 7}
    districts = Counter(unit.parent for unit in DIRECTORY.units if unit.level == "commune" and not unit.one_stop)
    assert sorted(districts.values()) == [11, 13, 14, 16, 18, 20, 21, 21, 23]


def test_groups_open_to_those_who_owe_in_directory_order() -> None:
    opened = DIRECTORY.opened("nhom-mot-cua")
    assert opened[:2] == ("ttpvhcc", "ubnd-tp-ben-tre")
    assert len(opened) == 1 + 9 + 157
    assert [*opened] == sorted(opened, key=[unit.id for unit in DIRECTORY.units].index)
    assert DIRECTORY.opened("bpmc-huyen-ba-tri") == ("ubnd-huyen-ba-tri",)
    assert DIRECTORY.opened("so-tttt") == ("so-tttt",)
    assert len(DIRECTORY.opened("nhom-ubnd-cac-cap")) == 166
    assert DIRECTORY.opened("nhom-lien-quan") == ()


def test_one_stop_units_and_their_debtors() -> None:
    assert DIRECTORY.debtor("bpmc-xa-an-hiep-ba-tri") == "ubnd-xa-an-hiep-ba-tri"
    assert DIRECTORY.debtor("ttpvhcc") == "ttpvhcc"
    assert DIRECTORY.debtor("ubnd-huyen-ba-tri") == "ubnd-huyen-ba-tri"
    assert DIRECTORY.one_stop_of("vp-ubnd-tinh") == "ttpvhcc"
    assert DIRECTORY.one_stop_of("ubnd-huyen-ba-tri") == "bpmc-huyen-ba-tri"
    assert DIRECTORY.one_stop_of("so-tttt") is None


def test_levels() -> None:
    levels = {"cong-an-tinh": "province", "vpcp": "province", "nhom-lien-quan": "province", "so-y-te": "province"}
    levels |= {"ubnd-tp-ben-tre": "district", "bpmc-xa-an-hiep-ba-tri": "commune"}
    assert {id: DIRECTORY.cover_level(id) for id in levels} == levels
    with pytest.raises(KeyError):
        DIRECTORY.unit("so-ngoai-vu")


def _unit(id: str, **more: object) -> dict[str, object]:
    return {"id": id, "name": id, "level": "province", **more}


@pytest.mark.parametrize(
    ("code", "units"),
    [
        ("duplicate_id", [_unit("a"), _unit("a", name="b")]),
        ("unknown_unit", [_unit("a", parent="b")]),
        ("unknown_unit", [_unit("a", level="group", members=["b"])]),
        ("group_cycle", [_unit("a", level="group", members=["b"]), _unit("b", level="group", members=["a"])]),
        ("shared_spelling", [_unit("a", spellings=["Sở X"]), _unit("b", spellings=["sở x"])]),
        ("unknown_kind", [_unit("a", place="An Hiệp")]),
        ("unexpected_keyword_argument", [_unit("a", spelling="x")]),
    ],
)
def test_what_is_wrong_with_a_directory_is_said_with_its_place(
    code: str, units: list[dict[str, object]], tmp_path: Path
) -> None:
    trouble, *_ = _troubles(tmp_path, agencies=units)
    assert trouble.code == code
    assert (trouble.line, trouble.column) > (1, 1)


def test_two_units_with_one_spelling_are_both_named(tmp_path: Path) -> None:
    units = [_unit("a", spellings=["{Sở|S} X"]), _unit("b", spellings=["SX"])]
    (trouble,) = _troubles(tmp_path, agencies=units)
    assert trouble.facts == {"id": "b", "one": "a", "key": "sx"}


def test_two_districts_of_one_name_are_reported(tmp_path: Path) -> None:
    found = _troubles(tmp_path, agencies=[], districts=[{"name": "huyện A"}, {"name": "huyện A"}])
    assert [(trouble.code, trouble.facts["id"]) for trouble in found] == [
        ("duplicate_id", "ubnd-huyen-a"),
        ("duplicate_id", "bpmc-huyen-a"),
    ]


def _troubles(folder: Path, **parts: object) -> tuple[Trouble, ...]:
    """What is wrong with a directory of these parts, written to a file (JSON is YAML too)."""
    path = folder / "agencies.yaml"
    path.write_text(json.dumps({"id": "x", "title": "x", "source": "x", **parts}, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_agencies(path)
    return raised.value.troubles
