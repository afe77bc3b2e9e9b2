"""Forms that do acts: who fills them in, what was typed, what is wrong with it, and that it is done once."""
