"""Where an error becomes what a person reads on stderr, and an exit code; nowhere else."""

import os
import sys
from collections.abc import Callable
from typing import Any

from aarshjul.core.errors import AarshjulError

UNEXPECTED = 70
"""The exit code of a mistake of ours, as sysexits has it: neither a refusal nor bad input."""


def run(app: Callable[[], Any]) -> int:
    """Runs a command line and gives its exit code; no error leaves as a traceback.

    Usage errors are answered by the command line itself, with exit code 2. `AARSHJUL_DEBUG=1` shows the
    traceback of what was not expected.
    """
    try:
        app()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except AarshjulError as error:
        _say(str(error))
        return error.exit_code
    except BrokenPipeError:
        _drop_output()
        return 0
    except Exception as error:
        if os.environ.get("AARSHJUL_DEBUG") == "1":
            raise
        reason = " ".join(str(error).split())[:200]
        _say(f"Something went wrong that should not have: {type(error).__name__}: {reason}")
        _say("AARSHJUL_DEBUG=1 shows where.")
        return UNEXPECTED
    return 0


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _drop_output() -> None:
    """The reader of our output has left; what Python would still flush goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
