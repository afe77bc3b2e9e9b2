"""Prefect: the story of the year, the round, delivery and scoring runs."""
