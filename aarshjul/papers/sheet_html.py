"""A paper as a page."""

from markupsafe import Markup

from aarshjul.papers.frame import Paper, environment, paper
from aarshjul.papers.markdown import one_line, safe_html
from aarshjul.papers.sheet import Facts, Item, Items, Note, Section, Sheet, Words


def as_paper(sheet: Sheet) -> Paper:
    """The same as a paper; what people wrote is Markdown that can do nothing."""
    template = environment().get_template("sheet.html")
    body = template.render(sections=[_section(each) for each in sheet.sections])
    return paper(
        sheet.title,
        sheet.language,
        Markup(body),  # noqa: S704 -- a template of ours, which escapes what it is given
        subtitle=sheet.subtitle,
        kind=sheet.kind,
        foot=sheet.foot,
    )


def _section(section: Section) -> dict[str, object]:
    return {"title": one_line(section.title), "blocks": [_block(each) for each in section.blocks]}


def _block(block: Facts | Words | Note | Items) -> dict[str, object]:
    match block:
        case Facts():
            pairs = [(one_line(name), [one_line(line) for line in lines]) for name, lines in block.pairs]
            return {"is": "facts", "pairs": pairs}
        case Words():
            return {"is": "words", "html": safe_html(block.markdown, below=2)}
        case Note():
            return {"is": "note", "text": one_line(block.text)}
        case Items():
            return {
                "is": "items",
                "title": one_line(block.title),
                "items": [_item(each) for each in block.items],
            }


def _item(item: Item) -> dict[str, object]:
    return {
        "number": item.number,
        "of": one_line(item.of),
        "html": safe_html(item.text, below=3),
        "marks": [(one_line(mark.text), mark.look) for mark in item.marks],
        "because": safe_html(item.because, below=3) if item.because else "",
        "answers": [_item(each) for each in item.answers],
    }
