"""A milestone of a cycle: its page, and what can be done about it."""
