"""tthc: checks what the units of a province owe under an administrative plan, and whether they did it in time."""

__version__ = "0.1.0"
