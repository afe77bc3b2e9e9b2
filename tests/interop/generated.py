"""Years that a seed invents: odd words, other zones, nights on which the clocks change, and a lot of changes of mind."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aarshjul.files.read import read_cycle
from aarshjul.files.renewing import renew
from aarshjul.files.script import Script, read_script

TEMPLATE = Path(__file__).parents[2] / "examples" / "template.cycle.yaml"
TITLES = (
    "Møde; med semikolon, komma: og kolon",
    'Høring om "rammen" \\n og C:\\sti\\',
    "Opstart 🎡🚲 på Ærø – første række",
    "BEGIN:VEVENT",
    "SUMMARY;LANGUAGE=da:ikke en linje",
    "Ordet er å" + "å" * 290,
    "😀" * 60 + " slut",
    "  x^n'y  %2C =?utf-8?q?nej?= ",
    "שלום חבר",
    "e\u0301 som to tegn, ﬁ som et",
    "Tab i\u00a0midten",
    "1,2;3\\,4\\;5",
)
PLACES = ("Rådhuset, sal 1; indgang B", "C:\\mødelokale", "https://møde.example.org/?a=1;b=2", "Ø")
PEOPLE = (
    ("kim", "Koordinator", ["coordinator"]),
    ("hus", 'Direktør "for" huset, konst.', ["holder"]),
    ("b1", "Bestyrelsesmedlem; første", ["board", "board-chair"]),
    ("b2", "Member: second", ["board"]),
    ("c1", "Rådsmedlem 🎡", ["council", "council-chair"]),
    ("c2", "Rådsmedlem\\to", ["council"]),
    ("w1", "Tovholder", ["working-group", "tutors"]),
    ("s1", "Abonnent", ["subscriber"]),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seed:
    """What a year is invented from: its contract year, where it is, and whether the template is its beginning."""

    number: int
    year: int
    zone: str
    language: str = "da"
    template: bool = False

    @property
    def name(self) -> str:
        """What its files and its home are called."""
        return f"seed-{self.number}"


SEEDS = (
    Seed(number=1, year=2027, zone="Europe/Copenhagen", template=True),
    Seed(number=2, year=2031, zone="Europe/Copenhagen"),
    Seed(number=3, year=2026, zone="Europe/London", language="en"),
    Seed(number=4, year=2033, zone="Europe/Helsinki", language="en", template=True),
    Seed(number=5, year=2029, zone="Asia/Kolkata"),
)


def write(seed: Seed, folder: Path) -> Script:
    """Write the year's two files, and read them as any others."""
    dice = random.Random(seed.number)  # noqa: S311 -- the same year each time
    cycle = _from_template(seed, dice) if seed.template else _invented(seed, dice)
    acts = _Acts(cycle=cycle, dice=dice).all()
    paths = folder / f"{seed.name}.cycle.yaml", folder / f"{seed.name}.acts.yaml"
    for path, tree in zip(paths, (cycle, {"format": "aarshjul/acts@1", "acts": acts}), strict=True):
        path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), encoding="utf-8")
    return read_script(*paths)


def _from_template(seed: Seed, dice: random.Random) -> dict[str, Any]:
    form = renew(read_cycle(TEMPLATE), seed.year, cycle_id=seed.name).form
    tree: dict[str, Any] = form.model_dump(mode="json", by_alias=True, exclude_none=True)
    for milestone in tree["milestones"]:
        milestone["on"] = _rule(milestone["on"])
        milestone["title"] = f"{milestone['title']} {dice.choice(TITLES)}"[:300].strip()
        milestone.pop("done_when", None)
        milestone["remind"] = []
    return tree | {"timezone": seed.zone, "language": seed.language}


def _rule(on: Any) -> Any:
    return {key: value for key, value in on.items() if value is not None} if isinstance(on, dict) else on


def _invented(seed: Seed, dice: random.Random) -> dict[str, Any]:
    days = sorted(date(seed.year - 1, 9, 1) + timedelta(days=dice.randrange(200)) for _ in TITLES)
    nights = [_last_sunday(seed.year - 1, 10), _last_sunday(seed.year, 3)]
    return {
        "format": "aarshjul/cycle@1",
        "id": seed.name,
        "title": f"Aftale; {seed.year}, «prøve» 🎡",
        "contract_year": seed.year,
        "holder": "Huset, A/S",
        "council": "Rådet; Nord",
        "timezone": seed.zone,
        "language": seed.language,
        "people": [
            {"id": who, "name": name, "email": f"{who}@example.org", "roles": roles, "organisation": name}
            | ({"language": "en"} if who in {"b2", "c2"} else {})
            for who, name, roles in PEOPLE
        ],
        "milestones": [
            *[
                _milestone(f"m{n}", title, day, dice)
                for n, (title, day) in enumerate(zip(TITLES, days, strict=True))
            ],
            *[_by_night(f"night{n}", day) for n, day in enumerate(nights)],
        ],
    }


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _milestone(name: str, title: str, day: date, dice: random.Random) -> dict[str, Any]:
    kind = dice.choice(("meeting", "meeting", "decision", "deadline"))
    tree: dict[str, Any] = {
        "id": name,
        "title": title.strip(),
        "phase": dice.choice(("drafting", "dialogue")),
        "kind": kind,
        "on": day.isoformat(),
        "for": dice.sample(["board", "council", "working-group", "holder", "tutors", "subscriber"], 2),
        "owed_by": [dice.choice(("board", "council"))],
    }
    if kind == "deadline":
        return tree
    hour = dice.randrange(7, 19)
    tree |= {"actions": ["invite"], "status": dice.choice(("tentative", "confirmed"))}
    if dice.random() < 0.8:
        tree |= {"at": f"{hour:02}:{dice.choice((0, 15, 30)):02}", "place": dice.choice(PLACES)}
        tree |= {"ends": f"{hour + 2:02}:30"} if dice.random() < 0.6 else {}
    return tree


def _by_night(name: str, day: date) -> dict[str, Any]:
    """A meeting in an hour that the clocks skip or have twice."""
    return {
        "id": name,
        "title": f"Nattemøde {day}",
        "phase": "drafting",
        "kind": "meeting",
        "on": day.isoformat(),
        "at": "02:30",
        "ends": "05:00",
        "for": ["board", "holder"],
    }


@dataclass(kw_only=True)
class _Acts:
    """What people do in it, none of which a rule forbids."""

    cycle: dict[str, Any]
    dice: random.Random
    found: list[tuple[date, int, dict[str, Any]]] = field(default_factory=list)

    def all(self) -> list[dict[str, Any]]:
        """Every act in the order of time."""
        dated = _dates(self.cycle)
        begin = min(dated.values()) - timedelta(days=40)
        self._add(begin, "activate")
        for milestone in self.cycle["milestones"]:
            if milestone["kind"] != "deadline" and not milestone["id"].startswith("night"):
                self._change(milestone, begin, dated[milestone["id"]])
        self._people(begin)
        found = sorted(self.found, key=lambda each: each[:2])
        return [act | {"time": f"{8 + n % 10:02}:{n % 60:02}"} for n, act in enumerate_days(found)]

    def _add(self, day: date, do: str, **fields: Any) -> None:
        coordinator = next(each["id"] for each in self.cycle["people"] if "coordinator" in each["roles"])
        act = {"on": day.isoformat(), "by": coordinator, "do": do, **fields}
        self.found.append((day, len(self.found), act))

    def _change(self, milestone: dict[str, Any], begin: date, day: date) -> None:
        """Confirmed, moved to another day, then to another place or time, called off: some of it, in this order."""
        name, now = milestone["id"], begin + timedelta(days=self.dice.randrange(2, 12))
        if milestone.get("status") == "tentative" and self.dice.random() < 0.6:
            self._add(now, "confirm", milestone=name)
        for move in self._moves(day):
            if self.dice.random() < 0.5:
                now += timedelta(days=self.dice.randrange(1, 9))
                self._add(now, "move", milestone=name, **move)
        if self.dice.random() < 0.25:
            self._add(
                now + timedelta(days=3), "cancel", milestone=name, reason="Udgår; af hensyn, til vejret"
            )

    def _moves(self, day: date) -> list[dict[str, Any]]:
        ahead: Callable[[int, int], str] = lambda least, most: (  # noqa: E731
            day + timedelta(days=self.dice.randrange(least, most))
        ).isoformat()
        hour = self.dice.randrange(8, 12)
        return [
            {"to": ahead(3, 20), "reason": "Sal 1 er; optaget"},
            {"place": self.dice.choice(PLACES) + ", anden sal"},
            {"to": ahead(20, 30), "at": f"{hour:02}:10", "ends": f"{hour + 1:02}:40"},
        ]

    def _people(self, begin: date) -> None:
        """Two leave in between, one comes."""
        dice, people = (
            self.dice,
            [each["id"] for each in self.cycle["people"] if "coordinator" not in each["roles"]],
        )
        for person in dice.sample(people, 2):
            self._add(begin + timedelta(days=dice.randrange(3, 50)), "leave", person=person)
        new = {"id": "ny", "name": "Ny, i rådet", "email": "ny@example.org", "roles": ["council", "board"]}
        self._add(begin + timedelta(days=dice.randrange(3, 40)), "join", person=new)


def enumerate_days(found: list[tuple[date, int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    """Each act with its number on its day."""
    seen: dict[date, int] = {}
    numbered = []
    for day, _, act in found:
        numbered.append((seen.get(day, 0), act))
        seen[day] = seen.get(day, 0) + 1
    return numbered


def _dates(cycle: dict[str, Any]) -> dict[str, date]:
    """Roughly when each milestone is: by its date, its rule, or that of what it hangs on."""
    found: dict[str, date] = {}
    pending = list(cycle["milestones"])
    while pending:
        each = pending.pop(0)
        on = each["on"]
        if isinstance(on, str):
            found[each["id"]] = date.fromisoformat(on)
        elif "day" in on:
            year = cycle["contract_year"] - (1 if on["month"] >= 5 else 0)
            found[each["id"]] = date(year, on["month"], on["day"])
        elif (anchor := on.get("before") or on.get("after")) in found:
            found[each["id"]] = found[anchor]
        else:
            pending.append(each)
    return found
