"""Writes deadline phrases: the readable ones of the tests' table, with days, months and years of their own."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import yaml

CASES = Path(__file__).parents[1] / "tests" / "cases" / "phrases.yaml"
SHAPES = 140


def main(path: str, count: int) -> None:
    """Write so many phrases, one a line."""
    cases = yaml.safe_load(CASES.read_text("utf-8"))
    readable = [case["phrase"] for case in cases if "rules" in case]
    chance = random.Random(2021)  # noqa: S311 - the same phrases every time
    shapes = chance.sample(readable, SHAPES)
    written = (_varied(chance.choice(shapes), chance) for _ in range(count))
    Path(path).write_text("".join(f"{phrase}\n" for phrase in written), "utf-8")


def _varied(phrase: str, chance: random.Random) -> str:
    return re.sub(r"\d+", lambda found: _number(found[0], chance), phrase)


def _number(digits: str, chance: random.Random) -> str:
    if len(digits) == 4:
        return str(chance.randint(2020, 2025))
    least, most = (13, 28) if int(digits) > 12 else (1, 12) if int(digits) > 4 else (1, 4)
    return f"{chance.randint(least, most):0{len(digits)}}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
