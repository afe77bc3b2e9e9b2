"""What happens in the story, scene by scene; each says what the people see who did not act."""
