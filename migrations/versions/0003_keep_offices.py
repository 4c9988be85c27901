"""Keep offices.

Revision 0003, follows 0002; made on 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=26), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("province_code", sa.String(length=6), nullable=True),
        sa.Column("line", sa.String(length=23), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=80), nullable=False),
        sa.Column("ended_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("city_id IS NULL OR province_code IS NULL", name=op.f("ck_office_one_place")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_office_term")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_office_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_office_city_id")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_office_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("public_id", name=op.f("uq_office_public_id")),
    )
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_office_city_role", ["city_id", "role"], unique=False)
        batch_op.create_index("ix_office_province_role", ["province_code", "role"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.drop_index("ix_office_province_role")
        batch_op.drop_index("ix_office_city_role")
        batch_op.drop_index(batch_op.f("ix_office_account_id"))

    op.drop_table("office")
