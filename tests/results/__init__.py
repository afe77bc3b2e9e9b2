"""Results that are asked for, proved, recommended on and decided."""
