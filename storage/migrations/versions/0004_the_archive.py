"""Transcripts with keys of their own, the archive's key, the epoch of the house, what was forgotten, a proved clock."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("conversation", sa.LargeBinary(), nullable=True),
        sa.Column("epoch", sa.BigInteger(), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("archived", sa.LargeBinary(), nullable=True),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_transcript_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
        sa.UniqueConstraint("conversation", name="uq_transcript_conversation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forgotten",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forgotten"),
        sqlite_with_rowid=False,
    )
    # A transcript that is open now keeps the key and the name it was sealed under: those of its conversation.
    op.execute(
        "INSERT INTO transcript (id, conversation, epoch, wrapped, commitment, entries, head) "
        "SELECT id, id, epoch, wrapped, commitment, entries, head FROM conversation WHERE entries > 0"
    )
    _entries_of("transcript", "conversation")
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("entries")
        conversation.drop_column("head")
    _give_the_house_its_epoch()
    with op.batch_alter_table("clock") as clock:
        clock.add_column(sa.Column("mac", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("clock") as clock:
        clock.drop_column("mac")
    with op.batch_alter_table("house") as house:
        house.drop_column("epoch")
        house.drop_column("archive")
        house.drop_column("archive_mac")
    # What has a key of its own cannot be read by the older program: only what was sealed before stays.
    op.execute("DELETE FROM entry WHERE transcript NOT IN (SELECT id FROM conversation)")
    with op.batch_alter_table("conversation") as conversation:
        conversation.add_column(sa.Column("entries", sa.BigInteger(), nullable=False, server_default="0"))
        conversation.add_column(sa.Column("head", sa.LargeBinary(), nullable=True))
    older = "(SELECT {} FROM transcript WHERE transcript.id = conversation.id)"
    op.execute(f"UPDATE conversation SET entries = coalesce({older.format('entries')}, 0)")  # noqa: S608
    op.execute(f"UPDATE conversation SET head = coalesce({older.format('head')}, commitment)")  # noqa: S608
    with op.batch_alter_table("conversation") as conversation:
        conversation.alter_column("entries", existing_type=sa.BigInteger(), server_default=None)
        conversation.alter_column("head", existing_type=sa.LargeBinary(), nullable=False)
    _entries_of("conversation", "transcript")
    op.drop_table("forgotten")
    op.drop_table("transcript")


def _entries_of(owner: str, before: str) -> None:
    """The table of entries anew, belonging to another table, with what is in it."""
    op.create_table(
        "entry_new",
        sa.Column(owner, sa.LargeBinary(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("author", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint([owner], [f"{owner}.id"], name=f"fk_entry_{owner}", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(owner, "sequence", name="pk_entry_new"),
        sqlite_with_rowid=False,
    )
    copied = f"INSERT INTO entry_new SELECT {before}, sequence, author, body FROM entry"  # noqa: S608 — our own names
    op.execute(copied)
    op.drop_table("entry")
    op.rename_table("entry_new", "entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE entry RENAME CONSTRAINT pk_entry_new TO pk_entry")


def _give_the_house_its_epoch() -> None:
    """There was no turn before: all that is alive is under one epoch, and it is the first."""
    with op.batch_alter_table("house") as house:
        house.add_column(sa.Column("epoch", sa.BigInteger(), nullable=False, server_default="1"))
        house.add_column(sa.Column("archive", sa.LargeBinary(), nullable=True))
        house.add_column(sa.Column("archive_mac", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE house SET epoch = coalesce((SELECT max(epoch) FROM conversation), 1)")
    with op.batch_alter_table("house") as house:
        house.alter_column("epoch", existing_type=sa.BigInteger(), server_default=None)
