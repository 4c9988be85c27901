"""Give texts to people, keep files of bureaus until they are confirmed.

Revision 0010, follows 0009; made on 2026-11-23.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bureau_file",
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collection", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_bureau_file_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_bureau_file_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bureau_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bureau_file_public_id")),
    )
    with op.batch_alter_table("bureau_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bureau_file_account_id"), ["account_id"], unique=False)

    op.create_table(
        "text_assignment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collection", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("task", sa.String(length=17), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_text_assignment_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_assignment")),
        sa.UniqueConstraint(
            "entity",
            "entity_id",
            "field",
            "lang",
            "task",
            name=op.f("uq_text_assignment_entity_entity_id_field_lang_task"),
        ),
    )
    with op.batch_alter_table("text_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_assignment_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_text_assignment_scope", ["collection", "scope"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("text_assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_text_assignment_scope")
        batch_op.drop_index(batch_op.f("ix_text_assignment_account_id"))

    op.drop_table("text_assignment")
    with op.batch_alter_table("bureau_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bureau_file_account_id"))

    op.drop_table("bureau_file")
