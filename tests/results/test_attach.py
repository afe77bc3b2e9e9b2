"""Documents come in whole, are named safely and found again; what may not come in writes nothing."""

import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from aarshjul.acts.evidence import in_words
from aarshjul.acts.perform import perform
from aarshjul.core.errors import Refused
from aarshjul.files.act_arguments import parse_act
from aarshjul.files.documents import LARGEST_DOCUMENT, enclosed, read_document
from aarshjul.files.process_forms import Attach
from aarshjul.files.read import cycle_from_text
from aarshjul.files.script import with_acts
from aarshjul.files.text import FileError
from aarshjul.files.write import dump_acts
from models import evidence
from models.contract import Indicator
from models.documents import content_of, listed
from models.engine import reading
from models.history import HistoryEntry
from tests.acts.situations import active
from tests.results.kinds import CSV, PDF
from tests.world import YEAR, World, moment_of

Home = tuple[Engine, Path]


@pytest.fixture
def home(sqlite: Engine, tmp_path: Path) -> Home:
    return sqlite, tmp_path


def attach(world: World, by: str, content: bytes, when: str = "2022-05-10", **fields: str) -> str | None:
    """Attach a file; the words of its refusal, or None."""
    (world.folder / "proof").write_bytes(content)
    form = enclosed(parse_act("attach", {"file": "proof", **fields}), world.folder)
    before = world.snapshot()
    try:
        perform(world.engine, "c", by, "attach", form, moment_of(when))
    except Refused as refusal:
        assert world.snapshot() == before
        return str(refusal)
    return None


def test_a_document_is_kept_byte_for_byte(engine: Engine, tmp_path: Path) -> None:
    world = active(engine, tmp_path)
    assert (
        attach(world, "w1", CSV, indicator="1a", title="Målinger.csv", closed="Personer kan kendes") is None
    )
    assert attach(world, "co", PDF, milestone="june") is None
    assert attach(world, "holder", b"En note") is None
    with reading(world.engine) as session:
        found = listed(session, "c")
        assert [(each.number, each.name, each.indicator, each.milestone) for each in found] == [
            (1, "Målinger.csv", "1a", None),
            (2, "proof.pdf", None, "june"),
            (3, "proof.txt", None, None),
        ]
        assert (found[0].media_type, found[0].closed) == ("text/csv", "Personer kan kendes")
        assert content_of(session, "c", 1) == CSV
        assert found[0].sha256 == sha256(CSV).hexdigest()
        assert content_of(session, "c", 4) is None
        assert content_of(session, "other", 1) is None


def test_the_history_names_its_content_and_none_of_its_words(home: Home) -> None:
    world = active(*home)
    attach(world, "w1", CSV, indicator="1a", title="Navne på folk", closed="Fortroligt")
    with reading(world.engine) as session:
        facts = session.scalars(select(HistoryEntry).where(col(HistoryEntry.what) == "attached")).one().facts
    assert facts["content"] == sha256(CSV).hexdigest()
    assert facts["document"] == 1
    assert "Navne" not in str(facts)
    assert "Fortroligt" not in str(facts)


def test_it_is_the_results_evidence_where_that_had_none(home: Home) -> None:
    world = active(*home)
    world.act("2022-05-09", "holder", "record-result", indicator="1b", actual="4", evidence="Rapporten")
    attach(world, "holder", CSV, indicator="1a")
    attach(world, "holder", CSV, indicator="1b")
    with reading(world.engine) as session:
        found = {row.slug: row.evidence for row in session.scalars(select(Indicator))}
    assert (found["1a"], found["1b"]) == ("Bilag 1", "Rapporten")


def test_who_is_asked_may_prove_that_indicator_and_nothing_else(home: Home) -> None:
    world = active(*home)
    assert attach(world, "b1", CSV, indicator="1a") is not None
    world.act("2022-05-03", "co", "request-data", indicator="1a", owner="board", due="2022-05-31")
    assert attach(world, "b1", CSV, indicator="1b") is not None
    assert attach(world, "b1", CSV, milestone="june") is not None
    assert attach(world, "b1", CSV) is not None
    assert attach(world, "b1", CSV, indicator="1a") is None


def test_the_same_content_is_refused_where_it_is_and_kept_elsewhere(home: Home) -> None:
    world = active(*home)
    assert attach(world, "co", CSV, indicator="1a") is None
    said = attach(world, "co", CSV, indicator="1a", title="Et andet navn")
    assert said is not None
    assert "document 1 already" in said
    assert attach(world, "co", CSV, indicator="1b") is None
    assert attach(world, "co", CSV) is None
    assert attach(world, "co", CSV) is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x7fELF\x02", "ELF"),
        (b"MZ\x90\x00", "Windows"),
        (b"#!/bin/sh\n", "a script"),
        (b"", "empty"),
        (b"<svg onload=x>", "SVG"),
    ],
)
def test_what_is_no_document_is_refused_with_what_it_is(home: Home, content: bytes, words: str) -> None:
    said = attach(active(*home), "co", content, indicator="1a")
    assert said is not None
    assert words in said


def test_500_mb_are_refused_unread_with_their_size(home: Home) -> None:
    world = active(*home)
    with (world.folder / "huge.pdf").open("wb") as file:
        file.truncate(500_000_000)
    form = enclosed(parse_act("attach", {"file": "huge.pdf", "indicator": "1a"}), world.folder)
    assert isinstance(form, Attach)
    assert form.content is None
    with pytest.raises(Refused, match=r"huge\.pdf has 500 MB: a document has at most 20 MB"):
        perform(world.engine, "c", "co", "attach", form, moment_of("2022-05-10"))


@pytest.mark.parametrize("size", [LARGEST_DOCUMENT - 1, LARGEST_DOCUMENT, LARGEST_DOCUMENT + 1])
def test_the_limit_is_the_tables_own(home: Home, size: int) -> None:
    assert evidence.LARGEST_DOCUMENT == LARGEST_DOCUMENT
    said = attach(active(*home), "co", b"a" * size)
    assert (said is None) == (size <= LARGEST_DOCUMENT)


@pytest.mark.parametrize("size", [(0, "0 bytes"), (1, "1 byte"), (1500, "1.5 kB"), (20_000_001, "20.1 MB")])
def test_sizes_in_words(size: tuple[int, str]) -> None:
    assert in_words(size[0]) == size[1]


def test_a_form_that_nobody_read_a_file_for_is_refused(home: Home) -> None:
    said = active(*home).refused("2022-05-10", "co", "attach", file="x.pdf")
    assert said is not None
    assert "was not read" in said


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "socket", "device", "no name"])
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it"
    with socket.socket(socket.AF_UNIX) as bound:
        match kind:
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
            case "socket":
                bound.bind(str(path)[-100:]) if len(str(path)) < 100 else pytest.skip("too long a name")
            case "device":
                path = Path(os.devnull)
            case "no name":
                path = tmp_path / "a\x00b"
        with pytest.raises(FileError) as refusal:
            read_document(path, "it")
    assert str(refusal.value).startswith("it: ")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who may do everything may read it")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_bytes(PDF)
    path.chmod(0)
    with pytest.raises(FileError, match="cannot be read"):
        read_document(path, "it")


def test_the_content_is_in_no_dump_and_no_file_can_give_it() -> None:
    form = parse_act("attach", {"file": "a.pdf"})
    assert isinstance(form, Attach)
    filled = form.with_content(b"SECRET", 6)
    assert form.content is None
    assert "SECRET" not in repr(filled) + str(filled.model_dump()) + filled.model_dump_json()
    for name in ("content", "_content", "size"):
        with pytest.raises(Exception, match="unknown key"):
            parse_act("attach", {"file": "a.pdf", name: "x"})


def test_a_file_of_acts_finds_its_documents_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "bilag").mkdir()
    (tmp_path / "bilag" / "a.csv").write_bytes(CSV)
    acts = tmp_path / "acts.yaml"
    acts.write_text(
        "format: aarshjul/acts@1\nacts:\n"
        "  - {on: 2022-05-10, by: co, do: attach, file: bilag/a.csv, indicator: 1a}\n",
        encoding="utf-8",
    )
    script = with_acts(cycle_from_text(YEAR, "c"), None, acts)
    assert script.acts is not None
    form = script.acts.acts[0].fields
    assert isinstance(form, Attach)
    assert form.content == CSV
    assert "Aalborg" not in dump_acts(script.acts)
    (tmp_path / "bilag" / "a.csv").unlink()
    with pytest.raises(FileError, match="no such file"):
        with_acts(cycle_from_text(YEAR, "c"), None, acts)
