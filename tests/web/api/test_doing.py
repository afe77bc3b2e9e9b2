"""Acts by the API: done as everywhere, once per key, refused in words, and nothing lost of a number."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from aarshjul.files.act_forms import ACT_FORMS
from models.documents import content_of
from models.engine import reading
from tests.builders import at
from tests.web.api.asking import TOP, Asking, bearer, conforms


def test_an_act_is_done_and_says_what_happened(asking: Asking) -> None:
    answer = asking.act("move", asking.token(), milestone="dialogue", to="2022-11-25", at="09:30")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["act"], found["repeated"]) == ("move", False)
    assert "moved" in [each["what"] for each in found["happened"]]
    assert found["held_until"] is not None
    assert asking.get("/cycles/c/milestones/dialogue", asking.token()).json()["at"] == "09:30"
    description = asking.site.client.get(f"{TOP}/openapi.json").json()
    conforms(description, "/cycles/{cycle}/acts/move", answer, "post")


def test_a_number_keeps_its_digits_as_number_or_as_text(asking: Asking) -> None:
    token = asking.token()
    raw = b'{"indicator": "1a", "actual": 0.1000000000001, "source": "X"}'
    path = f"{TOP}/cycles/c/acts/record-result"
    headers = bearer(token) | {"content-type": "application/json"}
    for body, digits in (
        (raw.replace(b"0.1000000000001", b"0.100000000001"), "0.100000000001"),
        (raw.replace(b"0.1000000000001", b'"45.50"'), "45.50"),
    ):
        assert asking.site.client.post(path, content=body, headers=headers).status_code == 200
        goals = asking.get("/cycles/c/contract", token).json()["goals"]
        assert goals[0]["indicators"][0]["actual"] == digits
    refused = asking.site.client.post(path, content=raw, headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "actual")


@pytest.mark.parametrize(
    ("act", "fields", "status", "field"),
    [
        ("confirm", {"milestone": "nowhere"}, 409, None),
        ("confirm", {"milestone": "draft"}, 409, None),
        ("confirm", {}, 422, "milestone"),
        ("confirm", {"milestone": "dialogue", "why": "x"}, 422, "why"),
        ("confirm", {"milestone": ["dialogue", {}]}, 422, "milestone"),
        ("confirm", {"milestone": {"id": "dialogue"}}, 422, "milestone"),
        ("move", {"milestone": "dialogue", "to": "2022-02-30"}, 422, "to"),
        ("submit-draft", {"file": "/etc/passwd"}, 422, "file"),
        ("attach", {"file": "a.txt", "indicator": "1a"}, 422, "content"),
        ("attach", {"file": "a.txt", "indicator": "1a", "content": "%%"}, 422, "content"),
        ("comment", {"text": "\ud800"}, 400, None),
        ("comment", {"text": "a\u0000b"}, 422, "text"),
        (
            "decide",
            {"body": "board", "outcome": "approved", "conditions": [{"text": "x"}]},
            422,
            "conditions",
        ),
    ],
)
def test_what_is_not_done_says_why(
    asking: Asking, act: str, fields: dict[str, object], status: int, field: str | None
) -> None:
    before = asking.site.world.history()
    content = json.dumps(fields)
    headers = bearer(asking.token()) | {"content-type": "application/json"}
    answer = asking.site.client.post(f"{TOP}/cycles/c/acts/{act}", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    if field is not None:
        assert field in [each["field"] for each in answer.json()["errors"]]
    assert asking.site.world.history() == before


@pytest.mark.parametrize(
    "body", ["[1]", "{", '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, '"x"', "\xff", "{}x"]
)
def test_a_body_that_is_no_object_is_refused(asking: Asking, body: str) -> None:
    headers = bearer(asking.token()) | {"content-type": "application/json"}
    answer = asking.site.client.post(
        f"{TOP}/cycles/c/acts/confirm", content=body.encode("latin-1"), headers=headers
    )
    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_a_form_of_a_page_is_no_request_of_the_api(asking: Asking) -> None:
    answer = asking.site.client.post(
        f"{TOP}/cycles/c/acts/confirm", data={"milestone": "dialogue"}, headers=bearer(asking.token())
    )
    assert answer.status_code == 415


def test_a_key_sent_twice_is_done_once_and_another_wish_under_it_is_refused(asking: Asking) -> None:
    token = asking.token()
    first = asking.act("comment", token, key="k-1", text="Mere om det.")
    again = asking.act("comment", token, key="k-1", text="Mere om det.")
    other = asking.act("comment", token, key="k-1", text="Noget andet.")
    assert [each.status_code for each in (first, again, other)] == [200, 200, 422]
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    theirs = asking.act("comment", asking.token("w1"), key="k-1", text="Mere om det.")
    assert theirs.json()["repeated"] is False
    assert asking.site.world.history().count("commented") == 2


def test_a_key_sent_at_one_moment_from_many_is_done_once(asking: Asking) -> None:
    token = asking.token()
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(asking.act, "comment", token, key="k", text="Det samme.") for _ in range(8)]
        answers = [each.result(30) for each in sent]
    assert {each.status_code for each in answers} == {200}
    assert sum(not each.json()["repeated"] for each in answers) == 1
    assert asking.site.world.history().count("commented") == 1


def test_a_key_with_many_bodies_at_one_moment_does_one_of_them(asking: Asking) -> None:
    token = asking.token()
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(asking.act, "comment", token, key="k", text=f"Nummer {n}.") for n in range(8)]
        answers = [each.result(30) for each in sent]
    assert sorted(each.status_code for each in answers) == [200, *[422] * 7]
    assert asking.site.world.history().count("commented") == 1


def test_evidence_comes_inline_and_is_kept_byte_for_byte(asking: Asking) -> None:
    token, content = asking.token(), "Mål;Værdi\r\n1a;40\r\n".encode()
    answer = asking.act(
        "attach",
        token,
        file="C:\\mine\\maaling.csv",
        indicator="1a",
        content=base64.b64encode(content).decode(),
    )
    assert answer.status_code == 200, answer.text
    known = asking.get("/cycles/c/documents", token).json()["items"][0]
    assert (known["name"], known["sha256"]) == ("maaling.csv", sha256(content).hexdigest())
    got = asking.get("/cycles/c/documents/1/content", token)
    assert got.content == content
    assert (got.headers["content-type"], got.headers["content-disposition"]) == (
        "application/octet-stream",
        'attachment; filename="document-1"',
    )
    with reading(asking.site.world.engine) as session:
        assert content_of(session, "c", 1) == content


def test_conditions_come_as_objects(asking: Asking) -> None:
    world = asking.site.world
    world.act("2022-05-02", "holder", "submit-draft", text="# Mål\n\nEn tekst.\n")
    world.act("2022-11-18", "co", "hold", milestone="dialogue")
    asking.site.clock.moment = at("2022-11-20")
    answer = asking.act(
        "decide",
        asking.token("b1"),
        body="board",
        outcome="approved-with-conditions",
        conditions=[{"text": 'Et "krav": [1]\nmed: mere', "owner": "holder", "due": "2023-01-10"}],
    )
    assert answer.status_code == 200, answer.text
    found = asking.get("/cycles/c/conditions", asking.token()).json()
    assert [(each["text"], each["due"]) for each in found] == [('Et "krav": [1]\nmed: mere', "2023-01-10")]


def test_every_act_is_listed_with_a_schema_that_needs_no_other_page(asking: Asking) -> None:
    listed = asking.get("/acts", asking.token("c1", "read")).json()
    assert [each["act"] for each in listed] == list(ACT_FORMS)
    assert "$ref" not in json.dumps(listed)
    for each in listed:
        for name, field in each["fields"].get("properties", {}).items():
            kinds = field.get("anyOf", [field])
            assert all("type" in kind or "enum" in kind for kind in kinds), (each["act"], name)
