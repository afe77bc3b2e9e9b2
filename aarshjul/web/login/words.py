"""What the pages for logging in and their mail say, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "login_title": "Log ind",
        "login_intro": "Koordinatorer logger ind med et link, som vi sender til den adresse, de står med i et forløb.",
        "address": "Din e-mailadresse",
        "address_hint": "For eksempel navn@example.org",
        "address_wrong": "Skriv en e-mailadresse, for eksempel navn@example.org",
        "send": "Send et link",
        "or_elsewhere": "Eller log ind med din arbejdskonto.",
        "log_in_at": "Log ind med {name}",
        "sent_title": "Se i din mail",
        "sent": "Hvis adressen hører til en koordinator, er der nu sendt en mail med et link. "
        "Linket virker i 15 minutter og kun én gang.",
        "sent_none": "Er der ikke kommet noget efter et par minutter, så se efter i uønsket post, prøv igen, "
        "eller spørg den, der driver årshjulet.",
        "again": "Bed om et nyt link",
        "press_title": "Log ind som {name}",
        "press": "Tryk på knappen for at logge ind. Linket virker kun én gang.",
        "press_other": "Er du ikke {name}, så luk siden: linket var til en anden.",
        "press_button": "Log ind",
        "dead_title": "Linket virker ikke længere",
        "dead": "Et link virker i 15 minutter og kun én gang. Har du lige trykket på det, er du måske allerede logget ind.",
        "to_cycles": "Til mine forløb",
        "foreign_title": "Det kunne vi ikke se kom fra dig",
        "foreign": "Der er ikke ændret noget. Åbn siden igen, og tryk på knappen dér.",
        "many_title": "Det var mange forsøg",
        "many": "Vent et kvarter, og prøv igen.",
        "unsafe_title": "Her kan man ikke logge ind",
        "unsafe": "Forbindelsen er ikke krypteret. Åbn siden på dens adresse med https.",
        "problem": "Der er en fejl i formularen",
        "mail_subject": "Log ind på årshjulet",
        "mail": "Hej {name}\n\nÅbn linket og tryk på knappen for at logge ind på årshjulet:\n\n{link}\n\n"
        "Linket virker i 15 minutter og kun én gang. Har du ikke bedt om det, så gør ingenting: "
        "ingen kommer ind uden linket. Send det ikke videre.\n",
    },
    "en": {
        "login_title": "Log in",
        "login_intro": "Coordinators log in by a link that we send to the address that a cycle has of them.",
        "address": "Your email address",
        "address_hint": "For example name@example.org",
        "address_wrong": "Write an email address, for example name@example.org",
        "send": "Send a link",
        "or_elsewhere": "Or log in with your account at work.",
        "log_in_at": "Log in with {name}",
        "sent_title": "Look in your mail",
        "sent": "If the address is a coordinator's, a mail with a link has been sent. "
        "The link works for 15 minutes, and once.",
        "sent_none": "If nothing has come after some minutes, look among unwanted mail, try again, "
        "or ask whoever runs the annual wheel.",
        "again": "Ask for another link",
        "press_title": "Log in as {name}",
        "press": "Press the button to log in. The link works once.",
        "press_other": "If you are not {name}, close this page: the link was for somebody else.",
        "press_button": "Log in",
        "dead_title": "This link no longer works",
        "dead": "A link works for 15 minutes, and once. If you have just pressed it, you may be logged in already.",
        "to_cycles": "To my cycles",
        "foreign_title": "We could not see that this came from you",
        "foreign": "Nothing has changed. Open the page again, and press the button there.",
        "many_title": "That was many attempts",
        "many": "Wait a quarter of an hour, and try again.",
        "unsafe_title": "Nobody can log in here",
        "unsafe": "The connection is not encrypted. Open the page at its address with https.",
        "problem": "There is a mistake in the form",
        "mail_subject": "Log in to the annual wheel",
        "mail": "Hello {name}\n\nOpen the link and press the button to log in to the annual wheel:\n\n{link}\n\n"
        "The link works for 15 minutes, and once. If you did not ask for it, do nothing: "
        "nobody gets in without the link. Do not pass it on.\n",
    },
}
