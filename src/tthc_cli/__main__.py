"""`python -m tthc_cli`."""

from __future__ import annotations

from tthc_cli.cli import process

process()
