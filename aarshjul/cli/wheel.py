"""`aarshjul wheel`: the year as a circle, for screens and paper."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aarshjul.cli.home import Home, Json
from aarshjul.core.languages import Language

if TYPE_CHECKING:
    from aarshjul.wheel.wheel import Wheel

FORMS = (".svg", ".png", ".pdf", ".html")


def wheel(
    cycle: Annotated[str, typer.Argument(metavar="CYCLE", help="The cycle's id, or a cycle file.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A new file: .svg, .png, .pdf or .html; SVG to standard output without it, or with `-`.",
        ),
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--lang", help="The language; else the cycle's.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day that is marked; else today."),
    ] = None,
    size: Annotated[
        int | None, typer.Option(metavar="PIXELS", help="The width of a PNG, 1600 where it is not given.")
    ] = None,
    today: Annotated[bool, typer.Option(help="Mark the day, and what is overdue on it.")] = True,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Draw the annual wheel of a cycle: months, phases, milestones and today, with the same facts as a table."""
    form = _form_of(output, size, as_json=as_json)
    shown = _wheel(cycle, home)
    day = _day(on, shown) if today else None
    spoken = language or shown.language
    if as_json:
        _print_rows(shown, spoken, day)
    else:
        from aarshjul.cli.saving import save

        save(_drawn(shown, form, spoken, day, size), None if str(output) == "-" else output)


def _form_of(output: Path | None, size: int | None, *, as_json: bool) -> str:
    """What is asked for, by the ending of the file's name."""
    from aarshjul.wheel.errors import WheelError

    form = ".svg" if output is None or str(output) == "-" else output.suffix.lower()
    if form not in FORMS:
        raise WheelError(f"{output}: a wheel can be {', '.join(FORMS[:-1])} or {FORMS[-1]}: name such a file")
    if as_json and output is not None:
        raise WheelError("--json goes to standard output: leave out -o, or --json")
    if size is not None and form != ".png":
        raise WheelError("--size is the width of a PNG: SVG, PDF and HTML fit any size")
    return form


def _wheel(name: str, home: Path | None) -> "Wheel":
    """The wheel of a cycle file, or of a cycle in the record."""
    from aarshjul.files.read import read_cycle
    from aarshjul.wheel.loading import wheel_of, wheel_of_form

    if name.endswith((".yaml", ".yml")) or Path(name).is_file():
        return wheel_of_form(read_cycle(name))
    from aarshjul.cli.record import known_cycle, record
    from models.engine import reading

    with record(home) as opened, reading(opened.engine) as session:
        return wheel_of(session, known_cycle(session, name).id)


def _day(on: datetime | None, shown: "Wheel") -> date:
    from aarshjul.clock import now

    return on.date() if on is not None else now().astimezone(shown.zone).date()


def _drawn(shown: "Wheel", form: str, language: str, today: date | None, size: int | None) -> bytes:
    from aarshjul.wheel.drawing import wheel_svg

    if form == ".svg":
        return wheel_svg(shown, language=language, today=today).encode() + b"\n"
    if form == ".html":
        from aarshjul.wheel.page import wheel_page

        return wheel_page(shown, language=language, today=today).encode()
    from aarshjul.wheel.images import wheel_pdf, wheel_png

    if form == ".pdf":
        return wheel_pdf(shown, language=language, today=today)
    return wheel_png(shown, language=language, today=today, width=1600 if size is None else size)


def _print_rows(shown: "Wheel", language: str, today: date | None) -> None:
    from aarshjul.cli.output import print_json
    from aarshjul.wheel.rows import wheel_columns, wheel_rows

    rows = [
        {
            "milestone": row.id,
            "date": row.on.isoformat() if row.on else None,
            "kind": row.kind,
            "phase": row.phase,
            "look": row.look,
            "words": dict(zip(wheel_columns(language), row.cells, strict=True)),
        }
        for row in wheel_rows(shown, language=language, today=today)
    ]
    print_json({"cycle": shown.id, "on": today.isoformat() if today else None, "milestones": rows}, indent=2)
