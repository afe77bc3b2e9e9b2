"""The annual wheel (årshjul): a cycle as a circle of months, phases and milestones, and the same as a table."""
