"""The record: one table a noun, the engine and session, the migrations."""
