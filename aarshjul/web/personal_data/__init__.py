"""Somebody's own wishes, delegate, calendars and data, behind a login or a link of their own."""
