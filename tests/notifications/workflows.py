"""Workflow addresses at a server of this machine, and parcels for them."""

from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from aarshjul.settings import Settings
from notifications.card import card
from notifications.channel import Parcel, Receipt
from notifications.teams import TeamsChannel, teams_channel
from tests.notifications.letters import CASES

SIG = "KODuebWbDGYFr0z0eu-6Rj8aUKz_108W3wrNJZxFE5A"


def path_of(workflow: str) -> str:
    return (
        f"/workflows/{workflow}/triggers/manual/paths/invoke"
        f"?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={SIG}"
    )


def channel_at(
    ports: dict[str, int], ca_file: Path | None, *, host: str = "localhost", timeout: float = 10
) -> TeamsChannel:
    """A channel with a workflow for each key, named as it is, at its port of this machine."""
    urls = {key: f"https://{host}:{port}{path_of(key.replace('*', 'all'))}" for key, port in ports.items()}
    made = teams_channel(
        Settings(
            teams_urls={key: SecretStr(url) for key, url in urls.items()},
            teams_hosts=["localhost"],
            ca_file=ca_file,
        )
    )
    return replace(made, timeout=timeout)


def parcel_for(person: str, *roles: str, payload: bytes | None = None) -> Parcel:
    return Parcel(
        number=1,
        payload=card(CASES["invite.da"]) if payload is None else payload,
        person=person,
        roles=roles,
        recipients=(f"{person}@example.org",),
    )


def sent(channel: TeamsChannel, *parcels: Parcel) -> list[Receipt]:
    """What a batch of these parcels is answered with."""
    with channel.open() as carrier:
        return [receipt for parcel in parcels for receipt in carrier.send(parcel)]
