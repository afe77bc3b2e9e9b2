"""Messages in words, the channels that carry them, and the outbox that remembers what was sent."""
