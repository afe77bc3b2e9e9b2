"""Where calendar entries lead, over a real connection."""

from tests.web.conftest import Site


def test_a_link_in_a_calendar_leads_to_a_page_and_tells_nothing_of_any_cycle(site: Site) -> None:
    known, unknown = site.client.get("/cycles/c"), site.client.get("/cycles/of-nobody")
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert "Årshjulet står i din kalender" in known.text
    assert "in your calendar and your mail" in known.text
    assert "default-src 'none'" in known.headers["Content-Security-Policy"]
    assert known.headers["Cache-Control"] == "no-store"


def test_it_is_only_looked_at(site: Site) -> None:
    assert site.client.head("/cycles/c").status_code == 200
    assert site.client.post("/cycles/c").status_code == 405
