"""calendars and real meetings"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCOPES = ("cycle", "role", "person", "organisation", "public")
NAMES_WHAT_IT_NEEDS = (
    "(cycle_id IS NOT NULL) = (scope IN ('cycle', 'role', 'public')) AND (role IS NOT NULL) = (scope = 'role') "
    "AND (person_id IS NOT NULL) = (scope = 'person') AND (organisation_id IS NOT NULL) = (scope = 'organisation')"
)


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("body", sa.String(300), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(5), nullable=True),
        sa.Column("ends", sa.String(5), nullable=True),
        sa.Column("place", sa.String(300), nullable=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("uid", sa.String(255), nullable=True),
        sa.Column("source", sa.String(500), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _known("status", ("tentative", "confirmed", "cancelled")),
        sa.CheckConstraint('"ends" IS NULL OR "at" IS NOT NULL', name="an_end_has_a_beginning"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid"),
    )
    op.create_index("ix_meeting_body", "meeting", ["body"], unique=False)
    # Both databases add a column that refers to another table without building this one anew.
    op.execute("ALTER TABLE milestone ADD COLUMN meeting_id VARCHAR REFERENCES meeting (id)")
    op.create_index("ix_milestone_meeting_id", "milestone", ["meeting_id"], unique=False)
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.add_column(
            sa.Column("invited_elsewhere", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.add_column(sa.Column("withdrawn", sa.Integer(), server_default="0", nullable=False))
    _share_calendar_entries()
    _make_subscriptions()


def _share_calendar_entries() -> None:
    """An entry belongs to a milestone; its UID may from now on be that of several."""
    op.execute("CREATE TABLE calendarentry_kept AS SELECT * FROM calendarentry")
    op.drop_table("calendarentry")
    op.create_table(
        "calendarentry",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(255), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"]),
        sa.PrimaryKeyConstraint("milestone_id"),
    )
    op.create_index("ix_calendarentry_uid", "calendarentry", ["uid"], unique=False)
    op.execute(
        "INSERT INTO calendarentry (milestone_id, uid, sequence, content_hash, stamp) "
        "SELECT milestone_id, uid, sequence, content_hash, stamp FROM calendarentry_kept"
    )
    op.drop_table("calendarentry_kept")


def _make_subscriptions() -> None:
    """Nothing could be subscribed to before: the table has no rows."""
    op.drop_table("subscription")
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(12), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=True),
        sa.Column("role", sa.String(80), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(2), nullable=True),
        sa.Column("shows", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        _known("scope", SCOPES),
        _known("language", ("da", "en")),
        sa.CheckConstraint(NAMES_WHAT_IT_NEEDS, name="names_what_it_shows"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret_hash"),
    )
    for column in ("cycle_id", "person_id", "organisation_id"):
        op.create_index(f"ix_subscription_{column}", "subscription", [column], unique=False)
    op.create_table(
        "publishedfeed",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("variant", sa.String(100), nullable=False),
        sa.Column("built_from", sa.String(120), nullable=False),
        sa.Column("etag", sa.String(64), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscription.id"]),
        sa.PrimaryKeyConstraint("subscription_id", "variant"),
    )


def downgrade() -> None:
    msg = "shared calendar entries are not taken apart: put back the copy that was made before the upgrade"
    raise RuntimeError(msg)


def _known(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    words = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=f"{column}_is_known")
