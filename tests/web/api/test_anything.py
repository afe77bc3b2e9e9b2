"""Whatever the description allows to be sent: no server error, and only answers that the description has (schemathesis)."""

from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.api.asking import TOP, Asking, bearer

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
KNOWN = {"cycle": "c", "milestone": "dialogue", "act": "confirm", "version": 1, "number": 1}


def test_nothing_that_can_be_sent_breaks_it(asking: Asking) -> None:
    base, token = str(asking.site.client.base_url), asking.token()
    asking.site.world.act("2022-05-02", "co", "submit-draft", text="# Mål\n\nEn tekst.\n")
    schema = schemathesis.openapi.from_url(f"{base}{TOP}/openapi.json")
    count = 0
    found: Any
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith(("/acts/close", "/acts/leave")):
            continue  # one that succeeds ends the rest
        count += 1
        ask(operation, token)
    assert count > 60


def ask(operation: Any, token: str) -> None:
    """A few requests to one operation, the same in every run."""

    @settings(
        max_examples=3,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        case.path_parameters.update({key: KNOWN[key] for key in case.path_parameters if key in KNOWN})
        asked = case.as_transport_kwargs(headers=bearer(token))
        answer = requests.request(**asked, timeout=20)  # its own transport does not know every urllib3
        case.validate_response(answer, checks=CHECKS)

    run()
