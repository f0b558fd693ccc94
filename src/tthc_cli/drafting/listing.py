"""Plans without a table: tasks as paragraphs, each with labels under it ("Cơ quan chủ trì: …"), made a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tthc_cli.drafting.columns import Field, field_of
from tthc_cli.drafting.document import Block, Cell, Document, Paragraph, Row, Table
from tthc_cli.drafting.numbering import Number, take_number

_LABEL = re.compile(r"(?:^|(?<=[;.])\s+)[-–+•*]?\s*([^\W\d_][^:;.]{1,60}?)\s*:\s*")
_COLUMNS: tuple[Field, ...] = ("lead", "support", "timing", "product")
# Headings of the table that is made; none of them is shown to anyone.
_HEADINGS = ("TT", "Nhiem vu", "Chu tri", "Phoi hop", "Thoi han", "San pham")
_LONGEST_HEADING = 300
_LEAST_LABELS = 2


@dataclass
class _Item:
    """A task: its own paragraphs, those with labels, and what stands under these."""

    lines: list[Paragraph]
    labels: list[Paragraph] = field(default_factory=list)
    said: dict[Field, str] = field(default_factory=dict)

    def take(self, line: Paragraph, said: dict[Field, str]) -> None:
        """Add what a paragraph says under its labels."""
        self.labels.append(line)
        for name, text in said.items():
            self.said[name] = f"{self.said[name]}\n{text}" if name in self.said else text

    @property
    def sound(self) -> bool:
        """Whether enough is said to call it a task."""
        return len(self.said) >= _LEAST_LABELS and bool(self.said.keys() & {"lead", "timing"})


def listed(document: Sequence[Block]) -> Document:
    """The tasks of a document's paragraphs in a table before the rest of it; as it was if there are none."""
    items, kept = _items(document)
    if not items:
        return tuple(document)
    header = Row(tuple(Cell(text) for text in _HEADINGS))
    rows = [row for headings, item in items for row in (*map(_heading, headings), _row(item))]
    return (Table((header, *rows)), *kept)


def _items(document: Sequence[Block]) -> tuple[list[tuple[list[Paragraph], _Item]], list[Block]]:
    """Tasks, each with the headings before it, and all blocks that are neither."""
    items: list[tuple[list[Paragraph], _Item]] = []
    kept: list[Block] = []
    before: list[Paragraph] = []
    item: _Item | None = None
    for block in document:
        said = _labels(block.text) if isinstance(block, Paragraph) else {}
        if isinstance(block, Paragraph) and said and (item or before):
            if item is None:
                start = _start(before)
                item = _Item(before[start:])
                items.append((before[:start], item))
                before = []
            item.take(block, said)
        elif isinstance(block, Paragraph):
            item = None
            before.append(block)
        else:
            kept.append(block)
    sound = [(headings, item) for headings, item in items if item.sound]
    for headings, item in items:
        used = _headings(headings) if item.sound else []
        kept += [line for line in headings if line not in used] + ([] if item.sound else [*item.lines, *item.labels])
    return [(_headings(headings), item) for headings, item in sound], [*kept, *before]


def _labels(text: str) -> dict[Field, str]:
    """What stands under the labels of a paragraph that begins with one."""
    found = [(match, name) for match in _LABEL.finditer(text) if (name := field_of(match[1])) in _COLUMNS]
    if not found or found[0][0].start():
        return {}
    ends = [*(match.start() for match, _ in found[1:]), len(text)]
    return {name: text[match.end() : end].strip(" ;.") for (match, name), end in zip(found, ends, strict=True) if name}


def _start(before: list[Paragraph]) -> int:
    """Where the task begins among the paragraphs before its labels: at the last that is numbered."""
    numbered = [at for at, line in enumerate(before) if take_number(line.text)[0]]
    return numbered[-1] if numbered else len(before) - 1


def _headings(before: list[Paragraph]) -> list[Paragraph]:
    """The headings among the paragraphs before a task, from the last roman one on."""
    numbered = [(line, take_number(line.text)[0]) for line in before if len(line.text) <= _LONGEST_HEADING]
    heads = [(line, number) for line, number in numbered if number and number.kind in ("roman", "capital", "arabic")]
    last = max((at for at, (_, number) in enumerate(heads) if number.kind == "roman"), default=0)
    return [line for line, _ in heads[last:]]


def _heading(line: Paragraph) -> Row:
    number, title = take_number(line.text)
    return Row((Cell(_written(number)), Cell(title, len(_HEADINGS) - 1)), line.place)


def _row(item: _Item) -> Row:
    number, title = take_number(item.lines[0].text)
    texts = (title, *(line.text for line in item.lines[1:]))
    cells = (_written(number), "\n".join(texts), *(item.said.get(name, "") for name in _COLUMNS))
    return Row(tuple(Cell(text) for text in cells), item.lines[0].place)


def _written(number: Number | None) -> str:
    return ".".join(number.parts) or "-" if number else ""
