"""Every table, imported so that the metadata knows them all."""

from sqlmodel import SQLModel

from models import contract, cycle, draft, history, message, milestone, person, subscription

MODULES = (contract, cycle, draft, history, message, milestone, person, subscription)
metadata = SQLModel.metadata
