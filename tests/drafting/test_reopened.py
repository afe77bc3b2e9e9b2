"""Who is told that an approval fell sees what changed, in the reader's language and in every form of the message."""

from collections.abc import Sequence
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from calendars.address import Address
from models.engine import reading
from models.message import Message
from notifications.card import card
from notifications.desk import Office, desk_for
from notifications.html import as_html
from notifications.letter import Letter
from notifications.letters import letter_for
from notifications.mail import compose
from notifications.plain import as_text
from notifications.wording import worded
from tests.acts.situations import board_approved
from tests.builders import at
from tests.drafting.test_draft_versions import changed
from tests.notifications.letters import CASES
from tests.notifications.matters import CHANGED
from tests.world import YEAR, World

OFFICE = Office(sender=Address(name="Sekretariatet", email="kkr@example.org"))


def letters(world: World, kind: str, when: str) -> Sequence[Letter]:
    """The letters of a kind as a delivery would write them."""
    with reading(world.engine) as session:
        query = select(Message).where(col(Message.kind) == kind, col(Message.channel) == "email")
        rows = list(session.scalars(query.order_by(col(Message.key))))
        desk = desk_for(session, rows, OFFICE, at(when))
        return [letter_for(desk, row) for row in rows]


def approved(engine: Engine, folder: Path, text: str = YEAR) -> World:
    """The board has approved a draft with goals."""
    world = board_approved(engine, folder, text)
    world.act("2023-02-11", "holder", "submit-draft", text=changed())
    world.round("2023-02-13")
    world.act("2023-02-14", "b1", "decide", body="board", outcome="approved")
    return world


def test_the_difference_to_the_approved_version_stands_in_the_message(sqlite: Engine, tmp_path: Path) -> None:
    world = approved(sqlite, tmp_path, YEAR.replace("name: Erhvervschef,", "name: Chef, language: en,"))
    world.act(
        "2023-02-15",
        "holder",
        "submit-draft",
        text=changed(("at_least: 60", "at_least: 75"), ("Flere", "<b>"), on=2),
    )
    world.round("2023-02-15")
    told = [
        each for each in letters(world, "reopened", "2023-02-15") if each.changes and each.changes.after == 3
    ]
    assert told
    danish = next(each for each in told if each.language == "da")
    text = as_text(worded(danish))
    assert "Det er ændret siden version 2, som blev godkendt:" in text
    assert "Delmål 9a: Møder\n- måltal (mindst): fra 60 til 75\n" in text
    assert "- tekst: [-Flere-]{+<b>+}" in text
    html = message_from_bytes(compose(danish), policy=default).get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;</ins>" in html.get_content()
    assert '"strikethrough": true' in card(danish).decode()
    english = [as_text(worded(each)) for each in told if each.language == "en"]
    assert all("- target (at least): from 60 to 75\n" in each for each in english)
    assert english


def test_prose_that_became_goals_is_told_as_text_and_cut(sqlite: Engine, tmp_path: Path) -> None:
    world = board_approved(sqlite, tmp_path)
    more = "".join(f'  - {{id: "{n}", title: Mål {n}, same_as: "9"}}\n' for n in range(100, 150))
    world.act("2023-02-11", "holder", "submit-draft", text=changed() + more)
    world.round("2023-02-13")
    told = letters(world, "reopened", "2023-02-13")[0]
    assert told.changes is not None
    text = as_text(worded(told))
    assert "[-Mål 1-]" in text
    assert "linjer til: »aarshjul draft diff c 1 2« viser det hele." in text
    assert len(text.partition("Det er ændret")[2].partition("viser det hele")[0].splitlines()) < 60
    assert len(card(told)) < 28_000


def test_a_return_tells_the_reason_and_no_difference(sqlite: Engine, tmp_path: Path) -> None:
    world = board_approved(sqlite, tmp_path)
    reason = "Mål 9 kan ikke måles."
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="returned", reason=reason)
    world.round("2023-02-13")
    told = [*letters(world, "returned", "2023-02-13"), *letters(world, "reopened", "2023-02-13")]
    assert told
    assert all(each.changes is None for each in told)
    assert any(f"> {reason}" in as_text(worded(each)) for each in told)


@pytest.mark.parametrize("number", [0, 1, 99])
def test_a_version_that_has_none_before_it_shows_no_difference(
    sqlite: Engine, tmp_path: Path, number: int
) -> None:
    from notifications.draft_changes import change_facts

    world = board_approved(sqlite, tmp_path)
    with reading(world.engine) as session:
        assert change_facts(session, "c", {"draft": number}, "da") is None
        assert change_facts(session, "c", {}, "da") is None


@pytest.mark.parametrize("language", ["da", "en"])
def test_marks_in_plain_text_are_explained_once_and_only_where_they_follow(language: str) -> None:
    whole = replace(CASES[f"reopened-changes.{language}"], language=language)
    assert as_text(worded(whole)).count("{+…+}") == 1
    assert "{+…+}" not in as_html(worded(whole))
    parts = [
        replace(part, lines=tuple(line for line in part.lines if len(line) == 1))
        for part in CHANGED.summary.parts
    ]
    unmarked = replace(CHANGED, summary=replace(CHANGED.summary, parts=tuple(parts)))
    text = as_text(worded(replace(whole, changes=unmarked)))
    assert "fra 60 til 75" in text
    assert "{+…+}" not in text
