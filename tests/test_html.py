"""The page says what the JSON says, fetches nothing, and can be read without its script."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.pages import AS_OF, Element, Page, example, full, html, large
from tests.program import ROOT, Program
from tests.worlds import run
from tthc_cli import wording
from tthc_cli.assessment import Judgements
from tthc_cli.cli.check import of
from tthc_cli.formats import Format, render
from tthc_cli.formats.year import drawn
from tthc_cli.overview import TONES, Counts, Duty, Line, Overview, by_district, ranked
from tthc_cli.records import VERDICTS
from tthc_cli.report import Column, Report, Table
from tthc_cli.reports import check
from tthc_cli.scorecard import scorecard, total


@pytest.fixture(scope="module")
def report() -> Report:
    return example()


@pytest.fixture(scope="module")
def source(report: Report) -> str:
    return html(report)


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


@pytest.fixture(scope="module")
def findings(report: Report) -> dict[str, dict[str, Any]]:
    payload = json.loads("".join(render(report, Format.json)))
    return {item["key"]: item for item in payload["findings"]}


def rows(page: Page) -> dict[str, Element]:
    """The rows of duties by key."""
    return {element.get("data-key"): element for element in page.all("tr") if element.get("data-key")}


def cells(row: Element) -> list[str]:
    return [cell.text for cell in row.all("th", "td")]


def iso(text: str) -> str | None:
    day, month, year = text.split("/") if "/" in text else ("", "", "")
    return f"{year}-{month}-{day}" if year else None


def policy(page: Page) -> str:
    [found] = [meta for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    return found.get("content")


def test_the_policy_names_the_style_and_the_script_and_nothing_else(page: Page) -> None:
    for tag in ("style", "script"):
        [element] = page.all(tag)
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy(page)
    assert "default-src 'none'" in policy(page)
    assert "unsafe" not in policy(page)


def test_nothing_is_fetched_and_nothing_is_styled_or_run_in_place(page: Page) -> None:
    for element in page.all():
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        assert not element.attributes.keys() & {"src", "srcset", "action", "xlink:href"}
        assert not element.get("href") or element.get("href").startswith("#") or element.get("href") == "data:,"
    [style] = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_every_obligation_stands_in_the_page_with_its_verdict_and_days(
    page: Page, findings: dict[str, dict[str, Any]]
) -> None:
    shown = rows(page)
    assert list(findings) != []
    assert shown.keys() == findings.keys()
    for key, row in shown.items():
        owed = findings[key]
        task, agency, _, stated, due, act_by, verdict, judged = cells(row)
        assert task.split()[0] == owed["task"]
        assert agency == owed["agency_name"]
        days = {"stated": stated, "due": due, "act_by": act_by, "submitted_on": judged}
        assert {name: iso(text) for name, text in days.items()} == {name: owed[name] for name in days}
        word = f"{owed['verdict']}_unsure" if owed.get("firm") is False else owed["verdict"]
        assert verdict.startswith(wording.verdict(word))


def test_what_is_not_firm_is_never_called_overdue(page: Page, findings: dict[str, dict[str, Any]]) -> None:
    unsure = [row for key, row in rows(page).items() if findings[key].get("firm") is False]
    assert unsure
    for row in unsure:
        assert row.get("class") == "ask"
        verdict = findings[row.get("data-key")]["verdict"]
        assert row.all("b")[0].text == wording.UNSURE[f"{verdict}_unsure"] != wording.VERDICTS[verdict]
        assert not re.search(r"\bchậm \d", row.text)
    accused = {key for key, row in rows(page).items() if row.get("class") == "bad"}
    assert accused == {key for key, owed in findings.items() if owed.get("firm")}


def test_every_day_leads_to_its_reasoning(page: Page, findings: dict[str, dict[str, Any]]) -> None:
    ids = {element.get("id"): element for element in page.all() if element.get("id")}
    whys = {section.get("id"): why for why in page.all("details") for section in why.all("section")}
    for key, row in rows(page).items():
        [link] = row.all("a")
        target = link.get("href").removeprefix("#")
        owed, why = findings[key], whys[target]
        assert owed["timing"] in why.text
        assert "Quy tắc" in why.text
        if owed["due"] and not owed["extended"]:
            assert wording.day(date.fromisoformat(owed["due"])) in ids[target].text


def test_links_lead_somewhere_and_ids_are_unique(page: Page) -> None:
    ids = [element.get("id") for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert not any(" " in id_ or not id_ for id_ in ids)
    targets = {element.get("href")[1:] for element in page.all("a")}
    assert targets <= set(ids)


def test_every_control_has_a_label_and_the_page_a_language(page: Page) -> None:
    labelled = {label.get("for") for label in page.all("label")}
    controls = [control.get("id") for control in page.all("input", "select")]
    assert set(controls) == labelled
    assert all(button.text.strip() for button in page.all("button"))
    assert [element.get("lang") for element in page.all("html")] == ["vi"]
    [title] = [title for head in page.all("head") for title in head.all("title")]
    assert title.text == page.all("h1")[0].text
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert all(region.get("aria-label") for region in page.all() if region.get("role") == "region")


def test_without_the_script_nothing_is_hidden_but_the_controls(page: Page) -> None:
    hidden = [element.get("id") for element in page.all() if "hidden" in element.attributes]
    assert hidden == ["filters", "more"]
    [style] = page.all("style")
    hiding = [line.strip() for line in style.text.splitlines() if "display: none" in line and "tbody tr" in line]
    assert hiding
    assert all(line.startswith(".js ") for line in hiding)


def test_the_figures_are_those_of_the_json(page: Page, findings: dict[str, dict[str, Any]]) -> None:
    firm = Counter(owed["verdict"] for owed in findings.values() if owed.get("firm"))
    soft = sum(owed.get("firm") is False for owed in findings.values())
    values = {item.all("span")[0].text: item.all("strong")[0].text for item in page.one("figures").all("li")}
    assert values["Quá hạn, chưa có văn bản"] == str(firm["overdue"])
    assert values["Hoàn thành quá hạn"] == str(firm["late"])
    assert values["Cần xác nhận"] == str(soft)
    assert values["Nhiệm vụ được giao"] == str(sum(owed["verdict"] != "not_covered" for owed in findings.values()))


def test_the_matrix_and_the_ranking_are_the_scorecard(tmp_path: Path) -> None:
    outcome = run(tmp_path, AS_OF, register="XI.1;so-tttt;;;2021-Q1;;1/BC-STTTT;18/3/2021;18/3/2021;;;")
    view = full(outcome).overview
    assert view
    lines = {line.id: line.whole for line in view().lines}
    scores = scorecard(outcome.assessment.judgements, "agency")
    for score in (score for score in scores if score.assigned):
        whole = lines.pop(score.id)
        assert (whole.good, whole.bad, whole.ask) == (score.on_time, score.late + score.overdue, score.unclear)
        assert (whole.soon + whole.open, whole.wait, whole.rate) == (score.in_time, score.waiting, score.on_time_rate)
    assert not lines
    assert sum(line.whole.good for line in view().lines) == total(scores).on_time > 0


def test_every_verdict_has_a_tone() -> None:
    assert set(TONES) == {*VERDICTS, *wording.UNSURE}
    assert set(TONES.values()) == set(Counts._fields)


def line(id_: str, counts: Counts, level: str = "district", parent: str | None = None) -> Line:
    return Line(id_, id_, level, parent, counts, {"I": counts}, f"Trên của {id_}")


def test_equal_shares_have_one_rank() -> None:
    lines = [line("a", Counts(1, 1)), line("b", Counts(2)), line("c", Counts()), line("d", Counts(9))]
    assert [(rank, found.id) for rank, found in ranked(lines)] == [(1, "b"), (1, "d"), (3, "a")]


def test_communes_fold_under_their_district() -> None:
    lines = [
        line("huyen", Counts(1)),
        line("xa-1", Counts(2, 1), "commune", "huyen"),
        line("xa-2", Counts(3), "commune", "huyen"),
    ]
    folded = by_district(lines)
    assert [(found.id, found.members) for found in folded] == [("huyen", 0), ("+huyen", 2)]
    assert folded[1].whole == folded[1].sections["I"] == Counts(5, 1)


def duty(stated: date, due: date, verdict: str = "on_time") -> Duty:
    return Duty("I.1/a", "I.1", "a", "A", "", stated, due, stated, verdict, None, None, None, None, (), None, 0)


def year(*duties: Duty, as_of: date = AS_OF) -> dict[str, Any] | None:
    tet = {date(2021, 2, day): "nghỉ Tết Nguyên đán" for day in (10, 11, 12, 15, 16)}
    return drawn(Overview("1", "Kế hoạch", as_of, 2021, {}, (), duties, (), tet, ""))


def test_the_year_shows_tet_today_and_what_rolled() -> None:
    found = year(duty(date(2021, 6, 19), date(2021, 6, 21)), duty(date(2021, 3, 19), date(2021, 3, 19), "overdue"))
    assert found
    [band] = found["off"]
    assert band["label"] == "Nghỉ Tết Nguyên đán"
    assert band["text"].startswith("10/02/2021 – 16/02/2021")
    [move] = found["rolled"]
    assert move["label"] == "19/06 → 21/06"
    assert found["months"][9]["x"] < found["today"]["x"] < found["months"][10]["x"]
    assert [len(lane["dots"]) for lane in found["lanes"]] == [1, 1, 0, 0]
    assert [row["due"] for row in found["numbers"]] == ["19/03/2021", "21/06/2021"]


def test_a_year_with_nothing_due_is_not_drawn() -> None:
    assert year() is None
    assert year(duty(date(2021, 6, 19), date(2021, 6, 21), "not_covered")) is None


def test_many_months_share_the_room() -> None:
    found = year(duty(date(2021, 6, 18), date(2021, 6, 18)), duty(date(2025, 6, 18), date(2025, 6, 18)))
    assert found
    labels = [month["label"] for month in found["months"]]
    assert len(labels) == 54
    assert len([label for label in labels if label]) <= 15
    assert labels[0] == "Th1/2021"


def test_a_report_on_the_last_day_keeps_its_label_in_the_picture() -> None:
    found = year(duty(date(2021, 6, 18), date(2021, 6, 18)), as_of=date(2021, 12, 31))
    assert found
    assert found["today"]["anchor"] == "end"


def test_a_report_of_another_year_has_no_line_for_today() -> None:
    found = year(duty(date(2021, 6, 18), date(2021, 6, 18)), as_of=date(2026, 1, 1))
    assert found
    assert found["today"] is None


def test_what_was_read_is_never_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    events = f'id;kind;date;agency;document\n"{evil}";ky-qd-cong-bo;20/9/2021;so-tttt;"{evil}"\n'
    outcome = run(tmp_path, AS_OF, register=f'XI.1;"{evil}";;;2021-Q1;;1/BC;18/3/2021;18/3/2021;;;', events=events)
    found = Page(html(full(outcome)))
    assert len(found.all("script")) == 1
    assert evil in found.root.text


def test_a_report_without_overview_is_its_tables() -> None:
    columns = (Column("Mã"), Column("Hạn áp dụng", "date"), Column("Tỷ lệ", "rate"))
    table = Table("Nhiệm vụ <i>", columns, (("XI.1", date(2021, 6, 21), 0.5),))
    found = Page(html(Report({"schema": "tthc.test/1"}, (table,), before=("Tóm tắt",), warnings=("Lịch 2030",))))
    assert [cell.text for cell in found.all("td")] == ["XI.1", "21/06/2021", "50,0%"]
    assert found.all("h1")[0].text == "Nhiệm vụ <i>"
    assert "Tóm tắt" in found.one("notes").text
    assert [p.text for p in found.all("p") if p.get("role") == "note"] == ["Lịch 2030"]


def test_the_readings_stand_in_the_page_even_where_talk_is_not_wanted(report: Report) -> None:
    quiet = Page(html(report._replace(before=(), after=())))
    assert "Cách hiểu đang dùng" in quiet.one("notes").text


def test_five_thousand_obligations_are_no_heavy_page(tmp_path: Path) -> None:
    source = html(large(tmp_path))
    assert len(rows(Page(source))) > 5000
    assert len(source.encode()) < 3_000_000


def test_communes_are_named_by_their_district(tmp_path: Path) -> None:
    outcome = run(tmp_path, AS_OF, register="", reading=("covers=all",))
    found = Page(html(full(outcome)))
    names = [row.all("th")[0].text for row in found.one("matrix").all("tr")]
    assert "Cấp xã, UBND huyện Ba Tri (23 đơn vị)" in names
    options = [option for option in found.one("f-unit").all("option") if option.get("data-parent")]
    assert len(options) == 157


def test_a_page_about_nothing_says_so(report: Report, tmp_path: Path) -> None:
    outcome = run(tmp_path, AS_OF, register="")
    found = Page(html(check.report(of(outcome, Judgements(())))))
    ids = {element.get("id") for element in found.all("section")}
    assert ids == {"figures", "duties", "whys", "notes"}
    targets = [element.get("href") for element in found.all("nav")[0].all("a")]
    assert targets == ["#figures", "#duties", "#whys", "#notes"]


def test_a_column_that_holds_nothing_is_left_out() -> None:
    table = Table("Lỗi", (Column("Mã"), Column("Tệp"), Column("Dòng", "number")), (("R01", None, 0), ("R02", "", 3)))
    found = Page(html(Report({}, (table,))))
    assert [cell.text for cell in found.all("th")] == ["Mã", "Dòng"]


def test_figures_say_what_changed_since_an_earlier_report(office: Program) -> None:
    """Each figure differs from the page of the earlier day by as much as it says."""
    for day in ("2021-09-17", "2021-10-15"):
        office("export", "--what", "assessment", "--as-of", day, "-o", f"{day}.json", "-q")
        office("export", "--what", "assessment", "--as-of", day, "-o", f"{day}.html", "-q")
    office("export", "--what", "assessment", "--as-of", "2021-10-15", "--since", "2021-09-17.json", "-o", "nay.html")
    then, now = (figures(office, f"{name}.html") for name in ("2021-09-17", "nay"))
    assert not any("so với" in text for text in then.values())
    assert now.keys() == then.keys()
    for label, text in now.items():
        values = [float(re.search(r"[\d,]+", part)[0].replace(",", ".")) for part in (then[label], text)]  # type: ignore[index]
        (said,) = re.findall(r"([+−]?[\d,]+)(?: điểm %)? so với 17/09/2021", text)
        assert float(said.replace(",", ".").replace("−", "-")) == pytest.approx(values[1] - values[0])


@pytest.fixture
def office(tmp_path: Path) -> Program:
    shutil.copytree(ROOT / "examples" / "ben_tre_2021", tmp_path, dirs_exist_ok=True)
    return Program(tmp_path)


def figures(office: Program, name: str) -> dict[str, str]:
    """What stands behind the label of each headline figure."""
    page = Page((office.folder / name).read_text("utf-8"))
    (listed,) = [element for element in page.all("ul") if element.get("class") == "figures"]
    found = {}
    for item in listed.all("li"):
        label = next(part.text for part in item.all("span") if part.get("class") == "label")
        found[label] = item.text.removeprefix(label)
    return found
