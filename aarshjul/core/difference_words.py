"""What differences are called, in the two languages that we speak."""

from collections.abc import Mapping
from dataclasses import dataclass

from aarshjul.core.languages import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language; what has `{names}` is filled in by the report."""

    contract: str
    goal: str
    indicator: str
    beginning: str
    added: str
    removed: str
    moved: str
    moved_elsewhere: str
    target: str
    from_to: str
    nothing: str
    yes: str
    no: str
    order: str
    all: str
    fields: Mapping[str, str]


WORDS: Mapping[Language, Words] = {
    "en": Words(
        contract="The contract",
        goal="Goal {id}: {title}",
        indicator="Indicator {id}: {title}",
        beginning="The text",
        added="new",
        removed="removed",
        moved="moved from place {before} to place {after}",
        moved_elsewhere="moved from {left} to {parent}",
        target="target ({comparison})",
        from_to="from {before} to {after}",
        nothing="nothing",
        yes="yes",
        no="no",
        order="the order",
        all="all of it",
        fields={
            "id": "id",
            "title": "title",
            "text": "text",
            "level": "level",
            "focus": "focus area",
            "weight": "weight",
            "same_as": "same as goal",
            "rule": "rule",
            "baseline": "baseline",
            "unit": "unit",
            "source": "source",
            "owner": "owner",
            "evidence": "evidence",
            "note": "note",
            "actual": "result",
            "reported": "reported",
            "recommended": "recommended",
            "decided": "decided",
            "other_measurements": "other measurements",
            "year": "year",
            "holder": "house",
            "council": "council",
        },
    ),
    "da": Words(
        contract="Kontrakten",
        goal="Mål {id}: {title}",
        indicator="Delmål {id}: {title}",
        beginning="Teksten",
        added="nyt",
        removed="udgår",
        moved="flyttet fra plads {before} til plads {after}",
        moved_elsewhere="flyttet fra {left} til {parent}",
        target="måltal ({comparison})",
        from_to="fra {before} til {after}",
        nothing="intet",
        yes="ja",
        no="nej",
        order="rækkefølgen",
        all="det hele",
        fields={
            "id": "id",
            "title": "titel",
            "text": "tekst",
            "level": "niveau",
            "focus": "fokusområde",
            "weight": "vægt",
            "same_as": "samme som mål",
            "rule": "regel",
            "baseline": "udgangspunkt",
            "unit": "enhed",
            "source": "kilde",
            "owner": "ansvarlig",
            "evidence": "dokumentation",
            "note": "bemærkning",
            "actual": "resultat",
            "reported": "afrapporteret",
            "recommended": "indstillet",
            "decided": "besluttet",
            "other_measurements": "andre målinger",
            "year": "år",
            "holder": "erhvervshus",
            "council": "kommunekontaktråd",
        },
    ),
}
