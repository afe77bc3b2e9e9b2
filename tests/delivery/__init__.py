"""The outbox with real servers: what goes, what goes again, what is told."""
