"""The page of who is logged in: their sessions, and the tokens that programs of theirs have."""
