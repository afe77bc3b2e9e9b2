"""A file says itself what it is; one that says nothing, or something unknown, is told what it could be."""

from pathlib import Path

import pytest

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Invalid
from aarshjul.files.acts_file import ActsFile
from aarshjul.files.cycle_form import CycleForm
from aarshjul.files.read import FORMATS, read_acts, read_any, read_contract, read_cycle

CONTRACT = """\
format: aarshjul/contract@1
id: c
title: C
year: 2021
holder: H
council: K
goals:
  - {id: g, title: G, indicators: [{id: a, rule: {yes_no: true}}]}
"""
CYCLE = """\
format: aarshjul/cycle@1
id: c
title: C
contract_year: 2021
holder: H
council: K
milestones:
  - {id: m, title: M, phase: drafting, kind: meeting, on: 2021-01-04}
"""
ACTS = "format: aarshjul/acts@1\nacts:\n  - {on: 2021-01-04, by: k, do: activate}\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(("text", "kind"), [(CONTRACT, Contract), (CYCLE, CycleForm), (ACTS, ActsFile)])
def test_format_says_what_a_file_holds(text: str, kind: type, tmp_path: Path) -> None:
    assert isinstance(read_any(_file(tmp_path, text)), kind)


def test_missing_format_names_all(tmp_path: Path) -> None:
    path = _file(tmp_path, "id: c\n")
    with pytest.raises(Invalid) as caught:
        read_any(path)
    (problem,) = caught.value.problems
    assert problem.startswith(f"{path}:1: `format` is missing; must be ")
    assert all(f"`format: {each}`" in problem for each in FORMATS)


def test_unknown_format_names_all(tmp_path: Path) -> None:
    known = "aarshjul/contract@1, aarshjul/cycle@1, aarshjul/acts@1, aarshjul/meetings@1"
    with pytest.raises(Invalid, match=f"must be one of {known}"):
        read_any(_file(tmp_path, "format: 7\n"))
    with pytest.raises(Invalid, match="did you mean `aarshjul/meetings@1`"):
        read_any(_file(tmp_path, "format: aarshjul/metings@1\n"))


@pytest.mark.parametrize(
    ("read", "text"), [(read_contract, CYCLE), (read_cycle, ACTS), (read_acts, CONTRACT)]
)
def test_file_of_another_kind_is_refused_by_its_format(read: object, text: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=":1: `format` is `aarshjul/"):
        read(_file(tmp_path, text))  # type: ignore[operator]
