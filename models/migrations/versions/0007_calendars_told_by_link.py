"""calendars told by link"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "subscription",
        sa.Column("told_by_link", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    # Who was told of those that are there is not known: people's own count as shown behind a link, as most were.
    op.execute("UPDATE subscription SET told_by_link = true WHERE scope = 'person' AND revoked_at IS NULL")


def downgrade() -> None:
    op.drop_column("subscription", "told_by_link")
