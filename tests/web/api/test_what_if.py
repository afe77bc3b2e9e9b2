"""Other results by the API: what they would give, what is wrong with them, and that nothing holds the server up."""

import json
from time import process_time

import pytest

from aarshjul.web.api.bodies import MOST_VALUES
from tests.web.api.asking import TOP, Asking, bearer, conforms

PATH = "/cycles/c/what-if"


def test_other_results_give_other_scores_and_write_nothing(asking: Asking) -> None:
    token, before = asking.token("co", "read"), asking.site.world.snapshot()
    answer = asking.post(PATH, token, {"set": {"1a": "45.5"}, "lift": "total", "over": "97"})
    description = asking.site.client.get(f"{TOP}/openapi.json").json()
    assert answer.status_code == 200, answer.text
    conforms(description, "/cycles/{cycle}/what-if", answer, "post")
    assert (
        asking.post(PATH, token, {"set": {"1a": 45.5}, "lift": "total", "over": 97}).json() == answer.json()
    )
    after = asking.site.world.snapshot()
    assert {**after, "apitoken": None} == {**before, "apitoken": None}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"set": {"\\ud800": "1"}}', 400),
        (b'{"set": {"1a": NaN}}', 400),
        (b'{"set": {"1a": "1e999999999"}}', 422),
        (b'{"set": {"1a": ' + b"9" * 5000 + b"}}", 422),
        (b'{"set": {"1a": [1]}}', 422),
        (b'{"set": {"nothing": "1"}}', 422),
        (b'{"lift": "total"}', 422),
        (b"[" * 100_000, 400),
    ],
)
def test_what_cannot_be_tried_is_a_problem(asking: Asking, content: bytes, status: int) -> None:
    headers = bearer(asking.token()) | {"content-type": "application/json"}
    answer = asking.site.client.post(f"{TOP}{PATH}", content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("fields", ["set", "channels", "keys"])
def test_a_request_of_very_many_values_is_refused_before_each_is_looked_at(
    asking: Asking, fields: str
) -> None:
    names = [f"k{number}" for number in range(MOST_VALUES + 1)]
    path, body = {
        "set": (PATH, {"set": dict.fromkeys(names, "1")}),
        "channels": ("/cycles/c/acts/prefer", {"channels": names}),
        "keys": ("/cycles/c/acts/comment", dict.fromkeys(names, "1")),
    }[fields]
    token, content = asking.token(), json.dumps(body)
    headers = bearer(token) | {"content-type": "application/json"}
    began = process_time()
    answer = asking.site.client.post(f"{TOP}{path}", content=content, headers=headers)
    assert answer.status_code == 413
    assert process_time() - began < 2
    assert asking.post(PATH, token, {"set": {"1a": "1"}}).status_code == 200
