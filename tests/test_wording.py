"""Every name that the program uses for a sentence has that sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_cli import loading, settings, wording
from tthc_cli.errors import InputError, Trouble
from tthc_cli.firmness import READINGS
from tthc_cli.records import LEVELS, VERDICTS, Problem, Reading
from tthc_cli.rules import Rule
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import Reason
from tthc_cli.wording import brief, letters, rollup
from tthc_cli.wording.basis import BASIS, basis
from tthc_cli.wording.codes import CODES
from tthc_cli.wording.language import day, fill
from tthc_cli.wording.problems import PROBLEMS, problem, trouble
from tthc_cli.wording.readings import REASONS, RESTS_ON, readings, unverified
from tthc_cli.wording.titles import SENTENCES, TABLES
from tthc_cli.wording.troubles import TROUBLES

SOURCE = Path(__file__).parents[1] / "src" / "tthc_cli"
# Where a call names its sentence: the place of the argument, and the keyword.
NAMED = {
    "Trouble": (1, "code"),
    "trouble": (0, "code"),
    "refuse": (0, "code"),
    "Fault": (2, "reason"),
    "Problem": (5, "reason"),
    "_problem": (1, "reason"),
    "_unfit": (2, "reason"),
    "_Unfit": (2, "reason"),
    "BadRow": (0, "reason"),
    "Unsound": (0, "code"),
    "Flaw": (1, "code"),
    "_flaw": (0, "code"),
    "_unknown": (3, "code"),
    "_repeated": (2, "code"),
}
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
IDENTIFIER = re.compile(r"[a-z]\w+")


def _calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in names:
                    yield name, node


def _literals(node: ast.expr) -> Iterator[str]:
    """Texts that an argument may be: itself, or the branches of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _named() -> set[str]:
    found = set()
    for name, call in _calls(*NAMED):
        place, keyword = NAMED[name]
        chosen = [item.value for item in call.keywords if item.arg == keyword]
        chosen += call.args[place : place + 1]
        found |= {text for node in chosen for text in _literals(node) if IDENTIFIER.fullmatch(text)}
    return found


def _returned(path: str, function: str) -> set[str]:
    """Texts that stand last in the tuples that a function returns: the reasons of verdicts."""
    functions = (n for n in ast.walk(TREES[SOURCE / path]) if isinstance(n, ast.FunctionDef) and n.name == function)
    found = set()
    for node in (inner for outer in functions for inner in ast.walk(outer)):
        if isinstance(node, ast.Tuple) and len(node.elts) == 3:
            found |= set(_literals(node.elts[2]))
    return found


def test_the_scan_finds_what_is_known() -> None:
    assert {"task_unknown", "not_a_date", "extension_unused", "no_header", "repeated", "section_unknown"} <= _named()
    assert {"doubt", "soft", "unassigned"} <= _returned("assessment.py", "_unanswered")


def test_every_reason_and_code_has_its_sentence() -> None:
    assert not _named() - PROBLEMS.keys() - TROUBLES.keys()


def test_every_reason_of_a_bad_row_has_its_sentence() -> None:
    assert set(Reason.__args__) <= PROBLEMS.keys()  # type: ignore[attr-defined]
    assert {"event_missing", "event_unknown", "not_in_charge", "result_unknown"} <= PROBLEMS.keys()


@pytest.mark.parametrize("function", ["_verdict", "_unanswered"])
def test_every_reason_of_a_verdict_has_its_sentence(function: str) -> None:
    assert not _returned("assessment.py", function) - REASONS.keys()


def test_no_name_has_two_sentences() -> None:
    assert not PROBLEMS.keys() & TROUBLES.keys()


def test_every_title_and_sentence_is_there() -> None:
    for function, table in (("heading", TABLES), ("say", SENTENCES)):
        files = (path for path in TREES if path.parent.name == "reports" and path.name not in ("diff.py", "explain.py"))
        used = {
            text
            for path in files
            for node in ast.walk(TREES[path])
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function
            for text in _literals(node.args[0])
        }
        assert not used - table.keys()


@pytest.mark.parametrize(
    ("file", "function", "table"),
    [
        ("brief.py", "heading", brief.TABLES),
        ("brief.py", "say", brief.SENTENCES),
        ("rollup.py", "heading", rollup.TABLES),
        ("rollup.py", "say", rollup.SENTENCES),
        ("letters.py", "paper", letters.PAPER),
        ("situation.py", "paper", letters.PAPER),
    ],
)
def test_every_line_of_papers_is_there(file: str, function: str, table: dict[str, str]) -> None:
    calls = (node for node in ast.walk(TREES[SOURCE / "reports" / file]) if isinstance(node, ast.Call))
    named = [node for node in calls if function in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))]
    used = {text for node in named for text in _literals(node.args[0])}
    assert used
    assert not used - table.keys()


def test_words_of_the_records() -> None:
    assert wording.VERDICTS.keys() == set(VERDICTS)
    assert set(LEVELS) <= wording.LEVELS.keys()
    assert set(REGISTER.headings) <= wording.FIELDS.keys()
    assert RESTS_ON.keys() == set(READINGS)
    assert list(CODES) == [f"R{number:02}" for number in range(1, 15)] + [f"C{number:02}" for number in range(1, 6)]
    assert {code for code, entry in CODES.items() if entry.severity == "warning"} == {
        *("R11", "R12", "R13", "R14", "C03", "C04", "C05"),
    }


def test_kinds_and_legal_sources_of_the_rules() -> None:
    kinds = [rule for rule in _subclasses(Rule) if hasattr(rule, "kind")]
    assert {rule.kind for rule in kinds} == wording.KINDS.keys()
    assert {key for rule in kinds for key in rule.basis} <= BASIS.keys()
    assert basis("before-date").startswith("“Trước ngày D”")
    assert basis("Thông tư 01/2018/TT-VPCP") == "Thông tư 01/2018/TT-VPCP"


def _subclasses(kind: type[Rule]) -> Iterator[type[Rule]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _subclasses(inner)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2021-Q1", "Quý I/2021"),
        ("2021-Q4", "Quý IV/2021"),
        ("2021-H1", "6 tháng đầu năm 2021"),
        ("2021", "Năm 2021"),
        ("2021-05", "Tháng 5/2021"),
        ("qd-120", "qd-120"),
        ("", ""),
    ],
)
def test_occasions(written: str, shown: str) -> None:
    assert wording.occasion(written) == shown


def test_days_and_numbers() -> None:
    assert day(date(2021, 6, 9)) == "09/06/2021"
    assert wording.weekday(date(2021, 6, 19)) == "thứ Bảy"
    assert wording.span(5, "working_day") == "05 ngày làm việc"
    assert wording.rate(0.8333) == "83,3%"
    assert wording.rate(None) == ""
    assert wording.level_counts({"district": 9, "province": 17}) == "17 cơ quan cấp tỉnh, 9 UBND cấp huyện"
    assert unverified([2028]) == ("Lịch năm 2028 chưa có thông báo chính thức; ngày nghỉ là dự báo.",)


def test_readings_say_what_is_used() -> None:
    told = readings(Reading())
    assert "“trước ngày D” hiểu là hạn cuối D−1" in told
    assert "đúng hạn xét theo ngày gửi; ô đó trống thì theo ngày văn bản, rồi ngày đến" in told
    assert len(readings(Reading(exempt={"XI.1": ("vp-ubnd-tinh",)}))) == len(told) + 1
    assert readings(Reading(before_excludes_day=False, day_off="stay", register_lag=0)) != told


def test_a_problem_says_what_was_probably_meant() -> None:
    found = Problem("R03", "error", 4, "Mã", "XI.9", "task_unknown", suggestion="XI.2")
    assert problem(found).endswith("Có phải là “XI.2”?")
    several = Problem("R05", "error", 4, "", "UBND An Hiệp", "agency_ambiguous", suggestion="A; B")
    assert problem(several).count("A; B") == 1


def test_trouble_stands_at_its_place() -> None:
    assert trouble(Trouble("so.csv", "missing_file")) == "so.csv: Không có tệp này: kiểm tra đường dẫn."
    told = trouble(Trouble("plan.yaml", "duplicate_key", 7, 3, {"key": "id", "first": 5}))
    assert told.startswith("plan.yaml:7:3: ")
    assert "dòng 5" in told
    assert "“nhiệm vụ”" in trouble(Trouble("so.csv", "no_header", 1, None, {"missing": ("task",), "headings": ()}))
    assert "(bad)" in trouble(Trouble("p", "some_new_type", facts={"problem": "bad", "field": "x", "value": "y"}))


@given(st.text(), st.text(alphabet="{}ab!:0[].", max_size=9))
def test_no_value_breaks_a_sentence(value: str, other: str) -> None:
    for code, sentence in {**PROBLEMS, **TROUBLES}.items():
        assert "{" not in fill(sentence, {}), code
    told = problem(Problem("R03", "error", 1, other, value, "task_unknown", {"task": other}, other))
    assert value in told


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("plan.yaml", "a: b: c\n", "dấu hai chấm ở chỗ không dùng được"),
        ("plan.yaml", "a: [1, 2\nb: 3\n", "danh sách trong ngoặc vuông thiếu dấu phẩy hoặc chưa đóng"),
        ("plan.yaml", "a:\n\t- b\n", "có thể là phím Tab"),
        ("plan.yaml", 'a: "b\n', "chưa đóng"),
        ("plan.yaml", "a:\n  - b\n c: 1\n", "không thẳng"),
        ("plan.yaml", "%bad\n", "không đúng cú pháp"),
        ("tthc.toml", "register = so.csv\n", "chữ phải đặt trong ngoặc kép"),
        ("tthc.toml", "register\n", "thiếu dấu bằng"),
        ("tthc.toml", 'register = "so.csv\n', "ngoặc kép"),
        ("tthc.toml", "[reading]\n[reading]\n", "bảng này đã có ở trên"),
        ("tthc.toml", 'register = "so\\quy.csv"\n', "dấu gạch chéo ngược"),
    ],
)
def test_what_is_wrong_with_the_form_of_a_file_is_told_in_vietnamese(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    options = {"plan": str(tmp_path / name)} if name.endswith("yaml") else {"workspace": str(tmp_path)}
    with pytest.raises(InputError) as error:
        loading.load(settings.read(options, {}, tmp_path))
    (line,) = map(trouble, error.value.troubles)
    assert told in line
    assert not re.search(
        r"\b(expected|found|not|value|string|statement|line|cannot)\b", line.replace(str(tmp_path), "")
    )


def test_no_module_beside_speaks_vietnamese() -> None:
    """No sentence for people stands outside the package of words."""
    vietnamese = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    vocabulary = {
        *("naming", "place_names", "submissions", "side_files", "settings", "vietnam", "agencies", "csv_text"),
        *("directory_file", "register_xlsx"),
        *("rows_above", "misnamed", "abstracts", "senders", "ranking", "incoming"),
        *("vocabulary", "free_words", "grammar", "proofreading", "renewal"),
    }
    for path, tree in TREES.items():
        if path.parent.name in ("wording", "drafting") or path.stem in vocabulary:
            continue
        nodes = list(ast.walk(tree))
        told = {text for node in nodes if isinstance(node, ast.Expr) for text in _literals(node.value)}
        texts = {text for node in nodes if isinstance(node, ast.Constant) for text in _literals(node)}
        assert not [text for text in texts - told if vietnamese.search(text)], path
