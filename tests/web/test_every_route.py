"""Every route by who asks for it: tables written by hand, and none may be missing from them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from aarshjul.web.app import pages
from calendars.choice import Choice
from models.engine import writing
from models.subscriptions import subscribe
from notifications.personal_links import make_link
from tests.web.approving.test_whole_approval import submitted
from tests.web.logged_in import Site
from tests.web.milestones.pressing import attach
from tests.web.serving import SECRET

LINKS = ("co", "holder", "w1", "c1", "ob", "sub")
# Below a cycle: what is answered to its coordinator who is logged in, and to LINKS by links of their own.
# y: it is theirs (200 or 303, or 409 as the form is empty); n: 403; .: 404. A coordinator of another region gets 404
# everywhere, whoever is nobody the neutral page or 401, and whoever left 404.
TABLE = """
GET                                     y yyyyyy
GET  /activate                          y ......
POST /activate                          y ......
POST /answer                            . yyyyyy
GET  /approval                          y yyyyyn
GET  /approval/decide                   y yyyyyn
POST /approval/decide                   y yyyyyn
GET  /approval/put-in-force             y yyyyyn
POST /approval/put-in-force             y yyyyyn
GET  /approval/sign                     y yyyyyn
POST /approval/sign                     y yyyyyn
GET  /approval/vote                     y yyyyyn
POST /approval/vote                     y yyyyyn
POST /attainment                        y ynnyn.
GET  /calendars                         y yyyyyy
POST /calendars                         y yyyyyy
POST /calendars/{number=1}/{deed=renew} y y.....
GET  /close                             y ......
POST /close                             y ......
GET  /comments                          y yyyyyn
POST /comments                          y yyyyyn
GET  /comments/{number=1}/reply         y yyyyyn
POST /comments/{number=1}/reply         y yyyyyn
GET  /comments/{number=1}/settle        y yyyyyn
POST /comments/{number=1}/settle        y yyyyyn
GET  /compare                           y ......
POST /condition                         . yyyyyy
GET  /conditions                        y yyyyyn
GET  /conditions/{number=1}/settle      y yyyyyn
POST /conditions/{number=1}/settle      y yyyyyn
GET  /consultation                      y yyyyyn
POST /consultation                      y yyyyyn
GET  /data                              y yyyyyy
GET  /data.html                         y yyyyyy
GET  /data.json                         y yyyyyy
GET  /data.pdf                          y yyyyyy
GET  /delegate                          y yyyyyn
POST /delegate                          y yyyyyn
POST /delegate/end                      y yyyyyn
GET  /documents/{number=1}              y yyyyyn
POST /done                              . yyyyyy
GET  /draft                             y yyyyyy
POST /draft/drop                        y yyynnn
GET  /draft/edit                        y yyynnn
POST /draft/edit                        y yyynnn
GET  /draft/edit/{part=p1}              y yyynnn
POST /draft/edit/{part=p1}              y yyynnn
GET  /draft/merge                       y yyynnn
POST /draft/merge                       y yyynnn
POST /draft/national                    y yyynnn
POST /draft/restore                     . ...nnn
GET  /draft/submit                      y yyynnn
POST /draft/submit                      y yyynnn
GET  /draft/versions                    y yyyyyn
GET  /draft/versions/{version=1}/file   y yyyyyn
GET  /draft/versions/{version=1}/pdf    y yyyyyn
GET  /findings                          y yyyyyn
POST /findings                          . ..nnn.
GET  /goals                             y yyyyy.
GET  /goals/{goal=1}                    y yyyyy.
POST /goals/{goal=1}/decide             y ynnyn.
POST /goals/{goal=1}/recommend          y yynnn.
GET  /history                           y ......
POST /history/verify                    y ......
GET  /messages                          y ......
GET  /messages/{number=1}               y ......
POST /messages/{number=1}/{what=resend} y ......
GET  /milestones/{slug=dialogue}        y yyyyyy
GET  /milestones/{slug=dialogue}/agenda y yynynn
GET  /milestones/{slug=dialogue}/anchor y ......
POST /milestones/{slug=dialogue}/anchor y ......
GET  /milestones/{slug=dialogue}/anchor/preview y ......
POST /milestones/{slug=dialogue}/anchor/preview y ......
GET  /milestones/{slug=dialogue}/attach y ......
POST /milestones/{slug=dialogue}/attach y ......
GET  /milestones/{slug=dialogue}/cancel y ......
POST /milestones/{slug=dialogue}/cancel y ......
GET  /milestones/{slug=dialogue}/cancel/preview y ......
POST /milestones/{slug=dialogue}/cancel/preview y ......
GET  /milestones/{slug=dialogue}/confirm y ......
POST /milestones/{slug=dialogue}/confirm y ......
GET  /milestones/{slug=dialogue}/confirm/preview y ......
POST /milestones/{slug=dialogue}/confirm/preview y ......
GET  /milestones/{slug=dialogue}/done   y ......
POST /milestones/{slug=dialogue}/done   y ......
GET  /milestones/{slug=dialogue}/hold   y ......
POST /milestones/{slug=dialogue}/hold   y ......
GET  /milestones/{slug=dialogue}/hold/preview y ......
POST /milestones/{slug=dialogue}/hold/preview y ......
GET  /milestones/{slug=dialogue}/minute y ......
POST /milestones/{slug=dialogue}/minute y ......
GET  /milestones/{slug=dialogue}/minutes y yynynn
GET  /milestones/{slug=dialogue}/move   y ......
POST /milestones/{slug=dialogue}/move   y ......
GET  /milestones/{slug=dialogue}/move/preview y ......
POST /milestones/{slug=dialogue}/move/preview y ......
GET  /not-me                            . yyyyyy
GET  /people                            y ......
POST /people/join                       y ......
GET  /people/{person=b1}                y ......
POST /people/{person=b1}/{what=address} y ......
GET  /preferences                       y yyyyyy
POST /preferences                       y yyyyyy
POST /preferences/news                  y yyyyyy
GET  /results                           y yyyyyn
GET  /results/{indicator=1a}            y yyynnn
POST /results/{indicator=1a}            y yyynnn
POST /results/{indicator=1a}/attach     y yyynnn
POST /results/{indicator=1a}/request    y yynnnn
GET  /tasks                             y yyyyyn
GET  /tasks/{number=1}/settle           y yyyyyn
POST /tasks/{number=1}/settle           y yyyyyn
POST /undo                              y yyyyyy
GET  /what-if                           y yyyyyn
GET  /wheel.svg                         y ......
POST /withdraw                          y ynnnnn
POST /not-me                            . yyyyyy
POST /renew                             . yyyyyy
"""
# Beside the cycles: what nobody in particular, and a coordinator who is logged in, are answered.
OTHERS = """
GET  /accessibility                     200 200
GET  /account                           303 200
POST /account                           303 303
GET  /calendars                         404 404
GET  /calendars/{rest:path=x/y}         404 404
GET  /calendars/{secret=x}              404 404
GET  /calendars/{secret=x}/text/{cycle=c} 404 404
POST /calendars/{secret=x}/{deed=renew} 404 404
GET  /calendars/{secret=x}/{uid=y}.ics  404 404
GET  /cycles                            303 200
GET  /healthz                           200 200
GET  /login                             200 200
POST /login                             400 400
GET  /login/{secret=x}                  404 404
POST /login/{secret=x}                  404 404
GET  /privacy                           200 200
GET  /privacy.json                      200 200
GET  /readyz                            200 200
GET  /static/{name=none.css}            404 404
GET  /unsubscribe/{token=x}             404 404
POST /unsubscribe/{token=x}             404 404
POST /logout                            303 403
"""
Row = tuple[str, str, str]


def rows(table: str) -> list[Row]:
    """Method, address with what stands in its braces, and what is answered."""
    found = [re.match(r"(\S+) +(/\S*)? *(.*)", line) for line in table.strip().splitlines()]
    return [(each[1], each[2] or "", each[3]) for each in found if each]


def address(path: str) -> str:
    return re.sub(r"\{[a-z:]+=([^}]*)\}", r"\1", path)


def pattern(path: str) -> str:
    return re.sub(r"=[^}]*\}", "}", path)


def routes(found: Any) -> Iterator[tuple[str, str]]:
    """Method and path of every route, of routers within routers as well."""
    for route in found:
        if (inner := getattr(route, "original_router", None)) is not None:
            yield from routes(inner.routes)
        elif methods := getattr(route, "methods", None):
            yield from ((method, route.path) for method in methods - {"HEAD"})
        else:
            assert route.path == "/api/v1", f"{route.path} is looked into by no test"


@pytest.fixture
def busy(logins: Site) -> Site:
    """A site with a text before the board, a comment, a calendar, a document and messages, all of the cycle `c`."""
    logins.world.round("2022-04-20")
    submitted(logins)
    logins.log_in()
    assert attach(logins, "bilag.txt") == 303
    logins.client.cookies.clear()
    with writing(logins.world.engine) as session:
        subscribe(session, scope="person", shows=Choice().text, person_id="co", now=logins.clock())
    logins.world.act("2022-11-20", "w1", "comment", text="Hvorfor?")
    return logins


def link(site: Site, person: str, path: str) -> str:
    return f"/p/{make_link(SECRET.encode(), 'c', person, site.clock())}{path}"


def asked(site: Site, method: str, path: str) -> int:
    site.clock.moment += timedelta(seconds=30)  # nobody presses a hundred buttons in a minute
    return site.client.get(path).status_code if method == "GET" else site.post(path).status_code


def letter(status: int) -> str:
    return {403: "n", 404: ".", 200: "y", 303: "y", 409: "y"}.get(status, str(status))


def test_every_route_is_in_a_table(logins: Site) -> None:
    app = pages(logins.settings, logins.world.engine, logins.clock, logins.postman)
    found = {
        (method, re.sub(r"^/(cycles|p)/\{(key|cycle)\}", "CYCLE", path))
        for method, path in routes(app.routes)
    }
    wanted = {(method, f"CYCLE{pattern(path)}") for method, path, _ in rows(TABLE)}
    wanted |= {(method, pattern(path)) for method, path, _ in rows(OTHERS)}
    assert found == wanted


def test_below_a_cycle_everybody_is_answered_what_the_table_says(busy: Site) -> None:
    found, wanted = [], []
    busy.log_in()
    for method, path, said in rows(TABLE):
        login = letter(asked(busy, method, f"/cycles/c{address(path)}"))
        links = "".join(letter(asked(busy, method, link(busy, each, address(path)))) for each in LINKS)
        found.append((method, path, f"{login} {links}"))
        wanted.append((method, path, said))
    assert found == wanted


def test_no_route_knows_a_coordinator_of_another_region_or_who_left_or_nobody(busy: Site) -> None:
    busy.world.act("2022-11-21", "co", "leave", person="gone")
    before = busy.world.history()
    table = [(method, address(path)) for method, path, _ in rows(TABLE)]
    left = {path for method, path in table if asked(busy, method, link(busy, "gone", path)) != 404}
    busy.log_in("co2")
    other = {path for method, path in table if asked(busy, method, f"/cycles/c{path}") != 404}
    busy.client.cookies.clear()
    # Two: the neutral page, and where only a link leads, that there is nothing.
    pages = (busy.client.get(f"/cycles/c{path}").text for method, path in table if method == "GET")
    shown = {
        each.replace("../", "") for each in pages
    }  # what leads to the top says how deep it was asked for
    pressed = {asked(busy, method, f"/cycles/c{path}") for method, path in table if method == "POST"}
    assert (left, other, len(shown), pressed) == (set(), set(), 2, {401, 404})
    assert busy.world.history() == before


def test_beside_the_cycles_a_login_opens_what_the_table_says(logins: Site) -> None:
    for column, person in enumerate((None, "co")):
        if person:
            logins.log_in(person)
        for method, path, said in rows(OTHERS):
            assert asked(logins, method, address(path)) == int(said.split()[column]), (person, method, path)
