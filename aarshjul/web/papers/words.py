"""What the pages of papers say around them, in the two languages that we speak."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "pdf": "Hent som PDF",
        "no_pdf_title": "Ingen PDF",
        "no_pdf": "PDF kan ikke laves på denne server, eller ikke af noget så langt. Siden selv kan læses og skrives ud.",
        "busy_title": "Mange henter PDF lige nu",
        "busy": "Prøv igen om et øjeblik. Siden selv kan læses og skrives ud imens.",
    },
    "en": {
        "pdf": "Download as PDF",
        "no_pdf_title": "No PDF",
        "no_pdf": "This server cannot make a PDF, or none of something this long. The page itself can be read and printed.",
        "busy_title": "Many are downloading a PDF just now",
        "busy": "Try again in a moment. Meanwhile the page itself can be read and printed.",
    },
}
