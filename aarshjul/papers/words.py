"""What the papers of a meeting say around people's own words, in the two languages that we speak."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date

from aarshjul.core.cycle import BOARD
from aarshjul.core.focus_areas import Area, Kind

_WORDS: Mapping[str, Mapping[str, str]] = {
    "agenda": {"da": "Dagsorden", "en": "Agenda"},
    "minutes": {"da": "Referat", "en": "Minutes"},
    "made": {"da": "Lavet den {on}", "en": "Made on {on}"},
    "was-held": {
        "da": "Mødet er holdt: hvem der var til stede, og hvad der blev sagt, står i referatet.",
        "en": "The meeting was held: who was present, and what was said, stands in the minutes.",
    },
    "people": {"da": "Deltagere", "en": "Participants"},
    "points": {"da": "Mødet behandler", "en": "The meeting takes up"},
    "present-counts": {"da": "Fremmøde", "en": "Attendance"},
    "record": {"da": "Referatets kilde", "en": "Reference of the minutes"},
    "national": {"da": "Nationale mål", "en": "National goals"},
    "whole": {"da": "Hele udkastet", "en": "The draft as a whole"},
    "goal": {"da": "Mål {id}: {title}", "en": "Goal {id}: {title}"},
    "goal-alone": {"da": "Mål {id}", "en": "Goal {id}"},
    "indicator-alone": {"da": "Delmål {id}", "en": "Indicator {id}"},
    "goals": {"da": "Mål", "en": "Goals"},
    "open-comments": {"da": "Åbne bemærkninger", "en": "Open comments"},
    "settled-comments": {"da": "Bemærkninger, der er afgjort", "en": "Comments that are settled"},
    "objections": {"da": "Indsigelser og forbehold", "en": "Objections and remarks"},
    "findings": {"da": "Fund", "en": "Findings"},
    "open-tasks": {"da": "Ændringer, der mangler", "en": "Changes still to be made"},
    "tasks": {"da": "Skal ændres", "en": "To be changed"},
    "nothing": {"da": "Ingen åbne punkter.", "en": "Nothing is open."},
    "no-draft": {"da": "Der er endnu intet udkast.", "en": "There is no draft yet."},
    "draft": {"da": "Udkast", "en": "Draft"},
    "version": {"da": "Version {version}, {round}. runde", "en": "Version {version}, round {round}"},
    "submitted": {"da": "Indsendt", "en": "Submitted"},
    "submitted-by": {"da": "{on} af {name}", "en": "{on} by {name}"},
    "news": {"da": "Nyt i versionen", "en": "New in the version"},
    "hash": {"da": "SHA-256", "en": "SHA-256"},
    "approval": {"da": "Godkendelse af resultatkontrakten", "en": "Approval of the contract"},
    "results": {"da": "Målopfyldelse", "en": "Attainment"},
    "see-results": {
        "da": "Beregnet, afrapporteret og indstillet målopfyldelse står i resultaterne, der følger som bilag.",
        "en": "Computed, reported and recommended attainment stand in the results, which come as an annex.",
    },
    "decisions": {"da": "Tidligere beslutninger", "en": "Earlier decisions"},
    "decided-here": {"da": "Beslutning", "en": "Decision"},
    "about-version": {"da": "version {version}, {hash}", "en": "version {version}, {hash}"},
    "void": {"da": "bortfaldet", "en": "no longer stands"},
    "recorded": {"da": "noteret af {name}", "en": "recorded by {name}"},
    "conditions": {"da": "Betingelser", "en": "Conditions"},
    "by-when": {"da": "{owner}, senest {due}", "en": "{owner}, by {due}"},
    "votes": {"da": "Stemmer", "en": "Votes"},
    "vote-counts": {
        "da": "{for_} for, {against} imod, {abstain} undlod",
        "en": "{for_} for, {against} against, {abstain} abstained",
    },
    "no-decision": {"da": "Der er ikke truffet en beslutning.", "en": "No decision was made."},
    "no-minutes": {"da": "Der er endnu ikke skrevet referat.", "en": "No minutes have been written yet."},
    "not-closed": {
        "da": "Mødet er ikke afsluttet i forløbet: fremmødet er det, der var meldt.",
        "en": "The meeting is not closed in the record: people are as they had answered.",
    },
    "late": {"da": "for sent", "en": "late"},
    "on-version": {"da": "om version {version}", "en": "of version {version}"},
    "open": {"da": "åben", "en": "open"},
    "accepted": {"da": "imødekommet", "en": "accepted"},
    "declined": {"da": "afvist", "en": "declined"},
    "done": {"da": "udført i version {version}", "en": "done in version {version}"},
    "met": {"da": "opfyldt", "en": "met"},
    "waived": {"da": "frafaldet", "en": "waived"},
    "lapsed": {"da": "bortfaldet", "en": "lapsed"},
    "agrees": {"da": "enig", "en": "agrees"},
    "agrees-with-remarks": {"da": "enig med bemærkninger", "en": "agrees with remarks"},
    "objects": {"da": "imod", "en": "objects"},
    "approved": {"da": "godkendt", "en": "approved"},
    "approved-with-conditions": {"da": "godkendt med betingelser", "en": "approved with conditions"},
    "returned": {"da": "sendt tilbage", "en": "returned"},
    "postponed": {"da": "udsat", "en": "postponed"},
    "rejected": {"da": "forkastet", "en": "rejected"},
    BOARD: {"da": "Bestyrelsen", "en": "The board"},
}


def say(key: str, language: str, **values: object) -> str:
    """A word or sentence, with its values filled in."""
    return _WORDS[key]["en" if language == "en" else "da"].format_map(values)


def day(on: date, language: str) -> str:
    """A day in full: `18. november 2022`."""
    if language == "en":
        return format_date(on, "d MMMM y", locale="en_GB")
    return format_date(on, "d. MMMM y", locale="da_DK")


def moment(at: datetime, language: str) -> str:
    """A moment on the clock of its zone: `25. januar 2023 kl. 13.00`."""
    return f"{day(at.date(), language)} {f'at {at:%H:%M}' if language == 'en' else f'kl. {at:%H.%M}'}"


def area_title(area: Area, language: str) -> str:
    """What a focus area is called."""
    if area.kind in (Kind.NATIONAL, Kind.WHOLE):
        return say(str(area.kind), language)
    return area.title
