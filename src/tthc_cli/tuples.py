"""Named tuples that are cheap to define: annotations are never evaluated, and classes with as many fields share code.

To type checkers this is `typing.NamedTuple`, and what that refuses they refuse. At run time that would compile each
annotation, which nobody here asks for, and `namedtuple` a function for each class: of seventy classes at the start of a
command, that is a tenth of its time.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache, cached_property
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    _Most = namedtuple("_Most", map("_{}".format, range(32)), rename=True)
    _GETTERS = [vars(_Most)[name] for name in _Most._fields]

    class _Base(tuple):
        """What all of them can do, as those of `namedtuple` can."""

        __slots__ = ()
        _make = classmethod(tuple.__new__)  # of as many values as there are fields, which nobody counts

        def _replace(self, /, **changes: Any) -> Any:
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return made

        __replace__ = _replace

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            named = zip(self._fields, self, strict=True)
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in named)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    @cache
    def _new(size: int) -> FunctionType:
        """What makes a tuple of so many values; others of as many fields differ from it in nothing but the names."""
        names = "".join(map("_{}, ".format, range(size)))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}))", {"_new": tuple.__new__})  # noqa: S307

    class _Made(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """The named tuple that a class body describes; the base itself is a class as any other.

            One whose body has cached properties can keep what they yield.
            """
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has one")
            new = _new(len(fields))
            code = new.__code__.replace(co_varnames=("_cls", *fields), co_qualname=f"{name}.__new__")
            keeps = any(isinstance(each, cached_property) for each in body.values())
            own = {
                **({} if keeps else {"__slots__": ()}),
                "__new__": FunctionType(code, new.__globals__, "__new__", tuple(defaults.values())),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
            }
            return type(name, (_Base,), {**own, **dict(zip(fields, _GETTERS[: len(fields)], strict=True)), **body})

    class NamedTuple(metaclass=_Made):
        """Base of a class whose annotated names are its fields."""
