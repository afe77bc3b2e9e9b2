"""What a file with mistakes in it is told, line by line."""

from collections.abc import Callable

import pytest

from aarshjul.core.errors import Invalid


def told(read: Callable[[str, str], object], text: str) -> list[tuple[int, str]]:
    """The problems of a text as line and message, in their order."""
    with pytest.raises(Invalid) as caught:
        read(text, "f.yaml")
    found = []
    for problem in caught.value.problems:
        name, line, message = problem.split(":", 2)
        assert name == "f.yaml"
        found.append((int(line), message.strip()))
    assert found == sorted(found, key=lambda each: each[0])
    return found


def assert_told(read: Callable[[str, str], object], text: str, line: int, fragment: str) -> None:
    """That the text has exactly one problem, on that line, in words that hold the fragment."""
    found = told(read, text)
    assert len(found) == 1, found
    assert found[0][0] == line, found
    assert fragment in found[0][1], found
    assert not any(jargon in found[0][1] for jargon in ("pydantic", "validator", "Input should", "type="))
