"""The versions of the database, one file each, and how Alembic finds them."""
