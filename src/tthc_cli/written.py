"""What plan, directory and calendar files are made of: standard dataclasses that pydantic checks as a file is read.

Only that reading needs pydantic. What was read once and has not changed comes back without it (`compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from tthc_cli.records import NOTHING

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Loc = tuple[int | str, ...]


def _as_written(name: str) -> str:
    """A field's key in the file: one that Python keeps for itself has a line behind it here ("from_")."""
    return name.rstrip("_")


class Written:
    """Base of what stands in files: a key that is no field is an error."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": _as_written}

    def flaws(self) -> Iterable[Flaw]:
        """What does not fit together in a file, its single values being sound."""
        return ()


class Terms:
    """Bounds of a value (`ge`, `le`, `pattern`, `discriminator`), as pydantic's Field names them."""

    def __init__(self, **terms: Any) -> None:
        self._terms = terms

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Field

        return handler.generate_schema(Annotated[source, Field(**self._terms)])


class Checked:
    """A value that a function passes, or an Unsound from it."""

    def __init__(self, check: Callable[[Any], Any]) -> None:
        self._check = check

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core.core_schema import no_info_after_validator_function

        return no_info_after_validator_function(self._check, handler(source))


class Unsound(ValueError):
    """A value that cannot be; `code` names the sentence in `wording`, `facts` fill its blanks."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Flaw(NamedTuple):
    """One thing that does not fit in a file whose single values are sound; `loc` is the path to it as written."""

    loc: Loc
    code: str
    facts: Mapping[str, object] = NOTHING


PositiveInt = Annotated[int, Terms(ge=1)]
DayOfMonth = Annotated[int, Terms(ge=1, le=31)]
