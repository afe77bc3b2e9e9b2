"""What is said before an act that cannot be taken back, and about taking back; in the two languages that we speak."""

from collections.abc import Mapping

WARNINGS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "activate": "Det kan ikke fortrydes. Når forløbet er sat i gang, får alle deres invitationer.",
        "close": "Det kan ikke fortrydes. I et lukket forløb kan intet gøres mere, og møder, der ikke er holdt, aflyses.",
        "attach": "Det kan ikke fortrydes. Et dokument, der er lagt ind, bliver i sagen.",
        "decide-attainment": "Det kan ikke fortrydes. Rådets afgørelse bliver stående, til rådet afgør noget andet.",
        "submit-draft": (
            "Det kan ikke fortrydes. Versionen bliver stående, og godkendelser af en tidligere version falder bort."
        ),
        "take-national-goals": (
            "Det kan ikke fortrydes. Det bliver en ny version, og godkendelser af en tidligere version falder bort."
        ),
        "comment": "Det kan ikke fortrydes. En bemærkning bliver stående.",
        "minute": "Det kan ikke fortrydes. Punktet kan skrives om, men ikke fjernes.",
        "confirm": "Det kan ikke fortrydes. En bekræftet dato kan kun flyttes eller aflyses.",
        "cancel": "Det kan ikke fortrydes. Det, der er aflyst, kan ikke tages op igen.",
        "hold": "Det kan ikke fortrydes. Et møde, der er holdt, er lukket.",
        "done": "Det kan ikke fortrydes. Det, der er meldt færdigt, bliver ved med at være det.",
        "decide": "Det kan ikke fortrydes. Beslutningen bliver stående, og de, den angår, får besked.",
        "settle-condition": "Det kan ikke fortrydes. En betingelse, der er afsluttet, kan ikke åbnes igen.",
        "sign": "Det kan ikke fortrydes. En underskrift kan ikke trækkes tilbage.",
        "put-in-force": "Det kan ikke fortrydes. Kontrakten træder i kraft.",
    },
    "en": {
        "activate": "This cannot be undone. Once the cycle runs, everybody gets their invitations.",
        "close": "This cannot be undone. Nothing more can be done in a closed cycle, and meetings to come are cancelled.",
        "attach": "This cannot be undone. A document that was put in stays on record.",
        "decide-attainment": "This cannot be undone. What the council decides stands until it decides otherwise.",
        "submit-draft": "This cannot be undone. The version stays, and approvals of an earlier one fall.",
        "take-national-goals": "This cannot be undone. It makes a new version, and approvals of an earlier one fall.",
        "comment": "This cannot be undone. A comment stays.",
        "minute": "This cannot be undone. The item can be written anew, but not removed.",
        "confirm": "This cannot be undone. A confirmed date can only be moved or cancelled.",
        "cancel": "This cannot be undone. What is cancelled cannot be taken up again.",
        "hold": "This cannot be undone. A meeting that was held is closed.",
        "done": "This cannot be undone. What was reported done stays so.",
        "decide": "This cannot be undone. The decision stands, and those whom it concerns are told.",
        "settle-condition": "This cannot be undone. A condition that was settled cannot be opened again.",
        "sign": "This cannot be undone. A signature cannot be withdrawn.",
        "put-in-force": "This cannot be undone. The contract comes into force.",
    },
}
NOTICES: Mapping[str, Mapping[str, str]] = {
    "da": {
        "undo_none_title": "Der er ikke noget at fortryde",
        "undo_none": "Det kan kun fortrydes af den, der gjorde det.",
        "undo_never_title": "Det kan ikke fortrydes",
        "undo_never": "Det er ikke noget, der kan tages tilbage. Ret det i stedet på siden.",
        "undo_late_title": "Det kan ikke fortrydes længere",
        "undo_late": "Det, man gør, kan fortrydes i et døgn. Ret det i stedet på siden.",
        "undo_changed_title": "Det kan ikke fortrydes længere",
        "undo_changed": "Der er sket mere siden. Se, hvordan det står nu, og ret det på siden.",
        "undo_partly_title": "Det kan ikke fortrydes",
        "undo_partly": "Det ville ikke blive, som det var før. Der er ikke ændret noget. Ret det i stedet på siden.",
        "undo_code_title": "Det kan ikke fortrydes her",
        "undo_code": "Det kræver en kode. Gør det om på siden, hvor du gjorde det.",
        "undo_refused_title": "Det kan ikke fortrydes",
        "undo_refused": "{why}",
        "nothing_held_title": "Der er ikke noget, der venter",
        "nothing_held": "Måske er det sendt, eller det bliver skrevet lige nu: se efter igen om et øjeblik.",
        "back": "Tilbage",
    },
    "en": {
        "undo_none_title": "There is nothing to undo",
        "undo_none": "Only who did it can undo it.",
        "undo_never_title": "This cannot be undone",
        "undo_never": "It is nothing that can be taken back. Put it right on its page instead.",
        "undo_late_title": "This can no longer be undone",
        "undo_late": "What one does can be undone for a day. Put it right on its page instead.",
        "undo_changed_title": "This can no longer be undone",
        "undo_changed": "More has happened since. See how it stands now, and put it right on its page.",
        "undo_partly_title": "This cannot be undone",
        "undo_partly": "It would not become what it was before. Nothing has changed. Put it right on its page instead.",
        "undo_code_title": "This cannot be undone here",
        "undo_code": "It wants a code. Do it anew on the page where you did it.",
        "undo_refused_title": "This cannot be undone",
        "undo_refused": "{why}",
        "nothing_held_title": "Nothing is waiting",
        "nothing_held": "Perhaps it has gone, or it is being written at this moment: look again in a moment.",
        "back": "Back",
    },
}
"""What the small pages about taking back say."""
