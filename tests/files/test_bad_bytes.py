"""Files that are no YAML file of ours: what is said of them, and that nothing else ever comes out."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.errors import Invalid
from aarshjul.files.read import FORMATS, acts_from_text, contract_from_text, cycle_from_text, read_contract
from aarshjul.files.text import LARGEST, decode

EXAMPLES = Path(__file__).parents[2] / "examples"
REAL = (EXAMPLES / "nordjylland-2021.contract.yaml").read_bytes()

BYTES: list[tuple[bytes, int, str]] = [
    (b"", 1, "is empty"),
    (b"# only a remark\n", 1, "is empty"),
    (b"\x00\x01\x02PK", 1, "is not text"),
    (REAL.decode().encode("utf-16"), 1, "is not text"),
    (b"format: aarshjul/contract@1\ntitle: K\xf8benhavn\n", 2, "is not UTF-8 (byte 0xf8)"),
    (b"format: x\ntitle: a\x07b\n", 2, "U+0007"),
    (b"format: x\ntitle: a\xe2\x80\xaeb\n", 2, "U+202E"),
    (b"x" * (LARGEST + 1), 1, "larger than 1 MB"),
    (b"just words", 1, "must be a mapping"),
    (b"- a\n- b\n", 1, "must be a mapping"),
    (b"title: x\n", 1, "`format` is missing; must be `format: aarshjul/contract@1`"),
    (b"title: x\nformat: aarshjul/contrakt@1\n", 2, "did you mean `aarshjul/contract@1`?"),
    (b"a: [1, 2\nb: 3\n", 2, "is not YAML"),
    (b"a: 'b\n", 2, "is not YAML"),
    (b"a: b: c\n", 1, "put a value that holds ': ' in quotes"),
    (b"a:\n\t- b\n", 2, "indent with spaces"),
    (b"a: b\n---\na: c\n", 2, "second document"),
    (b"%YAML 1.1\n---\na: b\n", 1, "must be YAML 1.2"),
    (b"[a]: b\n", 1, "a key is a word"),
    (b"[" * 100_000, 1, "nested more than 64 levels deep"),
    (b"a:\n" + b"".join(b" " * n + b"- \n" for n in range(1, 80)), 65, "nested more than 64 levels deep"),
    (b'a: "\\ud800"\n', 1, "is not YAML"),
]


@pytest.mark.parametrize(("data", "line", "fragment"), BYTES, ids=range(len(BYTES)))
def test_file_that_is_none_of_ours_is_told_so(data: bytes, line: int, fragment: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(data)
    with pytest.raises(Invalid) as caught:
        read_contract(path)
    assert caught.value.problems[0].startswith(f"{path}:{line}: ")
    assert fragment in caught.value.problems[0]


def test_byte_order_mark_and_crlf_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + REAL.replace(b"\n", b"\r\n"))
    assert read_contract(path) == contract_from_text(REAL.decode(), "unix")


def test_lines_are_counted_the_same_with_crlf(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + REAL.replace(b"\n", b"\r\n") + b"titel: x\r\n")
    with pytest.raises(Invalid, match=f":{REAL.count(10) + 1}: unknown key `titel`"):
        read_contract(path)


def test_missing_file_folder_and_forbidden_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="there is no such file"):
        read_contract(tmp_path / "none.yaml")
    with pytest.raises(Invalid, match="is a folder"):
        read_contract(tmp_path)
    with pytest.raises(Invalid, match="cannot be read"):
        read_contract(str(tmp_path / "a\x00b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.yaml"
    path.write_bytes(REAL)
    path.chmod(0)
    with pytest.raises(Invalid, match="cannot be read"):
        read_contract(path)


def test_alias_bomb_is_refused_without_expanding_it() -> None:
    levels = "\n".join(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
    with pytest.raises(Invalid) as caught:
        contract_from_text(f"format: {FORMATS[0]}\nk0: &a0 [x]\n{levels}\n", "bomb")
    assert "bomb:2: has the anchor &a0; leave anchors out" in caught.value.problems
    assert "bomb:3: uses the alias *a0; write the value out" in caught.value.problems


def test_thousands_of_problems_are_cut_short() -> None:
    with pytest.raises(Invalid) as caught:
        contract_from_text(f"format: {FORMATS[0]}\n" + "".join(f"k{n}: 1\n" for n in range(5000)), "many")
    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1].endswith("more problems from here on")


def _reads_or_refuses(data: bytes) -> None:
    problems: list[str] = []
    for read in (contract_from_text, cycle_from_text, acts_from_text):
        try:
            read(decode(data, "fuzz"), "fuzz")
        except Invalid as error:
            problems += error.problems or ("nothing said",)
    assert len(problems) >= 2, "a file has one format"
    assert all(re.match(r"fuzz:[0-9]+: .", problem) for problem in problems)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMATS), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_bytes_give_a_value_or_invalid(format_: str, data: bytes) -> None:
    _reads_or_refuses(data)
    _reads_or_refuses(f"format: {format_}\n".encode() + data)


SNIPPETS = [
    b"", b"null", b"-1", b"[]", b"{}", b"true", b"1e999999", b"\n", b"  ", b": ", b"&a ", b"*a ", b"!!str ", b'"', b"'",
    b"goals:", b"indicators: []", b"2022-02-30", b"\xc3\xa6", b"\xff", b"- ", b"<<: {}", b"? ", b"|\n", b"0x1F", b".nan",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(REAL)), st.integers(0, 12), st.sampled_from(SNIPPETS)), max_size=4)
)
def test_mutated_contract_gives_a_value_or_invalid(changes: list[tuple[int, int, bytes]]) -> None:
    data = REAL
    for at, length, snippet in changes:
        data = data[:at] + snippet + data[at + length :]
    _reads_or_refuses(data)
