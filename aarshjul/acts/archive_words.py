"""What an archive says of itself, in the two languages that we speak."""

from collections.abc import Mapping
from dataclasses import dataclass

from aarshjul.files.archive_file import Columns


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language: what sorts of documents are called, why some are left out, and the page in front of all of it."""

    columns: Columns
    what: Mapping[str, str]
    unreadable: str
    with_addresses: str
    look: str
    readme: str


ENGLISH = Words(
    columns=Columns(
        heads=("no.", "date (UTC)", "what", "title", "access", "file", "sha256", "note"),
        open="open",
        redacted="addresses and secret links left out of this copy",
    ),
    what={
        "readme": "about this archive",
        "cycle": "plan",
        "contract": "contract",
        "draft": "draft",
        "people": "who takes part",
        "milestones": "milestones and their dates",
        "consultation": "comments and positions",
        "dialogue": "minutes and tasks",
        "approval": "decisions, votes, conditions, signatures",
        "results": "results, requests, recommendations, findings",
        "run": "scoring run",
        "history": "history",
        "chain": "history, as it is hashed",
        "deliveries": "what was sent, and the answers",
        "mail": "mail",
        "teams": "Teams post",
        "received": "mail received",
        "document": "document",
        "calendar": "calendar",
    },
    unreadable="left out: it cannot be read through for addresses; --with-addresses has it",
    with_addresses="left out: it holds addresses that cannot be taken out of it; --with-addresses has it",
    look="no text: look through it before you hand it out",
    readme="""# {title}

All that the record holds of the cycle `{cycle}`, up to entry {length} of its history. `list.csv` (for a spreadsheet)
and `list.json` name every document with its date, its SHA-256 and whether it is open, else why it is left out.
{addresses}
- `cycle.yaml`, `contract*.yaml`: the plan, and the contracts that it is about.
- `drafts/`: every version of the draft, as it was submitted.
- `records/`: comments, minutes, tasks, decisions with votes and conditions, signatures, results, as JSON.
- `runs/`: every scoring run with what went into it.
- `mails/`, `teams/`, `received/`: what was sent and came back. `documents/`: files that were handed in.
- `history/`: who did what, when, from what to what.

## Checking it by hand

The SHA-256 of a draft stands in the decisions about it: `sha256sum drafts/v1.md` gives the same.

Each line of `history/chain.jsonl` is one entry. Its SHA-256, without the line's end, is the `previous` of the next one:

    sed -n 1p history/chain.jsonl | tr -d '\\n' | sha256sum

That of the last line is the head of the chain, `{head}`.
Whoever noted that elsewhere can prove that nothing before it was changed. What the program itself found when it
checked the record is `problems` in `history/history.json`{outcome}.
""",
)
DANISH = Words(
    columns=Columns(
        heads=("nr.", "dato (UTC)", "art", "titel", "adgang", "fil", "sha256", "bemærkning"),
        open="åben",
        redacted="adresser og hemmelige links er udeladt i denne kopi",
    ),
    what={
        "readme": "om dette arkiv",
        "cycle": "plan",
        "contract": "kontrakt",
        "draft": "udkast",
        "people": "deltagere",
        "milestones": "milepæle og deres datoer",
        "consultation": "bemærkninger og høringssvar",
        "dialogue": "referater og opgaver",
        "approval": "beslutninger, stemmer, vilkår, underskrifter",
        "results": "resultater, anmodninger, indstillinger, afvigelser",
        "run": "beregning",
        "history": "historik",
        "chain": "historik, som den er hashet",
        "deliveries": "hvad der er sendt, og svarene",
        "mail": "mail",
        "teams": "opslag i Teams",
        "received": "modtaget mail",
        "document": "dokument",
        "calendar": "kalender",
    },
    unreadable="udeladt: den kan ikke læses igennem for adresser; med --with-addresses er den med",
    with_addresses="udeladt: indeholder adresser, som ikke kan tages ud; med --with-addresses er den med",
    look="ikke tekst: se den igennem, før den udleveres",
    readme="""# {title}

Alt, hvad der er registreret om forløbet `{cycle}`, til og med nr. {length} i historikken. `list.csv` (til et regneark)
og `list.json` nævner hvert dokument med dato, SHA-256, og om det er åbent, ellers hvorfor det er udeladt.
{addresses}
- `cycle.yaml`, `contract*.yaml`: planen og de kontrakter, den handler om.
- `drafts/`: hver version af udkastet, som den blev indsendt.
- `records/`: bemærkninger, referater, opgaver, beslutninger med stemmer og vilkår, underskrifter og resultater, som JSON.
- `runs/`: hver beregning med det, der gik ind i den.
- `mails/`, `teams/`, `received/`: hvad der er sendt, og hvad der kom tilbage. `documents/`: filer, der er indleveret.
- `history/`: hvem der gjorde hvad, hvornår, fra hvad til hvad.

## Kontrol i hånden

Et udkasts SHA-256 står i beslutningerne om det: `sha256sum drafts/v1.md` giver den samme.

Hver linje i `history/chain.jsonl` er én post. Dens SHA-256, uden linjeskift, er `previous` i den næste:

    sed -n 1p history/chain.jsonl | tr -d '\\n' | sha256sum

Den for sidste linje er kædens hoved, `{head}`.
Hvem der har noteret det et andet sted, kan bevise, at intet før det er ændret. Hvad programmet selv fandt ved
kontrollen, er `problems` i `history/history.json`{outcome}.
""",
)
ADDRESSES = {
    "en": "\nPersonal addresses, names in Teams and secret links are left out; a person's is `ID@left-out.invalid` here.\n",
    "da": "\nPersonlige adresser, navne i Teams og hemmelige links er udeladt; `ID@left-out.invalid` står for en persons.\n",
}
OUTCOMES = {
    "en": (": nothing is wrong", ": **something is wrong**"),
    "da": (": intet er galt", ": **noget er galt**"),
}


def words_of(language: str) -> Words:
    """The words of a language; Danish for one that we do not speak."""
    return ENGLISH if language == "en" else DANISH
