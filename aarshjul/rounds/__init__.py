"""What a round does, set by set: look what is owed, do it and record it, say when to come back."""
