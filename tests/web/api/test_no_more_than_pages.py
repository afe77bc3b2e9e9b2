"""What the pages keep from somebody, the API keeps from them as well: closed papers, others' answers, others' debts."""

from base64 import b64encode

from tests.builders import at
from tests.web.api.asking import Asking


def attached(asking: Asking, **fields: str) -> int:
    content = b64encode(f"a paper with {len(fields)}".encode()).decode()
    fields |= {"file": f"bilag-{len(fields)}.txt", "content": content}
    return asking.act("attach", asking.token(), **fields).status_code


def test_a_closed_document_is_for_coordinators_and_the_holder_and_nobody_else_learns_its_name(
    asking: Asking,
) -> None:
    assert attached(asking, indicator="1a") == 200
    assert attached(asking, indicator="1a", closed="Persondata") == 200
    for person, seen, status in (("co", 2, 200), ("holder", 2, 200), ("w1", 1, 403), ("c1", 1, 403)):
        token = asking.token(person)
        assert asking.get("/cycles/c/documents", token).json()["total"] == seen, person
        for path in ("/cycles/c/documents/2", "/cycles/c/documents/2/content"):
            answer = asking.get(path, token)
            assert (answer.status_code, "bilag" in answer.text) == (status, path[-1] == "2" and seen == 2), (
                path
            )
        assert asking.get("/cycles/c/documents/1/content", token).content == b"a paper with 1"


def test_who_comes_to_a_meeting_is_told_to_those_who_are_of_it(asking: Asking) -> None:
    asking.site.clock.moment = at("2022-11-10")
    path = "/cycles/c/milestones/dialogue/attendance"
    for person, status in (("co", 200), ("c1", 200), ("w1", 403), ("ob", 403), ("sub", 403), ("co2", 404)):
        assert asking.get(path, asking.token(person)).status_code == status, person


def test_what_others_owe_is_coordinators_to_know(asking: Asking) -> None:
    asking.site.clock.moment = at("2022-06-01")
    assert len(owing(asking, "co")) > 1
    assert owing(asking, "holder") == {"holder"}
    assert owing(asking, "w1") == {"w1"}


def owing(asking: Asking, person: str) -> set[str]:
    """Everybody of whom an answer says that they owe something."""
    token = asking.token(person)
    standing = asking.get("/cycles/c", token).json()["milestones"]
    planned = asking.get("/cycles/c/milestones", token).json()
    people = asking.get("/cycles/c/people", token).json()["items"]
    found = {each for milestone in (*standing, *planned) for each in milestone["owing"]}
    assert found == {each["person"] for each in people if each["owes"]}
    return found


def test_a_subscriber_sees_the_wheel_of_the_dates_that_are_for_them(asking: Asking) -> None:
    whole = asking.get("/cycles/c/wheel.svg", asking.token("w1")).text
    theirs = asking.get("/cycles/c/wheel.svg", asking.token("sub")).text
    token = asking.token()
    for milestone in asking.get("/cycles/c/milestones", token).json():
        title = milestone["title"]
        assert title in whole, title
        assert (title in theirs) == ("subscriber" in milestone["for"]), title
