"""The story in the terminal: deadlines that no plan has are told by what they wait for."""

import pytest

from aarshjul.cli.story import _rows


@pytest.mark.parametrize(
    ("milestone", "wanted"),
    [
        ("condition-2", "reminded: condition 2"),
        ("data-7.2a", "reminded: the result of 7.2a"),
        ("data-call", "reminded: Dataindkaldelse"),
        ("other", "reminded: other"),
        (None, "reminded"),
    ],
)
def test_what_somebody_was_reminded_of(milestone: str | None, wanted: str) -> None:
    line = {"date": "2025-01-24", "type": "duty", "what": "remind", "milestone": milestone}
    told = {**line, "who": "holder", "count": 1, "detail": None}
    ((_, what, who),) = _rows({"data-call": "Dataindkaldelse"}, [told])
    assert (what, who) == (wanted, "1 (holder)")
