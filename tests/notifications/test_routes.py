from types import MappingProxyType

import pytest

from notifications.channel import Outcome, Parcel, Receipt
from notifications.routes import no_route, route, to_each


@pytest.mark.parametrize(
    ("addresses", "person", "roles", "chosen"),
    [
        ({"anna": 1, "board": 2, "*": 3}, "anna", ("board",), 1),
        ({"anna": 1, "board": 2, "*": 3}, "bent", ("board",), 2),
        ({"anna": 1, "board": 2, "*": 3}, "bent", ("council",), 3),
        ({"board": 2, "council": 4}, "bent", ("council", "board"), 4),
        ({"council": 4, "board": 2}, "bent", ("board", "council"), 2),
        ({"anna": 1, "board": 2}, "bent", ("council",), None),
        ({"*": 3}, "", (), 3),
        ({}, "anna", ("board",), None),
        ({"Anna": 1}, "anna", (), None),
        ({"annas": 1, "ann": 2}, "anna", (), None),
    ],
)
def test_person_comes_before_role_before_everybody(
    addresses: dict[str, int], person: str, roles: tuple[str, ...], chosen: int | None
) -> None:
    parcel = Parcel(number=1, payload=b"", person=person, roles=roles)
    assert route(MappingProxyType(addresses), parcel) == chosen


def test_who_has_no_address_is_told_which_entries_would_do() -> None:
    parcel = Parcel(number=1, payload=b"", person="anna", roles=("board-chair", "board"))
    assert no_route("AARSHJUL_X", parcel) == (
        "no address for anna: AARSHJUL_X needs one under 'anna', 'board-chair', 'board', '*'"
    )


@pytest.mark.parametrize(
    ("recipients", "expected"), [((), [None]), (("a@x.example",), ["a@x.example"]), (("a", "b"), ["a", "b"])]
)
def test_each_recipient_gets_a_receipt(recipients: tuple[str, ...], expected: list[str | None]) -> None:
    receipt = Receipt(code=202, text="taken", outcome=Outcome.SENT)
    parcel = Parcel(number=1, payload=b"", recipients=recipients)
    assert [each.recipient for each in to_each(parcel, receipt)] == expected
