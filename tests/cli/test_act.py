"""`act`: fields as options, refusals, waking."""

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import get_args, get_origin

import pytest

from aarshjul.cli.act import LISTS, TEXTS, BadFields, fields_of
from aarshjul.files.act_arguments import NESTED
from aarshjul.files.act_forms import ACT_FORMS
from aarshjul.wake import Address, leave_address
from tests.cli.conftest import Run
from tests.cli.running import ID
from tests.rounds.houses import CYCLE as HOUSE
from tests.rounds.houses import FIRST, SECOND

KOORDINATOR = ("act", ID, "--by", "koordinator", "--do")


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ([], {}),
        (["--to", "2022-11-25"], {"to": "2022-11-25"}),
        (["--to=2022-11-25", "--at", "10:00"], {"to": "2022-11-25", "at": "10:00"}),
        (["--actual", "-2.33"], {"actual": "-2.33"}),
        (["--text=--dash"], {"text": "--dash"}),
        (["--text="], {"text": ""}),
        (["--text", ""], {"text": ""}),
        (["--text=a=b"], {"text": "a=b"}),
        (["--present", "a", "--present", "b,c"], {"present": "a,b,c"}),
    ],
)
def test_options_become_fields(words: list[str], fields: dict[str, str]) -> None:
    assert fields_of(words) == fields


@pytest.mark.parametrize(
    "words",
    [
        ["loose"],
        ["--to"],
        ["--to", "--at", "10:00"],
        ["-t", "x"],
        ["--to", "a", "b"],
        ["--to", "a", "--to", "b"],
        ["--"],
    ],
)
def test_words_that_are_no_fields_are_refused(words: list[str]) -> None:
    with pytest.raises(BadFields):
        fields_of(words)


def test_the_fields_that_take_many_are_those_that_the_forms_say() -> None:
    def is_list(annotation: object) -> bool:
        return get_origin(annotation) is tuple or any(is_list(part) for part in get_args(annotation))

    many = {
        field.alias or name
        for form in ACT_FORMS.values()
        for name, field in form.model_fields.items()
        if is_list(field.annotation)
    }
    assert many == LISTS | TEXTS | NESTED


def test_an_act_is_done_and_what_is_left_to_do_is_said(run: Run, imported: Path) -> None:
    assert imported.exists()
    said = run(*KOORDINATOR, "move", "--milestone=dialogue-meeting", "--to", "2031-11-25")
    assert said.code == 0
    assert "aarshjul round" in said.err
    dates = {each["id"]: each["date"] for each in run("status", ID, "--json").json["milestones"]}
    assert dates["dialogue-meeting"] == "2031-11-25"


def test_a_running_installation_is_woken_and_until_when_it_can_be_taken_back_is_said(
    run: Run, imported: Path
) -> None:
    asked: list[bytes] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        leave_address(imported, Address(api=f"http://127.0.0.1:{server.server_port}/api"))
        said = run(*KOORDINATOR, "activate")
        server.shutdown()
        thread.join()
    assert said.code == 0
    assert re.fullmatch(
        r"What people are told of it waits until \d\d:\d\d: .*message withdraw.* takes it back before then\.\n",
        said.err,
    )
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("act", ID, "--by", "bestyrelse-1", "--do", "activate"), "bestyrelse-1 may not do this"),
        (("act", ID, "--by", "nobody", "--do", "activate"), "there is no person nobody here"),
        (("act", "nordjyland-2023", "--by", "koordinator", "--do", "activate"), f"did you mean `{ID}`?"),
        ((*KOORDINATOR, "confirm", "--milestone", "nothing"), "there is no milestone nothing"),
        ((*KOORDINATOR, "comment", "--text", "x"), "is not activated yet"),
    ],
)
def test_a_refused_act_says_why_and_changes_nothing(
    run: Run, imported: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert imported.exists()
    before = run("status", ID, "--json").json
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert run("status", ID, "--json").json == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*KOORDINATOR, "mov"), "did you mean `move`?"),
        ((*KOORDINATOR, "move", "--milestone", "kkr-june", "--too", "2031-01-01"), "--too: unknown key"),
        ((*KOORDINATOR, "move", "--milestone", "kkr-june", "--to", "31. januar"), "--to: "),
        ((*KOORDINATOR, "move", "--to", "2031-01-01"), "--milestone: "),
        ((*KOORDINATOR, "record-result", "--indicator", "1a", "--actual", "45,0"), "45.0"),
        ((*KOORDINATOR, "comment", "--text", "a\x07b"), "control character"),
        (("act", "--by", "koordinator", "--do", "confirm", "--milestone", "kkr-june", ID), "name it first"),
        (
            (*KOORDINATOR, "submit-draft", "--file", "no-such-draft.md"),
            "no-such-draft.md:1: there is no such",
        ),
        (("act", ID, "--do", "activate"), "--by"),
        (("act", ID, "--by", "koordinator"), "--do"),
        ((*KOORDINATOR, "hold", "--json"), "--json: has no value"),
    ],
)
def test_fields_that_cannot_be_are_told(
    run: Run, imported: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert imported.exists()
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_a_draft_is_read_from_its_file(run: Run, imported: Path, tmp_path: Path) -> None:
    assert imported.exists()
    assert run(*KOORDINATOR, "activate").code == 0
    draft = tmp_path / "udkast.md"
    draft.write_bytes("# Mål\r\n\r\nFlere iværksættere.\r\n".encode())
    submit = ("act", ID, "--by", "direktoer", "--do", "submit-draft", "--file", str(draft))
    assert run(*submit).code == 0
    document = run("status", ID, "--json").json
    assert document["stage"] == "submitted"
    assert document["draft"]["version"] == 1
    again = run(*submit)
    assert again.code == 1
    assert "unchanged" in again.err
    draft.write_bytes(b"\xff\xfe")
    assert run(*submit).code == 2


def test_a_list_may_stand_with_commas_or_again_and_again(run: Run, imported: Path) -> None:
    assert imported.exists()
    join = (*KOORDINATOR, "join", "--person", "ny", "--name", "Ny", "--email", "ny@example.org")
    assert run(*join, "--roles", "council", "--roles", "working-group,board").code == 0
    exported = run("export", ID).out
    assert "roles: [council, working-group, board]" in exported


def test_what_a_shared_meeting_causes_is_taken_back_in_each_of_its_cycles(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("Dato;Tid\n07.02.2042;10-12\n")
    assert run("import", plan, "--body", "KKR").code == 0
    for name in (SECOND, FIRST):
        file = tmp_path / f"{name}.yaml"
        file.write_text(HOUSE.format(id=name).replace("2023", "2042"), encoding="utf-8")
        assert run("import", file).code == 0
        by_co = ("act", name, "--by", "co", "--do")
        assert run(*by_co, "anchor", "--milestone", "approval", "--meeting", "kkr-2042-02-07").code == 0
        assert run(*by_co, "activate").code == 0
    said = run(
        "act", SECOND, "--by", "co", "--do", "move", "--milestone", "approval", "--to", "2042-02-14"
    ).err
    ways = [f"`aarshjul message withdraw --cycle {name} --by co`" for name in (FIRST, SECOND)]
    assert f"{' and '.join(ways)} together take it back before then." in said
