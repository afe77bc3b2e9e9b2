"""A draft that a file of acts names is read with care."""

import os
from pathlib import Path

import pytest

from aarshjul.files.documents import read_draft
from aarshjul.files.script import read_script
from aarshjul.files.text import FileError

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "draft.md")
    acts = tmp_path / "x.acts.yaml"
    acts.write_text(
        "format: aarshjul/acts@1\nacts:\n"
        "  - {on: 2022-09-29, by: direktoer, do: submit-draft, file: draft.md}\n"
    )
    with pytest.raises(FileError, match="is a pipe; name an ordinary file"):
        read_script(EXAMPLES / "nordjylland-2023.cycle.yaml", acts)


@pytest.mark.parametrize("name", ["", ".", "/dev/zero", "nowhere.md", "a" * 5000, "x\0y"])
def test_what_is_no_file_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError):
        read_draft(tmp_path / name)


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Mål 1")
    assert read_draft(tmp_path / "a.md") == "Mål 1"
