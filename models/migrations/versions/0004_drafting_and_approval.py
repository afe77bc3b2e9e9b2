"""drafting and approval"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_national_goals()
    _make_requests_and_documents()
    _make_consultation_and_dialogue()
    _make_votes_and_conditions()
    _number_comments()
    # Both databases add a column that refers to another table without building this one anew.
    op.execute("ALTER TABLE cycle ADD COLUMN became_id VARCHAR REFERENCES contract (id)")
    op.execute("ALTER TABLE membership ADD COLUMN deputy_id VARCHAR REFERENCES person (id)")
    op.add_column("cycle", sa.Column("national_file", sa.String(300), nullable=True))
    op.add_column("decision", sa.Column("decided_on", sa.Date(), nullable=True))
    op.add_column("draft", sa.Column("structured", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("draft", sa.Column("message", sa.String(), nullable=True))
    op.add_column("draft", sa.Column("based_on", sa.Integer(), nullable=True))
    op.add_column("draft", sa.Column("national_set", sa.String(80), nullable=True))
    op.add_column("draft", sa.Column("national_version", sa.Integer(), nullable=True))
    op.add_column("milestone", sa.Column("about", sa.String(100), nullable=True))
    op.add_column("signature", sa.Column("name", sa.String(300), nullable=True))
    op.add_column("signature", sa.Column("service", sa.String(80), nullable=True))
    op.add_column("signature", sa.Column("receipt", sa.String(), nullable=True))


def _make_national_goals() -> None:
    op.create_table(
        "nationalgoals",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_year <= last_year", name="years_are_in_order"),
        sa.CheckConstraint("version >= 1", name="versions_count_from_one"),
        sa.PrimaryKeyConstraint("id", "version"),
    )


def _make_requests_and_documents() -> None:
    op.create_table(
        "datarequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(80), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "indicator"),
    )
    op.create_index("ix_datarequest_cycle_id", "datarequest", ["cycle_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("indicator", sa.String(80), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("closed", sa.String(), nullable=True),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size <= 20000000", name="documents_are_not_too_large"),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "number"),
    )
    op.create_index("ix_document_cycle_id", "document", ["cycle_id"], unique=False)


def _make_consultation_and_dialogue() -> None:
    op.create_table(
        "position",
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("position", sa.String(20), nullable=False),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "position IN ('agrees', 'agrees-with-remarks', 'objects')", name="position_is_known"
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id", "draft_version"],
            ["draft.cycle_id", "draft.version"],
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("cycle_id", "draft_version", "person_id"),
    )
    op.create_table(
        "minutesitem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(300), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("milestone_id", "area"),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(300), nullable=False),
        sa.Column("goal", sa.String(80), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("draft_version", sa.Integer(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="what_is_settled_says_when"),
        sa.CheckConstraint("state IN ('open', 'done', 'declined')", name="state_is_known"),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "number"),
    )
    op.create_index("ix_task_cycle_id", "task", ["cycle_id"], unique=False)


def _make_votes_and_conditions() -> None:
    op.create_table(
        "vote",
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(10), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("draft_hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("vote", sa.String(10), nullable=False),
        sa.Column("cast_by", sa.String(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body IN ('board', 'council')", name="body_is_known"),
        sa.CheckConstraint("vote IN ('for', 'against', 'abstain')", name="vote_is_known"),
        sa.ForeignKeyConstraint(
            ["cast_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("cycle_id", "body", "round", "draft_hash", "person_id"),
    )
    op.create_table(
        "condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="what_is_settled_says_when"),
        sa.CheckConstraint("state IN ('open', 'met', 'waived', 'lapsed')", name="state_is_known"),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["cycle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"],
            ["milestone.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "number"),
    )
    op.create_index("ix_condition_cycle_id", "condition", ["cycle_id"], unique=False)


def _number_comments() -> None:
    """Comments get a number within their cycle, in the order in which they were made; all of them are open."""
    op.execute("ALTER TABLE comment RENAME TO comment_kept")
    op.drop_index("ix_comment_cycle_id", table_name="comment_kept")
    if op.get_bind().dialect.name == "postgresql":  # its names are of the schema, not of the table
        op.execute("ALTER TABLE comment_kept DROP CONSTRAINT comment_pkey")
        op.execute("ALTER SEQUENCE comment_id_seq RENAME TO comment_kept_id_seq")
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("goal", sa.String(80), nullable=True),
        sa.Column("indicator", sa.String(80), nullable=True),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="what_is_settled_says_when"),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined')", name="state_is_known"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["cycle_id", "reply_to"], ["comment.cycle_id", "comment.number"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "number"),
    )
    op.create_index("ix_comment_cycle_id", "comment", ["cycle_id"], unique=False)
    # A comment belongs to the round of the version that it is about; before there is one, to the first.
    op.execute(
        "INSERT INTO comment (cycle_id, number, draft_version, round, text, person_id, made_at, late, state) "
        "SELECT kept.cycle_id, row_number() OVER (PARTITION BY kept.cycle_id ORDER BY kept.id), "
        "kept.draft_version, COALESCE(draft.round, 1), kept.text, kept.person_id, kept.made_at, false, 'open' "
        "FROM comment_kept AS kept LEFT JOIN draft "
        "ON draft.cycle_id = kept.cycle_id AND draft.version = kept.draft_version ORDER BY kept.id"
    )
    op.drop_table("comment_kept")


def downgrade() -> None:
    msg = "what was said of a draft is not thrown away: put back the copy that was made before the upgrade"
    raise RuntimeError(msg)
