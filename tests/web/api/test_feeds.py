"""One's own calendar feeds by the API: the address is told once, is another's never, and ends when it is stopped."""

from tests.web.api.asking import TOP, Asking, conforms


def test_a_feed_is_made_read_given_another_address_and_stopped(asking: Asking) -> None:
    token = asking.token("w1", "read", "act")
    description = asking.site.client.get(f"{TOP}/openapi.json").json()
    made = asking.post("/me/feeds", token, {"show": ["tasks", "meetings"]})
    assert (made.status_code, made.json()["show"]) == (201, ["meetings", "tasks"])
    conforms(description, "/me/feeds", made, "post")
    feed = made.json()
    calendar = asking.site.client.get(feed["address"])
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    assert asking.site.client.get(feed["page"]).status_code == 200
    known = asking.get("/me/feeds", token).json()
    assert [each["id"] for each in known] == [feed["id"]]
    assert "address" not in known[0]

    other = asking.post(f"/me/feeds/{feed['id']}/renew", token)
    conforms(description, "/me/feeds/{number}/renew", other, "post")
    assert other.json()["address"] != feed["address"]
    gone, works = (asking.site.client.get(each["address"]).status_code for each in (feed, other.json()))
    assert (gone, works) == (404, 200)

    assert asking.delete(f"/me/feeds/{feed['id']}", token).status_code == 204
    assert asking.site.client.get(other.json()["address"]).status_code == 404
    assert asking.delete(f"/me/feeds/{feed['id']}", token).status_code == 404
    assert asking.post(f"/me/feeds/{feed['id']}/renew", token).status_code == 404
    assert asking.get("/me/feeds", token).json()[0]["revoked"] is not None


def test_without_a_choice_it_holds_what_a_page_would_choose(asking: Asking) -> None:
    made = asking.post("/me/feeds", asking.token("w1"))
    assert made.json()["show"] == ["meetings", "deadlines", "decisions"]


def test_nobody_changes_the_feed_of_another(asking: Asking) -> None:
    number = asking.post("/me/feeds", asking.token("w1")).json()["id"]
    for person in ("co", "c1", "co2"):
        theirs = asking.token(person)
        assert asking.post(f"/me/feeds/{number}/renew", theirs).status_code == 404, person
        assert asking.delete(f"/me/feeds/{number}", theirs).status_code == 404, person
        assert asking.get("/me/feeds", theirs).json() == [], person


def test_a_token_that_reads_or_is_of_one_cycle_makes_none(asking: Asking) -> None:
    reads, bound = asking.token("co", "read"), asking.token("co", cycle_id="c")
    number = asking.post("/me/feeds", asking.token("co")).json()["id"]
    for token in (reads, bound):
        assert asking.post("/me/feeds", token).status_code == 403
        assert asking.post(f"/me/feeds/{number}/renew", token).status_code == 403
        assert asking.delete(f"/me/feeds/{number}", token).status_code == 403
    assert asking.get("/me/feeds", bound).json() == []
    assert asking.post("/me/feeds", None).status_code == 401


def test_what_it_cannot_hold_and_one_too_many_are_refused_in_words(asking: Asking) -> None:
    token = asking.token("w1")
    for wrong in ({"show": ["nothing"]}, {"show": "meetings"}, {"shows": ["meetings"]}, {"show": ["alarms"]}):
        answer = asking.post("/me/feeds", token, wrong)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), (
            wrong
        )
    assert {asking.post("/me/feeds", token).status_code for _ in range(20)} == {201}
    full = asking.post("/me/feeds", token)
    assert (full.status_code, "20 calendars" in full.json()["detail"]) == (409, True)
