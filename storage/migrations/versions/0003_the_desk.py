"""Lanes of chats in the outbox, cases, lines and records."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _give_letters_their_lane()
    op.create_table(
        "cases",
        sa.Column("conversation", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_cases_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", name="pk_cases"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "line",
        sa.Column("conversation", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_index", sa.LargeBinary(), nullable=True),
        sa.Column("room_index", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["conversation"], ["conversation.id"], name="fk_line_conversation", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation", "number", name="pk_line"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_line_person_index", "line", ["person_index"])
    op.create_index("ix_line_room_index", "line", ["room_index"])
    op.create_table(
        "record",
        sa.Column("blind_index", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("blind_index", name="pk_record"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_record_kind", "record", ["kind"])


def downgrade() -> None:
    op.drop_table("record")
    op.drop_table("line")
    op.drop_table("cases")
    op.drop_index("ix_outbox_lane_id", "outbox")
    last = _last_number()
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.drop_column("lane")
    _go_on_from(last)


def _give_letters_their_lane() -> None:
    """Every letter there is goes to its person: its lane is the conversation's."""
    op.add_column("outbox", sa.Column("lane", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE outbox SET lane = conversation")
    last = _last_number()
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.alter_column("lane", existing_type=sa.LargeBinary(), nullable=False)
    _go_on_from(last)
    op.create_index("ix_outbox_lane_id", "outbox", ["lane", "id"])


def _last_number() -> int | None:
    """The last number a letter had, where rebuilding the table forgets it: on SQLite."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return None
    return connection.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")).scalar()


def _go_on_from(last: int | None) -> None:
    """A letter's number is never used again, also when all letters are gone."""
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox'")
        insert = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', :last)")
        op.execute(insert.bindparams(last=last))
