"""Every table, imported so that the metadata knows them all."""

from sqlmodel import SQLModel

from models import (
    approval,
    consultation,
    contract,
    cycle,
    dialogue,
    draft,
    evidence,
    history,
    login,
    meeting,
    message,
    milestone,
    national,
    person,
    received,
    subscription,
    webuse,
)

MODULES = (
    approval,
    consultation,
    contract,
    cycle,
    dialogue,
    draft,
    evidence,
    history,
    login,
    meeting,
    message,
    milestone,
    national,
    person,
    received,
    subscription,
    webuse,
)
metadata = SQLModel.metadata
