"""Named tuples that are made without a look at what their fields are said to be, which takes longer than all the rest.

To type checkers this is `typing.NamedTuple`, and what that refuses they refuse. At run time it would compile each
annotation, which nobody here asks for: of seventy classes at the start of a command, that is a tenth of its time.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Made(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """The named tuple that a class body describes; the base itself is a class as any other."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                if key != "__module__":
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Made):
        """Base of a class whose annotated names are its fields."""
