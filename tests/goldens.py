"""Golden files: what we write, kept as files that a reviewer can read."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
REGENERATE = os.environ.get("AARSHJUL_GOLDEN") == "write"


def agrees(path: Path, written: bytes) -> bool:
    """Whether the golden file holds these bytes; with AARSHJUL_GOLDEN=write it is made to."""
    if REGENERATE:
        path.write_bytes(written)
    assert path.exists(), f"{path.name} is missing: run with AARSHJUL_GOLDEN=write, and read what it wrote"
    return path.read_bytes() == written
