"""What plan, directory and calendar files are made of: standard dataclasses that pydantic checks as a file is read.

Only that reading needs pydantic. What was read once and has not changed comes back without it (`compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn, dataclass_transform

from tthc_cli.records import NOTHING
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Loc = tuple[int | str, ...]


def _as_written(name: str) -> str:
    """A field's key in the file: one that Python keeps for itself has a line behind it here ("from_")."""
    return name.rstrip("_")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Written:
    """Base of what stands in files: a frozen standard dataclass; a key that is no field is an error.

    Its methods stand here once, where `dataclass` would compile them anew for each class at every start.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": _as_written}
    _names: ClassVar[tuple[str, ...]]
    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(cls) -> None:
        dataclass(init=False, repr=False, eq=False)(cls)
        cls._names = tuple(each.name for each in fields(cls))

    def __init__(self, **given: Any) -> None:
        for each in fields(self) if len(given) < len(self._names) else ():
            if each.name not in given and each.default_factory is not MISSING:
                given[each.name] = each.default_factory()
            elif each.name not in given and each.default is not MISSING:
                given[each.name] = each.default
        if wrong := given.keys() ^ self._names:
            raise TypeError(f"{type(self).__name__}: {', '.join(sorted(wrong))}")
        self.__dict__.update(given)
        self.__post_init__()

    def __post_init__(self) -> None:
        """An Unsound where single values contradict one another."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(name)

    def _values(self) -> tuple[Any, ...]:
        return tuple(map(self.__dict__.__getitem__, self._names))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        named = zip(self._names, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in named)})"

    def flaws(self) -> Iterable[Flaw]:
        """What does not fit together in a file, its single values being sound."""
        return ()


class Terms:
    """Bounds of a value (`ge`, `le`, `pattern`, `discriminator`), as pydantic's Field names them."""

    def __init__(self, **terms: Any) -> None:
        self._terms = terms

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Field as PydanticField

        return handler.generate_schema(Annotated[source, PydanticField(**self._terms)])


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
