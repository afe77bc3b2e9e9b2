"""How commands write: JSON for programs, tables for people, plain where the output is not a terminal."""

import json
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_A_FILE = 120


def print_json(value: Any, *, indent: int | None = None) -> None:
    """A value as JSON on standard output, one line unless indented."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def console() -> "Console":
    """Rich's console: no colours outside a terminal, and there a width that keeps lines whole."""
    from rich.console import Console

    in_terminal = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(highlight=False, markup=False, emoji=False, width=None if in_terminal else WIDTH_OF_A_FILE)
