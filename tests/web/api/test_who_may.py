"""Every route by who asks: which scope, which cycle, which role, and whether they are still there."""

from datetime import timedelta

import pytest

from aarshjul.files.act_forms import ACT_FORMS
from models.api_tokens import find_token, revoke_token
from models.engine import reading, writing
from models.webuse import ApiToken
from tests.web.api.asking import READ_PATHS, TOP, Asking, bearer

CYCLE_PATHS = tuple(path for path in READ_PATHS if path.startswith("/cycles/c"))
BACK = ("/cycles/c/undo", "/cycles/c/withdraw")
PREVIEWS = tuple(
    f"/cycles/c/acts/{name}/preview" for name in ("confirm", "move", "hold", "anchor", "cancel", "activate")
)
ACTS = (*(f"/cycles/c/acts/{name}" for name in ACT_FORMS), *PREVIEWS, *BACK)
SUBSCRIBERS = {"/cycles/c/milestones", "/cycles/c/wheel.svg", "/cycles/c/my-data", "/cycles/c/published"}
MEETING = {f"/cycles/c/milestones/dialogue/{what}" for what in ("agenda", "minutes", "attendance")}
"""For those who are of the meeting: the coordinator and the council."""
COORDINATORS = {
    *("/cycles/c/history", "/cycles/c/history/verify", "/cycles/c/messages/1"),
    *("/cycles/c/compare", "/cycles/c/meetings"),
}
NOT_YET = {  # nothing of that number or kind is there in a young cycle
    *("/cycles/c/draft", "/cycles/c/draft/differences", "/cycles/c/draft/versions/1"),
    *("/cycles/c/documents/1", "/cycles/c/documents/1/content"),
    "/cycles/c/messages/1",
    *("/cycles/c/draft/versions/1/paper", "/cycles/c/draft/differences/paper", "/cycles/c/published/paper"),
}


def test_nobody_gets_anything_without_a_token(asking: Asking) -> None:
    asking.site.log_in()  # a cookie is no token
    for path in READ_PATHS:
        answer = asking.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (
            401,
            'Bearer realm="aarshjul"',
        ), path
    for path in ACTS:
        assert asking.post(path, None).status_code in (401, 429), path


@pytest.mark.parametrize(
    "secret", ["x", "aarshjul_", "aarshjul_" + "a" * 43, "aarshjul_" + "æ" * 43, "a" * 9999]
)
def test_what_is_no_token_is_told_so(asking: Asking, secret: str) -> None:
    answer = asking.site.client.get(f"{TOP}/me", headers=[(b"Authorization", b"Bearer " + secret.encode())])
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    ("scopes", "reads", "acts", "decides"),
    [
        (["read"], True, False, False),
        (["act"], False, True, False),
        (["decide"], False, False, True),
        (["read", "act", "decide"], True, True, True),
    ],
)
def test_a_scope_opens_its_own_routes_alone(
    asking: Asking, scopes: list[str], reads: bool, acts: bool, decides: bool
) -> None:
    token = asking.token("co", *scopes)
    for path in READ_PATHS:
        expected = (200, 404) if reads else (403,)
        assert asking.get(path, token).status_code in expected, path
    for path in ACTS:
        binds = path.rpartition("/")[2] in (
            "decide",
            "decide-attainment",
            "vote",
            "sign",
            "put-in-force",
        )
        allowed = decides if binds else acts
        status = asking.post(path, token, {"nothing-of-this-name": "x"}).status_code
        wrong = 409 if path.endswith("/withdraw") else 422  # it takes no fields, and nothing is held
        assert status == (wrong if allowed else 403), path


@pytest.mark.parametrize(
    ("person", "what"),
    [
        ("co", "all"),
        ("w1", "inside"),
        ("ob", "inside"),
        ("c1", "of the meeting"),
        ("sub", "dates"),
        ("co2", "nothing"),
    ],
)
def test_every_route_answers_each_role_as_it_must(asking: Asking, person: str, what: str) -> None:
    token = asking.token(person)
    for path in CYCLE_PATHS:
        assert asking.get(path, token).status_code == must(what, path), path


def must(what: str, path: str) -> int:
    """The table: what a route answers to whom."""
    if what == "nothing":
        return 404
    if what == "dates":
        none = {"/cycles/c/milestones/dialogue", "/cycles/c/published/paper"}
        theirs = {**dict.fromkeys(SUBSCRIBERS, 200), **dict.fromkeys(none, 404)}
        return theirs.get(path, 403)
    if path in COORDINATORS and what != "all":
        return 403
    if path in MEETING and what == "inside":
        return 403
    return 404 if path in NOT_YET else 200


def test_the_cycle_of_another_is_answered_as_one_that_is_none(asking: Asking) -> None:
    token = asking.token("co2")
    for path in (*CYCLE_PATHS, *ACTS):
        ask = asking.get if path not in ACTS else asking.post
        theirs, none = ask(path, token), ask(path.replace("/cycles/c", "/cycles/nowhere"), token)
        assert theirs.status_code == none.status_code == 404, path
        assert theirs.json() == none.json(), path


def test_who_left_sees_nothing_and_does_nothing(asking: Asking) -> None:
    token = asking.token("w1")
    asking.site.world.act("2022-05-02", "co", "leave", person="w1")
    for path in CYCLE_PATHS:
        assert asking.get(path, token).status_code == 404, path
    assert asking.act("comment", token, text="x").status_code == 404
    assert {asking.post(path, token, {"key": "k"}).status_code for path in BACK} == {404}
    assert asking.get("/cycles", token).json()["items"] == []


def test_a_token_of_one_cycle_reaches_no_other(asking: Asking) -> None:
    token = asking.token("co", cycle_id="other")
    assert asking.get("/cycles", token).json()["total"] == 0
    assert asking.get("/cycles/c", token).status_code == 404
    assert asking.act("confirm", token, milestone="dialogue").status_code == 404


def test_a_token_ends_with_its_time_and_when_it_is_taken_back(asking: Asking) -> None:
    clock = asking.site.clock
    short, other = asking.token(days=1), asking.token()
    clock.moment += timedelta(hours=23, minutes=59)
    assert asking.get("/me", short).status_code == 200
    clock.moment += timedelta(minutes=1)
    assert asking.get("/me", short).status_code == 401
    with writing(asking.site.world.engine) as session:
        found = find_token(session, other, clock())
        assert found is not None
        revoke_token(session, found, clock())
    assert asking.get("/me", other).status_code == 401


def test_use_is_written_down_every_five_minutes_and_the_secret_never(asking: Asking) -> None:
    token, clock = asking.token(), asking.site.clock
    seen = []
    for _ in range(3):
        asking.get("/me", token)
        with reading(asking.site.world.engine) as session:
            row = session.get_one(ApiToken, 1)
            seen.append(row.seen_at)
        clock.moment += timedelta(minutes=3)
    assert seen[0] == seen[1] != seen[2]
    assert token not in repr(asking.site.world.snapshot())


def test_what_fails_again_and_again_is_told_to_wait_and_a_token_that_works_goes_on(asking: Asking) -> None:
    statuses = [asking.get("/me", "aarshjul_" + "b" * 43).status_code for _ in range(70)]
    assert (statuses[0], statuses[-1]) == (401, 429)
    assert asking.get("/me", asking.token()).status_code == 200
    assert bearer("x")


def test_what_was_sent_to_others_and_their_addresses_are_coordinators_to_see(asking: Asking) -> None:
    asking.site.world.round("2022-04-19")
    asking.site.world.round("2022-05-13")
    mine, all_ = asking.token("holder"), asking.token("co")
    own = asking.get("/cycles/c/messages", mine).json()["items"]
    assert {each["person"] for each in own} == {"holder"}
    assert asking.get("/cycles/c/messages", mine, person="co").json()["total"] == 0
    assert len(asking.get("/cycles/c/messages", all_).json()["items"]) > len(own)
    seen = {each["person"]: each["email"] for each in asking.get("/cycles/c/people", mine).json()["items"]}
    assert {person for person, email in seen.items() if email} == {"holder"}
    assert asking.get("/cycles/c", mine).json()["outbox"] is None
