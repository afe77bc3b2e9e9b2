"""delivery, answers and restraint"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATES = ("waiting", "uncertain", "sending", "sent", "failed", "superseded", "merged", "withdrawn")
CHANNELS = "channel IN ('email', 'teams') OR channel LIKE 'apprise:%'"
ATTEMPTS = ("sent", "temporary", "permanent", "uncertain", "bounced")
RECEIVED = ("answered", "outdated", "proposed", "bounced", "ignored", "unsubscribed", "forwarded", "kept")


def upgrade() -> None:
    op.create_table(
        "receivedmail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("sender", sa.String(320), nullable=True),
        sa.Column("subject", sa.String(300), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=True),
        sa.Column("cycle_id", sa.String(), nullable=True),
        sa.Column("milestone", sa.String(80), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        _known("outcome", RECEIVED),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fingerprint"),
    )
    recreate = "always" if _rebuilds() else "never"
    attempt_checks = _where_rebuilt(_known("outcome", ATTEMPTS))
    with op.batch_alter_table(
        "attempt", recreate=recreate, copy_from=_unchecked("attempt"), table_args=attempt_checks
    ) as batch_op:
        batch_op.add_column(sa.Column("recipient", sa.String(254), nullable=True))
        if not _rebuilds():
            batch_op.create_check_constraint(*_named("outcome", ATTEMPTS))
    with op.batch_alter_table("cycle") as batch_op:
        batch_op.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    invitation_checks = _where_rebuilt(
        _known("partstat", ("needs-action", "accepted", "declined", "tentative")),
        _known("answered_through", ("mail", "secretary")),
    )
    with op.batch_alter_table(
        "invitation", recreate=recreate, copy_from=_unchecked("invitation"), table_args=invitation_checks
    ) as batch_op:
        batch_op.add_column(sa.Column("answered_through", sa.String(10), nullable=True))
        if not _rebuilds():
            batch_op.create_check_constraint(*_named("answered_through", ("mail", "secretary")))
    message_checks = _where_rebuilt(
        sa.CheckConstraint(CHANNELS, name="channel_is_known"), _known("state", STATES)
    )
    with op.batch_alter_table(
        "message", copy_from=_unchecked("message"), table_args=message_checks
    ) as batch_op:
        if not _rebuilds():
            batch_op.drop_constraint("channel_is_known", type_="check")
            batch_op.drop_constraint("state_is_known", type_="check")
            batch_op.create_check_constraint("channel_is_known", CHANNELS)
            batch_op.create_check_constraint(*_named("state", STATES))
        batch_op.add_column(sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reference", sa.String(60), nullable=True))
        batch_op.add_column(sa.Column("address", sa.String(254), nullable=True))
        batch_op.add_column(sa.Column("carried_by", sa.String(300), nullable=True))
        batch_op.alter_column(
            "channel", existing_type=sa.String(10), type_=sa.String(40), existing_nullable=False
        )
        batch_op.create_index("ix_message_reference", ["reference"], unique=False)
        batch_op.create_index(
            "ix_message_held",
            ["cycle_id", "not_before"],
            unique=False,
            sqlite_where=sa.text("not_before IS NOT NULL"),
            postgresql_where=sa.text("not_before IS NOT NULL"),
        )
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("quiet", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("secretary", sa.String(254), nullable=True))
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    msg = "a ledger is not taken back: put back the copy that was made before the upgrade"
    raise RuntimeError(msg)  # what was withdrawn or merged has no place in the tables of before


def _rebuilds() -> bool:
    """Whether this database changes a table's checks by building it anew, with the checks it is given."""
    return op.get_bind().dialect.name == "sqlite"


def _unchecked(name: str) -> sa.Table | None:
    """A table that is built anew, as it is now but without its checks: some versions of Alembic copy the old ones."""
    if not _rebuilds():
        return None
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    for check in [each for each in table.constraints if isinstance(each, sa.CheckConstraint)]:
        table.constraints.discard(check)
    return table


def _where_rebuilt(*checks: sa.CheckConstraint) -> tuple[sa.CheckConstraint, ...]:
    return checks if _rebuilds() else ()


def _named(column: str, values: tuple[str, ...]) -> tuple[str, str]:
    words = ", ".join(f"'{value}'" for value in values)
    return f"{column}_is_known", f"{column} IN ({words})"


def _known(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    name, condition = _named(column, values)
    return sa.CheckConstraint(condition, name=name)
