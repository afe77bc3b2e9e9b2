"""The papers of a milestone: kept under harmless names, and given to those who may read them."""

import re

import pytest

from notifications.personal_links import make_link
from tests.web.logged_in import Site
from tests.web.milestones.pressing import PAGE, attach
from tests.web.serving import SECRET


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\note.txt", "note.txt"),
        ('a";filename="b.txt', "a__filename=_b.txt"),
        ("<script>alert(1)</script>.txt", "script_.txt"),
        ("ære \u202egpj.txt", "ære gpj.txt"),
        ("x" * 400 + ".txt", None),
    ],
)
def test_a_paper_with_a_hostile_name_is_kept_under_a_harmless_one(
    logins: Site, name: str, kept: str | None
) -> None:
    logins.log_in()

    assert attach(logins, name) == 303

    page = logins.client.get(PAGE).text
    assert "<script>alert" not in page
    answer = logins.client.get("/cycles/c/documents/1")
    assert (answer.status_code, answer.content) == (200, b"a paper")
    said = answer.headers["content-disposition"]
    assert said.isascii()
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[A-Za-z0-9._~%-]+", said)
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if kept is not None and kept.isascii() and "=" not in kept:
        assert said.endswith(f"''{kept}")


def test_no_file_too_large_a_one_and_one_of_no_kind_that_is_kept_are_refused_in_the_form(
    logins: Site,
) -> None:
    logins.log_in()

    empty = logins.post(f"{PAGE}/attach", {"once": "a", "title": "Bilag"})
    assert empty.status_code == 409
    assert 'value="Bilag"' in empty.text
    assert attach(logins, "big.txt", b"a" * 20_000_001) == 409
    assert attach(logins, "huge.txt", b"a" * 21_000_000) == 413
    assert attach(logins, "run.exe", b"MZ\x90\x00") == 409


@pytest.mark.parametrize(
    ("person", "opens", "closed"),
    [("b1", 200, 403), ("holder", 200, 200), ("sub", 403, 403), ("co", 200, 200)],
)
def test_who_may_read_a_paper(logins: Site, person: str, opens: int, closed: int) -> None:
    logins.log_in()
    attach(logins, "open.txt")
    attach(logins, "closed.txt", b"another", closed="Personsag")
    token = make_link(SECRET.encode(), "c", person, logins.clock())

    found = [logins.client.get(f"/p/{token}/documents/{number}").status_code for number in (1, 2, 3, 0)]

    assert found[:2] == [opens, closed]
    assert set(found[2:]) <= {403, 404}


@pytest.mark.parametrize("number", ["-1", "1.0", "x", "9" * 30, "%00", "१"])
def test_what_is_no_number_of_a_paper_is_not_there(logins: Site, number: str) -> None:
    logins.log_in()

    assert logins.client.get(f"/cycles/c/documents/{number}").status_code == 404
