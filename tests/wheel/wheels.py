"""Wheels to draw: by hand, from the years that we have, and any that there could be."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from aarshjul.core.cycle import Kind, Phase, State
from aarshjul.files.read import read_cycle
from aarshjul.files.renewing import renew
from aarshjul.wheel.loading import wheel_of_form
from aarshjul.wheel.wheel import Wheel, WheelMilestone

ROOT = Path(__file__).parents[2]
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
STRANGE = (
    "<script>alert('1')</script> & \"co\"",
    "Møde\x00 med\x1b[31m\r\nlinjeskift\u202e og vendt retning",
    "\u0645\u0648\u0639\u062f \u0646\u0647\u0627\u0626\u064a",  # Arabic, from right to left
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 Familiedag \U0001f382 og \u6f22\u5b57\u4f1a\u8b70",
    "W" * 300,
    "i" * 300,
    "Ét ord",
    "a\u0301" * 150,
    "\u200b",
)


def milestone(name: str, on: str | None, kind: Kind = Kind.DEADLINE, **facts: Any) -> WheelMilestone:
    """A milestone on a day, or one that waits for one."""
    facts.setdefault("title", f"Milepæl {name}")
    facts.setdefault("phase", Phase.DRAFTING)
    day = date.fromisoformat(on) if on else None
    facts.setdefault("last_on", day or date(2022, 9, 1))
    return WheelMilestone(id=name, kind=kind, on=day, **facts)


def wheel(*milestones: WheelMilestone, **facts: Any) -> Wheel:
    """A running wheel."""
    facts.setdefault("title", "Resultatkontrakt 2023")
    facts.setdefault("running", True)
    return Wheel(
        id="c",
        holder="Erhvervshus Nordjylland",
        council="KKR Nordjylland",
        language="da",
        zone=COPENHAGEN,
        milestones=milestones,
        **facts,
    )


def wheel_named(name: str) -> Wheel:
    """The plan of an example, of a year of the tests, or of the template for a year (`template-2027`)."""
    base, _, year = name.rpartition("-")
    if base == "template":
        return wheel_of_form(renew(read_cycle(ROOT / "examples" / "template.cycle.yaml"), int(year)).form)
    if base == "happened":
        return happened(wheel_named(f"nordjylland-{year}"))
    folder = "examples" if base == "nordjylland" else "tests/years"
    return wheel_of_form(read_cycle(ROOT / folder / f"{name}.cycle.yaml"))


def happened(plan: Wheel) -> Wheel:
    """A plan half-way: the beginning is done, one is cancelled, one waits for a date."""
    states = [State.DONE] * 5 + [State.CANCELLED] + [State.OPEN] * 20
    done = [replace(each, state=state) for each, state in zip(plan.milestones, states, strict=False)]
    done[-1] = replace(done[-1], on=None)
    return replace(plan, running=True, milestones=tuple(done))


def any_wheel(most: int = 60) -> st.SearchStrategy[Wheel]:
    """Any cycle: few milestones or many, over a month or over centuries, crowded on one day, with any title."""
    length = st.sampled_from([1, 40, 300, 365, 600, 1500, 9000, 90_000])
    return st.builds(_wheel, st.dates(date(1995, 1, 1), date(2030, 12, 31)), length, _many(most), _titles())


def _titles() -> st.SearchStrategy[str]:
    return st.sampled_from(STRANGE) | st.text(max_size=300)


def _many(most: int) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    one = st.tuples(
        st.floats(0, 1),
        st.sampled_from(Kind),
        st.sampled_from(Phase),
        st.sampled_from((State.OPEN, State.DONE, State.CANCELLED)),
        st.booleans(),
        st.integers(0, 9).map(lambda number: number > 0),
        _titles(),
    )
    return st.integers(1, most).flatmap(lambda count: st.lists(one, min_size=count, max_size=count))


def _wheel(first: date, length: int, found: list[tuple[Any, ...]], title: str) -> Wheel:
    milestones = []
    for number, (share, kind, phase, state, tentative, dated, name) in enumerate(found):
        day = first + timedelta(days=int(share * length))
        on = day if dated or state is not State.OPEN else None
        milestones.append(
            WheelMilestone(
                id=f"m{number}",
                title=name,
                phase=phase,
                kind=kind,
                on=on,
                last_on=day,
                tentative=tentative,
                state=state,
            )
        )
    return wheel(*milestones, title=title)
