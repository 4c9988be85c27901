"""Publish by consent, delegate, consult and compare.

Revision 0006, follows 0005; made on 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FILLED = {
    "activity": ("remark_domestic", "remark_foreign"),
    "delegated_approval": ("ended_by", "end_reason"),
    "partnership_opinion": ("question",),
    "partnership_review": ("part_hashes", "new_points_reason"),
}
LOG = "partnership_setting_change"


def _refuse_changes() -> None:
    """Make the record of the settings append-only."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {LOG}_no_{name} BEFORE {name.upper()} ON {LOG} "
                f"BEGIN SELECT RAISE(ABORT, '{LOG} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {LOG}_immutable() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{LOG} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {LOG}_immutable BEFORE UPDATE OR DELETE ON {LOG} "
        f"FOR EACH ROW EXECUTE FUNCTION {LOG}_immutable()"
    )


def upgrade() -> None:
    op.create_table(
        "partnership_setting_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_setting_change")),
        sa.UniqueConstraint("number", name=op.f("uq_partnership_setting_change_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_setting_change_public_id")),
    )
    op.create_table(
        "board_clause",
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("difference_en", sa.Text(), nullable=True),
        sa.Column("difference_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_board_clause_activity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_clause")),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_board_clause_activity_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_board_clause_public_id")),
    )
    op.create_table(
        "board_result",
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=False),
        sa.Column("finding", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("remark_en", sa.Text(), nullable=True),
        sa.Column("remark_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["board_clause.id"], name=op.f("fk_board_result_clause_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_result")),
        sa.UniqueConstraint("clause_id", "owner", name=op.f("uq_board_result_clause_id_owner")),
        sa.UniqueConstraint("public_id", name=op.f("uq_board_result_public_id")),
    )
    op.create_table(
        "contact_office",
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("name_zh", sa.String(length=200), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["partnership_party.id"], name=op.f("fk_contact_office_party_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_office")),
        sa.UniqueConstraint("party_id", name=op.f("uq_contact_office_party_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_office_public_id")),
    )
    op.create_table(
        "publication_consent",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("thing", sa.String(length=80), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by"], ["account.id"], name=op.f("fk_publication_consent_given_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_publication_consent_partnership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["partnership_party.id"], name=op.f("fk_publication_consent_party_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["account.id"], name=op.f("fk_publication_consent_withdrawn_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_consent")),
        sa.UniqueConstraint("party_id", "thing", name=op.f("uq_publication_consent_party_id_thing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_consent_public_id")),
    )
    with op.batch_alter_table("publication_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publication_consent_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "published_outcome",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=19), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("summary_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_published_outcome_evidence_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_published_outcome_partnership_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["partnership_party.id"], name=op.f("fk_published_outcome_party_id")),
        sa.ForeignKeyConstraint(
            ["standard_id"],
            ["partnership_standard.id"],
            name=op.f("fk_published_outcome_standard_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_outcome")),
        sa.UniqueConstraint("public_id", name=op.f("uq_published_outcome_public_id")),
    )
    with op.batch_alter_table("published_outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_outcome_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_published_outcome_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index("ix_published_outcome_state", ["state", "published_at"], unique=False)

    op.drop_table("partnership_reminder")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remark_domestic", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("remark_foreign", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("transferred_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("continues_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.alter_column(
            "state", existing_type=sa.VARCHAR(length=17), type_=sa.String(length=19), existing_nullable=False
        )
        batch_op.create_unique_constraint(batch_op.f("uq_activity_continues_id"), ["continues_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_activity_transferred_to_id"), "partnership", ["transferred_to_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_activity_continues_id"), "activity", ["continues_id"], ["id"])
        batch_op.create_check_constraint(
            "transferred", "transferred_to_id IS NULL OR transferred_to_id <> partnership_id"
        )

    # To whom an activity was handed was a sentence; it stays readable beside the activity.
    op.execute("UPDATE activity SET remark_domestic = transferred_to WHERE transferred_to <> ''")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_column("transferred_to")

    with op.batch_alter_table("delegated_approval", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_by", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("end_reason", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("partnership_approval", schema=None) as batch_op:
        batch_op.alter_column("account_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.drop_constraint(batch_op.f("fk_partnership_approval_account_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_partnership_approval_account_id"), "account", ["account_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("partnership_opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("partnership_review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part_hashes", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("new_points_allowed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("new_points_reason", sa.Text(), nullable=False, server_default=""))

    # The defaults were for the rows that are there; from now on the house writes every column itself.
    for table, columns in FILLED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)
    _refuse_changes()


def downgrade() -> None:
    with op.batch_alter_table("partnership_review", schema=None) as batch_op:
        batch_op.drop_column("new_points_reason")
        batch_op.drop_column("new_points_allowed_at")
        batch_op.drop_column("part_hashes")

    with op.batch_alter_table("partnership_opinion", schema=None) as batch_op:
        batch_op.drop_column("question")

    with op.batch_alter_table("partnership_approval", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_partnership_approval_account_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_partnership_approval_account_id"), "account", ["account_id"], ["id"])
        batch_op.alter_column("account_id", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("delegated_approval", schema=None) as batch_op:
        batch_op.drop_column("end_reason")
        batch_op.drop_column("ended_by")

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("transferred_to", sa.VARCHAR(length=300), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("fk_activity_continues_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_activity_transferred_to_id"), type_="foreignkey")
        batch_op.drop_constraint("transferred", type_="check")
        batch_op.drop_constraint(batch_op.f("uq_activity_continues_id"), type_="unique")
        batch_op.alter_column(
            "state", existing_type=sa.String(length=19), type_=sa.VARCHAR(length=17), existing_nullable=False
        )
        batch_op.drop_column("continues_id")
        batch_op.drop_column("transferred_to_id")
        batch_op.drop_column("remark_foreign")
        batch_op.drop_column("remark_domestic")

    op.create_table(
        "partnership_reminder",
        sa.Column("version_id", sa.INTEGER(), nullable=False),
        sa.Column("kind", sa.VARCHAR(length=40), nullable=False),
        sa.Column("due_on", sa.DATE(), nullable=False),
        sa.Column("account_id", sa.INTEGER(), nullable=False),
        sa.Column("sent_at", sa.DATETIME(), nullable=False),
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("public_id", sa.VARCHAR(length=16), nullable=False),
        sa.Column("created_at", sa.DATETIME(), nullable=False),
        sa.Column("updated_at", sa.DATETIME(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partnership_reminder_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_version.id"],
            name=op.f("fk_partnership_reminder_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_reminder")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_reminder_public_id")),
        sa.UniqueConstraint(
            "version_id",
            "kind",
            "due_on",
            "account_id",
            name=op.f("uq_partnership_reminder_version_id_kind_due_on_account_id"),
        ),
    )
    with op.batch_alter_table("published_outcome", schema=None) as batch_op:
        batch_op.drop_index("ix_published_outcome_state")
        batch_op.drop_index(batch_op.f("ix_published_outcome_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_published_outcome_evidence_id"))

    op.drop_table("published_outcome")
    with op.batch_alter_table("publication_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_consent_partnership_id"))

    op.drop_table("publication_consent")
    op.drop_table("contact_office")
    op.drop_table("board_result")
    op.drop_table("board_clause")
    op.drop_table(LOG)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP FUNCTION {LOG}_immutable()")
