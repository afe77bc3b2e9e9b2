"""`aarshjul token`: made and shown once, listed without its secret, taken back; kept nowhere."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import ID


def test_a_token_is_shown_once_and_kept_nowhere(run: Run, imported: Path) -> None:
    made = run("token", "new", "--person", "koordinator", "--name", "Et program", "--scope", "act")
    secret = made.out.strip()
    assert (made.code, len(secret)) == (0, 52)
    assert "shown this once" in made.err
    listed = run("token", "list", "--json")
    assert secret not in listed.out
    assert (listed.json[0]["scopes"], listed.json[0]["works"]) == (["act"], True)
    assert secret.encode() not in (imported / "aarshjul.db").read_bytes()
    assert run("token", "revoke", "1").code == 0
    assert run("token", "list", "--json").json[0]["works"] is False


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--person", "nobody", "--name", "x"), 1, "there is no person"),
        (("--person", "koordinator", "--name", "x", "--cycle", "nowhere"), 1, "there is no cycle"),
        (("--person", "koordinator", "--name", " "), 2, "--name:"),
        (("--person", "koordinator", "--name", "a\nb"), 2, "--name:"),
        (("--person", "koordinator", "--name", "x", "--scope", "admin"), 2, "--scope:"),
        (("--person", "koordinator", "--name", "x", "--days", "0"), 2, "--days:"),
        (("--person", "koordinator", "--name", "x", "--days", "366", "--cycle", ID), 2, "--days:"),
    ],
)
def test_what_cannot_be_is_said_and_makes_none(
    run: Run, imported: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = run("token", "new", *words)
    assert (answer.code, said in answer.err) == (code, True), answer.err
    assert imported.exists()
    assert run("token", "list", "--json").json == []


def test_a_number_that_is_none_s_is_refused(run: Run, imported: Path) -> None:
    assert imported.exists()
    for number in ("9", "99999999999999999999"):
        assert run("token", "revoke", number).code == 1
