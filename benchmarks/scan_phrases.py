"""The bare minimum that reading phrases could cost: every line of standard input searched once by an expression."""

import re
import sys

PATTERN = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d+|\w+")

for line in sys.stdin:
    PATTERN.findall(line)
