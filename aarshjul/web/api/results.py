"""Reading contracts, scores and results, and trying other results."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from aarshjul.core.contract import Contract
from aarshjul.core.errors import Invalid
from aarshjul.core.findings import findings as findings_of
from aarshjul.core.languages import Language
from aarshjul.core.rules import Actual, actual_problem
from aarshjul.core.score_json import as_json
from aarshjul.core.scoring import score
from aarshjul.core.what_if import lifts, with_actuals
from aarshjul.core.what_if_json import actual_json, changes_json, lifts_json
from aarshjul.files.fields import read_actual, read_number
from aarshjul.files.problems import clipped, did_you_mean
from aarshjul.files.tree import Plain
from aarshjul.papers.results import Results
from aarshjul.papers.results_loading import results_of
from aarshjul.web.api import result_shapes as shapes
from aarshjul.web.api.bodies import Body, read_as, takes
from aarshjul.web.api.callers import Insider, Part
from aarshjul.web.api.problems import Problem, documented
from aarshjul.web.api.routing import answer, look
from models.contract_rows import contract_json, load_contract
from models.cycle import Cycle

Lang = Annotated[Language, Query(description="The language of explanations and findings.")]
TOTAL = "total"


def result_routes() -> APIRouter:
    """The routes of the contract that a cycle presents."""
    router = APIRouter(tags=["results"])
    base = "/cycles/{cycle}"
    look(router, f"{base}/contract", contract, "The contract whose attainment is presented", shapes.Contract)
    look(router, f"{base}/scores", scores, "What it has attained", shapes.Scores)
    look(router, f"{base}/findings", findings, "Findings, open and closed", list[shapes.FindingLine])
    look(router, f"{base}/results", results, "Results and the four values of each goal", shapes.Results)
    router.add_api_route(
        f"{base}/what-if",
        what_if,
        methods=["POST"],
        summary="What other results would have given",
        response_model=shapes.WhatIf,
        operation_id="what_if",
        responses=documented(400, 401, 403, 404, 413, 415, 422, 429, 503),
        openapi_extra=takes(shapes.WhatIfQuestion),
    )
    return router


def contract(part: Insider) -> Response:
    """With the latest actuals; numbers are texts of digits, so that none is lost."""
    with part.reading() as session:
        return answer(contract_json(_contract(session, part)))


def scores(part: Insider, lang: Lang = "en") -> Response:
    """As `aarshjul score --json`, from what is known now."""
    with part.reading() as session:
        found = _contract(session, part)
    scored = score(found)
    return answer(as_json(found, scored, findings_of(found, scored, language=lang), language=lang))


def findings(part: Insider, lang: Lang = "en") -> Response:
    """What somebody should look at, and what became of it; close one with the act `resolve-finding`."""
    return answer(_results(part, lang).as_json()["findings"])


def results(part: Insider, lang: Lang = "en") -> Response:
    """As `aarshjul results --json`: computed, reported, recommended and decided side by side."""
    return answer(_results(part, lang).as_json())


def what_if(part: Insider, body: Body) -> Response:
    """Other results, and the smallest single change that is enough; nothing is written."""
    question = read_as(body, shapes.WhatIfQuestion)
    with part.reading() as session:
        before = _contract(session, part)
    given = _changes(before, question.set)
    after = with_actuals(before, given)
    lifted = _lifted(after, question)
    return answer(
        {
            "contract": before.id,
            "set": {name: actual_json(actual) for name, actual in given.items()},
            **changes_json(before, after),
            "lift": lifted,
        }
    )


def _contract(session: Session, part: Part) -> Contract:
    cycle = session.get_one(Cycle, part.cycle)
    found = load_contract(session, cycle.contract_id) if cycle.contract_id is not None else None
    if found is None:
        raise Problem(404, "This cycle presents no contract.")
    return found


def _results(part: Part, language: Language) -> Results:
    with part.reading() as session:
        _contract(session, part)
        return results_of(session, part.cycle, part.moment, language=language)


def _changes(of: Contract, said: dict[str, str | bool | None]) -> dict[str, Actual | None]:
    known = {leaf.id: leaf.rule for _, leaf in of.leaves()}
    found: dict[str, Actual | None] = {}
    problems: list[str] = []
    for name, value in said.items():
        if name not in known:
            problems.append(f"no indicator {clipped(name)}; {did_you_mean(name, sorted(known))}")
            continue
        try:
            actual = (
                None if value is None else read_actual(value if isinstance(value, bool) else Plain(value))
            )
        except PydanticCustomError as error:
            problems.append(f"{clipped(name)} {error.message()}")
            continue
        rule = known[name]
        problem = actual_problem(rule, actual) if rule is not None and actual is not None else None
        found[name] = actual
        problems += [f"{name} {problem}"] if problem else []
    if problems:
        raise Invalid(*[f"--set: {each}" for each in problems])
    return found


def _lifted(of: Contract, question: shapes.WhatIfQuestion) -> dict[str, Any] | None:
    lift, over = question.lift, question.over
    if lift is None or over is None:
        if lift is not over:
            raise Invalid("--over: belongs together with `lift`")
        return None
    if lift != TOTAL and lift not in {goal.id for goal in of.goals}:
        raise Invalid(f"--lift: there is no goal {clipped(lift)}")
    try:
        threshold = read_number(Plain(over))
    except PydanticCustomError as error:
        raise Invalid(f"--over: {error.message()}") from None
    return lifts_json(lift, lifts(of, threshold, None if lift == TOTAL else lift))
