"""Every table, imported so that the metadata knows them all."""

from sqlmodel import SQLModel

from models import (
    contract,
    cycle,
    draft,
    history,
    meeting,
    message,
    milestone,
    person,
    received,
    subscription,
)

MODULES = (contract, cycle, draft, history, meeting, message, milestone, person, received, subscription)
metadata = SQLModel.metadata
