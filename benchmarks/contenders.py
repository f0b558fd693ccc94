"""Commands that are timed as whole processes, in turn, so that a busy machine slows all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Contender:
    """A command with the seconds and peak kilobytes of its runs; before: what is done ahead of each, not timed."""

    name: str
    command: list[str]
    codes: tuple[int, ...] = (0,)
    stdin: Path | None = None
    before: Callable[[], object] | None = None
    seconds: list[float] = field(default_factory=list)
    kilobytes: list[int] = field(default_factory=list)

    def run(self, folder: Path) -> None:
        """Run once, from a folder without a workspace."""
        if self.before:
            self.before()
        started = time.perf_counter()
        with (self.stdin or Path(os.devnull)).open("rb") as stdin:
            child = subprocess.Popen(  # noqa: S603 - our own commands
                self.command, cwd=folder, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _, status, usage = os.wait4(child.pid, 0)
        self.seconds.append(time.perf_counter() - started)
        self.kilobytes.append(usage.ru_maxrss)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in self.codes:
            raise SystemExit(f"{self.command} ended with {child.returncode}")

    def row(self, other: Contender) -> str:
        """A line of the results, as a multiple of another."""
        took, peak = statistics.median(self.seconds), max(self.kilobytes) / 1024
        ratio = took / statistics.median(other.seconds)
        return f"| {self.name} | {took * 1000:.0f} ms | {ratio:.2f} | {peak:.0f} MB |"


def compare(title: str, contenders: Sequence[Contender], times: int, folder: Path) -> list[str]:
    """A table of the medians, each as a multiple of the last contender's; a first turn only warms the caches."""
    for turn in range(times + 1):
        for contender in contenders:
            contender.run(folder)
            if turn == 0:
                contender.seconds.clear()
                contender.kilobytes.clear()
    head = ["| | median | ratio | peak memory |", "|---|---|---|---|"]
    return [f"## {title}", "", *head, *(each.row(contenders[-1]) for each in contenders), ""]
