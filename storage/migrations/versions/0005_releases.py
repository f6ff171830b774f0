"""The releases of the statistics."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("blind_index", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("blind_index", name="pk_release"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("release")
