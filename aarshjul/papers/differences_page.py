"""What changed between two versions as a page: for screens, paper in black and white, and ears."""

from collections.abc import Mapping
from datetime import tzinfo

from markupsafe import Markup

from aarshjul.core.difference_report import Line, Report, Section, near
from aarshjul.core.differences import Change
from aarshjul.core.languages import Language
from aarshjul.core.text_differences import Mark, Pieces
from aarshjul.papers.frame import Paper, environment, paper
from aarshjul.papers.markdown import one_line, straight
from aarshjul.papers.words import day
from models.draft import Draft

_WITHIN = 400
"""Characters around a change that are shown of what did not change."""
_LOOKS = {Change.ADDED: "good", Change.REMOVED: "bad", Change.CHANGED: "wait"}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "kind": "What has changed",
        "subtitle": "From version {before} ({before_on}) to version {after} ({after_on})",
        "foot": "Version {before}: SHA-256 {before_hash}. Version {after}: SHA-256 {after_hash}.",
        "legend": "{removed} has gone, {added} is new. Long passages that are the same are left out (…).",
        "gone": "Struck out",
        "new": "underlined",
        "removed": "removed:",
        "added": "added:",
        "end": "end",
        "from": "from",
        "to": "to",
        "same": "The two versions say the same.",
    },
    "da": {
        "kind": "Det er ændret",
        "subtitle": "Fra version {before} ({before_on}) til version {after} ({after_on})",
        "foot": "Version {before}: SHA-256 {before_hash}. Version {after}: SHA-256 {after_hash}.",
        "legend": "{removed} er udgået, {added} er nyt. Lange afsnit uden ændringer er udeladt (…).",
        "gone": "Det gennemstregede",
        "new": "det understregede",
        "removed": "udgået:",
        "added": "tilføjet:",
        "end": "slut",
        "from": "fra",
        "to": "til",
        "same": "De to versioner siger det samme.",
    },
}


def differences_page(
    title: str, before: Draft, after: Draft, report: Report, language: Language, zone: tzinfo
) -> Paper:
    """A whole page; its title is the cycle's."""
    words = _WORDS[language]
    told = {
        "before": before.version,
        "after": after.version,
        "before_on": day(before.submitted_at.astimezone(zone).date(), language),
        "after_on": day(after.submitted_at.astimezone(zone).date(), language),
        "before_hash": before.hash,
        "after_hash": after.hash,
    }
    return paper(
        title,
        language,
        differences_body(report, language),
        subtitle=words["subtitle"].format_map(told),
        kind=words["kind"],
        foot=words["foot"].format_map(told),
    )


def differences_body(report: Report, language: Language, *, top: int = 2) -> Markup:
    """What stands on that page below its title; `top` is the level of its first headings."""
    words = _WORDS[language]
    body = environment().get_template("differences.html").render(
        words=words,
        top=top,
        sections=[_section(section, words, top) for section in report],
        same=not report,
    )  # fmt: skip
    return Markup(body)  # noqa: S704 -- the template escapes what it is given


def _section(section: Section, words: Mapping[str, str], top: int) -> dict[str, object]:
    return {
        "level": section.level + top - 1,
        "title": one_line(section.title),
        "note": one_line(section.note),
        "look": _LOOKS[section.change] if section.note else "",
        "lines": [(one_line(line.label), _said(line, words)) for line in section.lines],
    }


def _said(line: Line, words: Mapping[str, str]) -> Markup:
    """The changed words in their text, or what it was and what it is."""
    if line.before is None or line.after is None:
        return _marked(near(line.pieces, _WITHIN), words)
    form = Markup("{from_} {was} {to} {now}")
    return form.format(
        from_=words["from"],
        was=_mark("del", line.before, words["removed"], words["end"]),
        to=words["to"],
        now=_mark("ins", line.after, words["added"], words["end"]),
    )


def _marked(pieces: Pieces, words: Mapping[str, str]) -> Markup:
    found = Markup()
    for piece in pieces:
        match piece.mark:
            case Mark.SAME:
                found += straight(piece.text)
            case Mark.REMOVED:
                found += _mark("del", piece.text, words["removed"], words["end"])
            case Mark.ADDED:
                found += _mark("ins", piece.text, words["added"], words["end"])
    return found


def _mark(tag: str, text: str, word: str, end: str) -> Markup:
    """A changed piece; the words around it are for who hears the page, as few readers aloud tell of such marks."""
    form = Markup(
        '<{tag}><span class="heard"> [{word} </span>{text}<span class="heard"> {end}] </span></{tag}>'
    )
    return form.format(tag=tag, word=word, text=straight(text), end=end)
