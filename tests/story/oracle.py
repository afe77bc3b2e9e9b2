"""What must be true of any played year, looked up in the files it left and the cycle's file alone: no code of ours."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from holidays.countries.denmark import Denmark

from tests.story.plain import Mail

Line = dict[str, Any]


def is_day_off(day: date, days_off: set[date]) -> bool:
    """Weekends, Danish holidays, and the cycle's own days off."""
    return day.weekday() >= 5 or day in days_off or day in Denmark(years=day.year)  # type: ignore[no-untyped-call]


def sent_on_days_off(mails: list[Mail], days_off: set[date]) -> list[int]:
    """The numbers of messages that disturb somebody on a day off."""
    return [mail.number for mail in mails if is_day_off(mail.sent_at.date(), days_off)]


def reminders(mails: list[Mail]) -> Iterator[tuple[date, str, int, str]]:
    """Day, milestone, offset and person of every reminder."""
    for mail in mails:
        for duty in mail.duties:
            _, milestone, _, kind, offset, person = duty.split("/")
            if kind == "remind":
                yield mail.sent_at.date(), milestone, int(offset), person


def reminded_in_quiet_weeks(mails: list[Mail], quiet: list[tuple[date, date]]) -> list[tuple[date, str]]:
    """Reminders in weeks in which nobody answers."""
    return [
        (day, milestone)
        for day, milestone, _, _ in reminders(mails)
        if any(first <= day <= last for first, last in quiet)
    ]


def on_other_days(
    mails: list[Mail], dates: dict[str, date], days_off: set[date], quiet: list[tuple[date, date]]
) -> list[tuple[date, str, int]]:
    """Reminders on another day than the offset says, back to a working day before the date, forward after it."""

    def usable(day: date) -> bool:
        return not is_day_off(day, days_off) and not any(first <= day <= last for first, last in quiet)

    wrong = []
    for day, milestone, offset, _ in reminders(mails):
        wanted = dates[milestone] + timedelta(days=offset)
        while not usable(wanted):
            wanted += timedelta(days=1 if offset > 0 else -1)
        if day != wanted:
            wrong.append((day, milestone, offset))
    return wrong


def reminded_though_done(mails: list[Mail], story: list[Line], done: dict[str, set[str]]) -> list[Any]:
    """Reminders of people who had done, on an earlier day, what ends it.

    Args:
        mails: what was sent.
        story: what happened.
        done: for each milestone, the acts by which a person's part of it ends.
    """
    since: dict[tuple[str, str], str] = {}
    for line in story:
        if line["type"] == "act":
            for milestone, acts in done.items():
                if line["what"] in acts and line["milestone"] in (milestone, None):
                    since.setdefault((milestone, line["who"]), line["date"])
    return [
        (day, milestone, person)
        for day, milestone, _, person in reminders(mails)
        if since.get((milestone, person), "9999") < day.isoformat()
    ]


def sequences(mails: list[Mail]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """For each entry and person the methods and sequences in the order in which they were sent."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for mail in mails:
        if mail.entry is not None:
            found[mail.entry.uid, mail.to].append((mail.entry.method, mail.entry.sequence))
    return dict(found)
