"""The house itself: what the papers say is so, and nothing of one machine or one person is in the tree."""

import importlib
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from aarshjul.core.deadlines import resolve
from aarshjul.core.rules import AtLeast
from aarshjul.core.working_days import WorkingDays
from aarshjul.files.act_forms import ACT_FORMS
from aarshjul.files.contract_form import ContractForm, GoalForm, IndicatorForm
from aarshjul.files.cycle_form import CycleForm, MilestoneForm, PersonForm, QuietForm
from aarshjul.files.draft_file import draft_alone
from aarshjul.files.draft_form import DraftForm, LevelForm, NationalForm
from aarshjul.files.forms import Form, keys_of
from aarshjul.files.national_file import national_from_text
from aarshjul.files.read import acts_from_text, contract_from_text, cycle_from_text, read_any, read_cycle
from aarshjul.files.renewing import renew
from aarshjul.files.rule_forms import RuleForm

ROOT = Path(__file__).parents[1]
PACKAGES = ("aarshjul", "calendars", "flows", "models", "notifications")
TEMPLATE = ROOT / "examples" / "template.cycle.yaml"
READERS = {
    "contract": contract_from_text,
    "cycle": cycle_from_text,
    "acts": acts_from_text,
    "draft": draft_alone,
    "national-goals": national_from_text,
}


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 -- whichever git the machine has
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: there is no list of files to look through")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


# --- the packages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PACKAGES)
def test_package_is_loaded_from_this_repository(name: str) -> None:
    module = importlib.import_module(name)
    assert Path(str(module.__file__)) == ROOT / name / "__init__.py"


def test_no_file_of_code_has_more_than_300_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for package in (*PACKAGES, "benchmarks")
        for path in (ROOT / package).rglob("*.py")
        if "versions" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


# --- the commands of the README ----------------------------------------------------------------------------------


def test_readme_names_the_two_commands_for_a_fresh_machine() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", page("README.md"), re.DOTALL)
    assert blocks[0].splitlines() == ["pip install uv && uv run aarshjul demo", "uv run pytest"]


def test_ci_ends_with_the_readmes_test_command_and_calls_every_check() -> None:
    steps = re.findall(r"^step (.*)$", page(".ci/run"), re.MULTILINE)
    assert steps[-1] == "uv run pytest"
    assert page(".ci/run").rstrip().endswith("\nstep uv run pytest")
    for check in ("uv run ruff check", "uv run ruff format --check", "uv run mypy", "uv run lint-imports"):
        assert check in steps
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_links_of_the_papers_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")]
    dead = [
        f"{paper.relative_to(ROOT)}: {link}"
        for paper in papers
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", paper.read_text(encoding="utf-8"))
        if "://" not in link and not (paper.parent / link).exists()
    ]
    assert dead == []


# --- the examples of the papers ----------------------------------------------------------------------------------


def yaml_blocks() -> list[tuple[str, str]]:
    return [
        (f"{paper.relative_to(ROOT)}:{number}", block)
        for paper in sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
        for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", paper.read_text("utf-8"), re.DOTALL))
    ]


@pytest.mark.parametrize(("name", "text"), yaml_blocks())
def test_example_in_the_papers_parses(name: str, text: str) -> None:
    kind = re.match(r"format: aarshjul/([\w-]+)@1\n", text)
    assert kind, "an example is a whole file"
    assert READERS[kind[1]](text, name) is not None


def test_each_format_has_an_example_in_its_paper() -> None:
    named = {name.partition(":")[0] for name, _ in yaml_blocks()}
    assert {f"docs/{kind}-file.md" for kind in READERS if kind != "national-goals"} <= named


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_example_file_parses(path: Path) -> None:
    assert read_any(path) is not None


def first_cells(paper: str) -> list[str]:
    return re.findall(r"^\| `(\{.*?\})` \|", page(paper), re.MULTILINE)


def test_every_rule_of_the_contract_paper_is_one() -> None:
    rules = first_cells("docs/contract-file.md")
    named = {re.match(r"\{(\w+)", rule)[1] for rule in rules}  # type: ignore[index]
    assert named == set(keys_of(RuleForm)) - {"cap"}
    text = page("docs/contract-file.md").partition("```yaml\n")[2].partition("```")[0]
    for rule in rules:
        changed = contract_from_text(text.replace("{at_least: 10}, actual: 7.79", rule), rule)
        assert changed.goals[1].indicators[0].indicators[0].rule != AtLeast(target=changed.goals[0].weight)


def test_every_rule_for_a_date_of_the_cycle_paper_is_one() -> None:
    rules = first_cells("docs/cycle-file.md")
    assert len(rules) >= 5
    text = page("docs/cycle-file.md").partition("```yaml\n")[2].partition("```")[0]
    for rule in rules:
        form = cycle_from_text(text.replace("{day: 19, month: 5, weekday: friday}", rule), rule)
        dates = resolve({m.id: m.on for m in form.milestones}, contract_year=2024, days=WorkingDays())
        assert isinstance(dates["results"], date)


FORMS = {
    "docs/contract-file.md": [ContractForm, GoalForm, IndicatorForm],
    "docs/cycle-file.md": [CycleForm, PersonForm, MilestoneForm, QuietForm],
    "docs/draft-file.md": [DraftForm, NationalForm, LevelForm],
}


@pytest.mark.parametrize(
    ("paper", "form"), [(paper, form) for paper, forms in FORMS.items() for form in forms]
)
def test_paper_names_every_key(paper: str, form: type[Form]) -> None:
    text = page(paper)
    inside = set(re.findall(r"\b\w+\b", " ".join(re.findall(r"`[^`\n]+`", text))))
    assert set(keys_of(form)) <= inside


def test_acts_paper_has_every_act_with_its_fields_and_an_example() -> None:
    text = page("docs/acts-file.md")
    rows = dict(re.findall(r"^\| `([\w-]+)` \|(.*)$", text, re.MULTILINE))
    assert set(rows) == set(ACT_FORMS)
    for act, form in ACT_FORMS.items():
        if act != "join":  # its fields are a person's
            assert set(keys_of(form)) <= set(re.findall(r"`(\w+)`", rows[act])), act
    example = acts_from_text(text.partition("```yaml\n")[2].partition("```")[0], "example")
    assert {act.do for act in example.acts} == set(ACT_FORMS)


# --- the template of a year --------------------------------------------------------------------------------------

ORDER = [
    "results",
    "recommendation",
    "kkr-june",
    "working-group-start",
    "first-draft",
    "comments",
    "dialogue-papers",
    "dialogue-meeting",
    "approval-papers",
    "board-approval",
    "council-approval",
    "signatures",
]


@pytest.mark.parametrize("year", range(2023, 2031))
def test_template_gives_sane_dates(year: int) -> None:
    template = read_cycle(TEMPLATE)
    renewed = renew(template, year, scores="next.contract.yaml").form if year != 2023 else template
    days = WorkingDays()
    dates = resolve({m.id: m.on for m in renewed.milestones}, contract_year=year, days=days)
    assert [dates[name] for name in ORDER] == sorted(dates.values())
    assert all(days.is_working(day) for day in dates.values())
    assert dates["board-approval"] == dates["council-approval"]
    assert {
        name: dates[name].strftime("%A") for name in ("kkr-june", "dialogue-meeting", "council-approval")
    } == {
        "kkr-june": "Friday",
        "dialogue-meeting": "Friday",
        "council-approval": "Friday",
    }
    dead = {name for name, day in dates.items() if day.isocalendar().week in (7, 42) or day.month in (7, 12)}
    assert dead == set()
    assert {dates[name].year for name in ORDER[:8]} == {year - 1}
    assert dates["council-approval"].year == year
    assert all(str(year) in m.title for m in renewed.milestones if "resultatkontrakt" in m.title)


def test_template_of_2023_gives_the_real_meetings() -> None:
    dates = resolve(
        {m.id: m.on for m in read_cycle(TEMPLATE).milestones}, contract_year=2023, days=WorkingDays()
    )
    real = {m.id: m.on for m in read_cycle(ROOT / "examples" / "nordjylland-2023.cycle.yaml").milestones}
    fixed = {name: day for name, day in real.items() if isinstance(day, date)}
    assert len(fixed) == 6
    assert {name: dates[name] for name in fixed} == fixed


# --- decisions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs/decisions").glob("[0-9]*.md")), ids=lambda path: path.stem
)
def test_decision_has_its_three_headings(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {int(path.stem[:4])}\. ", text)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60, "a decision is one page"


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.stem[:4]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 11


# --- nothing of one machine or of real people --------------------------------------------------------------------

MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work|tmp)/[a-z]\w*")
ADDRESS = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:org|com|net)|example|invalid|test)", re.IGNORECASE)


def texts() -> list[tuple[str, str]]:
    mine = Path(__file__)
    kept = []
    for path in tracked():
        if path == mine or path.name in ("uv.lock", "LICENSE"):
            continue
        kept.append((str(path.relative_to(ROOT)), path.read_bytes().decode("utf-8", errors="replace")))
    return kept


def test_no_path_of_one_machine_is_in_the_tree() -> None:
    found = {name: MACHINE.findall(text) for name, text in texts() if MACHINE.search(text)}
    assert found == {}


def test_all_addresses_are_of_nobody() -> None:
    found = {
        f"{name}: {address[0]}"
        for name, text in texts()
        if not name.startswith("tests/")  # tests try every address that there could be
        for address in ADDRESS.finditer(text)
        if not RESERVED.fullmatch(address[1])
    }
    assert found == set()


def test_lock_names_only_the_public_index() -> None:
    lock = page("uv.lock")
    assert set(re.findall(r'registry = "([^"]*)"', lock)) == {"https://pypi.org/simple"}
    assert set(re.findall(r'url = "https://([^/"]*)', lock)) == {"files.pythonhosted.org"}


def test_nothing_says_how_the_work_is_organised() -> None:
    words = re.compile(r"\b(?:shared/|scratch/|issues show|this session|my task)", re.IGNORECASE)
    found = {name: words.findall(text) for name, text in texts() if words.search(text)}
    assert found == {}
