"""The counts of the statistics."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("blind_index", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("blind_index", name="pk_counts"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("counts")
