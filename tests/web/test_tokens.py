"""Tokens that unsubscribe: whose they are, and that nobody else can write one."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from aarshjul.settings import Settings
from notifications.unsubscribing import (
    LEAST_BYTES,
    SecretError,
    make_token,
    one_click,
    read_token,
    signing_key,
    unsubscribe_uris,
)

SECRET = b"k" * 32
IDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=80)
TOKEN = make_token(SECRET, "nordjylland-2023", "direktoer")


def setting(**named: object) -> Settings:
    return Settings(home=Path("nowhere"), **named)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(IDS, IDS)
def test_a_token_says_who_and_of_which_cycle_and_fits_in_a_link(cycle: str, person: str) -> None:
    token = make_token(SECRET, cycle, person)
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    if len(token) <= 600:
        assert read_token(SECRET, token) == (cycle, person)
    assert read_token(b"another", token) is None


@settings(max_examples=100)
@given(st.integers(0, len(TOKEN) - 1), st.characters())
def test_a_token_with_another_letter_is_none(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    assert (read_token(SECRET, changed) is not None) == (changed == TOKEN)


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_is_no_token(text: str) -> None:
    assert read_token(SECRET, text) is None


@pytest.mark.parametrize(
    "token",
    [
        TOKEN + "=",
        TOKEN + "\n",
        " " + TOKEN,
        TOKEN[:-1],
        TOKEN.partition(".")[0],
        TOKEN.upper(),
        "",
        ".",
        "A" * 10**6,
    ],
)
def test_what_is_nearly_a_token_is_none(token: str) -> None:
    assert read_token(SECRET, token) is None


def test_ids_do_not_run_into_each_other() -> None:
    assert make_token(SECRET, "ab", "c") != make_token(SECRET, "a", "bc")


@pytest.mark.parametrize(
    ("web_url", "pages", "by_one_click"),
    [
        ("https://wheel.example.org", ["https://wheel.example.org/unsubscribe/"], True),
        ("https://example.org/wheel/", ["https://example.org/wheel/unsubscribe/"], True),
        ("http://127.0.0.1:8000", ["http://127.0.0.1:8000/unsubscribe/"], False),
        ("http://localhost:8000", ["http://localhost:8000/unsubscribe/"], False),
        ("http://[::1]:8000", ["http://[::1]:8000/unsubscribe/"], False),
        ("http://wheel.example.org", [], False),
        ("http://127.0.0.1.example.org", [], False),
        ("ftp://wheel.example.org", [], False),
        ("https://", [], False),
        ("https://[", [], False),
        (None, [], False),
    ],
)
def test_a_page_is_named_where_it_is_safe(web_url: str | None, pages: list[str], by_one_click: bool) -> None:
    uris = unsubscribe_uris(setting(web_url=web_url), SECRET, "nordjylland-2023", "direktoer")
    mail = f"mailto:aarshjul@example.org?subject=unsubscribe%20{TOKEN}"
    assert list(uris) == [*(page + TOKEN for page in pages), mail]
    assert one_click(uris) is by_one_click


def test_the_mail_goes_where_answers_are_read() -> None:
    named = setting(sender_address="wheel@example.org", reply_to="svar+hjul&co?@example.org")
    [mail] = unsubscribe_uris(named, SECRET, "c", "p")
    assert mail.startswith("mailto:svar+hjul%26co%3F@example.org?subject=unsubscribe%20")


def test_the_operators_secret_comes_first_and_makes_no_file(tmp_path: Path) -> None:
    ours = "hemmelighed, der er lang nok til at skrive under med"
    assert signing_key(Settings(home=tmp_path, secret=SecretStr(ours))) == ours.encode()
    assert list(tmp_path.iterdir()) == []


def test_a_home_makes_a_key_of_its_own_once_that_only_its_owner_reads(tmp_path: Path) -> None:
    home = Settings(home=tmp_path / "not" / "there")
    key = signing_key(home)
    assert len(key) == LEAST_BYTES
    assert signing_key(home) == key
    assert [path.name for path in home.home.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((home.home / "secret.key").stat().st_mode) == 0o600
    assert signing_key(Settings(home=tmp_path)) != key


def test_processes_that_begin_at_once_agree_on_one_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from aarshjul.settings import Settings\n"
        "from notifications.unsubscribing import signing_key\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(signing_key(Settings(home=Path(sys.argv[1]))).hex())"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    try:
        for child in started:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        keys = {child.communicate("go\n", timeout=60)[0] for child in started}
    finally:
        for child in started:
            child.kill()
            child.wait()
    assert keys == {(tmp_path / "secret.key").read_bytes().hex() + "\n"}
    assert len(os.listdir(tmp_path)) == 1  # noqa: PTH208 -- hidden files as well


def test_a_damaged_key_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(SecretError, match="is damaged"):
        signing_key(Settings(home=tmp_path))
    assert (tmp_path / "secret.key").read_bytes() == b"short"


def test_a_home_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SecretError, match="cannot be used"):
        signing_key(Settings(home=tmp_path / "file"))
