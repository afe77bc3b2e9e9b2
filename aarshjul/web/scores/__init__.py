"""Goals and their attainment: what was reached, how it is computed, who says what of it, and what would have been."""
