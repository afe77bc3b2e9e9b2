"""Calendars as programs read them that no one here wrote."""
