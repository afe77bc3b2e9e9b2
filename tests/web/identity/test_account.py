"""One's own sessions and tokens: made, shown once, ended; and never another's."""

import re

from models.api_tokens import make_token
from models.engine import reading, writing
from models.webuse import ApiToken
from tests.web.logged_in import Site

_SECRET = re.compile(r"aarshjul_[\w-]{43}")
NEW = {"do": "new", "name": "Et program", "scope": "read", "days": "30", "cycle": "c"}


def test_nobody_sees_it_without_a_login(logins: Site) -> None:
    assert logins.client.get("/account").status_code == 303
    assert logins.post("/account", NEW).status_code == 303


def test_a_token_is_shown_once_works_and_is_revoked(logins: Site) -> None:
    logins.log_in()
    made = logins.post("/account", NEW)
    secret = _SECRET.findall(made.text)[0]
    assert not _SECRET.search(logins.client.get("/account").text)
    headers = {"Authorization": f"Bearer {secret}"}
    assert logins.client.get("/api/v1/cycles/c", headers=headers).status_code == 200
    assert logins.post("/account", {"do": "revoke", "number": "1"}).status_code == 303
    assert logins.client.get("/api/v1/cycles/c", headers=headers).status_code == 401


def test_what_is_wrong_stands_in_the_form_with_what_was_typed(logins: Site) -> None:
    logins.log_in()
    answer = logins.post("/account", {"do": "new", "name": "Mit program", "days": "366"})
    assert answer.status_code == 400
    assert 'value="Mit program"' in answer.text
    assert 'href="#token-scope"' in answer.text
    assert 'href="#token-days"' in answer.text


def test_another_s_token_and_cycle_and_a_foreign_page_do_nothing(logins: Site) -> None:
    with writing(logins.world.engine) as session:
        make_token(session, "co2", "theirs", ["read"], logins.clock())
    logins.log_in()
    logins.post("/account", {"do": "revoke", "number": "1"})
    assert not _SECRET.search(logins.post("/account", NEW | {"cycle": "other"}).text)
    assert logins.post("/account", NEW, sec_fetch_site="cross-site").status_code == 403
    with reading(logins.world.engine) as session:
        assert session.get_one(ApiToken, 1).revoked_at is None
        assert session.get(ApiToken, 2) is None


def test_the_other_sessions_end_and_this_one_stays(logins: Site) -> None:
    logins.log_in()
    first = dict(logins.client.cookies)
    logins.log_in()
    assert logins.post("/account", {"do": "others"}).status_code == 303
    assert logins.client.get("/account").status_code == 200
    logins.client.cookies.clear()
    logins.client.cookies.update(first)
    assert logins.client.get("/account").status_code == 303
