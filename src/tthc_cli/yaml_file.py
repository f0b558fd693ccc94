"""Reads a YAML file as plain texts, each with its line and column; none is guessed to be a number or a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from yaml import events as ev

from tthc_cli.errors import InputError, Trouble
from tthc_cli.text_file import position, read_text
from tthc_cli.tuples import NamedTuple

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
Plain = str | list["Plain"] | dict[str, "Plain"] | None
Place = tuple[int, int]


class Node(NamedTuple):
    """A value and where it begins. `content`: a text, None for nothing, a list, or a mapping of keys to entries.

    span: first character of a text in the file, and the one after its last.
    """

    place: Place
    content: str | list[Node] | dict[str, Entry] | None
    span: tuple[int, int] = (0, 0)

    def plain(self) -> Plain:
        """The value without its places."""
        if isinstance(self.content, list):
            return [item.plain() for item in self.content]
        if isinstance(self.content, dict):
            return {key: entry.value.plain() for key, entry in self.content.items()}
        return self.content


class Entry(NamedTuple):
    """A key's place and its value."""

    place: Place
    value: Node


@dataclass(frozen=True)
class Document:
    """A file whose root is a mapping."""

    path: Path
    root: Node

    @cached_property
    def plain(self) -> Plain:
        """All values, as lists, dicts and texts."""
        return self.root.plain()

    def find(self, loc: tuple[int | str, ...], key: bool = False) -> Place:
        """Where the value (or with `key`, the key) lies to which a path leads, or the last part of it that exists.

        A part that names no key is passed over, and so is once the `kind` of a mapping: pydantic names it in paths.
        """
        node, place = self.root, self.root.place
        tagged: Node | None = None
        key = key or loc[-1:] == ("[key]",)
        for part in loc:
            content = node.content
            if isinstance(content, list) and isinstance(part, int) and part < len(content):
                node = content[part]
                place = node.place
            elif isinstance(content, dict) and node is not tagged and _kind(content) == part:
                tagged = node
            elif isinstance(content, dict) and (entry := content.get(str(part))):
                node = entry.value
                place = entry.place if key else node.place
        return place


def _kind(content: dict[str, Entry]) -> object:
    entry = content.get("kind")
    return entry.value.content if entry else None


def read_yaml(path: Path) -> Document:
    """The document, or an InputError with every flaw of its writing: syntax, repeated keys, anchors, aliases, tags."""
    text = read_text(path)
    reader = _Reader(path)
    try:
        root = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise InputError(*reader.troubles, _syntax(path, text, error)) from None
    if root is None:
        raise InputError(Trouble(str(path), "empty_file"))
    if not isinstance(root.content, dict):
        reader.trouble("yaml_no_mapping", root.place)
    if reader.troubles:
        raise InputError(*reader.troubles)
    return Document(path, root)


def _syntax(path: Path, text: str, error: yaml.YAMLError) -> Trouble:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        facts: dict[str, object] = {"why": error.problem or ""}
        return Trouble(str(path), "yaml", mark.line + 1, mark.column + 1, facts)
    line, column = position(text, min(getattr(error, "position", 0), len(text)))
    return Trouble(str(path), "yaml", line, column, {"why": str(getattr(error, "reason", ""))})


class _Reader:
    """Builds nodes from the parser's events."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.troubles: list[Trouble] = []

    def trouble(self, code: str, place: Place, **facts: object) -> None:
        self.troubles.append(Trouble(str(self.path), code, *place, facts))

    def document(self, events: Iterator[ev.Event]) -> Node | None:
        """The only document; None if there is none."""
        root = None
        for event in events:
            if isinstance(event, ev.DocumentStartEvent):
                if root is not None:
                    self.trouble("yaml_several", _place(event))
                    break
                root = self._node(next(events), events, 0)
        return root

    def _node(self, event: ev.Event, events: Iterator[ev.Event], depth: int) -> Node:
        place = _place(event)
        self._plain_only(event, place)
        if depth > _DEEPEST:
            self.trouble("yaml_too_deep", place)
            raise InputError(*self.troubles)
        if isinstance(event, ev.SequenceStartEvent):
            return Node(place, [*self._items(events, depth)])
        if isinstance(event, ev.MappingStartEvent):
            return Node(place, self._entries(events, depth))
        if not isinstance(event, ev.ScalarEvent):
            return Node(place, None)
        nothing = event.value == "" and event.implicit[0]
        marks: Any = (event.start_mark, event.end_mark)
        return Node(place, None if nothing else event.value, (marks[0].index, marks[1].index))

    def _plain_only(self, event: ev.Event, place: Place) -> None:
        if isinstance(event, ev.AliasEvent):
            self.trouble("yaml_alias", place, name=event.anchor)
        elif isinstance(event, ev.NodeEvent) and event.anchor:
            self.trouble("yaml_anchor", place, name=event.anchor)
        if getattr(event, "tag", None):
            self.trouble("yaml_tag", place, name=getattr(event, "tag", ""))

    def _items(self, events: Iterator[ev.Event], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), ev.SequenceEndEvent):
            yield self._node(event, events, depth + 1)

    def _entries(self, events: Iterator[ev.Event], depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(events), ev.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.content, str):
                self.trouble("yaml_key", key.place)
            elif first := entries.get(key.content):
                self.trouble("duplicate_key", key.place, key=key.content, first=first.place[0])
            else:
                entries[key.content] = Entry(key.place, value)
        return entries


def _place(event: ev.Event) -> Place:
    mark: Any = event.start_mark
    return mark.line + 1, mark.column + 1
