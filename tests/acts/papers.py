"""The table `allowed_by_the_papers.txt`, and acts that put it to the proof."""

from dataclasses import dataclass
from pathlib import Path

HAND = Path(__file__).parent / "allowed_by_the_papers.txt"
PEOPLE = {
    "coordinator": ("co",),
    "holder": ("holder",),
    "board": ("b1", "bc"),
    "council": ("c1", "cc"),
    "working-group": ("w1",),
    "delegate": ("ob",),
    "subscriber": ("sub",),
    "nobody": ("xx",),
}
"""By the table's columns: who is tried. `ob` stands in for b1, c1 and w1; bc and cc are chairs."""
BODIES = ("board", "council")
OTHERWISE = ("returned", "postponed", "rejected")
CHAIRS = frozenset({"bc", "cc"})
OWNERS = ("b1", "bc", "c1", "cc", "w1", "ob", "sub", "w2")
"""Who sees to the board's conditions, in their order; the council's only one is the next."""
ABSENT = {"vote/council": "c1", "respond": "w1", "answer": "w1", "vote/board": "b1"}
"""For whom `ob`, and who has no vote, acts there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class First:
    """What the coordinator does first, so that there is something to act on, and in which stages it cannot be."""

    act: str
    fields: str
    not_in: frozenset[str]


ASKED = First(
    act="request-data",
    fields="indicator=1b owner={by} due=2023-06-01",
    not_in=frozenset({"not-started"}),
)
CHANGE = First(
    act="minute",
    fields="milestone=early area=A said=B change=C",
    not_in=frozenset({"not-started", "in-force", "rejected"}),
)
SETUP = {"record-result": ASKED, "attach": ASKED, "settle-task": CHANGE}

TRIED = {
    "close": "reason=Ny",
    "join": "person=n1 name=Ny email=n@example.org roles=board",
    "leave": "person=w2",
    "record-result": "indicator=1b actual=60",
    "request-data": "indicator=1a owner=w2 due=2023-06-01",
    "attach": "file=proof.csv indicator=1b",
    "resolve-finding": "finding=no-source:1/1a reason=Ja",
    "recommend": "goal=1 value=75 reason=Ja",
    "decide-attainment": "goal=1 value=75",
    "submit-draft": "text=Andet",
    "comment": "text=Fint",
    "settle-comment": "comment=1 outcome=accepted",
    "respond": "position=agrees person={whose}",
    "minute": "milestone=early area=Mål said=Ja",
    "settle-task": "task=1 outcome=declined reason=Nej",
    "confirm": "milestone=later",
    "move": "milestone=later to=2023-04-14",
    "anchor": "milestone=later meeting=council-march",
    "cancel": "milestone=later",
    "hold": "milestone=early",
    "done": "milestone={owed}",
    "vote/board": "body=board vote=for person={whose}",
    "vote/council": "body=council vote=for person={whose}",
    "decide/board": "body=board outcome=approved",
    "decide/council": "body=council outcome=approved",
    **{f"decide/{body}/{each}": f"body={body} outcome={each}" for body in BODIES for each in OTHERWISE},
    "settle-condition/met": "condition={number}",
    "settle-condition/waived": "condition={theirs} outcome=waived reason=Punkt-4",
    "sign/board": "body=board",
    "sign/council": "body=council",
    "answer": "milestone=later reply=accepted person={whose}",
    "delegate": "to=w2",
    "appoint-deputy": "person=b1 deputy=bd",
    "prefer": "language=en",
}
OTHERS = {
    "record-result": "indicator=2a actual=true",
    "attach": "file=proof.csv",
    "respond": "position=agrees person=w2",
    "done": "milestone=secretariat",
    "vote/board": "body=board vote=for person=bd",
    "vote/council": "body=council vote=for person=c2",
    "settle-condition/met": "condition=8",
    "settle-condition/waived": "condition={not_theirs} outcome=waived reason=Punkt-4",
    "answer": "milestone=later reply=accepted person=w2",
    "delegate": "to=w2 person=bd",
    "prefer": "secretary=s@example.org person=bd",
}
"""The same where it is not theirs: what `own` and `for` forbid, and `yes` allows."""
STANDS_IN_FOR_ALL = frozenset({"settle-condition/waived"})
"""Where `ob` stands in for a member of each body, so that nothing is somebody else's."""

Table = dict[str, dict[str, str]]


def by_hand(part: str) -> Table:
    """One of the two tables, `WHO` or `WHEN`: by act (and body or outcome), then by column."""
    lines = [line for line in HAND.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    start = lines.index(part) + 1
    head = lines[start].split()[1:]
    rows = {}
    for line in lines[start + 1 :]:
        if line == "WHEN":
            break
        name, *cells = line.split()
        rows[name] = dict(zip(head, cells, strict=True))
    return rows


def filled(fields: str, row: str, by: str) -> dict[str, str]:
    """An act's fields for somebody, from a line of `TRIED` or `OTHERS`."""
    board = by not in {"c1", "cc"}
    owned = by in ({"b1", "bc"} if row == "vote/board" else {"c1", "cc"})
    words = {
        "by": by,
        "whose": ABSENT.get(row, by) if by == "ob" or (row.startswith("vote") and not owned) else by,
        "owed": "absent" if by == "ob" else "everybody",
        "number": str(OWNERS.index(by) + 1 if by in OWNERS else 1),
        "theirs": "1" if board else str(len(OWNERS) + 1),
        "not_theirs": str(len(OWNERS) + 1) if board else "1",
    }
    return dict(field.split("=", 1) for field in fields.format_map(words).split())
