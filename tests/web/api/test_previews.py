"""Looking ahead by the API: what an act would do and whom it would tell, and nothing done."""

from tests.web.api.asking import TOP, Asking, conforms


def test_a_move_is_shown_with_whom_it_tells_and_is_not_made(asking: Asking) -> None:
    token, world = asking.token(), asking.site.world
    world.round("2022-04-20")
    asking.get("/me", token)  # its use is noted
    before = world.snapshot()
    seen = asking.act("move/preview", token, milestone="dialogue", to="2022-11-26")
    conforms(
        asking.site.client.get(f"{TOP}/openapi.json").json(),
        "/cycles/{cycle}/acts/move/preview",
        seen,
        "post",
    )
    first = seen.json()["changes"][0]
    assert (first["milestone"], first["will"]["on"]) == ("dialogue", "2022-11-26")
    assert "c1" in {each["person"] for each in seen.json()["tells"]}
    assert "weekend" in {each["code"] for each in seen.json()["cautions"]}
    assert world.snapshot() == before

    told = {each["person"] for each in seen.json()["tells"]}
    assert asking.act("move", token, milestone="dialogue", to="2022-11-26").status_code == 200
    newest = max(each["id"] for each in asking.get("/cycles/c/messages", token, limit=500).json()["items"])
    world.round("2022-05-03")
    items = asking.get("/cycles/c/messages", token, limit=500).json()["items"]
    heard = {each["person"] for each in items if each["id"] > newest}
    assert told == heard


def test_what_is_not_allowed_is_not_shown_either(asking: Asking) -> None:
    theirs = asking.act("move/preview", asking.token("w1"), milestone="dialogue", to="2022-11-25")
    assert theirs.status_code == 409
    wrong = asking.act("move/preview", asking.token(), milestone="dialogue", to="tomorrow")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "to")
    none = asking.act("cancel/preview", asking.token(), milestone="nothing", reason="x")
    assert none.status_code in (409, 422)


def test_what_binds_cannot_be_tried(asking: Asking) -> None:
    for act in ("sign", "decide", "vote", "put-in-force"):
        assert asking.act(f"{act}/preview", asking.token()).status_code == 404, act


def test_ones_own_data_is_ones_own(asking: Asking) -> None:
    asking.site.world.round("2022-05-13")
    for person in ("w1", "sub"):
        answer = asking.get("/cycles/c/my-data", asking.token(person))
        description = asking.site.client.get(f"{TOP}/openapi.json").json()
        conforms(description, "/cycles/{cycle}/my-data", answer)
        assert answer.json()["person"] == person
        assert {each["id"] for each in answer.json()["data"]["person"]} == {person}
