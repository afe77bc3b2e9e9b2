"""A channel that writes each message to a file: for a laptop, a played year, and for looking at."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from notifications.channel import Outcome, Parcel, Receipt, nothing


@dataclass(frozen=True)
class FolderChannel:
    """Writes `NNNNN` + suffix into a folder that exists.

    Attributes:
        folder: where to.
        suffix: `.eml` or `.json`.
    """

    folder: Path
    suffix: str

    down = False

    @contextmanager
    def open(self) -> Iterator["FolderChannel"]:
        """It is always open."""
        yield self

    def send(self, parcel: Parcel, meanwhile: Callable[[], None] = nothing) -> tuple[Receipt, ...]:  # noqa: ARG002
        """Write the file whole or not at all; the same number again puts the new bytes in its place."""
        target = self.folder / f"{parcel.number:05d}{self.suffix}"
        recipients = parcel.recipients or (None,)
        try:
            _write_whole(target, parcel.payload)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            answer = Receipt(code=problem.errno, text=f"{target.name}: {reason}", outcome=Outcome.TEMPORARY)
        else:
            answer = Receipt(code=None, text=f"written to {target.name}", outcome=Outcome.SENT)
        return tuple(replace(answer, recipient=recipient) for recipient in recipients)


def _write_whole(target: Path, payload: bytes) -> None:
    """Write beside the target and rename, so that a reader sees nothing, the old bytes or the new ones."""
    # One name, not a random one: what a killed process left is overwritten when the message is sent again.
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(payload)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
