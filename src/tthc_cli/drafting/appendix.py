"""The appendix of a plan: every row of its tables becomes a section, a task, a part of one, or a remark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tthc_cli.drafting.columns import Columns, Field, counting, field_of, find_columns
from tthc_cli.drafting.document import Block, Paragraph, Place, Remark, Table
from tthc_cli.drafting.grid import Line, lines
from tthc_cli.drafting.mending import one_line, run_on
from tthc_cli.drafting.numbering import Number, Paths, read_number, take_number
from tthc_cli.naming import fold

_DATA: tuple[Field, ...] = ("lead", "support", "timing", "product")
_LONGEST_HEADING = 300
_WHOLE = ".;:!?…"
_DITTO = re.compile(r"[-–]?\s*(?:nt|như trên)\s*[-–]?|[\"”“″〃]|''|//", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A heading of the appendix or of the body."""

    id: str
    title: str
    place: Place


@dataclass(slots=True)
class Entry:
    """A task as its row says it.

    others: heading and text of columns that a plan has no field for; unsure: its timing cannot be read as one phrase.
    """

    id: str
    section: str
    place: Place
    texts: dict[Field, str]
    others: list[tuple[str, str]] = field(default_factory=list)
    unsure: bool = False
    remarks: list[Remark] = field(default_factory=list)


@dataclass
class Appendix:
    """Reads the tables of a document in their order."""

    sections: list[Section] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    outside: list[Paragraph] = field(default_factory=list)
    first: int | None = None
    _paths: Paths = field(default_factory=Paths)
    _columns: Columns | None = None
    _headings: set[str] = field(default_factory=set)
    _last: Section | Entry | None = None
    _before: list[Paragraph] = field(default_factory=list)
    _appendices: int = 1
    _top: bool = False

    def read(self, document: Sequence[Block]) -> None:
        """Take in a whole document.

        `outside` then holds what stands outside the tables of tasks, line by line, and `first` its length when the
        first of those tables came.
        """
        for block in document:
            if isinstance(block, Paragraph):
                self.outside.append(block)
                self._before.append(block)
                if fold(block.text).startswith("phu luc"):
                    self._before.clear()
            elif self._table(block):
                self._before.clear()

    def _table(self, table: Table) -> bool:
        """Take in a table; whether it is one of tasks."""
        rows = [*lines(table)]
        start, found = _header(rows)
        if found:
            columns, depth = found
            self._leave("left_above_header", rows[:start])
            self.outside += _paragraphs(rows[:start])
            self._leave("left_header", rows[start : start + depth])
            if columns.guessed:
                facts: dict[str, object] = {"column": columns.guessed}
                self.remarks.append(Remark("guessed_title_column", rows[start].place, facts))
            self._begin(rows[start + depth :], columns)
            self._headings = {text for line in rows[start : start + depth] for text in _words(line)}
            self._columns, start = columns, start + depth
        elif self._columns is None or not _continues(rows, self._columns):
            self._leave("left_no_columns", rows)
            self.outside += _paragraphs(rows)
            return False
        self.first = len(self.outside) if self.first is None else self.first
        self._top = True
        for line in rows[start:]:
            self._row(line)
        return True

    def _begin(self, rows: Sequence[Line], columns: Columns) -> None:
        """Before a table with headings of its own: headings that stand above it, or a count that begins anew."""
        for paragraph in self._before[-3:]:
            number, title = take_number(paragraph.text)
            heads = number and number.kind in ("roman", "capital", "arabic") and len(title) <= _LONGEST_HEADING
            if number and heads and not (self.entries and self._anew(number)):
                self._heading(number, title, paragraph.place)
        first = next((line for line in rows if line.filled and not counting(line)), None)
        if first and self.entries:
            number, _ = _number_and_title(first, columns)
            if number and self._anew(number):
                self._appendices += 1
                self._paths.again(f"PL{self._appendices}")
                self._last = None
                self.remarks.append(Remark("guessed_appendix", first.place, {"prefix": f"PL{self._appendices}"}))

    def _anew(self, number: Number) -> bool:
        """Whether this number stands for a heading or task that there is already."""
        if number.kind in ("roman", "capital"):
            return self._paths.has(".".join(filter(None, (self._paths.prefix, *number.parts))))
        return number.parts == ("1",) and not any(level.last == 0 for level in self._paths.open)

    def _row(self, line: Line) -> None:
        if not line.filled:
            return
        columns = self._columns
        assert columns
        again = find_columns([line])
        if again and any(field_of(text) == "number" for text in line.texts):
            self._columns = again[0]
            self._headings |= _words(line)
            self._leave("left_header_again", [line])
        elif len(line.filled) > 1 and _words(line) <= self._headings:
            self._leave("left_header_again", [line])
        elif counting(line):
            self._leave("left_header", [line])
        elif not any(char.isalnum() for text in line.filled for char in text):
            self._leave("left_row", [line])
        else:
            self._place(line, columns)
            self._top = False

    def _place(self, line: Line, columns: Columns) -> None:
        """Make of a row what it is."""
        number, title = _number_and_title(line, columns)
        if not title and self._is_part(line, columns):
            number, title = Number("bullet", ()), line.text(columns.fields["title"])
        own = {name: text for name in _DATA if (text := _own(line, columns, name))}
        numbered = number is not None and number.kind != "bullet"
        said = bool(own) or bool(title and (columns.text(line, "lead") or columns.text(line, "timing")))
        alone = len(line.filled) == 1 and (2 * line.widest > line.width > 2 or not line.own(columns.fields["title"]))
        apart = alone and title and not title[0].islower() and not (self._top and isinstance(self._last, Section))
        if not apart and self._goes_on(number, title, own, said, columns):
            self._continue(line, columns, title if not number else _marked(number, title), own)
        elif said and (title or numbered):
            self._task(number, title, line, columns)
        elif title:
            self._heading(number if numbered else None, title, line.place)
            self._other_cells(line, columns)
        else:
            self._leave("left_row", [line])

    def _is_part(self, line: Line, columns: Columns) -> bool:
        """Whether a row under a merged title is a duty of its own: another unit leads it, by another day."""
        merged = line.above[columns.fields["title"]] and isinstance(self._last, Entry)
        return bool(merged and _own(line, columns, "lead") and _own(line, columns, "timing"))

    def _goes_on(self, number: Number | None, title: str, own: dict[Field, str], said: bool, columns: Columns) -> bool:
        """Whether a row is the rest of the one before, cut by the end of a page or set out in parts."""
        last = self._last
        if last is None or (number and number.kind not in ("small", "bullet")):
            return False
        if not isinstance(last, Entry):
            return not said and not number and bool(title) and (title[0].islower() or self._top)
        if number:
            return not said
        if not title or title[0].islower():
            return True
        if "number" not in columns.fields and said:
            return False
        if not ("lead" in own or "timing" in own):
            return bool(own) or (_cut(last) and self._top)
        return _cut(last) and (self._top or not ("lead" in own and "timing" in own))

    def _continue(self, line: Line, columns: Columns, title: str, own: dict[Field, str]) -> None:
        last = self._last
        texts: dict[Field, str] = {"title": title, **own} if title else dict(own)
        others = [*_others(line, columns)]
        merged = bool(line.above[columns.fields["title"]])
        shown = " | ".join([*texts.values(), *(text for _, text in others)])
        if isinstance(last, Entry):
            last.unsure = last.unsure or (bool(columns.spread) and "timing" in own)
            for name, text in texts.items():
                last.texts[name] = _joined(last.texts.get(name, ""), text, name, merged)
            last.others += others
            last.remarks.append(Remark("mended_cut_row", line.place, {"text": shown}, last.id))
        elif isinstance(last, Section):
            last.title = f"{last.title} {title}"
            self.remarks.append(Remark("mended_cut_row", line.place, {"text": shown}, last.id))

    def _task(self, number: Number | None, title: str, line: Line, columns: Columns) -> None:
        if number and number.kind in ("roman", "capital"):
            self._heading(number, title, line.place)  # what stands below it is counted anew
            id_ = self.sections[-1].id
        else:
            if not self._paths.open and not self._paths.prefix and not self.sections:
                self._section_for_all(line.place)
            id_ = self._paths.task(number)
        entry = Entry(id_, self._section_of(id_, title, line.place), line.place, {"title": one_line(title)})
        for name in _DATA:
            text = self._as_above(columns.text(line, name), name, entry)
            entry.texts[name] = text if name in ("lead", "support") else one_line(text)
        entry.others = [*_others(line, columns)]
        entry.unsure = sum(1 for at in columns.spread if line.text(at)) > 1
        if number is None or not number.parts:
            entry.remarks.append(Remark("guessed_number", line.place, {"id": id_}, id_))
        elif ".lai" in id_:
            entry.remarks.append(Remark("guessed_repeated", line.place, {"id": id_}, id_))
        self.entries.append(entry)
        self._last = entry

    def _as_above(self, text: str, name: Field, entry: Entry) -> str:
        """What a cell says; one that only says "the same" says what the task above does."""
        same = _DITTO.fullmatch(text)
        if not same or not self.entries:
            return text
        above = self.entries[-1].texts.get(name, "")
        entry.remarks.append(Remark("guessed_ditto", entry.place, {"words": text, "text": above}, entry.id))
        return above

    def _section_of(self, id_: str, title: str, place: Place) -> str:
        """The section of a task; one that stands beside the headings, under none of them, is a section of its own."""
        above = (section.id for section in self.sections if section.id == "0" or id_.startswith(f"{section.id}."))
        if found := self._paths.section() or next(above, ""):
            return found
        if not any(section.id == id_ for section in self.sections):
            self.sections.append(Section(id_, one_line(title), place))
            self.remarks.append(Remark("guessed_own_section", place, {"id": id_}, id_))
        return id_

    def _section_for_all(self, place: Place) -> None:
        """A plan needs a section, also where its table has none."""
        self.sections.append(Section("0", "", place))
        self.remarks.append(Remark("guessed_section", place, {}))

    def _heading(self, number: Number | None, title: str, place: Place) -> None:
        id_ = self._paths.heading(number)
        section = Section(id_, one_line(title), place)
        if number is None or not number.parts:
            self.remarks.append(Remark("guessed_heading", place, {"id": id_, "text": section.title}, id_))
        self.sections.append(section)
        self._last = section

    def _other_cells(self, line: Line, columns: Columns) -> None:
        title = line.covers[columns.fields["title"]]
        for heading, text in _others(line, columns):
            if text != one_line(title):
                self.remarks.append(Remark("left_cell", line.place, {"column": heading, "text": text}))

    def _leave(self, code: str, rows: Iterable[Line]) -> None:
        for line in rows:
            if line.filled:
                self.remarks.append(Remark(code, line.place, {"text": " | ".join(line.filled)}))

    def empty_sections(self) -> Iterator[Section]:
        """Headings under which no task stands."""
        for section in self.sections:
            if not any(entry.id.startswith(f"{section.id}.") or entry.section == section.id for entry in self.entries):
                yield section


def _paragraphs(rows: Iterable[Line]) -> Iterator[Paragraph]:
    """What rows that hold no tasks say, line by line."""
    return (
        Paragraph(line, row.place) for row in rows for text in row.filled for line in text.split("\n") if line.strip()
    )


def _header(rows: Sequence[Line]) -> tuple[int, tuple[Columns, int] | None]:
    """Where the headings of the columns begin, and what they are."""
    for start in range(len(rows)):
        if rows[start].filled and (found := find_columns(rows[start:])):
            return start, found
    return 0, None


def _continues(rows: Sequence[Line], columns: Columns) -> bool:
    """Whether a table without headings of tasks goes on with the one before: as wide, no headings of its own."""
    named = [[found for text in line.texts if (found := field_of(text))] for line in rows[:3]]
    other = any(len(found) > 2 or (len(found) == 2 and "number" in found) for found in named)
    return bool(rows) and rows[0].width == columns.width and not other


def _words(line: Line) -> set[str]:
    """The texts of a row, however they are written."""
    return {fold(text) for text in line.filled}


def _number_and_title(line: Line, columns: Columns) -> tuple[Number | None, str]:
    """The number of a row and its title, whichever cells they stand in."""
    at = columns.fields.get("number")
    written = line.own(at) if at is not None else ""
    title = next((text for at in columns.titles if (text := line.own(at))), "")
    if not title and (over := line.covers[columns.fields["title"]]) != written:
        title = over
    if not written and at is None and not title:
        written = line.own(0) if 0 not in {*columns.fields.values(), *columns.others, *columns.spread} else ""
    number = read_number(written) if written else None
    if written and number is None:
        number, rest = take_number(written, apart=True)
        title = f"{rest} {title}".strip()
    elif not written:
        number, title = take_number(title)
    return number, title


def _own(line: Line, columns: Columns, name: Field) -> str:
    """What was written in this row itself in a field."""
    if name == "timing" and columns.spread:
        return columns.text(line, name) if any(line.own(at) for at in columns.spread) else ""
    at = columns.fields.get(name)
    return "" if at is None else line.own(at)


def _others(line: Line, columns: Columns) -> Iterator[tuple[str, str]]:
    for at, heading in columns.others.items():
        if text := line.text(at):
            yield heading, one_line(text)


def _marked(number: Number, title: str) -> str:
    return f"{number.parts[0]}) {title}" if number.parts else f"- {title}"


def _cut(entry: Entry) -> bool:
    """Whether the title before stops in the middle of a sentence."""
    title = entry.texts.get("title", "").rstrip()
    return bool(title) and title[-1] not in _WHOLE


def _joined(first: str, rest: str, name: Field, merged: bool) -> str:
    """What goes on: after a page's end in the middle of a sentence, in a merged cell as a text of its own."""
    both = f"{first}\n{rest}" if merged else run_on(first, rest)
    return both.strip() if name in ("lead", "support") else one_line(both.strip())
