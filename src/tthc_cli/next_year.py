"""Makes next year's draft of a plan file: years moved where they stand, and the rest of the file kept as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tthc_cli.plan import Plan
from tthc_cli.renewal import moved
from tthc_cli.text_file import read_text
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import fill, renewal
from tthc_cli.yaml_file import Document, Node

Keys = tuple[str | int, ...]
_WORDS = frozenset({"title", "timing", "product"})
_DAYS = frozenset({"date", "opens", "period", "until", "occasion"})
_HEAD = ("number", "date", "source")
_PUT_ASIDE = frozenset({"notes", "answered_by", "amendments", "annex"})


class Mark(NamedTuple):
    """Something that a person must decide: a line of the draft, the task if it is one's, and what to look at.

    code names the sentence in `wording`; words: what stands there.
    """

    line: int
    task: str
    code: str
    words: str


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def drafted(plan: Plan, document: Document, year: int) -> tuple[list[str], list[Mark]]:
    """The lines of a plan's draft for a year, comments above what a person must look at, and the marks."""
    text = read_text(document.path)
    lines, marks = _Renewal(document, text, plan.year, year, _placeholders(plan, year)).made()
    for mark in sorted(marks, reverse=True):
        line = lines[mark.line - 1]
        indent = " " * (len(line) - len(line.lstrip(" -#")))
        lines.insert(mark.line - 1, f"{indent}# {renewal.mark(mark.code, mark.words)}")
    return lines, marks


def _placeholders(plan: Plan, year: int) -> Mapping[str, str]:
    """What stands for the head that is not known yet, as it is written in YAML."""
    number = "/".join(["…", *plan.number.split("/")[1:]])
    source = fill(renewal.SOURCE, {"year": year, "old": plan.year, "number": plan.number})
    texts = {name: json.dumps(text, ensure_ascii=False) for name, text in (("number", number), ("source", source))}
    return {**texts, "date": f"{year - 1}-12-31"}


class _Renewal:
    def __init__(self, document: Document, text: str, old: int, new: int, placeholders: Mapping[str, str]) -> None:
        self.root, self.text, self.placeholders = document.root, text, placeholders
        self.old, self.new, self.years = old, new, new - old
        self.edits: list[_Edit] = []
        self.marks: list[Mark] = []
        self.aside: set[int] = set()

    def made(self) -> tuple[list[str], list[Mark]]:
        self._mapping(self.root, (), "")
        text = self.text
        for edit in sorted(self.edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        lines = [f"# {line}" if at in self.aside else line for at, line in enumerate(text.splitlines(), 1)]
        return lines, sorted(self.marks)

    def _mapping(self, node: Node, keys: Keys, task: str) -> None:
        entries = node.content if isinstance(node.content, dict) else {}
        own = entries["id"].value.content if "id" in entries and keys[:1] == ("tasks",) else task
        task = own if isinstance(own, str) else task
        for key, entry in entries.items():
            if key in _PUT_ASIDE and entry.value.content:
                self._put_aside(key, entry.place[0], entry.value, task)
            else:
                self._value(entry.value, (*keys, key), task)

    def _value(self, node: Node, keys: Keys, task: str) -> None:
        if isinstance(node.content, list):
            for place, item in enumerate(node.content):
                self._value(item, (*keys, place), task)
        elif isinstance(node.content, dict):
            self._mapping(node, keys, task)
        elif node.content:
            self._scalar(node, keys, task)

    def _scalar(self, node: Node, keys: Keys, task: str) -> None:
        key, raw = keys[-1], self.text[slice(*node.span)]
        if keys == ("year",):
            self._put(node, str(self.new))
        elif keys == ("id",):
            self._put(node, raw.replace(str(self.old), str(self.new)))
        elif len(keys) == 1 and key in _HEAD:
            self._put(node, self.placeholders[str(key)])
            self.marks.append(Mark(node.place[0], "", f"renew_{key}", str(node.content)))
        elif key in _WORDS or keys[0] == "events" or (key in _DAYS and "deadlines" in keys):
            self._move(node, raw, task)

    def _move(self, node: Node, raw: str, task: str) -> None:
        text, left = moved(raw, self.old, self.years)
        self._put(node, text)
        for words in (" ".join(each.split()) for each in left):
            if not any(mark.task == task and mark.words.startswith(words) for mark in self.marks):
                self.marks.append(Mark(node.place[0], task, "renew_cited", words))

    def _put(self, node: Node, text: str) -> None:
        self.edits.append(_Edit(*node.span, text))

    def _put_aside(self, key: str, line: int, node: Node, task: str) -> None:
        """What was said of the old plan alone: its lines become comments."""
        last = max(self.text.count("\n", 0, end - 1) + 1 for _, end in _spans(node))
        self.aside.update(range(line, last + 1))
        if key != "notes":
            self.marks.append(Mark(line, task, f"renew_{key}", ""))


def _spans(node: Node) -> Iterator[tuple[int, int]]:
    """Where the texts of a value stand."""
    children = node.content if isinstance(node.content, list) else []
    if isinstance(node.content, dict):
        children = [entry.value for entry in node.content.values()]
    if not children:
        yield node.span
    for child in children:
        yield from _spans(child)
