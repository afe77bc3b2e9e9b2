"""Answers read back."""
