"""The duties in a plan's body: the headings and sentences of its part "Tổ chức thực hiện"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tthc_cli.agencies import Directory
from tthc_cli.drafting.appendix import Entry, Section
from tthc_cli.drafting.days_named import day_named
from tthc_cli.drafting.document import Paragraph, Remark
from tthc_cli.drafting.numbering import take_number
from tthc_cli.drafting.units import leading_unit, read_units
from tthc_cli.naming import fold

_RECURRING = re.compile(
    r"(?:định kỳ\s+)?(?:hằng|hàng)\s+(?:tháng|quý|năm)(?:,\s*(?:6 tháng|quý|năm))*(?:\s+và\s+năm)?"
    r"|định kỳ(?:\s+6 tháng)?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:nơi nhận|trên đây là|phụ lục|trong quá trình (?:triển khai )?thực hiện)", re.IGNORECASE)
_LONGEST_HEADING, _LONGEST_NAME = 160, 40


@dataclass
class Body:
    """The duties found, as entries whose timing is what their words say of a day.

    recurring: ids of those that speak of a cycle, which mostly repeat a task of the appendix.
    """

    sections: list[Section] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    recurring: dict[str, str] = field(default_factory=dict)

    def read(self, lines: Sequence[Paragraph], directory: Directory, appendix: int) -> None:
        """Take in the lines outside the tables of tasks; a day that another part names before them is told."""
        inside = False
        for at, block in enumerate(lines):
            number, rest = take_number(block.text)
            named = fold(rest).startswith("to chuc thuc hien") and len(rest) <= _LONGEST_NAME
            if named or (number and number.kind == "roman"):
                inside = named or ("to chuc thuc hien" in fold(rest) and len(rest) <= _LONGEST_HEADING)
            elif inside and _ENDS.match(block.text):
                inside = False
            elif inside:
                self._paragraph(block, directory)
            if not inside and at < appendix and (found := day_named(block.text)):
                self.remarks.append(Remark("open_body_day", block.place, {"words": found, "text": block.text}))

    def _paragraph(self, block: Paragraph, directory: Directory) -> None:
        number, rest = take_number(block.text)
        if number and number.kind == "arabic":
            self._heading(block, ".".join(number.parts), rest, directory)
        elif self.sections:
            self._duty(block, rest, directory)
        else:
            self.remarks.append(Remark("left_body", block.place, {"text": block.text}))

    def _heading(self, block: Paragraph, number: str, text: str, directory: Directory) -> None:
        """A numbered heading; one with a sentence of its own is a heading and a duty."""
        name, colon, sentence = text.partition(":")
        if not colon and (len(text) > _LONGEST_HEADING or not _all_known(text, directory)):
            unit = leading_unit(text, directory)
            name, sentence = (unit.name, text) if unit else (name, "" if len(text) <= _LONGEST_HEADING else text)
        id_ = f"TC.{number}"
        if any(section.id == id_ for section in self.sections):
            self._duty(block, text, directory)
            return
        self.sections.append(Section(id_, name.strip(), block.place))
        if sentence.strip():
            self._duty(block, sentence.strip(), directory)

    def _duty(self, block: Paragraph, text: str, directory: Directory) -> None:
        section = self.sections[-1]
        last = self.entries[-1] if self.entries else None
        if text[:1].islower() and last and last.section == section.id and block.text == text:
            last.texts["title"] += f" {text}"
            self.remarks.append(Remark("mended_cut_row", block.place, {"text": text}, last.id))
            return
        count = sum(1 for entry in self.entries if entry.section == section.id) + 1
        id_ = f"{section.id}.{count}"
        own = leading_unit(text, directory)
        found = day_named(text)
        cycle = _RECURRING.search(text) if not found else None
        timing = found or (cycle[0] if cycle else "")
        lead = own.name if own else section.title
        self.entries.append(Entry(id_, section.id, block.place, {"title": text, "lead": lead, "timing": timing}))
        if cycle:
            self.recurring[id_] = cycle[0]


def _all_known(text: str, directory: Directory) -> bool:
    units = read_units(text, directory)
    return bool(units) and all(unit.ids for unit in units)
