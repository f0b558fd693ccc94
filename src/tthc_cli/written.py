"""What plan, directory and calendar files are made of: classes that pydantic checks, as dataclasses, as a file is read.

Only that reading needs pydantic. What was read once and has not changed comes back without it (`compiled`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

from tthc_cli.records import NOTHING
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Loc = tuple[int | str, ...]
Made = TypeVar("Made")


def _as_written(name: str) -> str:
    """A field's key in the file: one that Python keeps for itself has a line behind it here ("from_")."""
    return name.rstrip("_")


class _Fresh:
    """A default that is made for each object."""

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.make = factory


def fresh(*, factory: Callable[[], Made]) -> Made:
    """A default that no two objects share."""
    return _Fresh(factory)  # type: ignore[return-value]  # as fields are declared


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(fresh,))
class Written:
    """Base of what stands in files: to type checkers a frozen dataclass; a key that is no field is an error.

    To pydantic too, but only once it asks: to make dataclasses takes a while, which most commands never need. What else
    it can do has the names that named tuples have for it, since no key in a file begins so.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": _as_written}
    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[Mapping[str, Any]] = NOTHING

    def __init_subclass__(cls) -> None:
        said = vars(cls).get("__annotations__", {})
        own = [name for name, kind in said.items() if not kind.startswith("ClassVar")]
        cls._fields = tuple(dict.fromkeys((*cls._fields, *own)))
        cls._defaults = {**cls._defaults, **{name: getattr(cls, name) for name in own if hasattr(cls, name)}}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from dataclasses import dataclass, field

        for each in reversed(cls.__mro__[: cls.__mro__.index(Written)]):
            if "__dataclass_fields__" not in vars(each):
                for name, default in vars(each).copy().items():
                    if isinstance(default, _Fresh):
                        setattr(each, name, field(default_factory=default.make))
                dataclass(init=False, repr=False, eq=False)(each)
        return handler(source)

    def __init__(self, **given: Any) -> None:
        for name, default in self._defaults.items() if len(given) < len(self._fields) else ():
            if name not in given:
                given[name] = default.make() if isinstance(default, _Fresh) else default
        if wrong := given.keys() ^ self._fields:
            raise TypeError(f"{type(self).__name__}: {', '.join(sorted(wrong))}")
        self.__dict__.update(given)
        self.__post_init__()

    def __post_init__(self) -> None:
        """An Unsound where single values contradict one another."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(name)

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(name)

    def _replace(self, **changes: Any) -> Self:
        """The same with other values in some of its fields."""
        return type(self)(**{**self._asdict(), **changes})

    def _asdict(self) -> dict[str, Any]:
        """The value of each field."""
        return {name: self.__dict__[name] for name in self._fields}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._asdict() == other._asdict()

    def __hash__(self) -> int:
        return hash((type(self), *self._asdict().values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

    def flaws(self) -> Iterable[Flaw]:
        """What does not fit together in a file, its single values being sound."""
        return ()


class Terms:
    """Bounds of a value (`ge`, `le`, `min_length`, `pattern`, `discriminator`), as pydantic's Field names them."""

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
