"""Drafts that are contracts: versions, national goals, checks, and what becomes of them."""
