"""Aarshjul, the annual wheel: carries a yearly performance contract through its year."""
