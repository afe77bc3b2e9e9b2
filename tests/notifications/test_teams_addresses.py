"""Where cards may be posted: what Microsoft hands out, what operators allow, and nothing that looks like it."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from aarshjul.core.errors import Invalid
from aarshjul.settings import Settings
from notifications.teams import teams_channel
from notifications.workflow_address import NotAnAddress, workflow_address

SIG = "KODuebWbDGYFr0z0eu-6Rj8aUKz_108W3wrNJZxFE5A"
PATH = "/workflows/643e69f83c8944438d68119179a10a64/triggers/manual/paths/invoke"
QUERY = f"?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SIG}"
NEWER = "/powerautomate/automations/direct" + PATH
ENVIRONMENT = "default0123456789abcdef.1f.environment.api.powerplatform.com"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            f"https://prod-161.westeurope.logic.azure.com:443{PATH}{QUERY}",
            f"https://prod-161.westeurope.logic.azure.com{PATH}{QUERY}",
        ),
        (
            f"https://prod-00.northeurope.logic.azure.com{PATH}/{QUERY}",
            f"https://prod-00.northeurope.logic.azure.com{PATH}/{QUERY}",
        ),
        (f"https://{ENVIRONMENT}:443{NEWER}{QUERY}", f"https://{ENVIRONMENT}{NEWER}{QUERY}"),
        (
            f"https://{ENVIRONMENT}/powerautomate/automations/direct/cu/05{PATH}{QUERY}",
            f"https://{ENVIRONMENT}/powerautomate/automations/direct/cu/05{PATH}{QUERY}",
        ),
        (f"HTTPS://Prod-1.Logic.Azure.COM{PATH}{QUERY}", f"https://prod-1.logic.azure.com{PATH}{QUERY}"),
        (
            f"https://logic.azure.com{PATH}{QUERY}&tenantId=abc",
            f"https://logic.azure.com{PATH}{QUERY}&tenantId=abc",
        ),
        (
            f"workflows://prod-1.logic.azure.com:443/abc/{SIG}",
            f"https://prod-1.logic.azure.com/workflows/abc/triggers/manual/paths/invoke{QUERY}",
        ),
        (
            f"workflow://{ENVIRONMENT}/abc/{SIG}/?pa=yes&route=7&verify=no&template=/etc/passwd",
            f"https://{ENVIRONMENT}{NEWER}{QUERY}".replace("direct/", "direct/cu/7/")
            .replace("643e69f83c8944438d68119179a10a64", "abc")
            .replace("2016-06-01", "2022-03-01-preview"),
        ),
    ],
)
def test_address_as_microsoft_hands_it_out_is_taken_whole(text: str, url: str) -> None:
    address = workflow_address("anna", text)
    assert (address.url, address.signature, address.name) == (url, SIG, "anna")


HOSTILE = [
    "evil-logic.azure.com.example.org",
    "evil-logic.azure.com",
    "evillogic.azure.com",
    "logic.azure.com.example.org",
    "logic.azure.com.",
    "logic.azure.co",
    "azure.com",
    "com",
    "powerplatform.com.evil.example.org",
    "notpowerplatform.com",
    "xn--lgic-0ra.azure.com",
    "logic。azure.com",
    "lоgic.azure.com",  # a Cyrillic o
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "169.254.169.254",
    "user@prod-1.logic.azure.com",
    "user:password@prod-1.logic.azure.com",
    "prod-1.logic.azure.com@evil.example.org",
    "prod-1.logic.azure.com:443@evil.example.org",
    "evil.example.org\\@prod-1.logic.azure.com",
    "evil.example.org#@prod-1.logic.azure.com",
    "evil.example.org#.logic.azure.com",
    "evil.example.org/.logic.azure.com",
    "evil.example.org?.logic.azure.com",
    "evil.example.org;.logic.azure.com",
    "evil.example.org%2f.logic.azure.com",
    "evil.example.org%00.logic.azure.com",
    "evil.example.org\x00.logic.azure.com",
    "evil.example.org\r\n.logic.azure.com",
    "prod-1.logic.azure.com:8443",
    "prod-1.logic.azure.com:80",
    "prod-1.logic.azure.com:0",
    "prod-1.logic.azure.com:99999",
    "prod-1.logic.azure.com:443:443",
    "prod-1.logic.azure.com:x",
    "prod-1..logic.azure.com",
    ".logic.azure.com",
    "-.logic.azure.com",
    "a_b.logic.azure.com",
    "*.logic.azure.com",
    "a" * 64 + ".logic.azure.com",
    ".".join(["a" * 60] * 5) + ".logic.azure.com",
    "",
    " ",
]


@pytest.mark.parametrize("host", HOSTILE)
def test_host_that_is_not_microsofts_is_refused_without_its_secret(host: str) -> None:
    for text in (f"https://{host}{PATH}{QUERY}", f"workflows://{host}/abc/{SIG}"):
        with pytest.raises(NotAnAddress) as refused:
            workflow_address("anna", text)
        assert SIG not in str(refused.value)
        assert "password" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        f"http://prod-1.logic.azure.com{PATH}{QUERY}",
        f"ftp://prod-1.logic.azure.com{PATH}{QUERY}",
        f"//prod-1.logic.azure.com{PATH}{QUERY}",
        f"prod-1.logic.azure.com{PATH}{QUERY}",
        f"javascript://prod-1.logic.azure.com{PATH}{QUERY}",
        f"msteams://prod-1.logic.azure.com{PATH}{QUERY}",
        f"https:/prod-1.logic.azure.com{PATH}{QUERY}",
        f"https://prod-1.logic.azure.com{PATH}",
        f"https://prod-1.logic.azure.com{PATH}?api-version=2016-06-01&sig=",
        f"https://prod-1.logic.azure.com{PATH}?api-version=2016-06-01&sig=a%20b",
        f"https://prod-1.logic.azure.com{PATH}{QUERY}&sig=another",
        f"https://prod-1.logic.azure.com{PATH}{QUERY}#fragment",
        f"https://prod-1.logic.azure.com{QUERY}",
        f"https://prod-1.logic.azure.com/workflows/../../elsewhere{QUERY}",
        f"https://prod-1.logic.azure.com/workflows/abc/triggers/manual/paths/invoke/more{QUERY}",
        f"https://prod-1.logic.azure.com/anything{PATH}{QUERY}",
        f"https://prod-1.logic.azure.com{PATH}{QUERY} ",
        f"https://prod-1.logic.azure.com{PATH}{QUERY}&x={'a' * 3000}",
        f"workflows://prod-1.logic.azure.com/{SIG}",
        f"workflows://prod-1.logic.azure.com/abc/{SIG}/more",
        "workflows://",
        "https://",
        "",
        "\x00",
        "Teams",
    ],
)
def test_what_is_no_workflows_address_is_refused_without_its_secret(text: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        workflow_address("anna", text)
    assert SIG not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "own", "right"),
    [
        ("localhost:8443", ["localhost"], True),
        ("relay.example.org", ["relay.example.org"], True),
        ("relay.example.org:8443", ["relay.example.org"], True),
        ("a.relay.example.org", ["relay.example.org"], True),
        ("evilrelay.example.org", ["relay.example.org"], False),
        ("relay.example.org.evil.example.net", ["relay.example.org"], False),
        ("a.localhost", ["localhost"], False),  # a single word stands for itself alone
        ("evil.com", ["com"], False),
        ("prod-1.logic.azure.com", ["localhost"], True),  # Microsoft's are right as well
        ("prod-1.logic.azure.com:8443", ["localhost"], False),
    ],
)
def test_hosts_of_the_operator_are_right_on_any_port(host: str, own: list[str], *, right: bool) -> None:
    text = f"https://{host}{PATH}{QUERY}"
    if right:
        assert workflow_address("*", text, own).origin == host
    else:
        with pytest.raises(NotAnAddress):
            workflow_address("*", text, own)


@given(st.text(max_size=80), st.sampled_from(["https://", "workflows://", ""]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_refused_in_a_sentence_or_leads_to_microsoft(text: str, schema: str) -> None:
    for whole in (
        schema + text,
        f"https://{text}.logic.azure.com{PATH}{QUERY}",
        f"https://{text}{PATH}{QUERY}",
    ):
        with suppress(NotAnAddress):
            assert workflow_address("*", whole).origin.endswith(("logic.azure.com", "powerplatform.com"))


def of(urls: dict[str, str], **more: object) -> Settings:
    secret = {name: SecretStr(url) for name, url in urls.items()}
    return Settings(teams_urls=secret, **more)  # type: ignore[arg-type]


def test_every_wrong_address_is_named_at_once_and_none_is_shown() -> None:
    with pytest.raises(Invalid) as refused:
        teams_channel(
            of(
                {
                    "anna": f"https://evil.example.org{PATH}{QUERY}",
                    "board": f"https://logic.azure.com{PATH}{QUERY}",
                    "*": f"http://logic.azure.com{PATH}{QUERY}",
                }
            )
        )
    assert refused.value.exit_code == 2
    first, second = refused.value.problems
    assert first.startswith("AARSHJUL_TEAMS_URLS: the address of 'anna': its host evil.example.org is not")
    assert second == "AARSHJUL_TEAMS_URLS: the address of '*': it does not begin with https://"
    assert SIG not in str(refused.value)


@pytest.mark.parametrize(
    "host", ["", "*", "*.example.org", "127.0.0.1", "[::1]", "a b", "https://a.example", "a:443"]
)
def test_host_that_is_no_name_is_refused(host: str) -> None:
    with pytest.raises(Invalid, match="AARSHJUL_TEAMS_HOSTS"):
        teams_channel(of({"*": f"https://logic.azure.com{PATH}{QUERY}"}, teams_hosts=[host]))


def test_channel_shows_no_secret() -> None:
    assert SIG not in repr(teams_channel(of({"*": f"https://logic.azure.com{PATH}{QUERY}"})))
