"""`deliveries`, `answers`, and what `status` says of the ledger."""

from pathlib import Path

import pytest

from models.engine import open_engine
from models.message import STATES
from tests.cli import ledger
from tests.cli.conftest import Run
from tests.cli.ledger import DIGEST, FAR, MORNING
from tests.cli.running import ID

Ids = dict[str, int]


@pytest.fixture
def ids(imported: Path) -> Ids:
    """A ledger with every state; ids by person."""
    ledger.activate(imported)
    return ledger.write(imported)


def test_the_ledger_as_json_has_every_message_newest_first_with_its_attempts(run: Run, ids: Ids) -> None:
    found = run("deliveries", ID, "--json").json
    assert {each["state"] for each in found} == set(STATES)
    assert [each["owed_at"] for each in found] == sorted((each["owed_at"] for each in found), reverse=True)
    [one] = [each for each in found if each["id"] == ids["direktoer"]]
    assert one == {
        "id": ids["direktoer"],
        "key": f"{ID}/results/1/remind/-14/direktoer",
        "cycle": ID,
        "milestone": "results",
        "revision": 1,
        "kind": "remind",
        "offset": None,
        "person": "direktoer",
        "channel": "email",
        "state": "sent",
        "duties": [f"{ID}/results/1/remind/-14/direktoer"],
        "owed_at": "2022-05-06T07:00:00+02:00",
        "not_before": None,
        "settled_at": None,
        "tries": 1,
        "address": "direktoer@example.org",
        "reference": None,
        "carried_by": None,
        "answer": None,
        "attempts": [
            {
                "at": "2022-05-06T07:00:00+02:00",
                "outcome": outcome,
                "code": code,
                "text": text,
                "recipient": recipient,
            }
            for outcome, code, text, recipient in ledger.TRIED["direktoer"]
        ],
    }
    [merged] = [each for each in found if each["state"] == "merged"]
    assert merged["carried_by"] == DIGEST
    assert "payload" not in one


@pytest.mark.parametrize(
    ("words", "people"),
    [
        (("--state", "failed"), {"analysechef"}),
        (("--person", "brn"), {"brn", "digest"}),
        (("--kind", "digest"), {"digest"}),
        (("--person", "brn", "--kind", "remind"), {"brn"}),
        (("--since", "2022-05-07", "--state", "sent"), {"digest"}),
        (("--since", "2022-05-09", "--state", "withdrawn"), {"kkr-rebild"}),  # settled since, though older
        (("--since", "2030-01-01"), {"koordinator", "bestyrelse-1", "bestyrelse-2", "kkr-formand"}),
        (("--person", "abonnent"), set()),
    ],
)
def test_the_ledger_narrows(run: Run, ids: Ids, words: tuple[str, ...], people: set[str]) -> None:
    expected = {ids[person] for person in people}
    for cycle in ((ID,), ()):
        assert {each["id"] for each in run("deliveries", *cycle, *words, "--json").json} == expected


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("Nordjylland-2032",), 1, f"did you mean `{ID}`?"),
        ((ID, "--person", "direktor"), 1, "did you mean `direktoer`?"),
        (("--person", "nobody-at-all"), 1, "there is no person `nobody-at-all` here"),
        (("--state", "fialed"), 2, "did you mean `failed`?"),
        (("--kind", "reminder"), 2, "did you mean `remind`?"),
        (("--kind", "publish"), 2, "must be one of"),
        (("--since", "yesterday"), 2, "yesterday"),
    ],
)
def test_what_is_not_known_is_refused_with_what_was_meant(
    run: Run, ids: Ids, words: tuple[str, ...], code: int, sentence: str
) -> None:
    said = run("deliveries", *words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err


@pytest.mark.parametrize("width", [None, 80, 40])
def test_the_table_fits_and_says_what_was_answered(
    run: Run, ids: Ids, monkeypatch: pytest.MonkeyPatch, width: int | None
) -> None:
    if width is not None:
        monkeypatch.setenv("COLUMNS", str(width))
    said = run("deliveries", ID).out
    assert max(map(len, said.splitlines())) <= (width or 120)
    assert "\x1b" not in said
    joined = "".join(said.split())
    assert "Mailtoanalysechef<analysechef@example.org>comesbacksince2022-05-0907:00" in joined
    assert "10messagesto9people:" in joined
    assert "mayarrivetwice" in joined
    assert "`aarshjulmessageresend--failed" in joined
    if width is None:
        assert "550 5.1.1 No such user here" in said
        assert f"in the digest {ids['digest']}" in said
        assert "COPY" not in said  # the copy's answer is not the reader's


def test_a_person_who_never_got_it_is_answered(run: Run, ids: Ids) -> None:
    said = run("deliveries", ID, "--person", "direktoer").out
    lines = [line.strip() for line in said.splitlines()]
    assert lines[0] == "2022-05-06 07:00  remind: Resultater for 2021 (results)"
    assert lines[1] == f"message {ids['direktoer']}, email: sent to direktoer@example.org"
    assert "2022-05-06 07:00 not taken yet: 451 4.7.1 Greylisted, try again" in lines
    assert "2022-05-06 07:00 taken by the other side: 250 2.0.0 Ok: queued as 4WbX1" in lines
    copy = (
        "2022-05-06 07:00 taken by the other side (to koordinator@example.org): 250 2.0.0 Ok: queued as COPY"
    )
    assert copy in lines


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("analysechef", "FAILED to old@example.org"),
        ("koordinator", "still to go, not before 2090-01-02 07:00"),
        ("bestyrelse-1", "still to go, tried 2 times, not before 2090-01-02 07:00"),
        ("bestyrelse-2", "no answer came; it is sent again"),
        ("kkr-formand", "is being sent now"),
        ("brn", "went inside the daily digest, message"),
        ("kkr-aalborg", "never went: it was done, or a later message said it"),
        ("kkr-rebild", "taken back before it went 2022-05-09 07:00"),
    ],
)
def test_each_state_is_said_in_a_sentence(run: Run, ids: Ids, person: str, sentence: str) -> None:
    assert sentence in " ".join(run("deliveries", "--person", person).out.split())


def test_whether_an_answer_came_stands_with_the_message(run: Run, imported: Path, ids: Ids) -> None:
    with ledger.opened(imported) as session:
        session.add(
            ledger.message(
                "kkr-formand",
                "sent",
                MORNING,
                kind="invite",
                milestone="dialogue-meeting",
                key="c/d/1/invite/-/k",
            )
        )
    ledger.answered(imported, "dialogue-meeting", "kkr-formand", "accepted", answered_through="secretary")
    [found] = run("deliveries", "--kind", "invite", "--json").json
    assert found["answer"] == {
        "reply": "accepted",
        "at": "2022-05-09T07:00:00+02:00",
        "by": None,
        "through": "secretary",
    }
    said = run("deliveries", "--person", "kkr-formand", "--kind", "invite").out
    assert "since then: accepted 2022-05-09 07:00, svaret af sekretæren" in said
    with ledger.opened(imported) as session:
        session.add(
            ledger.message(
                "kkr-formand",
                "sent",
                FAR,
                kind="decided",
                milestone="dialogue-meeting",
                key="c/d/1/decided/-/k",
            )
        )
    assert "before that: accepted" in run("deliveries", "--person", "kkr-formand", "--kind", "decided").out


def test_an_empty_ledger_says_so(run: Run, imported: Path) -> None:
    assert run("deliveries", ID, "--json").json == []
    assert run("deliveries").out == "There is no such message.\n"


def test_hostile_answers_of_servers_stay_on_their_line(run: Run, imported: Path, ids: Ids) -> None:
    with ledger.opened(imported) as session:
        text = "[red]x[/red]\r\n\x1b[2J" + "æ" * 5000
        session.add(ledger.attempt(ids["bestyrelse-1"], "temporary", 400, text, None))
    for words in ((), ("--person", "bestyrelse-1")):
        said = run("deliveries", ID, *words)
        assert said.code == 0
        assert "\x1b" not in said.out
        assert "[red]x[/red]" in said.out


def test_a_real_year_reads_back(run: Run, played: Path) -> None:
    found = run("deliveries", ID, "--json").json
    assert len(found) > 100
    assert all(each["attempts"] for each in found if each["state"] == "sent")
    assert run("deliveries").out.count("\n") > len(found)


def test_status_says_what_is_held_waits_and_comes_back(run: Run, ids: Ids) -> None:
    document = run("status", ID, "--json").json
    assert document["deliveries"] == {"sent": 3, "failed": 1, "waiting": 3, "uncertain": 1}
    assert document["outbox"] == {
        "held": 2,
        "held_until": "2090-01-02T07:00:00+01:00",
        "oldest_waiting": "2022-05-09T07:00:00+02:00",
        "bounced": ["analysechef"],
    }
    said = run("status", ID).out
    assert "2 are held, the first until 2090-01-02 07:00" in said
    assert "the oldest that may go waits since 2022-05-09 07:00" in said
    assert "mail to analysechef comes back since 2022-05-09 07:00" in said
    assert f"aarshjul act {ID} --by COORDINATOR --do prefer --person PERSON --email ADDRESS" in " ".join(
        said.split()
    )
    assert f"`aarshjul deliveries {ID} --state failed`" in said


def test_answers_say_who_comes_and_who_answered_for_whom(run: Run, imported: Path) -> None:
    for person, reply, by in (
        ("kkr-formand", "accepted", {"answered_through": "secretary"}),
        ("kkr-aalborg", "declined", {"answered_by": "kkr-rebild"}),
        ("kkr-rebild", "tentative", {"answered_by": "kkr-rebild", "answered_through": "mail"}),
        ("kkr-laesoe", "needs-action", {}),
    ):
        ledger.answered(imported, "dialogue-meeting", person, reply, **by)
    found = run("answers", ID, "--json").json
    assert [each["date"] for each in found] == sorted(each["date"] for each in found)
    [meeting] = [each for each in found if each["milestone"] == "dialogue-meeting"]
    counts = meeting["counts"]
    assert (counts["accepted"], counts["tentative"], counts["declined"]) == (1, 1, 1)
    assert sum(counts.values()) == len(meeting["answers"])
    by_person = {each["person"]: each for each in meeting["answers"]}
    assert by_person["kkr-aalborg"] == {
        "person": "kkr-aalborg",
        "invited": True,
        "reply": "declined",
        "at": "2022-05-09T07:00:00+02:00",
        "by": "kkr-rebild",
        "through": None,
    }
    assert by_person["bestyrelse-1"]["invited"] is False
    said = " ".join(run("answers", ID).out.split())
    assert "1 accepted: kkr-formand (svaret af sekretæren)" in said
    assert "1 tentative: kkr-rebild (by mail)" in said
    assert "1 declined: kkr-aalborg (by kkr-rebild)" in said
    assert "kkr-laesoe" in said.partition("no answer")[2]


def test_answers_of_an_unknown_cycle_are_refused(run: Run, imported: Path) -> None:
    said = run("answers", "nordjylland-2032")
    assert (said.code, said.out) == (1, "")
    assert "did you mean" in said.err


def test_the_ledger_is_read_with_few_statements(imported: Path, ids: Ids) -> None:
    from sqlalchemy import event

    from models.deliveries import Wanted, deliveries
    from models.engine import reading

    engine = open_engine(f"sqlite:///{imported / 'aarshjul.db'}")
    said: list[str] = []
    with reading(engine) as session:
        event.listen(engine, "before_cursor_execute", lambda *args: said.append(str(args[2])))
        assert len(deliveries(session, Wanted(cycle=ID))) == 10
    engine.dispose()
    assert len([each for each in said if each.startswith("SELECT")]) <= 3
    assert not any("payload" in each for each in said)
