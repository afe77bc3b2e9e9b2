"""Signatures: who signs, what is kept of it, and the service that an operator plugs in."""

import json
import os
import time
from pathlib import Path
from select import select

import pytest
from sqlalchemy import Engine
from sqlalchemy import select as chosen
from sqlmodel import Session

from aarshjul.acts.perform import perform
from aarshjul.acts.signing import Confirmed
from aarshjul.acts.signing_service import confirmed
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import ArgumentError, parse_act
from aarshjul.files.act_forms import Sign
from aarshjul.settings import Settings
from models.draft import Signature
from models.engine import reading
from tests.acts.at_once import at_once
from tests.acts.situations import board_approved, council_approved
from tests.approval.programs import program
from tests.builders import at
from tests.world import YEAR, World

DAY = "2023-02-14"
NOW = at(DAY, "12:00")


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    return council_approved(sqlite, tmp_path)


def signatures(world: World) -> list[Signature]:
    with reading(world.engine) as session:
        return list(session.scalars(chosen(Signature)))


def settings(folder: Path, command: str | None, seconds: float = 20) -> Settings:
    return Settings(home=folder, signing=command, signing_timeout=seconds)


def sign(world: World, command: str | None, by: str = "bc", body: str = "board", seconds: float = 20) -> None:
    """Sign as the command line does."""
    form = confirmed(world.engine, settings(world.folder, command, seconds), "c", by, Sign(body=body), NOW)
    perform(world.engine, "c", by, "sign", form, NOW)


def refused(world: World, name: str, *arguments: str, seconds: float = 20) -> str:
    """What is said where a program of that name is the service; nothing is written then."""
    before = world.snapshot()
    with pytest.raises(Refused) as refusal:
        sign(world, program(world.folder, name, *arguments), seconds=seconds)
    assert world.snapshot() == before
    assert len(str(refusal.value)) < 600
    assert str(refusal.value).isprintable()
    return str(refusal.value)


def test_the_name_is_kept_as_it_was_then(world: World) -> None:
    world.act(DAY, "bc", "sign", body="board")
    world.act(
        "2023-02-15", "co", "join", person="bc", name="Ny", email="bc@example.org", roles="board,board-chair"
    )
    kept = signatures(world)[0]
    assert (kept.name, kept.service, kept.receipt) == ("Bestyrelsesformand", None, None)


def test_nobody_signs_for_both_bodies(sqlite: Engine, tmp_path: Path) -> None:
    both = YEAR.replace("roles: [board-chair]", "roles: [board-chair, council-deputy-chair]")
    world = council_approved(sqlite, tmp_path, both)
    world.act(DAY, "bc", "sign", body="board")
    said = world.refused(DAY, "bc", "sign", body="council")
    assert "nobody signs for both" in str(said)
    world.act(DAY, "cc", "sign", body="council")
    assert world.row().stage == "in-force"


def test_of_a_chair_and_the_deputy_at_once_one_signs(engine: Engine, tmp_path: Path) -> None:
    world = council_approved(engine, tmp_path)
    said = at_once(
        lambda: world.act(DAY, "bc", "sign", body="board"), lambda: world.act(DAY, "bd", "sign", body="board")
    )
    assert sorted(words or "" for words in said) == ["", "the board has signed already"]


@pytest.mark.parametrize("field", ["service", "receipt", "hash", "name"])
def test_what_a_service_says_can_be_given_by_nobody(field: str) -> None:
    with pytest.raises(ArgumentError, match=f"unknown key `{field}`"):
        parse_act("sign", {"body": "board", field: "x"})


# --- the service ---------------------------------------------------------------------------------------------------


def test_without_a_service_the_act_is_as_it_is(world: World) -> None:
    sign(world, None)
    assert signatures(world)[0].service is None


def test_what_the_service_says_is_kept_and_its_receipt_vouched_for(world: World) -> None:
    command = program(world.folder, "signs")
    sign(world, command)
    sign(world, command, by="cc", body="council")
    first = signatures(world)[0]
    assert first.service == "Prøveservice"
    assert first.receipt == f"bc Bestyrelsesformand {first.draft_hash}"
    assert world.row().stage == "in-force"
    assert any("'service': 'Prøveservice', 'receipt': '" in row for row in world.snapshot()["historyentry"])
    assert not any("Bestyrelsesformand" in row for row in world.snapshot()["historyentry"])


def test_it_is_told_what_is_signed_and_none_of_our_passwords(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AARSHJUL_SMTP_PASSWORD", "hemmelig")
    monkeypatch.setenv("SIGNING_PROFILE", "prøve")
    kept = world.folder / "kept.json"
    sign(world, program(world.folder, "keeps", str(kept)))
    asked = json.loads(kept.read_text(encoding="utf-8"))
    environment = asked.pop("environment")
    assert "SIGNING_PROFILE" in environment
    assert [name for name in environment if name.startswith("AARSHJUL_")] == []
    assert asked == {
        "cycle": "c",
        "body": "board",
        "person": "bc",
        "name": "Bestyrelsesformand",
        "hash": signatures(world)[0].draft_hash,
        "text": "Mål 1\n",
    }


def test_a_program_that_does_not_read_what_it_is_given_may_sign(world: World) -> None:
    with Session(world.engine) as session:
        session.connection().exec_driver_sql("UPDATE draft SET text = hex(randomblob(1000000))")
        session.commit()
    sign(world, program(world.folder, "does_not_read"))
    assert signatures(world)[0].receipt == "r"


FAILURES = {
    "ends_with_3": "ended with code 3 and said 'intet [31msvar'",
    "dies": "was ended by signal 9",
    "says_nothing": "answered what is no JSON",
    "says_garbage": "answered what is no JSON",
    "says_a_list": "must answer",
    "says_half": "must answer",
    "says_more": "must answer",
    "says_a_number": "`receipt` must be text",
    "says_blank": "`service` must be text",
    "names_itself_at_length": "`service` must be at most 80 characters",
    "says_control_characters": "`receipt` must be at most",
    "nests": "answered what is no JSON",
    "floods": "wrote more than 64 KB",
    "floods_its_errors": "ended with code 1 and said 'eee",
}


@pytest.mark.parametrize(("name", "words"), FAILURES.items())
def test_whatever_goes_wrong_nothing_is_signed_and_it_is_said(world: World, name: str, words: str) -> None:
    said = refused(world, name)
    assert said.startswith("nothing is signed: the signing service ")
    assert words in said
    assert "AARSHJUL_SIGNING" in said


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells of another's end")
def test_one_that_hangs_is_ended_with_all_that_it_started(world: World) -> None:
    kept = world.folder / "child"
    begun = time.monotonic()
    assert "did not answer within 2 seconds" in refused(world, "leaves_a_child", str(kept), seconds=2)
    assert time.monotonic() - begun < 15
    child = int(kept.read_text(encoding="utf-8"))
    assert _ended(child), "what it started lives on"


def _ended(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select([process], [], [], 10)[0])
    finally:
        os.close(process)


@pytest.mark.parametrize("command", ["no-such-program-anywhere", "'", "''", "/"])
def test_a_command_line_that_cannot_be_run(world: World, command: str) -> None:
    with pytest.raises(Refused, match="nothing is signed: the signing service"):
        sign(world, command)
    assert signatures(world) == []


def test_no_shell_reads_the_command_line(world: World) -> None:
    trap = world.folder / "trap"
    kept = world.folder / "kept.json"
    sign(world, f"{program(world.folder, 'keeps', str(kept))} ; touch {trap} && $(touch {trap})")
    assert not trap.exists()
    assert len(signatures(world)) == 1


def test_what_would_be_refused_is_never_shown_to_the_service(sqlite: Engine, tmp_path: Path) -> None:
    world, kept = board_approved(sqlite, tmp_path), tmp_path / "kept.json"
    for by in ("bc", "b1"):
        with pytest.raises(Refused, match=r"may not sign|before the council"):
            sign(world, program(tmp_path, "keeps", str(kept)), by=by)
    assert not kept.exists()


def test_a_text_that_changed_meanwhile_is_not_signed(world: World) -> None:
    other = Confirmed(body="board", hash="0" * 64, service="s", receipt="r")
    with pytest.raises(Refused, match="changed while it was being signed"):
        perform(world.engine, "c", "bc", "sign", other, NOW)
