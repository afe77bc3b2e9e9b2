"""Playing years: `demo` and `simulate`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aarshjul.cli.home import Json
from aarshjul.cli.output import console, print_json
from aarshjul.core.errors import Invalid

if TYPE_CHECKING:
    from aarshjul.files.script import Script

EXAMPLE = "nordjylland-2023"
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="The folder that becomes a home and keeps all it made."),
]


def demo(out: Out = None, as_json: Json = False) -> None:
    """The real 2022-23 year of Erhvervshus Nordjylland and KKR Nordjylland, through real Prefect flows.

    Leaves mail, Teams cards, calendars, scores and the story in a fresh folder (aarshjul-demo, or DIR).
    """
    examples = examples_folder()
    home = out or fresh_folder(Path("aarshjul-demo"))
    script = _read(examples / f"{EXAMPLE}.cycle.yaml", examples / f"{EXAMPLE}.acts.yaml")
    story = _play(script, home, None, None, quiet=as_json)
    _tell(script, home, story, as_json=as_json)


def simulate(
    cycle: Annotated[Path, typer.Argument(metavar="CYCLE.yaml")],
    acts: Annotated[Path | None, typer.Option("--acts", metavar="ACTS.yaml", help="What people do.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="D", help="The first day (YYYY-MM-DD).")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="D", help="The last day (YYYY-MM-DD).")
    ] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Play a cycle with a virtual clock through the same flows, from due day to due day.

    Without --from it begins with the first act, or 30 days before the first milestone; without --until it ends
    30 days after the last one. Without --out nothing is kept but the story that is printed. Killed and started
    again on the same folder, it goes on.
    """
    days = _days(first, last)
    script = _read(cycle, acts)
    if out is not None:
        _tell(script, out, _play(script, out, *days, quiet=as_json), as_json=as_json)
        return
    import tempfile

    with tempfile.TemporaryDirectory(prefix="aarshjul-") as folder:
        story = _play(script, Path(folder), *days, quiet=as_json)
    _tell(script, None, story, as_json=as_json)


def examples_folder() -> Path:
    """Where the examples are: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "examples"
    return inside if inside.exists() else package.parent / "examples"


def fresh_folder(wanted: Path) -> Path:
    """The folder itself where nothing is there yet, else the first numbered one that is free."""
    number, folder = 1, wanted
    while folder.exists():
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


def _days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    begins, ends = _day(first, "--from"), _day(last, "--until")
    if begins is not None and ends is not None and ends < begins:
        raise Invalid(f"--until: {ends} lies before --from, {begins}; swap them")
    return begins, ends


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{option}: {text!r} is no day; write it as 2022-11-18") from None


def _read(cycle: Path, acts: Path | None) -> "Script":
    """Read before anything starts: what is wrong in a file should be said at once."""
    from aarshjul.files.script import read_script

    return read_script(cycle, acts)


def _play(
    script: "Script", home: Path, first: date | None, last: date | None, *, quiet: bool
) -> list[dict[str, Any]]:
    from aarshjul.files.script import make_home

    make_home(home)
    with _progress(quiet=quiet) as progress:
        progress("starting Prefect", None)
        from flows.server import running_server

        with running_server(home.absolute()):
            from flows.simulating import simulate as play

            return play(
                script,
                home.absolute(),
                first=first,
                last=last,
                progress=lambda at, what: progress(what, at),
            )


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, datetime | None], None]]:
    """A line on the terminal that says where the year is; nothing where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _at: None
        return
    from rich.console import Console

    with Console(stderr=True).status("aarshjul") as status:

        def show(what: str, at: datetime | None) -> None:
            status.update(f"{at:%A %d %B %Y}: {what}" if at is not None else what)

        yield show


def _tell(script: "Script", home: Path | None, story: list[dict[str, Any]], *, as_json: bool) -> None:
    made = _made(home) if home is not None else {}
    if as_json:
        print_json(
            {"cycle": script.form.id, "home": str(home) if home else None, "made": made, "story": story}
        )
        return
    from aarshjul.cli.story import story_table

    out = console()
    out.print(story_table(script.form, story))
    if home is not None:
        _say_where(out, home, made)


def _made(home: Path) -> dict[str, int]:
    folders = {"mail": "*.eml", "teams": "*.json", "calendars": "*.ics", "scores": "*.json"}
    return {name: len(list((home / name).glob(pattern))) for name, pattern in folders.items()}


def _say_where(out: Any, home: Path, made: dict[str, int]) -> None:
    words = {
        "mail": "messages as they would go to the server",
        "teams": "cards for Teams",
        "calendars": "calendars, one a role and one of all",
        "scores": "scoring runs",
    }
    out.print(f"\nAll of it is in {home}:")
    for name, count in made.items():
        out.print(f"  {name + '/':<12}{count:>4}  {words[name]}")
    out.print("  story.jsonl       the story above, a line for each thing that happened")
    out.print(f"\nLook around: aarshjul --home {home} status")
