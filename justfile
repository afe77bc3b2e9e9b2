# The few commands that a newcomer needs; `just` without a name lists them.

_default:
    @just --list

# Play the real 2022-23 year; what it made is in the folder
demo out="aarshjul-demo":
    uv run aarshjul demo --out {{out}}

# The whole suite, or what the arguments name
test *arguments:
    uv run pytest {{arguments}}

# Linters, types and the direction of imports
check:
    uv run ruff check
    uv run ruff format --check
    uv run mypy
    uv run lint-imports

# Put right what can be put right by itself
fix:
    uv run ruff check --fix
    uv run ruff format

# Rewrite the golden mails, cards, calendars and wheels: read the difference before it is committed
golden:
    AARSHJUL_GOLDEN=write uv run pytest tests/calendars tests/notifications tests/wheel

# Write the migration from the last one to the tables as they are now
migration message:
    uv run python -m models.migrations.new "{{message}}"
    uv run ruff format --quiet models/migrations/versions

# All that must hold before a change goes in
ci:
    .ci/run
