"""The program as a process: `tthc`, and `python -m tthc_cli`."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, NoReturn


def process() -> NoReturn:
    """Run the program, and end at once: to take all of its objects apart is work in vain, to tidy up is not.

    A signal may come while the program itself is still being read.
    """
    gc.disable()  # in a short process there are no rings of objects worth looking for
    if sys.path[:1] == [os.path.dirname(sys.argv[0])]:  # noqa: PTH120 - to load pathlib would take longer
        del sys.path[0]  # no module lies beside the installed script, and each would be looked for there first
    code: Any = 0
    try:
        from tthc_cli.cli import main

        main()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = 130
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):  # it is closed, or gone
            continue
    if tidying := sys.modules.get("atexit"):  # only what has loaded it has anything to tidy up
        tidying._run_exitfuncs()
    os._exit(code or 0)


if __name__ == "__main__":
    process()
