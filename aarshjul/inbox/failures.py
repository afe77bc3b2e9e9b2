"""How often each mail could not be handled: kept beside the database, as it is the database that may have failed."""

import json
import os
from contextlib import suppress
from pathlib import Path

FILE = "inbox-failures.json"
MOST = 3  # times a mail is tried
_MOST_KEPT = 1000


class Failures:
    """The counts of a home, by the digest of the mail; a file that cannot be read counts nothing."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._counts = _read(self._file)

    def another(self, digest: str) -> bool:
        """Count a failure; whether that was one too many."""
        self._counts[digest] = self._counts.pop(digest, 0) + 1
        self._write()
        return self._counts[digest] >= MOST

    def forget(self, digest: str) -> None:
        """The mail has been handled."""
        if self._counts.pop(digest, None) is not None:
            self._write()

    def _write(self) -> None:
        """By rename, so that it is whole; the last thousand are kept. Where it cannot be written, this poll counts."""
        kept = dict(list(self._counts.items())[-_MOST_KEPT:])
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            draft.write_text(json.dumps(kept), encoding="utf-8")
            draft.replace(self._file)


def _read(file: Path) -> dict[str, int]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        return {str(digest): int(count) for digest, count in read.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
