"""The lines for cron and systemd."""

from __future__ import annotations

import shlex
from datetime import timedelta

import pytest

from tthc_cli.schedule import Machine, cron, systemd

MACHINE = Machine(
    ["/opt/tthc 100%/bin/tthc"], "/srv/so theo dõi", "/srv/so theo dõi/.remind.lock", "/usr/bin/flock",
    "/srv/so theo dõi/remind.log", timedelta(hours=7), "+07", "tthc", "kstt@vp.example",
)  # fmt: skip


@pytest.mark.parametrize(
    ("offset", "minute", "hours"),
    [
        (timedelta(hours=7), "5", range(7, 17)),
        (timedelta(0), "5", range(10)),
        (timedelta(hours=5, minutes=30), "35", range(5, 15)),
        (timedelta(hours=-3), "5", [0, 1, 2, 3, 4, 5, 6, 21, 22, 23]),
        (timedelta(hours=10), "5", range(10, 20)),
    ],
)
def test_cron_runs_in_the_working_hours_of_viet_nam(offset: timedelta, minute: str, hours: range) -> None:
    *_, mailto, line = cron(MACHINE._replace(offset=offset)).splitlines()
    fields = line.split(" ", 5)
    assert mailto == "MAILTO=kstt@vp.example"
    assert fields[:5] == [minute, ",".join(map(str, hours)), "*", "*", "*"]
    assert r"100\%" in fields[5]
    assert shlex.split(fields[5].replace(r"\%", "%")) == MACHINE.command()


def test_systemd_takes_the_words_as_they_are() -> None:
    text = systemd(MACHINE)
    assert "OnCalendar=*-*-* 07..16:05:00 Asia/Ho_Chi_Minh\n" in text
    assert (
        'ExecStart=/usr/bin/flock --nonblock "/srv/so theo dõi/.remind.lock" "/opt/tthc 100%%/bin/tthc" remind' in text
    )
    assert "User=tthc\n" in text
