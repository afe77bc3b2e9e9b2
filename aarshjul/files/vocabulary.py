"""The words that a cycle file may use; tests hold them equal to the core's, which are slow to import."""

PHASES = ("data-collection", "scoring", "drafting", "dialogue", "approval", "in-force")
KINDS = ("deadline", "meeting", "decision")
STATUSES = ("tentative", "confirmed")
ACTIONS = ("invite", "remind", "score", "publish")
DONE_WHEN = ("results", "draft", "comment")
CHANNELS = ("email", "teams")
OTHER_CHANNEL = "apprise:"  # and the name that the operator gave to a service
BODIES = ("board", "council")
OUTCOMES = ("approved", "approved-with-conditions", "returned", "postponed", "rejected")
REPLIES = ("accepted", "declined", "tentative")
POSITIONS = ("agrees", "agrees-with-remarks", "objects")
VOTES = ("for", "against", "abstain")
