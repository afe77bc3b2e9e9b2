"""Agendas and minutes: what stands in them, in which form, and what cannot be asked for."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.cycle import Cycle
from models.engine import writing
from tests.acts.situations import active
from tests.dialogue.conftest import Run
from tests.dialogue.year import NEWER, consulted


def order(text: str, *parts: str) -> None:
    """All of it is there, in this order."""
    at = -1
    for part in parts:
        found = text.find(part, at + 1)
        assert found > at, f"{part!r} is missing, or stands too early"
        at = found


def test_agenda_has_what_is_open_by_area(consultation: Path, run: Run) -> None:
    said = run("agenda", "c", "dialogue")
    assert said.code == 0
    order(
        said.out,
        "Dagsorden: Dialogmøde",
        "fredag den 18. november 2022 kl. 10.00-12.00, Aalborg",
        "Ikke svaret",
        "1. Hele udkastet",
        "Version 1, 1. runde",
        "Kommunaldirektør (imod)",
        "For lavt mål",
        "Erhvervschef (enig med bemærkninger)",
        "3. Kommunaldirektør (åben)",
        "2. Grøn omstilling",
        "Mål 9: Grønne planer",
        "Mål 10: Energi",
        "1. Erhvervschef · Delmål 9b (åben)",
        "2. Direktør",
        "Det gør kommunerne.",
        "Fund",
        "3. Iværksættere",
    )


def test_agenda_speaks_english(consultation: Path, run: Run) -> None:
    said = run("agenda", "c", "dialogue", "--lang", "en")
    order(
        said.out, "Agenda: ", "Friday 18 November 2022 at 10:00-12:00", "1. The draft as a whole", "(objects)"
    )
    assert "Åbne" not in said.out


def test_agenda_as_json_is_the_same(consultation: Path, run: Run) -> None:
    found = run("agenda", "c", "dialogue", "--json").json
    areas = {each["area"]: each for each in found["areas"]}
    assert list(areas) == ["Hele udkastet", "Grøn omstilling", "Iværksættere"]
    assert [each["number"] for each in areas["Grøn omstilling"]["comments"]] == [1]
    assert areas["Grøn omstilling"]["goals"] == ["9", "10"]
    assert {each["id"].partition(":")[2] for each in areas["Grøn omstilling"]["findings"]} >= {"9/9b"}
    assert {each["person"]: each["position"] for each in found["positions"]} == {
        "bc": "agrees",
        "w1": "agrees-with-remarks",
        "w2": "objects",
    }
    assert (found["date"], found["draft"]["version"]) == ("2022-11-18", 1)


def test_what_is_settled_is_on_no_agenda(dialogue: Path, run: Run) -> None:
    found = run("agenda", "c", "dialogue", "--json").json
    areas = {each["area"]: each for each in found["areas"]}
    assert areas["Grøn omstilling"]["comments"] == []
    assert [each["task"] for each in areas["Grøn omstilling"]["tasks"]] == [2]
    assert areas["Hele udkastet"]["tasks"] == []


def test_agenda_of_a_deciding_body_is_the_text(dialogue: Path, run: Run) -> None:
    said = run("agenda", "c", "board-approval")
    order(
        said.out,
        "1. Godkendelse af resultatkontrakten",
        "Version 2",
        "Måltal 9a",
        "SHA-256",
        "Ændringer, der mangler",
        "2. Mål 9 (åben)",
        "Kommunaldirektør (imod; om version 1)",
    )
    digest = re.search(r"SHA-256: ([0-9a-f]{64})", said.out)
    assert digest
    assert run("agenda", "c", "board-approval", "--json").json["draft"]["hash"] == digest[1]


def test_minutes_say_who_was_there_what_was_said_and_what_became_of_it(dialogue: Path, run: Run) -> None:
    said = run("minutes", "c", "dialogue")
    order(
        said.out,
        "Referat: Dialogmøde",
        "Til stede",
        "Observatør (for KKR-medlem)",
        "Afbud",
        "KKR-medlem (repræsenteret af Observatør)",
        "KKR: 1 af 2 til stede, 1 repræsenteret",
        "Sag 22/1",
        "1. Grøn omstilling",
        "Ambitionen er **rigtig**",
        "1. Mål 9 (udført i version 2)",
        "i hele landsdelen",
        "2. Mål 9 (åben)",
        "2. Iværksættere",
        "3. Andet",
        "3. (afvist)",
        "Sker ved trykning",
        "4. Bemærkninger, der er afgjort",
        "(imødekommet)",
    )
    assert "ikke afsluttet" not in said.out


def test_minutes_and_attendance_name_the_same_people(dialogue: Path, run: Run) -> None:
    opening = run("attendance", "c", "dialogue", "--minutes", "--lang", "en").out
    minutes = run("minutes", "c", "dialogue", "--lang", "en").out
    for line in opening.split("\n\n", 1)[1].splitlines():
        assert line in minutes


def test_minutes_as_json(dialogue: Path, run: Run) -> None:
    found = run("minutes", "c", "dialogue", "--json").json
    assert [each["area"] for each in found["items"]] == ["Grøn omstilling", "Iværksættere", "Andet"]
    assert [(each["task"], each["state"], each["version"]) for each in found["items"][0]["tasks"]] == [
        (1, "done", 2),
        (2, "open", None),
    ]
    assert [each["number"] for each in found["comments_settled"]] == [1]
    assert found["recorded"]


def test_minutes_of_a_meeting_that_nobody_wrote_of_say_so(consultation: Path, run: Run) -> None:
    said = run("minutes", "c", "dialogue")
    order(said.out, "Mødet er ikke afsluttet", "Der er endnu ikke skrevet referat.")
    assert "Der er ikke truffet en beslutning." in run("minutes", "c", "council-approval").out


@pytest.mark.parametrize("command", ["agenda", "minutes"])
@pytest.mark.parametrize("form", ["html", "pdf", "md", "txt", "HTML"])
def test_each_form_can_be_written_once(
    command: str, form: str, dialogue: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / f"paper.{form}"
    assert run(command, "c", "dialogue", "-o", file).code == 0
    title = {"agenda": b"Dagsorden", "minutes": b"Referat"}[command]
    begins = {"html": b"<!doctype html>", "pdf": b"%PDF-", "md": b"# " + title, "txt": title}
    assert file.read_bytes().startswith(begins[form.lower()])
    again = run(command, "c", "dialogue", "-o", file)
    assert (again.code, "exists already" in again.err) == (2, True)


WRONG = {
    "agenda c dialogue -o a.docx": (2, "a paper can be .html, .pdf, .md or .txt"),
    "agenda c dialogue --json -o a.html": (2, "--json goes to standard output"),
    "agenda c draft": (1, "is a deadline: nobody meets at it"),
    "minutes c dialog": (1, "did you mean `dialogue`?"),
    "minutes d dialogue": (1, "there is no cycle `d`"),
    "consultation d": (1, "there is no cycle `d`"),
    "agenda c dialogue --lang fr": (2, "fr"),
}


@pytest.mark.parametrize("command", WRONG)
def test_what_cannot_be_asked_for_is_told(command: str, dialogue: Path, run: Run) -> None:
    code, words = WRONG[command]
    said = run(*command.split())
    assert said.code == code
    assert words in said.err


def test_what_people_wrote_is_text_in_every_form(sqlite: Engine, tmp_path: Path, run: Run) -> None:
    evil = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://evil.example/a.png)"
    world = consulted(sqlite, tmp_path)
    world.act("2022-10-06", "w1", "comment", text=evil)
    world.act("2022-10-06", "w1", "respond", position="objects", remarks=evil)
    world.act(
        "2022-11-18 11:00", "co", "minute", milestone="dialogue", area="<b>A</b>", said=evil, change=evil
    )
    for command in ("agenda", "minutes"):
        page = tmp_path / f"{command}.html"
        assert run(command, "c", "dialogue", "--home", tmp_path, "-o", page).code == 0
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<script|<b>|<img|href=\"(?!https?:)", text)
        assert "alert(1)" in text


def test_a_meeting_without_a_draft_or_that_was_called_off(sqlite: Engine, tmp_path: Path, run: Run) -> None:
    world = active(sqlite, tmp_path)
    home = ("--home", tmp_path)
    assert "Der er endnu intet udkast." in run("agenda", "c", "dialogue", *home).out
    assert "resultaterne" in run("agenda", "c", "june", *home).out
    assert run("consultation", "c", *home).code == 0
    world.act("2022-11-01", "co", "cancel", milestone="dialogue")
    said = run("agenda", "c", "dialogue", *home)
    assert (said.code, "was cancelled" in said.err) == (1, True)


def test_decisions_with_their_conditions_stand_in_minutes_and_the_next_agenda(
    sqlite: Engine, tmp_path: Path, run: Run
) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    reason = "Følges op til juni"
    fields = {"body": "board", "outcome": "approved-with-conditions", "reason": reason, "minutes": "Punkt 3"}
    world.act("2023-02-10 09:30", "co", "decide", **fields)
    minutes = run("minutes", "c", "board-approval", "--home", tmp_path).out
    order(
        minutes, "Bestyrelsen · 10. februar 2023", "noteret af Koordinator (godkendt med betingelser)", reason
    )
    order(run("agenda", "c", "council-approval", "--home", tmp_path).out, "Tidligere beslutninger", reason)


def test_minutes_have_the_decision_of_their_date_and_earlier_ones_below(
    sqlite: Engine, tmp_path: Path, run: Run
) -> None:
    world = consulted(sqlite, tmp_path)
    world.act("2022-11-18 13:00", "co", "hold", milestone="dialogue")
    fields = {"body": "board", "outcome": "returned", "reason": "For lavt", "minutes": "Punkt 1"}
    world.act("2023-02-10 09:10", "b1", "vote", body="board", vote="against")
    world.act("2023-02-10 09:30", "co", "decide", **fields)
    world.act("2023-02-13", "holder", "submit-draft", text=NEWER, base="1")
    world.act("2023-02-13 12:00", "co", "move", milestone="board-approval", to="2023-02-17")
    command = ("minutes", "c", "board-approval", "--home", tmp_path)
    waiting = run(*command).out
    order(waiting, "Der er ikke truffet en beslutning.", "Tidligere beslutninger", "10. februar 2023")
    fields = {
        "body": "board",
        "outcome": "approved-with-conditions",
        "minutes": "Punkt 2",
        "reason": "Følges op",
    }
    world.act("2023-02-17 09:30", "co", "decide", **fields)
    said = run(*command).out
    assert said.count("\nBeslutning\n") == 1
    order(
        said,
        "Bestyrelsen · 17. februar 2023",
        "Betingelser",
        "Følges op",
        "Tidligere beslutninger",
        "Bestyrelsen · 10. februar 2023",
        "For lavt",
        "Stemmer: 0 for, 1 imod, 0 undlod",
    )
    assert [each["earlier"] for each in run(*command, "--json").json["decisions"]] == [True, False]


def test_agenda_of_a_meeting_that_was_held_says_so_and_calls_nobody_absent(dialogue: Path, run: Run) -> None:
    said = run("agenda", "c", "dialogue")
    order(said.out, "Mødet er holdt", "referatet", "Tilmeldt", "Afbud", "Ikke svaret")
    assert not re.search("Fraværende|Til stede|Fremmøde|repræsenteret", said.out)
    assert "Mødet er holdt" not in run("agenda", "c", "board-approval").out


@pytest.mark.parametrize("command", ["agenda", "minutes"])
def test_papers_say_on_which_day_they_were_made(
    sqlite: Engine, tmp_path: Path, run: Run, command: str
) -> None:
    consulted(sqlite, tmp_path)
    with writing(sqlite) as session:  # as of a year that was played: half past midnight where its people live
        session.get_one(Cycle, "c").played_until = datetime(2022, 11, 18, 23, 30, tzinfo=UTC)
    words = (command, "c", "dialogue", "--home", tmp_path)
    assert run(*words).out.rstrip().endswith("Lavet den 19. november 2022")
    assert run(*words, "--lang", "en").out.rstrip().endswith("Made on 19 November 2022")
