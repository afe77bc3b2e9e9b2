"""The API's own description: complete, and true of what is answered."""

from typing import Any

from tests.web.api.asking import READ_PATHS, TOP, Asking, conforms, operations


def description(asking: Asking) -> dict[str, Any]:
    found: dict[str, Any] = asking.site.client.get(f"{TOP}/openapi.json").json()
    return found


def test_the_description_is_openapi_3_1_and_the_pages_are_not_in_it(asking: Asking) -> None:
    found = description(asking)
    assert found["openapi"].startswith("3.1.")
    assert asking.site.client.get("/openapi.json").status_code == 404
    assert not [path for path in found["paths"] if "login" in path]


def test_every_operation_has_summary_description_schema_and_its_errors(asking: Asking) -> None:
    for path, method, operation in operations(description(asking)):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert len(operation["description"]) > 20, where
        assert operation["security"], where
        good = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
        assert len(good) == 1, where
        assert ("content" in good[0]) == (method != "delete"), where  # 204 has none
        for kind, content in good[0].get("content", {}).items():
            assert kind == "image/svg+xml" or content["schema"], where
        for status in ("401", "403", "422", "429"):
            named = operation["responses"][status]["content"]["application/problem+json"]["schema"]
            assert named == {"$ref": "#/components/schemas/ProblemDetails"}, where
        for parameter in operation.get("parameters", ()):
            assert parameter["schema"], where


def test_what_is_answered_is_what_is_described(asking: Asking) -> None:
    found, token = description(asking), asking.token()
    world = asking.site.world
    world.act("2022-05-02", "co", "record-result", indicator="1a", actual="40", source="ERST")
    world.act("2022-05-02", "co", "submit-draft", text="# Mål\n\nEn tekst.\n")
    world.act("2022-05-02", "w1", "comment", text="Mere om det.")
    world.round("2022-05-13")
    routes = {path for path, method, _ in operations(found) if method == "get"}
    for path in READ_PATHS:
        pattern = next(each for each in sorted(routes, key=lambda each: each.count("{")) if fits(each, path))
        answer = asking.get(path, token)
        assert answer.status_code in (200, 404), (path, answer.text)
        conforms(found, pattern, answer)
        routes.discard(pattern)
    assert not routes, "a route that reads is asked by no test"


def fits(pattern: str, path: str) -> bool:
    parts, given = pattern.split("/"), path.split("/")
    return len(parts) == len(given) and all(
        part.startswith("{") or part == each for part, each in zip(parts, given, strict=True)
    )


def test_an_address_with_a_lines_end_in_it_is_answered_as_the_api_answers(asking: Asking) -> None:
    for path in ("/cycles/x%0Ay", "/cycles/x%0D%0Ay/milestones", "/nothing"):
        answer = asking.get(path, asking.token())
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json"), path


def test_every_operation_is_named_in_words_that_a_program_can_call_it_by(asking: Asking) -> None:
    names = [operation["operationId"] for _, _, operation in operations(description(asking))]
    assert len(names) == len(set(names))
    assert [name for name in names if name.endswith(("_post", "_get", "_delete"))] == []
