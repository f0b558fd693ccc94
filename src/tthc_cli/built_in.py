"""The plan, directory and calendar that come with the program."""

from __future__ import annotations

from pathlib import Path

NAMES = {"plan": "plan_2021.yaml", "agencies": "agencies.yaml", "calendar": "calendar_vn.yaml"}


def built_in(name: str) -> Path:
    """A file that comes with the program: beside the code once installed, at the top of the source tree before."""
    here = Path(__file__).parent
    places = (here / "data" / NAMES[name], here.parents[1] / "data" / NAMES[name])
    return next((path for path in places if path.is_file()), places[0])
