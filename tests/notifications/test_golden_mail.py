"""What each kind of message says, in both languages: golden files that a reviewer reads."""

import pytest

from aarshjul.core.duties import DutyKind
from notifications.card import card
from notifications.mail import compose
from notifications.plain import as_text
from notifications.wording import worded
from tests.goldens import FOLDER, agrees
from tests.notifications.letters import CASES, WHOLE

MAIL = FOLDER / "mail"


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_words_are_those_of_the_golden_file(name: str) -> None:
    document = worded(CASES[name])
    text = f"{document.subject}\n\n{as_text(document)}"
    assert agrees(MAIL / f"{name}.txt", text.encode())


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_whole_message_is_that_of_the_golden_file(name: str) -> None:
    assert agrees(MAIL / f"{name}.eml", compose(WHOLE[name]))


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_the_card_is_that_of_the_golden_file(name: str) -> None:
    assert agrees(MAIL / f"{name}.json", card(WHOLE[name]))


def test_every_golden_file_belongs_to_a_case() -> None:
    expected = {f"{name}.txt" for name in CASES} | {
        f"{name}{ext}" for name in WHOLE for ext in (".eml", ".json")
    }
    assert {path.name for path in MAIL.glob("[!.]*")} == expected


def test_every_kind_of_message_has_a_golden_file_in_both_languages() -> None:
    kinds = set(DutyKind) - {DutyKind.WELCOME, DutyKind.PUBLISH}
    assert {(case.kind, case.language) for case in WHOLE.values()} == {
        (kind, tongue) for kind in kinds for tongue in ("da", "en")
    }
