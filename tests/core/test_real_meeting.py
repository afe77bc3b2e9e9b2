"""What real meetings are called."""

from aarshjul.core.real_meeting import meeting_id
from tests.builders import d


def test_ids_of_meetings_are_short_and_taken_once() -> None:
    taken: set[str] = set()
    for body in ("KKR Nordjylland", "KKR Nordjylland", "Rådet på Læsø", "委員会", "x" * 300):
        name = meeting_id(body, d("2027-02-12"), taken)
        assert len(name) <= 80
        taken.add(name)
    assert {
        "kkr-nordjylland-2027-02-12",
        "kkr-nordjylland-2027-02-12-2",
        "raadet-paa-laesoe-2027-02-12",
    } <= taken
    assert "meeting-2027-02-12" in taken
