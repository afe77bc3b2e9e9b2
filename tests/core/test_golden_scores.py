"""`score --json` of every example contract, as golden files by the example's name."""

import json
from pathlib import Path

import pytest

from aarshjul.core.findings import findings
from aarshjul.core.languages import Language
from aarshjul.core.score_json import as_json
from aarshjul.core.scoring import score
from aarshjul.files.read import read_contract
from tests.goldens import FOLDER, agrees

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.contract.yaml"))


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_scores_are_as_in_the_golden_file(example: Path, language: Language) -> None:
    contract = read_contract(example)
    scores = score(contract)
    value = as_json(contract, scores, findings(contract, scores, language=language), language=language)
    written = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    name = f"{example.name.removesuffix('.contract.yaml')}.{language}.json"
    assert agrees(FOLDER / "score" / name, written.encode())


def test_every_golden_file_has_its_example() -> None:
    names = {path.name.removesuffix(".contract.yaml") for path in EXAMPLES}
    assert {path.name.split(".")[0] for path in (FOLDER / "score").glob("*.json")} == names
