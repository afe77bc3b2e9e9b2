"""Which forms each role is offered at each stage, and what a press answers: written by hand from docs/approval.md."""

import pytest
from sqlalchemy import Engine

from tests.web.approving.test_whole_approval import decide, decisions, door, shown, stage, submitted
from tests.web.logged_in import Site

ALL = "returned postponed rejected"
WITH = f"approved approved-with-conditions {ALL}"
STAGES = ("submitted", "discussed", "board-approved", "council-approved", "in-force", "rejected")
# Who: what is offered at each of these stages, as `form` or `form(outcomes)`, in the order of the page. co, bc and b1
# have another way to say it for the board; the stand-in `ob` acts for b1. Nobody but a subscriber is shown no page.
OFFERED = {
    "co": (
        f"vote-board decide-board({ALL})",
        f"vote-board decide-board({WITH})",
        f"vote-council decide-council({WITH})",
        "put-in-force",
        "",
        "",
    ),
    "holder": ("", "", "", "", "", ""),
    "bc": (
        f"vote-board decide-board({ALL})",
        f"vote-board decide-board({WITH})",
        "",
        "sign-board",
        "",
        "",
    ),
    "b1": (f"vote-board decide-board({ALL})", f"vote-board decide-board({WITH})", "", "", "", ""),
    "ob": (f"vote-board decide-board({ALL})", f"vote-board decide-board({WITH})", "", "", "", ""),
    "cc": ("", "", f"vote-council decide-council({WITH})", "sign-council", "", ""),
    "c1": ("", "", f"vote-council decide-council({WITH})", "", "", ""),
    "w1": ("", "", "", "", "", ""),
}


def take_to(site: Site, wanted: str) -> None:
    """The draft at a stage, by acts."""
    submitted(site, held=wanted != "submitted")
    site.world.act("2022-11-20", "co", "appoint-deputy", person="b1", deputy="ob")
    for name, by, do, fields in (
        ("board-approved", "bc", "decide", {"body": "board", "outcome": "approved"}),
        ("council-approved", "cc", "decide", {"body": "council", "outcome": "approved"}),
        ("in-force", "co", "put-in-force", {}),
    ):
        if STAGES.index(wanted) >= STAGES.index(name) and wanted != "rejected":
            site.world.act("2022-11-21", by, do, **fields)
    if wanted == "rejected":
        site.world.act("2022-11-21", "bc", "decide", body="board", outcome="rejected", reason="Nej")
    assert stage(site) == wanted


def offered(page: str) -> str:
    """The forms of a page, with the outcomes that a decision can have."""
    found = []
    for part in page.split("<form method=")[1:]:
        action = part.partition('action="')[2].partition('"')[0]
        if "/approval/" not in action:
            continue
        doing = action.rpartition("/")[2].partition("?")[0]
        body = part.partition('name="body" value="')[2].partition('"')[0] if doing != "put-in-force" else ""
        values = [
            each.partition('"')[0]
            for each in part.partition("</form>")[0].split('name="outcome" value="')[1:]
        ]
        name = f"{doing}-{body}" if body else doing
        found.append(f"{name}({' '.join(values)})" if values else name)
    return " ".join(found)


@pytest.mark.parametrize("at", STAGES)
def test_each_role_is_offered_what_it_may_do_and_no_more(logins: Site, at: str) -> None:
    take_to(logins, at)

    found = {who: offered(logins.client.get(f"{door(logins, who)}/approval").text) for who in OFFERED}

    assert found == {who: row[STAGES.index(at)] for who, row in OFFERED.items()}


@pytest.mark.parametrize("at", ["discussed", "board-approved", "council-approved"])
def test_what_is_not_offered_is_refused_when_it_is_pressed_and_nothing_typed_gets_lost(
    logins: Site, at: str
) -> None:
    take_to(logins, at)
    before = (stage(logins), decisions(logins))
    for who, row in OFFERED.items():
        for do, body in (
            ("decide", "board"),
            ("decide", "council"),
            ("vote", "board"),
            ("vote", "council"),
            ("sign", "board"),
            ("sign", "council"),
            ("put-in-force", ""),
        ):
            name = f"{do}-{body}" if body else do
            if name in row[STAGES.index(at)]:
                continue
            typed = {
                **decide(logins, body, "approved", f"{who}{name}", minutes="P1", reason="Det, jeg skrev"),
                "vote": "for",
            }
            answer = logins.post(f"{door(logins, who)}/approval/{do}", typed)
            assert answer.status_code == 409, (who, name, answer.status_code)
            assert 'role="alert"' in answer.text, (who, name)
            if do == "decide":
                assert "Det, jeg skrev</textarea>" in answer.text, (who, name)
    assert (stage(logins), decisions(logins)) == before


def test_a_subscriber_sees_none_of_it_and_presses_nothing(logins: Site) -> None:
    take_to(logins, "discussed")
    top = door(logins, "sub")

    assert logins.client.get(f"{top}/approval").status_code == 403
    assert logins.client.get(f"{top}/consultation").status_code == 403
    assert logins.client.get(f"{top}/tasks").status_code == 403
    assert logins.client.get(f"{top}/conditions").status_code == 403
    for do in ("decide", "vote", "sign", "put-in-force"):
        typed = decide(logins, "board", "approved", do)
        assert logins.post(f"{top}/approval/{do}", typed).status_code == 403
    assert decisions(logins) == []


def test_another_regions_coordinator_finds_nothing(logins: Site) -> None:
    take_to(logins, "discussed")
    logins.log_in("co2")

    assert logins.client.get("/cycles/c/approval").status_code == 404
    typed = decide(logins, "board", "approved", minutes="P1")
    assert logins.post("/cycles/c/approval/decide", typed).status_code == 404
    assert decisions(logins) == []


def test_looking_writes_nothing(logins: Site, sqlite: Engine) -> None:
    take_to(logins, "discussed")
    before = logins.world.snapshot()

    for who in OFFERED:
        for page in ("approval", "consultation", "comments", "tasks", "conditions"):
            assert logins.client.get(f"{door(logins, who)}/{page}").status_code == 200

    assert logins.world.snapshot() == before
    assert shown(logins)
