"""The forms in which a message can be shown."""

from enum import StrEnum


class Form(StrEnum):
    """How a message is shown."""

    TEXT = "text"
    HTML = "html"
    CARD = "card"
    EML = "eml"
    JSON = "json"
