"""The record held against its history, with somebody at work beside the program, on both databases."""

from pathlib import Path

from sqlalchemy import Engine, select, text, update
from sqlmodel import Session, col

from models.cycle import Cycle
from models.engine import reading
from models.history import HistoryEntry, entry_hash
from models.proof import holds_head, replayed, verify
from models.vouching import stands
from tests.acts.situations import active
from tests.world import World

PUT_IN = (
    "INSERT INTO decision (cycle_id, body, outcome, draft_version, draft_hash, round, decided_by, decided_at) "
    "SELECT cycle_id, 'council', 'rejected', 1, hash, 1, 'c1', submitted_at FROM draft"
)
ANOTHER_DAY = "UPDATE message SET owed_at = '2022-05-03 05:00:00' WHERE milestone = 'start'"
TAMPERED: dict[str, tuple[str, str]] = {
    "draft's text": ("UPDATE draft SET text = 'Et andet mål'", "draft/1: the text was changed"),
    "draft's text and hash": (
        "UPDATE draft SET text = 'x', hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'",
        "draft/1: hash is '2d711642",
    ),
    "draft's author": ("UPDATE draft SET submitted_by = 'w1'", "draft/1: submitted_by is 'w1', is 'holder' in"),
    "comment's text": ("UPDATE comment SET text = 'Nej' WHERE number = 1", "comment/1: text is 'sha256:"),
    "comment's author": ("UPDATE comment SET person_id = 'b1' WHERE number = 1", "comment/1: person_id is 'b1'"),
    "comments swapped": (
        "UPDATE comment SET text = CASE number WHEN 1 THEN 'To' ELSE 'Et' END WHERE number IN (1, 2)",
        "comment/2: text",
    ),
    "comment dropped": ("DELETE FROM comment WHERE number = 2", "comment/2 is gone from the record"),
    "outcome": ("UPDATE decision SET outcome = 'returned' WHERE body = 'board'", "decision/1: outcome is 'returned'"),
    "decision's text": ("UPDATE decision SET draft_hash = 'x' WHERE body = 'council'", "decision/2: draft_hash is 'x'"),
    "minutes' reference": ("UPDATE decision SET minutes = 'P9' WHERE id = 1", "decision/1: minutes"),
    "decision dropped": ("DELETE FROM decision WHERE body = 'council'", "decision/2 is gone from the record"),
    "decision put in": (PUT_IN, "decision/3 stands in the record, and the history knows nothing of it"),
    "approval taken away": ("UPDATE decision SET void_at = decided_at WHERE id = 1", "decision/1: void_at"),
    "signature dropped": ("DELETE FROM signature", "signature/1 is gone from the record"),
    "signer": ("UPDATE signature SET person_id = 'bd'", "signature/1: person_id is 'bd'"),
    "stage": ("UPDATE cycle SET stage = 'in-force'", "cycle: stage is 'in-force', is 'council-approved' in"),
    "round": ("UPDATE cycle SET round = 2", "cycle: round is '2'"),
    "year": ("UPDATE cycle SET contract_year = 2024", "cycle: contract_year is '2024'"),
    "zone": ("UPDATE cycle SET timezone = 'Europe/Paris'", "cycle: timezone is 'Europe/Paris'"),
    "holder": ("UPDATE cycle SET holder = 'Et andet hus'", "cycle: holder is 'sha256:"),
    "when it began": ("UPDATE cycle SET activated_at = '2020-01-01 10:00:00'", "cycle: activated_at is '2020"),
    "presented contract": ("UPDATE contract SET year = 2019", "contract: year is '2019'"),
    "meeting's date": ("UPDATE milestone SET \"on\" = '2022-11-19' WHERE slug = 'dialogue'", "milestone/dialogue: on is"),
    "meeting's place": ("UPDATE milestone SET place = 'Skagen' WHERE slug = 'dialogue'", "milestone/dialogue: place is"),
    "deadline's state": ("UPDATE milestone SET state = 'cancelled' WHERE slug = 'notes'", "milestone/notes: state is"),
    "roles": ("UPDATE membership SET roles = '[\"coordinator\"]' WHERE person_id = 'sub'", "member/sub: roles is"),
    "delegate": ("UPDATE membership SET delegate_id = NULL WHERE person_id = 'b1'", "member/b1: delegate_id is empty"),
    "who had left": ("UPDATE membership SET left_at = NULL WHERE person_id = 'gone'", "member/gone: left_at is empty"),
    "answer": ("UPDATE invitation SET partstat = 'declined' WHERE answered_by = 'b1'", "answer/dialogue/b1: partstat"),
    "result": ("UPDATE result SET actual = '99'", "result/1: actual is '99'"),
    "indicator": ("UPDATE indicator SET actual = '99' WHERE slug = '1a'", "indicator/1a: actual is '99'"),
    "target": ("UPDATE indicator SET facts = '{}' WHERE slug = '1a'", "indicator/1a: facts"),
    "recommendation": ("UPDATE goal SET recommended = '12' WHERE slug = '1'", "goal/1: recommended is '12'"),
    "what went into a score": ("UPDATE scoringrun SET inputs = '{}' WHERE id = 1", "scoring run 1: what went into it"),
    "score": ("UPDATE scoringrun SET inputs_hash = 'x' WHERE id = 1", "scoring run 1 is another than the one"),
    "score dropped": ("DELETE FROM scoringrun WHERE id = 1", "is gone from the record"),
    "messages of another day": (ANOTHER_DAY, "messages (invite about start) of 2022-05-03"),
}  # fmt: skip


def lived(engine: Engine, folder: Path) -> World:
    """A year in which something of everything has happened."""
    world = active(engine, folder)
    world.act("2022-05-10", "b1", "answer", milestone="dialogue", reply="accepted")
    world.act("2022-05-10", "w1", "record-result", indicator="1a", actual="60", source="ERST")
    world.until("2022-06-10")
    world.act("2022-06-12", "holder", "recommend", goal="1", value="75", reason="Som opgjort")
    world.act("2022-09-29", "holder", "submit-draft", text="Mål 1")
    for say in ("Et", "To"):
        world.act("2022-10-03", "w1", "comment", text=say)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    world.act("2023-02-10 09:30", "b1", "decide", body="board", outcome="approved")
    world.act("2023-02-10 11:00", "c1", "decide", body="council", outcome="approved")
    world.act("2023-02-12", "bc", "sign", body="board")
    return world


def problems(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return verify(session, "c")


def after(engine: Engine, *statements: str) -> list[str]:
    """What is found when somebody has been at the database; what they did is taken back."""
    with Session(engine) as session:
        for statement in statements:
            session.execute(text(statement))
        found = verify(session, "c")
        session.rollback()
    return found


def test_what_nobody_touched_holds_and_every_way_to_tamper_is_found(engine: Engine, tmp_path: Path) -> None:
    lived(engine, tmp_path)
    assert problems(engine) == []
    found = {name: "\n".join(after(engine, statement)) for name, (statement, _) in TAMPERED.items()}
    assert {name: said for name, said in found.items() if TAMPERED[name][1] not in said} == {}
    assert problems(engine) == []


def test_replaying_the_history_alone_gives_what_stands(engine: Engine, tmp_path: Path) -> None:
    world = lived(engine, tmp_path)
    with reading(engine) as session:
        state, actual = replayed(session, "c"), stands(session, "c")
    assert (state.whole, state.contradictions) == (True, [])
    assert {name: values for name, values in state.rows.items() if values is not None} == actual
    assert state.stage == "council-approved"
    assert state.draft is not None
    assert state.draft[0] == 1
    assert [each["body"] for each in state.standing_decisions] == ["board", "council"]
    assert [each["person_id"] for each in state.of("signature").values()] == ["bc"]
    assert state.row("milestone/dialogue")["state"] == world.state("dialogue") == "done"


def rewritten(session: Session, drop: str) -> None:
    """Take out entries and calculate every later hash anew, as somebody would who knows how the chain is made."""
    query = select(HistoryEntry).where(col(HistoryEntry.cycle_id) == "c").order_by(col(HistoryEntry.number))
    entries = list(session.scalars(query))
    head, number = "", 0
    for entry in entries:
        if entry.what == drop:
            session.delete(entry)
            session.flush()
            continue
        number += 1
        entry.number, entry.previous = number, head
        head = entry.hash = entry_hash(entry.model_dump())
        session.flush()
    session.execute(update(Cycle).values(history_length=number, history_head=head))
    session.expire_all()


CUT_OUT = {
    "signed": "signature/1 stands in the record, and the history knows nothing of it",
    "decided": "decision/1 stands in the record",
    "commented": "comment/2 stands in the record",
    "held": "milestone/dialogue: state is 'done', is 'open' in the history",
    "answered": "answer/dialogue/b1 stands in the record",
    "invite": "messages (invite about dialogue) of 2022-05-02 are in the outbox",
    "score": "scoring run 1 stands in the record",
}


def test_a_chain_that_was_made_anew_without_an_entry_does_not_go_with_the_record(
    engine: Engine, tmp_path: Path
) -> None:
    lived(engine, tmp_path)
    for what, words in CUT_OUT.items():
        with Session(engine) as session:
            rewritten(session, what)
            found = verify(session, "c")
            session.rollback()
        assert any(words in line for line in found), f"{what}: {found}"


def test_entries_that_contradict_each_other_are_named(sqlite: Engine, tmp_path: Path) -> None:
    lived(sqlite, tmp_path)
    with Session(sqlite) as session:
        rewritten(session, "draft-submitted")
        found = verify(session, "c")
    assert any("changes draft/1" in line or "stage of cycle was not" in line for line in found), found


def test_a_head_noted_elsewhere_finds_a_history_that_was_written_anew(sqlite: Engine, tmp_path: Path) -> None:
    world = lived(sqlite, tmp_path)
    noted = world.row().history_head
    world.act("2023-02-13", "cc", "sign", body="council")
    with Session(sqlite) as session:
        assert holds_head(session, "c", noted)
        rewritten(session, "preferred")
        assert holds_head(session, "c", noted)
        rewritten(session, "commented")
        assert not holds_head(session, "c", noted)


def test_rows_of_another_cycle_are_found(engine: Engine, tmp_path: Path) -> None:
    lived(engine, tmp_path)
    with Session(engine) as session:
        other = session.get_one(Cycle, "c").model_dump() | {
            "id": "d",
            "history_length": 0,
            "history_head": "",
        }
        session.add(Cycle(**other))
        session.flush()
        session.execute(text("UPDATE comment SET cycle_id = 'd', number = 9 WHERE number = 2"))
        here, there = verify(session, "c"), verify(session, "d")
    assert "c: comment/2 is gone from the record" in here
    assert there == [] or any("comment/9" in line for line in there)


def test_no_text_and_no_address_stands_in_the_history(sqlite: Engine, tmp_path: Path) -> None:
    lived(sqlite, tmp_path)
    with reading(sqlite) as session:
        written = " ".join(str(each.facts) for each in session.scalars(select(HistoryEntry)))
    assert [
        word for word in ("@example.org", "Som opgjort", "Mål 1", "Koordinator", "ERST") if word in written
    ] == []
