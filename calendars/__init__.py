"""Milestones as calendar entries, feeds and invitations, in a form that every client reads alike."""
