"""Pages made for tests, and what stands in a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from tests.worlds import run
from tthc_cli import settings, workflow
from tthc_cli.cli.check import of
from tthc_cli.formats import Format, render
from tthc_cli.report import Report
from tthc_cli.reports import check
from tthc_cli.workflow import Outcome

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "ben_tre_2021"
AS_OF = date(2021, 10, 15)
VOID = {"meta", "link", "input", "br"}
# Made up: a duty that every commune has every month, so that a plan has more than five thousand.
MONTHLY = """
  - id: VI.99
    section: VI
    title: Báo cáo hằng tháng tình hình giải quyết hồ sơ (dữ liệu minh họa).
    lead: [UBND cấp xã]
    lead_agencies: [nhom-ubnd-cap-xa]
    timing: Định kỳ hàng tháng
    deadlines:
      - {kind: recurring, every: month}
"""


def full(outcome: Outcome) -> Report:
    """The report on every judgement of a run."""
    return check.report(of(outcome, outcome.assessment.judgements)._replace(everything=True))


def example() -> Report:
    """The report on the example register."""
    chosen = settings.read({"workspace": str(EXAMPLE)}, {}, EXAMPLE)
    return full(workflow.run(chosen, AS_OF, AS_OF))


def large(folder: Path) -> Report:
    """A report on more than five thousand obligations."""
    plan = (ROOT / "data" / "plan_2021.yaml").read_text("utf-8").replace("\ntasks:\n", f"\ntasks:{MONTHLY}", 1)
    return full(run(folder, AS_OF, register="", plan=plan))


def html(report: Report) -> str:
    """The report as a page."""
    return "".join(render(report, Format.html))


@dataclass
class Element:
    """One element with what stands inside it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, and those of what stands inside it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, *tags: str) -> list[Element]:
        """The elements inside it, of these tags if any are named."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if not tags or child.tag in tags else []
                found += child.all(*tags)
        return found

    def get(self, name: str) -> str:
        """An attribute, empty where it is missing."""
        return self.attributes.get(name) or ""


class Page(HTMLParser):
    """A page's elements; every one that opens has to close in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("")
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert self._open == [self.root], [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs), f"an attribute twice: {attrs}"
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, (self._open[-1].tag, tag)
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def all(self, *tags: str) -> list[Element]:
        """Every element, of these tags if any are named."""
        return self.root.all(*tags)

    def one(self, id_: str) -> Element:
        """The element of this id."""
        [found] = [element for element in self.all() if element.get("id") == id_]
        return found
