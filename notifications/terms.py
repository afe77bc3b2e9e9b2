"""Short terms that stand in tables or inside of sentences: labels, what is owed, roles, bodies, kinds of message.

They are English, and marked for the catalogues; whoever says one looks it up.
"""

from aarshjul.core.cycle import Kind
from aarshjul.core.duties import DutyKind
from notifications.catalog import marked as _
from notifications.facts import Owed

LABELS = {
    "what": _("What"),
    "where": _("Place"),
    "status": _("Status"),
    "owed": _("We need"),
    "owing": _("Missing from"),
    "before": _("Before"),
    "now": _("Now"),
    "proposed": _("Proposed"),
    "place-before": _("Place before"),
    "place-now": _("Place now"),
    "place-proposed": _("Place proposed"),
    "nowhere": _("not settled"),
    "open": _("Open the page"),
    "stop": _("Stop these messages"),
    "goal": _("Goal"),
    "score": _("Attainment"),
    "total": _("Total"),
    "version": _("Version"),
    "from": _("From"),
    "to": _("To"),
    "subject": _("Subject"),
    "message": _("Message"),
    "size": _("Size"),
    "since": _("Since"),
    "indicator": _("Indicator"),
    "unit": _("Unit"),
    "source": _("Source"),
    "answer": _("Answer"),
}
MARKS = _("“{gone}” marks what was taken out, “{new}” what was put in.")
"""What plain text shows a difference with; its reader has not seen it before."""
KINDS = {Kind.DEADLINE: _("Deadline"), Kind.MEETING: _("When"), Kind.DECISION: _("Decision")}
STATUSES = {"tentative": _("Tentative – save the date"), "cancelled": _("Cancelled")}
ASKS = {
    Owed.ANSWER: _("your answer to the invitation"),
    Owed.DECISION: _("the decision"),
    Owed.RESULTS: _("your results"),
    Owed.DRAFT: _("the draft"),
    Owed.COMMENT: _("your comments"),
    Owed.DONE: _("your word that the task is done"),
}
ASKS_OF_OTHERS = {
    Owed.ANSWER: _("an answer to the invitation"),
    Owed.DECISION: _("a decision"),
    Owed.RESULTS: _("results"),
    Owed.DRAFT: _("the draft"),
    Owed.COMMENT: _("comments"),
    Owed.DONE: _("word that the task is done"),
}
ROLES = {
    "coordinator": _("a coordinator"),
    "holder": _("a participant from {holder}"),
    "board": _("a member of the board of {holder}"),
    "board-chair": _("chair of the board of {holder}"),
    "board-deputy-chair": _("deputy chair of the board of {holder}"),
    "council": _("a member of {council}"),
    "council-chair": _("chair of {council}"),
    "council-deputy-chair": _("deputy chair of {council}"),
    "working-group": _("a member of the working group"),
    "subscriber": _("a subscriber"),
}
OTHER_ROLE = _("a participant (role: {role})")
NO_ROLE = _("a participant")
BODIES = {"board": _("the board of {holder}"), "council": "{council}"}
MESSAGES = {
    DutyKind.REMIND: _("reminder"),
    DutyKind.INVITE: _("invitation"),
    DutyKind.UPDATE: _("changed invitation"),
    DutyKind.CANCEL: _("cancellation"),
    DutyKind.MOVED: _("new date"),
    DutyKind.RETURNED: _("returned draft"),
    DutyKind.REOPENED: _("re-opened approval"),
    DutyKind.DECIDED: _("decision told"),
    DutyKind.SCORE: _("score"),
    DutyKind.ESCALATE: _("missed deadline"),
    DutyKind.DIGEST: _("digest"),
    DutyKind.WELCOME: _("welcome"),
    DutyKind.PUBLISH: _("publication"),
    DutyKind.UNDELIVERED: _("undelivered message"),
    DutyKind.RECEIVED: _("mail passed on"),
    DutyKind.PROPOSED: _("proposed time"),
}
WHY = {
    "unknown-meeting": _("It answers an invitation that is not known here."),
    "stranger": _("It answers an invitation for somebody who was not invited."),
    "forged": _(
        "It answers for somebody, but comes neither from that person nor from their registered secretary."
    ),
    "over": _("It answers an invitation to a meeting that is over or cancelled."),
    "delegated": _("It passes the invitation on to somebody else, and that has to be arranged in Aarshjul."),
    "refused": _("It answers an invitation, but the answer could not be recorded."),
    "unclear": _("It concerns an invitation, but it cannot be told what it answers."),
    "report": _("It is a delivery report about a message that was not sent from here."),
    "unread-report": _("It is a delivery report in a form that cannot be read automatically."),
    "not-unsubscribed": _("It asks to stop messages, but that could not be done."),
    "too-large": _("It is too large to be read automatically."),
    "damaged": _("It is damaged, and cannot be read automatically."),
    "failed": _("It could not be handled, although it was tried several times."),
}
OTHER_WHY = _("It is not an answer to an invitation, so somebody has to read it.")
"""Why a mail is passed on; the inbox's codes that are not here have this one sentence."""
