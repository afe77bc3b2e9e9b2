"""The acts: the only way in which people change a cycle."""
