"""`aarshjul subscription`: feeds made, listed, renewed and revoked; the secret is shown once and kept nowhere."""

from pathlib import Path

import pytest
from sqlalchemy import select

from models.engine import open_engine, reading
from models.subscription import Subscription
from models.subscriptions import find, hash_of
from tests.cli.conftest import Run
from tests.cli.running import ID

WEB = "https://wheel.example.org/"


def opened_by(home: Path, secret: str) -> Subscription | None:
    engine = open_engine(f"sqlite:///{home / 'aarshjul.db'}")
    try:
        with reading(engine) as session:
            return find(session, secret)
    finally:
        engine.dispose()


def secret_in(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".ics")


@pytest.mark.parametrize(
    ("words", "scope", "of"),
    [
        (("--cycle", ID), "cycle", {"cycle": ID}),
        (("--cycle", ID, "--role", "board"), "role", {"cycle": ID, "role": "board"}),
        (("--cycle", ID, "--public"), "public", {"cycle": ID}),
        (("--person", "koordinator"), "person", {"person": "koordinator"}),
        (("--organisation", "KKR Nordjylland"), "organisation", {"organisation": "KKR Nordjylland"}),
    ],
)
def test_a_feed_of_each_kind_is_made_and_its_secret_opens_it(
    run: Run,
    imported: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    scope: str,
    of: dict[str, str],
) -> None:
    monkeypatch.setenv("AARSHJUL_WEB_URL", WEB)
    said = run("subscription", "new", *words, "--show", "alarms,meetings", "--lang", "en", "--json")
    assert said.code == 0
    made = said.json
    named = {name: made[name] for name in ("cycle", "role", "person", "organisation")}
    assert named == {"cycle": None, "role": None, "person": None, "organisation": None} | of
    assert (made["scope"], made["show"], made["lang"]) == (scope, ["meetings", "alarms"], "en")
    secret = secret_in(made["address"])
    assert made["address"] == f"https://wheel.example.org/calendars/{secret}.ics"
    assert made["page"] == f"https://wheel.example.org/calendars/{secret}"
    assert made["webcal"] == f"webcal://wheel.example.org/calendars/{secret}.ics"
    assert len(secret) == 43
    row = opened_by(imported, secret)
    assert row is not None
    assert (row.id, row.scope, row.shows) == (made["id"], scope, "meetings,alarms")
    assert row.secret_hash == hash_of(secret) != secret


def test_the_secret_is_shown_once_and_kept_nowhere(run: Run, imported: Path) -> None:
    made = run("subscription", "new", "--cycle", ID)
    [address] = [line.split()[1] for line in made.out.splitlines() if line.strip().startswith("address")]
    secret = secret_in(address)
    assert "shown this once" in made.err
    assert "AARSHJUL_WEB_URL is not set" in made.err
    for words in ((), ("--json",)):
        listed = run("subscription", "list", *words)
        assert secret not in listed.out + listed.err
        assert hash_of(secret) not in listed.out
    for file in imported.iterdir():
        if file.is_file():
            assert secret.encode() not in file.read_bytes()


def test_a_renewed_feed_has_another_address_and_a_revoked_one_none(run: Run, imported: Path) -> None:
    first = secret_in(run("subscription", "new", "--cycle", ID, "--json").json["address"])
    renewed = run("subscription", "renew", "1", "--json").json
    second = secret_in(renewed["address"])
    assert renewed["renewed"] is not None
    assert opened_by(imported, first) is None
    assert opened_by(imported, second) is not None
    assert run("subscription", "revoke", "1").out == (
        f"Feed 1 (cycle {ID}) is revoked: its address is unknown from now on.\n"
    )
    assert opened_by(imported, second) is None
    assert run("subscription", "revoke", "1", "--json").json["revoked"] is not None
    refused = run("subscription", "renew", "1")
    assert (refused.code, refused.err) == (1, "feed 1 was revoked: make a new one\n")
    [listed] = run("subscription", "list", "--json").json
    assert all(listed[name] for name in ("made", "renewed", "revoked"))


def test_an_empty_list_says_how_to_begin(run: Run, imported: Path) -> None:
    assert run("subscription", "list").out.startswith("There are no feeds yet")
    assert run("subscription", "list", "--json").json == []


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "name one of --cycle, --person and --organisation"),
        (("--cycle", ID, "--person", "koordinator"), 2, "name one of"),
        (("--cycle", ID, "--role", "board", "--public"), 2, "either --role or --public"),
        (("--person", "koordinator", "--public"), 2, "name it with --cycle"),
        (("--organisation", "x", "--role", "board"), 2, "name it with --cycle"),
        (("--cycle", "nordjyland-2023"), 1, f"did you mean `{ID}`?"),
        (("--cycle", ID, "--role", "bord"), 1, "did you mean `board`?"),
        (("--person", "koordinatorr"), 1, "did you mean `koordinator`?"),
        (("--organisation", "kkr nordjyland"), 1, "did you mean `KKR Nordjylland`?"),
        (("--organisation", ""), 1, "there is no organisation"),
        (("--cycle", ID, "--show", "meetngs"), 2, "--show: 'meetngs'"),
        (("--cycle", ID, "--show", ""), 2, "--show: a calendar with nothing in it"),
        (("--cycle", ID, "--lang", "de"), 2, "'de' is not one of 'da', 'en'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_makes_nothing(
    run: Run, imported: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    said = run("subscription", "new", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert run("subscription", "list", "--json").json == []


@pytest.mark.parametrize("number", ["1", "99999999999999999999"])
@pytest.mark.parametrize("command", ["renew", "revoke"])
def test_a_feed_that_is_not_there_is_said(run: Run, imported: Path, command: str, number: str) -> None:
    said = run("subscription", command, number)
    assert (said.code, said.err) == (
        1,
        f"there is no feed {number} here; `aarshjul subscription list` lists all\n",
    )


def test_without_an_installation_nothing_is_made(run: Run, home: Path) -> None:
    assert run("subscription", "list").code == 1
    assert not home.exists()


def test_secrets_are_never_the_same(imported: Path, run: Run) -> None:
    for _ in range(3):
        assert run("subscription", "new", "--person", "koordinator").code == 0
    engine = open_engine(f"sqlite:///{imported / 'aarshjul.db'}")
    with reading(engine) as session:
        assert len(set(session.scalars(select(Subscription.secret_hash)))) == 3  # type: ignore[call-overload]
    engine.dispose()
