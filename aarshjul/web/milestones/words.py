"""What the forms about a milestone say, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {"confirm_title": "Bekræft datoen", "confirm": "Bekræft"},
    "en": {"confirm_title": "Confirm the date", "confirm": "Confirm"},
}
