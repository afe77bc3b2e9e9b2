"""What the page of a calendar says, in the two languages that we speak."""

from dataclasses import dataclass

from aarshjul.web.words import DANISH as SAME_IN_DANISH
from aarshjul.web.words import ENGLISH as SAME_IN_ENGLISH
from aarshjul.web.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """How one calendar program is told about a feed.

    Attributes:
        steps: what to do, in order.
        delay: how long it takes until it shows what changed, and whether that can be set.
    """

    name: str
    steps: tuple[str, ...]
    delay: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarWords:
    """One language; `{name}` stands for the calendar's name, `{code}` for the language's own."""

    same: Words
    intro: str
    keep_it: str
    add_title: str
    apple: str
    outlook_work: str
    outlook_home: str
    google: str
    copy: str
    other_language: str
    qr_title: str
    qr: str
    choose_title: str
    choose: str
    shows: str
    choices: dict[str, str]
    languages_title: str
    languages: dict[str, str]
    choose_button: str
    unusable: str
    dates_title: str
    columns: tuple[str, str, str, str]
    download: str
    download_title: str
    download_note: str
    no_dates: str
    earlier: str
    all_day: str
    tentative: str
    cancelled: str
    confirmed: str
    steps_title: str
    delay: str
    programs: tuple[Program, ...]
    own_title: str
    own: str
    renew_title: str
    renew: str
    renew_confirm: str
    renew_button: str
    stop_title: str
    stop: str
    stop_confirm: str
    stop_button: str
    not_confirmed: str
    renewed: str
    stopped_title: str
    stopped: tuple[str, ...]
    unknown_title: str
    unknown: str
    foreign_title: str
    foreign: str


DANISH = CalendarWords(
    same=SAME_IN_DANISH,
    intro="Tilføj kalenderen én gang, så følger den selv med, når noget flyttes eller aflyses.",
    keep_it="Adressen er hemmelig: den, der har den, kan læse kalenderen. Send den ikke videre.",
    add_title="Tilføj til din kalender",
    apple="Apple (iPhone, iPad, Mac)",
    outlook_work="Outlook på arbejdet",
    outlook_home="Outlook.com, privat",
    google="Google Kalender",
    copy="Eller kopiér adressen ind i et andet program:",
    other_language="In English",
    qr_title="QR-kode til denne side",
    qr="Skan koden med telefonen, så åbner denne side dér.",
    choose_title="Vælg, hvad kalenderen skal vise",
    choose="Valget står i adressen og gælder kun den kalender, du tilføjer med den.",
    shows="Kalenderen viser",
    choices={
        "meetings": "Møder",
        "deadlines": "Frister",
        "decisions": "Beslutninger",
        "phases": "Faser, som hele dage uden at optage tid",
        "tasks": "Det, jeg selv skal gøre, som opgaveliste",
        "alarms": "Påmindelser fra kalenderen selv",
    },
    languages_title="Sprog",
    languages={"da": "Dansk", "en": "English"},
    choose_button="Brug valget",
    unusable="Valget i adressen kan ikke bruges: vælg mindst én slags herunder. Indtil da gælder det sædvanlige.",
    dates_title="De næste datoer",
    columns=("Hvornår", "Hvad og hvor", "Status", "Fil"),
    download="Hent",
    download_title="Hent {name} som fil",
    download_note="En hentet fil er kun den ene dato, som den er nu. Den følger ikke med, når noget flyttes.",
    no_dates="Der er ingen datoer fra i dag og frem.",
    earlier="Der er {count} tidligere i kalenderen.",
    all_day="hele dagen",
    tentative="Foreløbig",
    cancelled="Aflyst",
    confirmed="Bekræftet",
    steps_title="Trin for trin, og hvor hurtigt ændringer vises",
    delay="Forsinkelse",
    programs=(
        Program(
            name="Outlook (arbejde, skole og Outlook.com)",
            steps=(
                "Tryk på en af Outlook-knapperne ovenfor, log ind, og tryk Importér.",
                "Eller i Outlook: Kalender, Tilføj kalender, Abonner fra internettet, og sæt adressen ind.",
                "Den vises også i Outlook på telefon og computer, når den er tilføjet på din konto.",
            ),
            delay="3 til 24 timer. Det bestemmer Microsoft, og det kan ikke sættes op.",
        ),
        Program(
            name="Google Kalender",
            steps=(
                "Tryk på Google-knappen på en computer, og tryk Tilføj.",
                "Eller på calendar.google.com: Andre kalendere, plus, Fra webadresse, og sæt adressen ind.",
                "Telefonens app kan ikke tilføje den, men viser den bagefter.",
            ),
            delay="Op til et døgn, nogle gange mere. Det bestemmer Google, og det kan ikke sættes op.",
        ),
        Program(
            name="Apple Kalender",
            steps=(
                "Tryk på Apple-knappen på din iPhone, iPad eller Mac, og tryk Abonner.",
                "På Mac: vælg iCloud som placering, så kommer den også på telefonen, og Opdater automatisk: hver time.",
                "På iPhone uden iCloud: Indstillinger, Kalender, Konti, Hent nye data.",
            ),
            delay="Som du sætter den, for eksempel hver time.",
        ),
        Program(
            name="Thunderbird",
            steps=(
                "Kopiér adressen ovenfor.",
                "Kalender, Ny kalender, På netværket, sæt adressen ind, uden brugernavn.",
                "Højreklik på kalenderen, Egenskaber, for at sætte, hvor tit den opdateres.",
            ),
            delay="Som du sætter den, 30 minutter fra begyndelsen.",
        ),
    ),
    own_title="Din egen adresse",
    own="Kalenderen er kun din. Har andre fået adressen, eller skal den ikke bruges mere, så luk den her.",
    renew_title="Ny adresse",
    renew="Den gamle adresse holder op med at virke med det samme, og du tilføjer kalenderen igen med den nye.",
    renew_confirm="Ja, giv mig en ny adresse",
    renew_button="Lav en ny adresse",
    stop_title="Stop kalenderen",
    stop="Adressen holder op med at virke for altid. Fjern derefter kalenderen fra dit program.",
    stop_confirm="Ja, stop kalenderen",
    stop_button="Stop kalenderen",
    not_confirmed="Sæt kryds i feltet ved siden af knappen først. Der er ikke ændret noget.",
    renewed="Her er den nye adresse. Den gamle virker ikke længere. Gem siden: adressen kan ikke findes frem igen.",
    stopped_title="Kalenderen er stoppet",
    stopped=(
        "Adressen virker ikke længere. Fjern kalenderen fra dit program.",
        "Skriv til koordinatoren, hvis du vil have en ny.",
    ),
    unknown_title="Kalenderen findes ikke",
    unknown="Måske er adressen skiftet eller stoppet, eller ikke kommet helt med. Skriv til koordinatoren om en ny.",
    foreign_title="Det blev ikke gjort",
    foreign="Ønsket kom fra en anden side end denne. Åbn kalenderens side, og prøv igen. Der er ikke ændret noget.",
)
ENGLISH = CalendarWords(
    same=SAME_IN_ENGLISH,
    intro="Add the calendar once; it then follows by itself when something is moved or cancelled.",
    keep_it="The address is a secret: whoever has it can read the calendar. Do not pass it on.",
    add_title="Add it to your calendar",
    apple="Apple (iPhone, iPad, Mac)",
    outlook_work="Outlook at work",
    outlook_home="Outlook.com, private",
    google="Google Calendar",
    copy="Or copy the address into another program:",
    other_language="På dansk",
    qr_title="QR code of this page",
    qr="Scan the code with your phone, and this page opens there.",
    choose_title="Choose what the calendar shows",
    choose="The choice stands in the address, and is for the calendar alone that you add with it.",
    shows="The calendar shows",
    choices={
        "meetings": "Meetings",
        "deadlines": "Deadlines",
        "decisions": "Decisions",
        "phases": "Phases, as whole days that take no time",
        "tasks": "What I have to do, as a list of tasks",
        "alarms": "Reminders by the calendar itself",
    },
    languages_title="Language",
    languages={"da": "Dansk", "en": "English"},
    choose_button="Use the choice",
    unusable="The choice in the address cannot be used: choose at least one kind below. Until then the usual one holds.",
    dates_title="The next dates",
    columns=("When", "What and where", "Status", "File"),
    download="Download",
    download_title="Download {name} as a file",
    download_note="A file is that one date as it is now. It does not follow when something is moved.",
    no_dates="There are no dates from today on.",
    earlier="There are {count} earlier ones in the calendar.",
    all_day="all day",
    tentative="Tentative",
    cancelled="Cancelled",
    confirmed="Confirmed",
    steps_title="Step by step, and how soon changes show",
    delay="Delay",
    programs=(
        Program(
            name="Outlook (work, school and Outlook.com)",
            steps=(
                "Press one of the Outlook buttons above, sign in, and press Import.",
                "Or in Outlook: Calendar, Add calendar, Subscribe from web, and paste the address.",
                "Once it is in your account, Outlook on phone and computer shows it as well.",
            ),
            delay="3 to 24 hours. Microsoft decides, and it cannot be set.",
        ),
        Program(
            name="Google Calendar",
            steps=(
                "Press the Google button on a computer, and press Add.",
                "Or at calendar.google.com: Other calendars, plus, From URL, and paste the address.",
                "The app on a phone cannot add it, but shows it afterwards.",
            ),
            delay="Up to a day, sometimes more. Google decides, and it cannot be set.",
        ),
        Program(
            name="Apple Calendar",
            steps=(
                "Press the Apple button on your iPhone, iPad or Mac, and press Subscribe.",
                "On a Mac: choose iCloud as its location, and it is on the phone as well; Auto-refresh: every hour.",
                "On an iPhone without iCloud: Settings, Calendar, Accounts, Fetch New Data.",
            ),
            delay="As you set it, for example every hour.",
        ),
        Program(
            name="Thunderbird",
            steps=(
                "Copy the address above.",
                "Calendar, New Calendar, On the Network, paste the address, no user name.",
                "Right-click the calendar, Properties, to set how often it looks.",
            ),
            delay="As you set it, 30 minutes to begin with.",
        ),
    ),
    own_title="Your own address",
    own="The calendar is yours alone. If others have got the address, or it is no longer needed, close it here.",
    renew_title="New address",
    renew="The old address stops working at once, and you add the calendar again with the new one.",
    renew_confirm="Yes, give me a new address",
    renew_button="Make a new address",
    stop_title="Stop the calendar",
    stop="The address stops working for good. Remove the calendar from your program afterwards.",
    stop_confirm="Yes, stop the calendar",
    stop_button="Stop the calendar",
    not_confirmed="Tick the box beside the button first. Nothing has changed.",
    renewed="Here is the new address. The old one no longer works. Keep this page: the address cannot be found again.",
    stopped_title="The calendar is stopped",
    stopped=(
        "The address no longer works. Remove the calendar from your program.",
        "Write to the coordinator if you want a new one.",
    ),
    unknown_title="There is no such calendar",
    unknown="Perhaps its address was changed or stopped, or is not whole. Write to the coordinator if you need it.",
    foreign_title="That was not done",
    foreign="The wish came from another page than this one. Open the calendar's page and try again. Nothing has changed.",
)
BY_CODE = {words.same.code: words for words in (DANISH, ENGLISH)}
