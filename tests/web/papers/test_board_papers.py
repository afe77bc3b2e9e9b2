"""The papers on the coordinators' pages: what each is, how it may be read, and what there is none of."""

import re
import sys
from importlib.abc import MetaPathFinder

import pytest
from sqlmodel import select

from aarshjul.web.place import within
from models.engine import writing
from models.milestone import Milestone
from notifications.personal_links import make_link
from tests.builders import at
from tests.web.logged_in import Site
from tests.web.outline import Outline
from tests.web.serving import SECRET

PAPERS = (
    "/cycles/c/draft",
    "/cycles/c/draft?version=1",
    "/cycles/c/draft?from=1&to=2",
    "/cycles/c/results",
    "/cycles/c/milestones/dialogue/agenda",
    "/cycles/c/milestones/dialogue/minutes",
)
PROSE = "# Udkast\n\nVi hjælper {count} virksomheder.\n\n<script>alert(1)</script> [her](javascript:x)\n"


class WithoutPango(MetaPathFinder):
    """A machine that lacks the library: loading what needs it fails as there."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def drafted(logins: Site) -> Site:
    """Two versions of a draft that is prose."""
    for day, count in (("2022-09-01", "ti"), ("2022-09-02", "tyve")):
        logins.world.act(day, "holder", "submit-draft", text=PROSE.format(count=count))
    logins.clock.moment = at("2022-09-03")
    logins.log_in()
    return logins


@pytest.mark.parametrize("path", PAPERS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_paper_stands_in_the_frame_of_all_pages_and_leads_back(
    drafted: Site, path: str, language: str
) -> None:
    answer = drafted.client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy + answer.text
    assert not re.search(r"<style|<script(?! src=)|style=|\son\w+=|href=\"javascript", answer.text)
    page = Outline(answer.text)
    assert page.of("html")[0]["lang"] == language
    assert len(page.of("h1")) == len(page.of("main")) == 1
    assert any((each["href"] or "").endswith(f"cycles/c?lang={language}") for each in page.of("a"))
    for each in page.of("a"):
        assert not (each["href"] or "").startswith(("http", "//"))


def test_who_reads_one_by_link_is_told_as_whom_and_what_to_do_where_that_is_not_them(drafted: Site) -> None:
    token = make_link(SECRET.encode(), "c", "c1", drafted.clock())
    for path in PAPERS:
        answer = drafted.client.get(f"/p/{token}{path.removeprefix('/cycles/c')}")
        assert answer.status_code == 200, path
        assert "Du handler som " in answer.text, path
        ways = [str(answer.url.join(each["href"] or "").path) for each in Outline(answer.text).of("a")]
        assert f"/p/{token}/not-me" in ways, path


@pytest.mark.parametrize(
    ("path", "name"),
    list(zip(PAPERS, ("v2", "v1", "v1-v2", "results", "dialogue-agenda", "dialogue-minutes"), strict=True)),
)
def test_each_can_be_taken_along_as_a_file(drafted: Site, path: str, name: str) -> None:
    page = drafted.client.get(path)
    ways = [str(page.url.join(each["href"] or "")) for each in Outline(page.text).of("a")]
    way = next(each for each in ways if "format=pdf" in each)
    answer = drafted.client.get(way)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="c-{name}.pdf"'
    assert answer.content.startswith(b"%PDF-")


def test_where_no_pdf_can_be_made_a_page_says_so(drafted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango(), *sys.meta_path])
    for path in ("/cycles/c/draft?format=pdf", "/cycles/c/draft/versions/1/pdf", "/cycles/c/data.pdf"):
        answer = drafted.client.get(path)
        assert (answer.status_code, "PDF kan ikke laves" in answer.text) == (503, True), path


def test_draft_is_the_present_version_with_the_others_below(drafted: Site) -> None:
    text = drafted.client.get("/cycles/c/draft").text
    assert "tyve virksomheder" in text
    assert [each["href"] for each in Outline(text).of("a") if (each["href"] or "").startswith("?")] == [
        "?lang=en",
        "?format=pdf",
        "?version=2",
        "?from=1&to=2",
        "?version=1",
    ]
    assert "ti virksomheder" in drafted.client.get("/cycles/c/draft?version=1").text


def test_difference_has_both_words_and_the_other_language_has_the_same_two(drafted: Site) -> None:
    text = drafted.client.get("/cycles/c/draft?from=1&to=2").text
    assert re.search(r"<del>.*ti.*</del>", text)
    assert re.search(r"<ins>.*tyve.*</ins>", text)
    assert "?from=1&amp;to=2&amp;lang=en" in text
    assert drafted.client.get("/cycles/c/draft?from=1").text == text.replace(
        "&amp;to=2&amp;lang", "&amp;lang"
    ).replace("&amp;to=2&amp;format", "&amp;format")
    assert "<del>" in drafted.client.get("/cycles/c/draft?to=2").text
    chosen = re.findall(r'name="(\w+)">.*?<option selected>(\d)', text)
    assert chosen == [("from", "1"), ("to", "2")]


@pytest.mark.parametrize(
    "query",
    ["version=3", "version=0", "version=-1", "version=x", "version=", "version=²", "from=1&to=9", "to=1"],
)
def test_version_that_is_none_is_not_found_and_says_so(drafted: Site, query: str) -> None:
    answer = drafted.client.get(f"/cycles/c/draft?{query}")
    assert answer.status_code == 404
    assert "ingen sådan version" in answer.text


def test_what_does_not_exist_yet_says_so(logins: Site) -> None:
    logins.log_in()
    assert "ikke afleveret noget udkast" in logins.client.get("/cycles/c/draft").text
    logins.log_in("co2")
    assert "no contract with results" in logins.client.get("/cycles/other/results").text


def test_cancelled_meeting_has_no_papers_and_a_deadline_never_has(drafted: Site) -> None:
    drafted.world.act("2022-09-03", "co", "cancel", milestone="dialogue", reason="x")
    assert "aflyst" in drafted.client.get("/cycles/c/milestones/dialogue/agenda").text
    for slug in ("draft", "none"):
        assert drafted.client.get(f"/cycles/c/milestones/{slug}/minutes").status_code == 404


def test_a_look_at_a_paper_changes_nothing(drafted: Site) -> None:
    before = drafted.world.snapshot()
    for path in PAPERS:
        assert drafted.client.get(f"{path}{'&' if '?' in path else '?'}lang=en").status_code == 200
    assert drafted.world.snapshot() == before


def test_title_that_looks_like_our_own_page_changes_nothing_of_it(drafted: Site) -> None:
    with writing(drafted.world.engine) as session:
        for row in session.exec(select(Milestone).where(Milestone.cycle_id == "c")):
            row.title = "</style><body>\n<main></body>"
    page = Outline(drafted.client.get("/cycles/c/milestones/dialogue/agenda").text)
    assert [len(page.of(each)) for each in ("main", "body", "style")] == [1, 1, 0]


def test_login_leads_on_to_a_paper() -> None:
    for path in PAPERS:
        assert within(path.partition("?")[0]) == path.partition("?")[0]
    assert within("/cycles/c/milestones/dialogue/agenda/x") == "/cycles"
