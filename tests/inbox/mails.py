"""Mails as they come to the mailbox, written by hand: what each program makes of an answer, and what goes wrong."""

from base64 import b64encode
from textwrap import dedent

US = "aarshjul@example.org"


def mail(*fields: str, body: str = "Hej\n") -> bytes:
    """A mail from its header lines and its body."""
    return ("\n".join(fields) + "\n\n" + dedent(body)).encode("utf-8", "surrogateescape")


def head(sender: str, subject: str = "Sv: Dialogmøde", number: int = 1) -> list[str]:
    """The header fields that every mail has."""
    return [
        "Return-Path: <" + sender.rpartition("<")[2].strip("<>") + ">",
        f"From: {sender}",
        f"To: Aarshjul <{US}>",
        f"Subject: {subject}",
        f"Message-ID: <{number}.{abs(hash(sender)) % 10}@mail.example.org>",
        "Date: Tue, 01 Nov 2022 12:00:00 +0100",
        "MIME-Version: 1.0",
    ]


def ics(
    uid: str,
    attendee: str,
    partstat: str = "ACCEPTED",
    *,
    method: str = "REPLY",
    sequence: int | None = 0,
    stamp: str | None = "20221101T110000Z",
    params: str = "",
    more: str = "",
    organizer: bool = True,
) -> str:
    """Calendar text of a reply, as RFC 5546 has it."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Test//Test//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        *([f"DTSTAMP:{stamp}"] if stamp else []),
        *([f"SEQUENCE:{sequence}"] if sequence is not None else []),
        *([f"ORGANIZER;CN=Aarshjul:mailto:{US}"] if organizer else []),
        f"ATTENDEE;PARTSTAT={partstat}{params}:mailto:{attendee}",
        *more.splitlines(),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\n".join(lines) + "\n"


def reply(sender: str, calendar: str, *, fields: tuple[str, ...] = (), number: int = 1) -> bytes:
    """A mail that carries calendar text, in the plainest way."""
    return mail(
        *head(sender, number=number),
        *fields,
        "Content-Type: multipart/alternative; boundary=xyz",
        body=f"--xyz\nContent-Type: text/plain; charset=utf-8\n\nJeg kommer\n--xyz\n"
        f"Content-Type: text/calendar; method=REPLY; charset=UTF-8\n\n{calendar}--xyz--\n",
    )


def outlook(uid: str, attendee: str) -> bytes:
    """Outlook on the desktop with Exchange: base64, MAILTO in capitals, Windows' names for zones, marked as automatic."""
    calendar = dedent(f"""\
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Romance Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=ACCEPTED;CN=Næstformand:MAILTO:{attendee.upper()}
        COMMENT;LANGUAGE=da-DK:\\n
        UID:{uid}
        SUMMARY;LANGUAGE=da-DK:Accepteret: Dialogmøde
        DTSTART;TZID=Romance Standard Time:20221118T100000
        DTEND;TZID=Romance Standard Time:20221118T120000
        CLASS:PUBLIC
        PRIORITY:5
        DTSTAMP:20221101T110000Z
        TRANSP:OPAQUE
        STATUS:CONFIRMED
        SEQUENCE:0
        LOCATION;LANGUAGE=da-DK:Aalborg
        X-MICROSOFT-CDO-APPT-SEQUENCE:0
        X-MICROSOFT-CDO-BUSYSTATUS:BUSY
        END:VEVENT
        END:VCALENDAR
        """).replace("\n", "\r\n")
    encoded = b64encode(calendar.encode()).decode()
    wrapped = "\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))
    return mail(
        *head(f"=?iso-8859-1?Q?N=E6stformand?= <{attendee}>", "=?utf-8?B?QWNjZXB0ZXJldDogRGlhbG9nbcO4ZGU=?="),
        "X-Auto-Response-Suppress: OOF, DR, AutoReply",
        "X-MS-Has-Attach:",
        'Content-Type: multipart/alternative;\n\tboundary="_000_AM0PR01"',
        body=f'--_000_AM0PR01\nContent-Type: text/plain; charset="iso-8859-1"\n\n'
        f'\n--_000_AM0PR01\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\n'
        f"Content-Transfer-Encoding: base64\n\n{wrapped}\n\n--_000_AM0PR01--\n",
    )


def gmail(uid: str, attendee: str) -> bytes:
    """Google: the calendar twice, in the alternative and as an attachment; all invitees' lines but for one are left out."""
    calendar = dedent(f"""\
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REPLY
        BEGIN:VEVENT
        DTSTART:20221118T090000Z
        DTEND:20221118T110000Z
        DTSTAMP:20221101T110000Z
        ORGANIZER;CN=Aarshjul:mailto:{US}
        UID:{uid}
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN={attendee};
         X-NUM-GUESTS=0:mailto:{attendee}
        X-MICROSOFT-CDO-OWNERAPPTID:1234
        CREATED:20221101T100000Z
        DESCRIPTION:
        LAST-MODIFIED:20221101T110000Z
        LOCATION:Aalborg
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Dialogmøde
        TRANSP:OPAQUE
        END:VEVENT
        END:VCALENDAR
        """)
    attached = b64encode(calendar.replace("\n", "\r\n").encode()).decode()
    return mail(
        *head(f"KKR-medlem <{attendee}>", "Afvist: Dialogmøde"),
        "Sender: Google Kalender <calendar-notification@google.com>",
        "Auto-Submitted: auto-generated",
        'Content-Type: multipart/mixed; boundary="outer"',
        body=f'--outer\nContent-Type: multipart/alternative; boundary="inner"\n\n'
        f"--inner\nContent-Type: text/plain; charset=UTF-8\n\nAfvist\n"
        f"--inner\nContent-Type: text/html; charset=UTF-8\n\n<p>Afvist</p>\n"
        f"--inner\nContent-Type: text/calendar; charset=UTF-8; method=REPLY\nContent-Transfer-Encoding: 8bit\n\n{calendar}"
        f"--inner--\n"
        f'--outer\nContent-Type: application/ics; name="invite.ics"\n'
        f'Content-Disposition: attachment; filename="invite.ics"\n'
        f"Content-Transfer-Encoding: base64\n\n{attached}\n--outer--\n",
    )


def apple(uid: str, attendee: str) -> bytes:
    """Apple's calendar: the calendar alone as an attachment in a mixed mail, quoted-printable, with a soft line break."""
    return mail(
        *head(f"Bestyrelsesmedlem <{attendee}>", "Accepted: Dialogmøde"),
        'Content-Type: multipart/mixed; boundary="Apple-Mail=_1"',
        "X-Mailer: iPhone Mail (20B82)",
        body=f"--Apple-Mail=_1\nContent-Type: text/plain; charset=us-ascii\n\n\n--Apple-Mail=_1\n"
        f"Content-Disposition: attachment; filename=iCal-1.ics\n"
        f'Content-Type: text/calendar; method=REPLY; charset="UTF-8"; name=iCal-1.ics\n'
        f"Content-Transfer-Encoding: quoted-printable\n\n"
        f"BEGIN:VCALENDAR\nCALSCALE:GREGORIAN\nPRODID:-//caldav.icloud.com//EN\nMETHOD:REPLY\nVERSION:2.0\n"
        f"BEGIN:VEVENT\nUID:{uid}\nSEQUENCE:0\nDTSTAMP:20221101T110000Z\n"
        f'ATTENDEE;CN=3D"Bestyrelses=\nmedlem";CUTYPE=3DINDIVIDUAL;PARTSTAT=3DTENTATIVE;ROLE=3DREQ-PARTICIPANT:mailto:{attendee}\n'
        f"ORGANIZER;CN=3DAarshjul:mailto:{US}\nEND:VEVENT\nEND:VCALENDAR\n--Apple-Mail=_1--\n",
    )


def outlook_com(uid: str, attendee: str) -> bytes:
    """outlook.com: without ORGANIZER, and the calendar is the whole mail."""
    calendar = ics(uid, attendee, "ACCEPTED", organizer=False)
    return mail(*head(attendee), "Content-Type: text/calendar; method=REPLY; charset=utf-8", body=calendar)


def report(
    recipient: str,
    reference: str,
    *,
    action: str = "failed",
    original: str | None = None,
    returned: str = "message/rfc822",
    diagnostic: str = "smtp; 550 5.1.1 <x>: Recipient address rejected: User unknown",
) -> bytes:
    """A delivery report as Postfix writes it."""
    back = f"From: {US}\nTo: {recipient}\nMessage-ID: <{reference}@example.org>\nX-Aarshjul-Duty: c/dialogue/1/invite/-/b1\n"
    body = f"{back}Subject: Dialogmøde\n\nHej\n" if returned == "message/rfc822" else back
    was = f"Original-Recipient: rfc822;{original}\n" if original else ""
    return mail(
        "Return-Path: <>",
        "From: MAILER-DAEMON@mail.example.org (Mail Delivery System)",
        f"To: {US}",
        "Subject: Undelivered Mail Returned to Sender",
        "Message-ID: <dsn@mail.example.org>",
        "Date: Tue, 01 Nov 2022 12:00:00 +0100",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="dsn"',
        body=f"--dsn\nContent-Type: text/plain\n\nThis is the mail system\n--dsn\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mail.example.org\n\nFinal-Recipient: rfc822; {recipient}\n{was}Action: {action}\n"
        f"Status: 5.1.1\nDiagnostic-Code: {diagnostic}\n\n--dsn\nContent-Type: {returned}\n\n{body}\n--dsn--\n",
    )


def exchange_report(recipient: str, reference: str) -> bytes:
    """A delivery report of Exchange: from a system's own address, the returned message's head alone, marked as automatic."""
    return mail(
        "Return-Path: <>",
        "From: <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@kommune.example.org>",
        f"To: <{US}>",
        "Subject: =?utf-8?B?S2FuIGlra2UgbGV2ZXJlcw==?=",
        "Message-ID: <ndr@kommune.example.org>",
        "Date: Tue, 01 Nov 2022 12:00:00 +0100",
        f"In-Reply-To: <{reference}@example.org>",
        f"References: <{reference}@example.org>",
        "X-Auto-Response-Suppress: All",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status;\n\tboundary="ndr"',
        body=f"--ndr\nContent-Type: multipart/alternative; boundary=alt\n\n--alt\nContent-Type: text/plain\n\nMislykkedes\n"
        f"--alt--\n--ndr\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;AM0PR01.kommune.example.org\n"
        f"Received-From-MTA: dns;mail.example.org\n\nFinal-recipient: RFC822; {recipient.upper()}\nAction: failed\n"
        f"Status: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found\n"
        f"X-Display-Name: x\n\n--ndr\nContent-Type: message/rfc822\n\nFrom: {US}\nMessage-ID:\n <{reference}@example.org>\n"
        f"Subject: x\nMIME-Version: 1.0\n\n\n--ndr--\n",
    )
