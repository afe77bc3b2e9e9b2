"""`aarshjul serve` in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAIN = """
import sys; sys.argv[0] = 'aarshjul'
from aarshjul.cli.errors import run
from aarshjul.cli import app
code = run(lambda: app(args=sys.argv[1:]))
sys.exit(code or ('prefect' in sys.modules) or ('flows' in sys.modules))
"""


@contextmanager
def served(home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "AARSHJUL_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "serve", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Serving at http://"), process.communicate()[1]
    return line.split()[2].rstrip(".")
