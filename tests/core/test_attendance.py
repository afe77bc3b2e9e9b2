"""Who stands where, by hand for each kind of person and answer, and what holds for all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aarshjul.core.attendance import Body, Count, Group, Person, Reply, attendance
from aarshjul.core.danish_order import danish_order

BOARD, COUNCIL = Body(role="board", of="Huset"), Body(role="council", of="KKR")
YES, MAYBE, NO, NONE = Reply.ACCEPTED, Reply.TENTATIVE, Reply.DECLINED, Reply.NONE
G = Group


def member(name: str, reply: Reply = NONE, *stand_ins: str, **facts: object) -> Person:
    facts.setdefault("bodies", frozenset({COUNCIL}))
    facts.setdefault("recorded", True)
    return Person(id=name, name=name, reply=reply, stand_ins=frozenset(stand_ins), **facts)  # type: ignore[arg-type]


def outsider(name: str) -> Person:
    return member(name, bodies=frozenset(), invited=False, recorded=False)


# An invited member, one who answered before the invitation went out, and one whom no invitation reached.
BEFORE = [
    (YES, True, G.ACCEPTED),
    (MAYBE, True, G.TENTATIVE),
    (NO, True, G.APOLOGIES),
    (NONE, True, G.NO_ANSWER),
    (YES, False, G.ACCEPTED),
    (MAYBE, False, G.TENTATIVE),
    (NO, False, G.APOLOGIES),
    (NONE, False, G.NOT_INVITED),
]
# reply, invited: group where present; absent; absent and the stand-in was there
AFTER = [
    (YES, True, G.PRESENT, G.ABSENT, G.REPRESENTED),
    (MAYBE, True, G.PRESENT, G.ABSENT, G.REPRESENTED),
    (NO, True, G.PRESENT, G.APOLOGIES, G.REPRESENTED),
    (NONE, True, G.PRESENT, G.ABSENT, G.REPRESENTED),
    (YES, False, G.PRESENT, G.ABSENT, G.REPRESENTED),
    (MAYBE, False, G.PRESENT, G.ABSENT, G.REPRESENTED),
    (NO, False, G.PRESENT, G.APOLOGIES, G.REPRESENTED),
    (NONE, False, G.PRESENT, G.NOT_INVITED, G.REPRESENTED),
]


@pytest.mark.parametrize(("reply", "invited", "wanted"), BEFORE)
@pytest.mark.parametrize("stand_in", [(), ("s",)])
def test_before_it_is_on_record_the_answer_says_the_group(
    reply: Reply, invited: bool, wanted: Group, stand_in: tuple[str, ...]
) -> None:
    found = attendance([member("m", reply, *stand_in, invited=invited, recorded=False)])
    assert [seat.group for seat in found.seats] == [wanted]
    assert not found.recorded
    assert found.counts == ()


@pytest.mark.parametrize(("reply", "invited", "present", "absent", "stood_for"), AFTER)
def test_once_on_record_presence_says_the_group(
    reply: Reply, invited: bool, present: Group, absent: Group, stood_for: Group
) -> None:
    them = member("m", reply, "s", invited=invited)

    def group(*there: str) -> Group:
        found = attendance([them, outsider("s"), outsider("x")], frozenset(there) | {"x"})
        return next(seat.group for seat in found.seats if seat.person.id == "m")

    assert group("m") is present
    assert group() is absent
    assert group("s") is stood_for
    assert group("m", "s") is present  # who is there needs nobody


def test_a_stand_in_is_none_where_the_member_came() -> None:
    people = [member("m", YES, "s"), outsider("s")]
    there = {seat.person.id: seat for seat in attendance(people, frozenset("s")).seats}
    assert there["s"].group is G.STAND_IN
    assert [each.id for each in there["s"].stands_for] == ["m"]
    assert [each.id for each in there["m"].stood_for_by] == ["s"]
    both = {seat.person.id: seat for seat in attendance(people, frozenset("ms")).seats}
    assert both["s"].group is G.GUEST
    assert both["m"].stood_for_by == both["s"].stands_for == ()


def test_somebody_invited_whom_no_body_brings_belongs_there() -> None:
    alone = member("m", YES, bodies=frozenset())
    assert attendance([alone], frozenset("m")).seats[0].group is G.PRESENT
    assert attendance([alone]).seats[0].group is G.ABSENT


def test_where_one_cycle_has_it_on_record_and_another_not_each_stands_by_its_own() -> None:
    people = [
        member("a", YES),
        member("b", YES, recorded=False, bodies=frozenset({BOARD})),
        member("c", NONE),
    ]
    found = attendance(people, frozenset("c"))
    assert {seat.person.id: seat.group for seat in found.seats} == {
        "a": G.ABSENT,
        "b": G.ACCEPTED,
        "c": G.PRESENT,
    }
    assert found.recorded
    assert found.counts == (Count(body=COUNCIL, members=2, present=1, represented=0),)


# Who is there; how many of the three members were, and for how many of the others somebody was.
STANDING_IN = [
    ("a b c", 3, 0),
    ("a b s", 2, 1),
    ("a s", 1, 1),  # s stands for b and c and takes one seat
    ("a s t", 1, 2),  # c has t as well
    ("a", 1, 0),
    ("s t", 0, 2),
    ("", 0, 0),
]


@pytest.mark.parametrize(("there", "present", "represented"), STANDING_IN)
def test_a_stand_in_takes_one_seat(there: str, present: int, represented: int) -> None:
    people = [member("a"), member("b", NONE, "s"), member("c", NONE, "s", "t"), outsider("s"), outsider("t")]
    found = attendance(people, frozenset(there.split()))
    assert found.counts == (Count(body=COUNCIL, members=3, present=present, represented=represented),)


def test_a_member_who_stands_in_for_another_keeps_one_seat() -> None:
    found = attendance([member("a"), member("b", NO, "a")], frozenset("a"))
    assert [seat.group for seat in found.seats] == [G.PRESENT, G.REPRESENTED]
    assert found.counts == (Count(body=COUNCIL, members=2, present=1, represented=0),)


def test_who_is_in_two_bodies_is_one_person_and_a_seat_in_each() -> None:
    both = frozenset({BOARD, COUNCIL})
    found = attendance([member("a", bodies=both), member("b")], frozenset("a"))
    assert len(found.seats) == 2
    assert [(count.body, count.members, count.present) for count in found.counts] == [
        (BOARD, 1, 1),
        (COUNCIL, 2, 1),
    ]


def test_a_secretary_s_answer_is_kept_as_such() -> None:
    seat = attendance([member("m", NO, through="secretary", recorded=False)]).seats[0]
    assert (seat.group, seat.person.through) == (G.APOLOGIES, "secretary")


def test_impossible_people_are_refused() -> None:
    with pytest.raises(ValueError, match="no answer"):
        member("m", through="mail")
    with pytest.raises(ValueError, match="no answer"):
        member("m", by="Sekretær")
    with pytest.raises(ValueError, match="themselves"):
        member("m", YES, "m")
    with pytest.raises(ValueError, match="twice"):
        attendance([member("m"), member("m", YES)])
    with pytest.raises(ValueError, match="not on the list"):
        attendance([member("m")], frozenset("x"))


def test_names_stand_as_danish_sorts_them_by_organisation() -> None:
    people = [
        Person(id=str(number), name=name, organisation=of)
        for number, (name, of) in enumerate(
            [
                ("Å", "Aalborg Kommune"),
                ("Ærø", "Ærø Kommune"),
                ("b", None),
                ("Øst", "Østhus"),
                ("Zebra", "Brønderslev"),
                ("aben", "Brønderslev"),
                ("Åben", "Brønderslev"),
            ]
        )
    ]
    found = [(seat.person.organisation, seat.person.name) for seat in attendance(people).seats]
    assert found == [
        ("Brønderslev", "aben"),
        ("Brønderslev", "Zebra"),
        ("Brønderslev", "Åben"),
        ("Ærø Kommune", "Ærø"),
        ("Østhus", "Øst"),
        ("Aalborg Kommune", "Å"),
        (None, "b"),
    ]


IN_ORDER = ["Adam", "Émile", "Frederikshavn", "Hjørring", "Hjørring Kommune", "Læsø", "Muller", "Müller"]
IN_ORDER += ["Wad", "Zoo", "æble", "Ærø", "Ödön", "Øst", "Å", "Aabenraa", "Aalborg", "Århus"]


def test_danish_order() -> None:
    assert sorted(sorted(IN_ORDER, reverse=True), key=danish_order) == IN_ORDER


def test_a_letter_in_two_characters_sorts_as_one() -> None:
    assert danish_order("A\u030arhus")[0] == danish_order("Århus")[0] == danish_order("Aarhus")[0]


@st.composite
def meetings(draw: st.DrawFn) -> tuple[list[Person], frozenset[str]]:
    ids = [f"p{number}" for number in range(draw(st.integers(0, 12)))]
    some = st.frozensets(st.sampled_from(ids)) if ids else st.just(frozenset[str]())
    people = []
    for each in ids:
        reply = draw(st.sampled_from(Reply))
        people.append(
            Person(
                id=each,
                name=draw(st.sampled_from(["A", "B", "Å"])),
                organisation=draw(st.sampled_from([None, "Hus", "Aalborg"])),
                bodies=draw(st.frozensets(st.sampled_from([BOARD, COUNCIL]))),
                invited=draw(st.booleans()),
                reply=reply,
                through=draw(st.sampled_from([None, "mail"])) if reply is not NONE else None,
                stand_ins=draw(some) - {each},
                recorded=draw(st.booleans()),
            )
        )
    return people, draw(some)


@settings(max_examples=200, deadline=None)
@given(meetings(), st.randoms())
def test_everyone_stands_in_one_group_and_the_counts_add_up(
    meeting: tuple[list[Person], frozenset[str]], chance: object
) -> None:
    people, present = meeting
    found = attendance(people, present)
    assert sorted(seat.person.id for seat in found.seats) == sorted(each.id for each in people)
    assert sum(len(found.of(group)) for group in Group) == len(people)
    there = {seat.person.id for seat in found.of(G.PRESENT, G.STAND_IN, G.GUEST)}
    assert there == present
    for count in found.counts:
        members = [each for each in people if count.body in each.bodies]
        assert count.members == len(members)
        assert count.present == sum(each.id in present for each in members)
        assert count.present + count.represented <= min(count.members, len(present))
    pairs = {(seat.person.id, each.id) for seat in found.seats for each in seat.stands_for}
    assert pairs == {(each.id, seat.person.id) for seat in found.seats for each in seat.stood_for_by}
    chance.shuffle(people)  # type: ignore[attr-defined]
    assert attendance(people, present) == found
