"""What the small pages say, in the two languages that we speak."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One language; `{cycle}` stands for a cycle's title, `{name}` for a person's."""

    code: str
    ask_title: str
    ask: tuple[str, ...]
    button: str
    done_title: str
    done: tuple[str, ...]
    refused_title: str
    refused: tuple[str, ...]
    unknown_title: str
    unknown: str
    later_title: str
    later: str
    about_title: str
    about: str
    way: str


DANISH = Words(
    code="da",
    ask_title="Frameld mails om {cycle}",
    ask=(
        "Tryk på knappen, så får {name} ikke længere mails til orientering: målopfyldelse, beslutninger o.l.",
        "Invitationer, og mails om det, som {name} selv skal gøre, kommer fortsat.",
        "Der sker ikke noget, før du trykker.",
    ),
    button="Frameld",
    done_title="{name} er frameldt",
    done=(
        "Der kommer ikke flere mails til orientering om {cycle}.",
        "Invitationer, og mails om det, som {name} selv skal gøre, kommer fortsat.",
    ),
    refused_title="Det kan ikke frameldes",
    refused=(
        "Mails om {cycle} hører til den rolle, som {name} har i forløbet, og kan ikke frameldes her.",
        "Skriv til koordinatoren, hvis rollen ikke længere passer. Det er nok at svare på en af mailene.",
    ),
    unknown_title="Linket virker ikke",
    unknown="Måske er det ikke kommet helt med. Åbn det igen fra mailen, eller svar på mailen og bed om at blive frameldt.",
    later_title="Det lykkedes ikke lige nu",
    later="Der er ikke ændret noget. Prøv igen om lidt.",
    about_title="Årshjulet står i din kalender og dine mails",
    about="Dér ser du datoer, steder og det, du selv skal gøre. Svar på invitationer i kalenderen, "
    "og svar på en af mailene, hvis noget er uklart: så får koordinatoren dit svar.",
    way="Koordinator? Log ind",
)
ENGLISH = Words(
    code="en",
    ask_title="Unsubscribe from mail about {cycle}",
    ask=(
        "Press the button, and {name} will get no more mail for information: attainment, decisions and so on.",
        "Invitations, and mail about what {name} has to do, will still come.",
        "Nothing happens before you press it.",
    ),
    button="Unsubscribe",
    done_title="{name} is unsubscribed",
    done=(
        "No more mail for information about {cycle} will come.",
        "Invitations, and mail about what {name} has to do, will still come.",
    ),
    refused_title="This cannot be unsubscribed from",
    refused=(
        "Mail about {cycle} belongs to the role that {name} has in it, and cannot be stopped here.",
        "Write to the coordinator if the role no longer fits: an answer to one of the mails is enough.",
    ),
    unknown_title="This link does not work",
    unknown="Perhaps it is not whole. Open it from the mail again, or answer the mail and ask to be unsubscribed.",
    later_title="That did not work just now",
    later="Nothing has changed. Try again in a little while.",
    about_title="The annual wheel is in your calendar and your mail",
    about="There you see dates, places and what you have to do yourself. Answer invitations in your calendar, "
    "and answer one of the mails if something is unclear: your answer goes to the coordinator.",
    way="Coordinator? Log in",
)
BY_CODE = {words.code: words for words in (DANISH, ENGLISH)}
