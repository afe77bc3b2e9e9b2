"""The words for cautions about meetings, and for why a milestone keeps its date, in Danish and English."""

from datetime import date

from aarshjul.core.cycle import BOARD, COUNCIL
from aarshjul.core.meeting_cautions import Caution, Code
from aarshjul.core.meeting_plan import Kept, Why

DAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_CAUTIONS: dict[Code, dict[str, str]] = {
    Code.WEEKDAY: {
        "da": "kilden skriver {said}, men {on} er en {weekday}: spørg, hvad der er rigtigt",
        "en": "the source says {said}, but {on} is a {weekday}: ask which of the two is right",
    },
    Code.WEEKEND: {
        "da": "{what}: {on} er en {weekday}",
        "en": "{what}: {on} is a {weekday}",
    },
    Code.HOLIDAY: {
        "da": "{what}: {on} er en helligdag eller fridag",
        "en": "{what}: {on} is a public holiday or a day off",
    },
    Code.QUIET: {
        "da": "{what}: {on} ligger i en stille periode",
        "en": "{what}: {on} lies in a quiet period",
    },
    Code.TWO_MEETINGS: {
        "da": "{body} har flere møder {on}: {others}",
        "en": "{body} has several meetings on {on}: {others}",
    },
    Code.TWO_MILESTONES: {
        "da": "{milestone} og {other} ligger oven i hinanden {on}",
        "en": "{milestone} and {other} fall together on {on}",
    },
    Code.ONE_MEETING: {
        "da": "{milestone} og {other} ligger begge på mødet {meeting}",
        "en": "{milestone} and {other} are both at the meeting {meeting}",
    },
    Code.ORDER: {
        "da": "{milestone} bytter plads med {others}, når den lægges {on}",
        "en": "{milestone} changes places with {others} when it is on {on}",
    },
    Code.DEADLINE_PAST: {
        "da": "fristen {milestone} ville falde {on}, som er forbi, når {root} flytter",
        "en": "the deadline {milestone} would fall on {on}, which is past, when {root} moves",
    },
    Code.COUNCIL_BEFORE_BOARD: {
        "da": "rådet ville godkende ({milestone}, {on} {at}) før bestyrelsen ({board}, {board_on} {board_at})",
        "en": "the council would approve ({milestone}, {on} {at}) before the board ({board}, {board_on} {board_at})",
    },
    Code.CANCELLED: {
        "da": "mødet {meeting} er aflyst i sin kalender, eller ikke i den mere, og bærer {milestone}",
        "en": "the meeting {meeting} is cancelled in its calendar, or no longer in it, and carries {milestone}",
    },
    Code.PAST: {
        "da": "mødet {meeting} ligger nu {on}, som er forbi, og bærer {milestone}",
        "en": "the meeting {meeting} is on {on} now, which is past, and carries {milestone}",
    },
}
_KEPT: dict[Why, dict[str, str]] = {
    Why.NO_CALENDAR: {
        "da": "{whose} møder er ikke læst ind: beholder {status}dato {on}",
        "en": "no meetings of {whose} are here: keeps its {status}date {on}",
    },
    Why.NONE_NEAR: {
        "da": "{whose} har intet møde i nærheden: beholder {status}dato {on}",
        "en": "no meeting of {whose} is near: keeps its {status}date {on}",
    },
    Why.NO_ROOM: {
        "da": "møderne i nærheden ville bytte om på rækkefølgen: beholder {status}dato {on}",
        "en": "the meetings near it would turn the order round: keeps its {status}date {on}",
    },
    Why.PAST: {
        "da": "{on} er forbi: registrer, hvad der skete, eller flyt den",
        "en": "{on} is past: record what happened, or move it",
    },
}
_BODIES = {
    COUNCIL: {"da": "rådet", "en": "the council"},
    BOARD: {"da": "bestyrelsen", "en": "the board"},
}


def words_of(caution: Caution, language: str) -> str:
    """A caution as a sentence."""
    facts = dict(caution.facts)
    if "weekday" in facts:
        facts["weekday"] = DAYS[language][int(facts["weekday"])]
    if "said" in facts:
        facts["said"] = DAYS[language][int(facts["said"])]
    what = caution.milestone or caution.meeting or facts.get("title", "")
    facts |= {"what": what, "milestone": caution.milestone or "", "meeting": caution.meeting or ""}
    said = _CAUTIONS[caution.code][language].format_map(facts)
    return said.replace(" )", ")").replace(" ,", ",")


def words_of_kept(kept: Kept, language: str) -> str:
    """Why a milestone keeps its date, as a sentence."""
    milestone = kept.milestone
    by_rule = {"da": "sin foreløbige ", "en": "tentative "}[language] if milestone.tentative else ""
    if not by_rule and language == "da":
        by_rule = "sin "
    on: date | str = kept.on or {"da": "(endnu ingen)", "en": "(none yet)"}[language]
    whose = _BODIES.get(kept.role, {}).get(language, kept.role)
    if language == "da" and kept.why is Why.NO_CALENDAR:
        whose = f"{whose.capitalize()}s"
    return _KEPT[kept.why][language].format(on=on, whose=whose, status=by_rule)
