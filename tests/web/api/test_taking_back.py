"""Taking back by the API: what was done by it keeps its way back, and only its own person goes it."""

from datetime import timedelta

from tests.builders import at
from tests.web.api.asking import TOP, Asking, conforms


def test_what_was_done_under_a_key_is_taken_back_once_and_by_nobody_else(asking: Asking) -> None:
    token = asking.token("co", "read", "act")
    before = asking.get("/cycles/c/milestones/dialogue", token).json()
    assert asking.act("move", token, key="k", milestone="dialogue", to="2022-11-25").status_code == 200
    theirs = asking.post("/cycles/c/undo", asking.token("w1"), {"key": "k"})
    assert (theirs.status_code, theirs.headers["content-type"]) == (409, "application/problem+json")
    done = asking.post("/cycles/c/undo", token, {"key": "k"})
    assert (done.status_code, done.json()["act"], done.json()["repeated"]) == (200, "move", False), done.text
    assert "moved" in [each["what"] for each in done.json()["happened"]]
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/cycles/{cycle}/undo", done, "post")
    after = asking.get("/cycles/c/milestones/dialogue", token).json()
    assert (after["date"], after["revision"] > before["revision"]) == (before["date"], True)
    again = asking.post("/cycles/c/undo", token, {"key": "k"}).json()
    assert (again["repeated"], again["happened"]) == (True, [])


def test_what_was_changed_since_or_is_a_day_old_is_not_taken_back(asking: Asking) -> None:
    token = asking.token("co", "read", "act")
    asking.act("move", token, key="k", milestone="dialogue", to="2022-11-25")
    asking.act("move", token, key="l", milestone="dialogue", to="2022-11-28")
    changed = asking.post("/cycles/c/undo", token, {"key": "k"})
    assert (changed.status_code, "More has happened" in changed.json()["detail"]) == (409, True)
    asking.site.clock.moment += timedelta(hours=24, seconds=1)
    assert asking.post("/cycles/c/undo", token, {"key": "l"}).status_code == 409
    assert asking.get("/cycles/c/milestones/dialogue", token).json()["date"] == "2022-11-28"


def test_taking_a_vote_back_wants_the_scope_that_voting_wants(asking: Asking) -> None:
    world = asking.site.world
    world.act("2022-05-02", "holder", "submit-draft", text="# Mål\n\nEn tekst.\n")
    world.act("2022-11-18", "co", "hold", milestone="dialogue")
    asking.site.clock.moment = at("2022-11-20")
    for key, vote in (("u", "against"), ("v", "for")):  # a first vote has no vote to go back to
        voted = asking.act("vote", asking.token("b1"), key=key, body="board", vote=vote)
        assert voted.status_code == 200, voted.text
    less = asking.post("/cycles/c/undo", asking.token("b1", "act"), {"key": "v"})
    assert (less.status_code, "decide" in less.json()["detail"]) == (403, True)
    assert asking.post("/cycles/c/undo", asking.token("b1"), {"key": "v"}).status_code == 200


def test_what_is_held_is_taken_back_by_a_coordinator_alone(asking: Asking) -> None:
    token, world = asking.token(), asking.site.world
    world.round("2022-04-20")
    asking.act("move", token, milestone="dialogue", to="2022-11-25")
    world.round("2022-05-02")
    assert asking.post("/cycles/c/withdraw", asking.token("w1")).status_code == 403
    done = asking.post("/cycles/c/withdraw", token)
    assert done.status_code == 200, done.text
    assert "withdrew" in [each["what"] for each in done.json()["happened"]]
    conforms(asking.site.client.get(f"{TOP}/openapi.json").json(), "/cycles/{cycle}/withdraw", done, "post")
    again = asking.post("/cycles/c/withdraw", token)
    assert (again.status_code, again.headers["content-type"]) == (409, "application/problem+json")


def test_an_act_that_nothing_takes_back_says_so_and_not_that_it_is_too_late(asking: Asking) -> None:
    token = asking.token("w1", "act")
    assert asking.act("comment", token, key="k", text="Mere om det.").status_code == 200
    no = asking.post("/cycles/c/undo", token, {"key": "k"})
    assert (no.status_code, "cannot be undone" in no.json()["detail"]) == (409, True)
    assert "for a day" not in no.json()["detail"]
