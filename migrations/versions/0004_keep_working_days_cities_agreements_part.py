"""Keep working days, cities, agreements, partnerships and cooperation.

Revision 0004, follows 0003; made on 2026-11-22.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreement_text",
        sa.Column("instrument", sa.String(length=19), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("authentic", sa.JSON(), nullable=False),
        sa.Column("prevailing", sa.String(length=2), nullable=True),
        sa.Column("term_months", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("automatic_renewal", sa.Boolean(), nullable=False),
        sa.Column("budget_reference", sa.String(length=200), nullable=False),
        sa.Column("licence_reference", sa.String(length=200), nullable=False),
        sa.Column("stage", sa.String(length=14), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash_en", sa.String(length=64), nullable=True),
        sa.Column("hash_zh", sa.String(length=64), nullable=True),
        sa.Column("hash_both", sa.String(length=64), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("notice_months IS NULL OR notice_months > 0", name=op.f("ck_agreement_text_notice")),
        sa.CheckConstraint("term_months IS NULL OR term_months > 0", name=op.f("ck_agreement_text_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_text")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_text_public_id")),
    )
    op.create_table(
        "match_weights",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fit", sa.Integer(), nullable=False),
        sa.Column("give", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            'fit + give + shared + size + lang + hours + "role" = 100', name=op.f("ck_match_weights_hundred")
        ),
        sa.CheckConstraint("floor BETWEEN 0 AND 100 AND cap >= 1", name=op.f("ck_match_weights_limits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_weights")),
        sa.UniqueConstraint("number", name=op.f("uq_match_weights_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_weights_public_id")),
    )
    op.create_table(
        "partnership",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("instrument", sa.String(length=19), nullable=False),
        sa.Column("party_key", sa.String(length=300), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("plan_tasks", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=18), nullable=False),
        sa.Column("origin_reference", sa.String(length=200), nullable=False),
        sa.Column("origin_parts", sa.JSON(), nullable=False),
        sa.Column("friendship_link", sa.String(length=200), nullable=False),
        sa.Column("cites_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("objectives_en", sa.Text(), nullable=True),
        sa.Column("objectives_zh", sa.Text(), nullable=True),
        sa.Column("invitation_en", sa.Text(), nullable=True),
        sa.Column("invitation_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cites_id"], ["partnership.id"], name=op.f("fk_partnership_cites_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
        sa.UniqueConstraint("number", name=op.f("uq_partnership_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_public_id")),
    )
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.create_index(
            "uq_partnership_open",
            ["party_key", "instrument"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL AND party_key <> ''"),
            postgresql_where=sa.text("closed_at IS NULL AND party_key <> ''"),
        )

    op.create_table(
        "partnership_numbering",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_partnership_numbering")),
    )
    op.create_table(
        "partnership_setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_partnership_setting")),
    )
    op.create_table(
        "public_revision",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_public_revision")),
    )
    op.create_table(
        "reminder_offset",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_reminder_offset")),
    )
    op.create_table(
        "activity",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=22), nullable=False),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("zone_name", sa.String(length=64), nullable=False),
        sa.Column("planned_from", sa.DateTime(), nullable=False),
        sa.Column("planned_to", sa.DateTime(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actual_from", sa.Date(), nullable=True),
        sa.Column("actual_to", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("travel_approval", sa.String(length=120), nullable=False),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("satisfaction_domestic", sa.Integer(), nullable=True),
        sa.Column("satisfaction_foreign", sa.Integer(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transferred_to", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("agenda_en", sa.Text(), nullable=True),
        sa.Column("agenda_zh", sa.Text(), nullable=True),
        sa.Column("outputs_en", sa.Text(), nullable=True),
        sa.Column("outputs_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("actual_to IS NULL OR actual_to >= actual_from", name=op.f("ck_activity_actual")),
        sa.CheckConstraint("ends_at > begins_at", name=op.f("ck_activity_planned")),
        sa.CheckConstraint("satisfaction_domestic BETWEEN 1 AND 5", name=op.f("ck_activity_satisfaction_domestic")),
        sa.CheckConstraint("satisfaction_foreign BETWEEN 1 AND 5", name=op.f("ck_activity_satisfaction_foreign")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_activity_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_public_id")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_partnership_state", ["partnership_id", "state"], unique=False)

    op.create_table(
        "agreement_clause",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("heading_en", sa.String(length=200), nullable=False),
        sa.Column("heading_zh", sa.String(length=200), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("revision_en", sa.Integer(), nullable=False),
        sa.Column("revision_zh", sa.Integer(), nullable=False),
        sa.Column("matched_en", sa.Integer(), nullable=True),
        sa.Column("matched_zh", sa.Integer(), nullable=True),
        sa.Column("matched_hash", sa.String(length=64), nullable=True),
        sa.Column("matched_by", sa.String(length=80), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("library_version", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(length=40), nullable=False),
        sa.Column("deviation_note", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["agreement_text.id"], name=op.f("fk_agreement_clause_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_clause")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_clause_public_id")),
        sa.UniqueConstraint("text_id", "key", name=op.f("uq_agreement_clause_text_id_key")),
    )
    with op.batch_alter_table("agreement_clause", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_clause_order", ["text_id", "order"], unique=False)

    op.create_table(
        "agreement_clause_revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clause_key", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("party_key", sa.String(length=80), nullable=False),
        sa.Column("before_hash", sa.String(length=64), nullable=False),
        sa.Column("after_hash", sa.String(length=64), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["agreement_text.id"], name=op.f("fk_agreement_clause_revision_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_clause_revision")),
    )
    with op.batch_alter_table("agreement_clause_revision", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_clause_revision_text", ["text_id", "clause_key"], unique=False)

    op.create_table(
        "agreement_confirmation",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_key", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash_both", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_agreement_confirmation_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["text_id"], ["agreement_text.id"], name=op.f("fk_agreement_confirmation_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_confirmation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_confirmation_public_id")),
        sa.UniqueConstraint(
            "text_id",
            "party_key",
            "revision",
            "hash_both",
            name=op.f("uq_agreement_confirmation_text_id_party_key_revision_hash_both"),
        ),
    )
    with op.batch_alter_table("agreement_confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_confirmation_text_id"), ["text_id"], unique=False)

    op.create_table(
        "agreement_freezing",
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("short", sa.String(length=16), nullable=False),
        sa.Column("hash_en", sa.String(length=64), nullable=False),
        sa.Column("hash_zh", sa.String(length=64), nullable=False),
        sa.Column("hash_both", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["agreement_text.id"], name=op.f("fk_agreement_freezing_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_freezing")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_freezing_public_id")),
    )
    with op.batch_alter_table("agreement_freezing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_freezing_short"), ["short"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_freezing_text_id"), ["text_id"], unique=False)
        batch_op.create_index(
            "uq_agreement_freezing_current",
            ["text_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "agreement_version",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=19), nullable=False),
        sa.Column("state", sa.String(length=23), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=16), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("returned_from", sa.String(length=23), nullable=True),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_locked", sa.Boolean(), nullable=False),
        sa.Column("matched_hash", sa.String(length=64), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("auto_renew", sa.Boolean(), nullable=False),
        sa.Column("signed_off_en", sa.String(length=64), nullable=False),
        sa.Column("signed_off_zh", sa.String(length=64), nullable=False),
        sa.Column("signed_off_both", sa.String(length=64), nullable=False),
        sa.Column("approved_en", sa.String(length=64), nullable=False),
        sa.Column("approved_zh", sa.String(length=64), nullable=False),
        sa.Column("approved_both", sa.String(length=64), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("delegation_reference", sa.String(length=80), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_at_place", sa.String(length=200), nullable=False),
        sa.Column("signatories", sa.JSON(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("registered_areas", sa.JSON(), nullable=False),
        sa.Column("registry_number", sa.String(length=30), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("review_again_on", sa.Date(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("predecessor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("registered_title_en", sa.String(length=300), nullable=True),
        sa.Column("registered_title_zh", sa.String(length=300), nullable=True),
        sa.Column("registered_objectives_en", sa.Text(), nullable=True),
        sa.Column("registered_objectives_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NOT NULL OR registry_number IS NULL OR auto_renew", name=op.f("ck_agreement_version_end")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR effective_on IS NULL OR ends_on >= effective_on", name=op.f("ck_agreement_version_term")
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_agreement_version_partnership_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["agreement_version.id"], name=op.f("fk_agreement_version_predecessor_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["agreement_text.id"], name=op.f("fk_agreement_version_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint("partnership_id", "number", name=op.f("uq_agreement_version_partnership_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_version_public_id")),
        sa.UniqueConstraint("registry_number", name=op.f("uq_agreement_version_registry_number")),
    )
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_version_circle"), ["circle"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_version_predecessor_id"), ["predecessor_id"], unique=False)
        batch_op.create_index("ix_agreement_version_state", ["state", "answer_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_version_text_id"), ["text_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_assessment_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("partnership_id", "year", name=op.f("uq_assessment_partnership_id_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_public_id")),
    )
    op.create_table(
        "counted_object",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("counted", sa.String(length=120), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_counted_object_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_object")),
        sa.UniqueConstraint("public_id", name=op.f("uq_counted_object_public_id")),
        sa.UniqueConstraint("target", "counted", name=op.f("uq_counted_object_target_counted")),
    )
    with op.batch_alter_table("counted_object", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counted_object_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "delegated_approval",
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("instrument", sa.String(length=19), nullable=False),
        sa.Column("province_code", sa.String(length=6), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_delegated_approval_term")),
        sa.ForeignKeyConstraint(["province_code"], ["province.code"], name=op.f("fk_delegated_approval_province_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegated_approval")),
        sa.UniqueConstraint("public_id", name=op.f("uq_delegated_approval_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_delegated_approval_reference")),
    )
    with op.batch_alter_table("delegated_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegated_approval_province_code"), ["province_code"], unique=False)

    op.create_table(
        "deliverable",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=22), nullable=False),
        sa.Column("owner", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("iso_stage", sa.String(length=5), nullable=False),
        sa.Column("national_project", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_deliverable_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
        sa.UniqueConstraint("public_id", name=op.f("uq_deliverable_public_id")),
    )
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliverable_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "match_no_relations",
        sa.Column("country_iso2", sa.String(length=2), nullable=False),
        sa.Column("listed_by", sa.String(length=80), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["country_iso2"], ["country.iso2"], name=op.f("fk_match_no_relations_country_iso2")),
        sa.PrimaryKeyConstraint("country_iso2", name=op.f("pk_match_no_relations")),
    )
    op.create_table(
        "match_round",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("weights_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("frozen", sa.JSON(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("name_zh", sa.String(length=200), nullable=True),
        sa.Column("call_text_en", sa.Text(), nullable=True),
        sa.Column("call_text_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_match_round_term")),
        sa.ForeignKeyConstraint(["weights_id"], ["match_weights.id"], name=op.f("fk_match_round_weights_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_round_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_match_round_slug")),
    )
    op.create_table(
        "milestone",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("needed > 0", name=op.f("ck_milestone_needed")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_milestone_weight")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_milestone_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("public_id", name=op.f("uq_milestone_public_id")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("baseline", sa.String(length=40), nullable=False),
        sa.Column("baseline_year", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("target_year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indicator_en", sa.String(length=300), nullable=True),
        sa.Column("indicator_zh", sa.String(length=300), nullable=True),
        sa.Column("unit_en", sa.String(length=60), nullable=True),
        sa.Column("unit_zh", sa.String(length=60), nullable=True),
        sa.Column("source_en", sa.String(length=300), nullable=True),
        sa.Column("source_zh", sa.String(length=300), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_outcome_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outcome_public_id")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "partnership_standard",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("typed", sa.String(length=120), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_partnership_standard_partnership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_standard")),
        sa.UniqueConstraint(
            "partnership_id", "reference", name=op.f("uq_partnership_standard_partnership_id_reference")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_standard_public_id")),
    )
    with op.batch_alter_table("partnership_standard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_standard_reference"), ["reference"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("object_reference", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("step_facts", sa.JSON(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reminder_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "object_reference",
            "kind",
            "due_on",
            "account_id",
            name=op.f("uq_reminder_object_reference_kind_due_on_account_id"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_reminder_public_id")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_account_state", ["account_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_state"), ["state"], unique=False)

    op.create_table(
        "reminder_digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reminder_digest_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_digest")),
        sa.UniqueConstraint("account_id", "day", name=op.f("uq_reminder_digest_account_id_day")),
    )
    op.create_table(
        "special_day",
        sa.Column("country_iso2", sa.String(length=2), nullable=False),
        sa.Column("subdivision", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("name_zh", sa.String(length=160), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["country_iso2"], ["country.iso2"], name=op.f("fk_special_day_country_iso2")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_day")),
        sa.UniqueConstraint(
            "country_iso2", "subdivision", "day", name=op.f("uq_special_day_country_iso2_subdivision_day")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_special_day_public_id")),
    )
    with op.batch_alter_table("special_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_special_day_day"), ["day"], unique=False)

    op.create_table(
        "activity_budget",
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=15), nullable=False),
        sa.Column("hundredths", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.String(length=30), nullable=True),
        sa.Column("rate_into", sa.String(length=3), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(rate IS NULL) = (rate_on IS NULL) AND (rate IS NULL) = (rate_into IS NULL)",
            name=op.f("ck_activity_budget_rate"),
        ),
        sa.CheckConstraint("hundredths >= 0", name=op.f("ck_activity_budget_amount")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_budget_activity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_budget")),
        sa.UniqueConstraint("activity_id", "side", "stage", name=op.f("uq_activity_budget_activity_id_side_stage")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_budget_public_id")),
    )
    op.create_table(
        "activity_participants",
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=19), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "number >= 0 AND women >= 0 AND women <= number", name=op.f("ck_activity_participants_number")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_participants_activity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_participants")),
        sa.UniqueConstraint("activity_id", "side", "role", name=op.f("uq_activity_participants_activity_id_side_role")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_participants_public_id")),
    )
    op.create_table(
        "agreement_proposal",
        sa.Column("clause_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("party_key", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("answers_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["agreement_proposal.id"],
            name=op.f("fk_agreement_proposal_answers_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["agreement_clause.id"], name=op.f("fk_agreement_proposal_clause_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_proposal_public_id")),
    )
    with op.batch_alter_table("agreement_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_proposal_clause_id"), ["clause_id"], unique=False)
        batch_op.create_index(
            "uq_agreement_proposal_open",
            ["clause_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "assessment_answer",
        sa.Column("assessment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assessment_answer_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_answer_assessment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_answer")),
        sa.UniqueConstraint("assessment_id", "side", name=op.f("uq_assessment_answer_assessment_id_side")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_answer_public_id")),
    )
    op.create_table(
        "city_block",
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("blocked_city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["blocked_city_id"], ["city.id"], name=op.f("fk_city_block_blocked_city_id")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_block_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_block")),
        sa.UniqueConstraint("city_id", "blocked_city_id", name=op.f("uq_city_block_city_id_blocked_city_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_block_public_id")),
    )
    with op.batch_alter_table("city_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_block_blocked_city_id"), ["blocked_city_id"], unique=False)

    op.create_table(
        "city_certificate",
        sa.Column("standard", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.String(length=80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("data_year", sa.Integer(), nullable=True),
        sa.Column("evidence_url", sa.String(length=300), nullable=False),
        sa.Column("body_en", sa.String(length=160), nullable=True),
        sa.Column("body_zh", sa.String(length=160), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_until >= issued_on", name=op.f("ck_city_certificate_term")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_certificate_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_certificate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_certificate_public_id")),
    )
    with op.batch_alter_table("city_certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_certificate_city_id"), ["city_id"], unique=False)

    op.create_table(
        "city_change",
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("old_name_en", sa.String(length=160), nullable=False),
        sa.Column("old_name_zh", sa.String(length=160), nullable=False),
        sa.Column("old_slug", sa.String(length=60), nullable=True),
        sa.Column("successor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_change_city_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["city.id"], name=op.f("fk_city_change_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_change")),
        sa.UniqueConstraint("old_slug", name=op.f("uq_city_change_old_slug")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_change_public_id")),
    )
    with op.batch_alter_table("city_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_change_city_id"), ["city_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_city_change_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "city_committee_role",
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("part", sa.String(length=22), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_committee_role_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_committee_role")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_committee_role_public_id")),
    )
    with op.batch_alter_table("city_committee_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_committee_role_city_id"), ["city_id"], unique=False)

    op.create_table(
        "city_contact",
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("handover_note", sa.Text(), nullable=False),
        sa.Column("consent", sa.String(length=16), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("organisation_en", sa.String(length=200), nullable=True),
        sa.Column("organisation_zh", sa.String(length=200), nullable=True),
        sa.Column("position_en", sa.String(length=200), nullable=True),
        sa.Column("position_zh", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_contact_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_contact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_contact_public_id")),
    )
    with op.batch_alter_table("city_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_contact_city_id"), ["city_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_city_contact_email"), ["email"], unique=False)

    op.create_table(
        "city_need",
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=18), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("standard_references", sa.JSON(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_city_need_level")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_need_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_need")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_need_public_id")),
    )
    with op.batch_alter_table("city_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_need_city_id"), ["city_id"], unique=False)
        batch_op.create_index(
            "uq_city_need_open",
            ["city_id", "area"],
            unique=True,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.create_table(
        "city_network",
        sa.Column("network", sa.String(length=15), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_network_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_network")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_network_public_id")),
    )
    with op.batch_alter_table("city_network", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_network_city_id"), ["city_id"], unique=False)

    op.create_table(
        "city_offer",
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_zh", sa.Text(), nullable=True),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=18), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("standard_references", sa.JSON(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_city_offer_level")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_offer_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_offer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_offer_public_id")),
    )
    with op.batch_alter_table("city_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_offer_city_id"), ["city_id"], unique=False)
        batch_op.create_index(
            "uq_city_offer_open",
            ["city_id", "area"],
            unique=True,
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )

    op.create_table(
        "city_pilot",
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("standard_references", sa.JSON(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.Column("title_zh", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_pilot_city_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_pilot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_pilot_public_id")),
    )
    with op.batch_alter_table("city_pilot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_pilot_city_id"), ["city_id"], unique=False)

    op.create_table(
        "city_profile",
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=22), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_year", sa.Integer(), nullable=True),
        sa.Column("population_boundary", sa.String(length=14), nullable=False),
        sa.Column("working_languages", sa.JSON(), nullable=False),
        sa.Column("focus_areas", sa.JSON(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(length=14), nullable=False),
        sa.Column("last_confirmed_on", sa.Date(), nullable=True),
        sa.Column("former_names", sa.String(length=600), nullable=False),
        sa.Column("successor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("summary_zh", sa.Text(), nullable=True),
        sa.Column("population_source_en", sa.String(length=200), nullable=True),
        sa.Column("population_source_zh", sa.String(length=200), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("capacity BETWEEN 0 AND 9", name=op.f("ck_city_profile_capacity")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_profile_city_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["city.id"], name=op.f("fk_city_profile_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_profile")),
        sa.UniqueConstraint("city_id", name=op.f("uq_city_profile_city_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_profile_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_city_profile_slug")),
    )
    with op.batch_alter_table("city_profile", schema=None) as batch_op:
        batch_op.create_index("ix_city_profile_visibility", ["visibility", "last_confirmed_on"], unique=False)

    op.create_table(
        "match_proposal",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("second_city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("weights_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_city_id < second_city_id", name=op.f("ck_match_proposal_order")),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name=op.f("ck_match_proposal_score")),
        sa.ForeignKeyConstraint(["first_city_id"], ["city.id"], name=op.f("fk_match_proposal_first_city_id")),
        sa.ForeignKeyConstraint(["round_id"], ["match_round.id"], name=op.f("fk_match_proposal_round_id")),
        sa.ForeignKeyConstraint(["second_city_id"], ["city.id"], name=op.f("fk_match_proposal_second_city_id")),
        sa.ForeignKeyConstraint(["weights_id"], ["match_weights.id"], name=op.f("fk_match_proposal_weights_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_match_proposal_public_id")),
    )
    with op.batch_alter_table("match_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_proposal_second_city_id"), ["second_city_id"], unique=False)
        batch_op.create_index("uq_match_proposal_pair", ["round_id", "first_city_id", "second_city_id"], unique=True)

    op.create_table(
        "milestone_condition",
        sa.Column("milestone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=19), nullable=False),
        sa.Column("evidence_kind", sa.String(length=21), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("both_sides", sa.Boolean(), nullable=False),
        sa.Column("dated_from", sa.Date(), nullable=True),
        sa.Column("dated_to", sa.Date(), nullable=True),
        sa.Column("deliverable_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("deliverable_state", sa.String(length=17), nullable=True),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "dated_to IS NULL OR dated_from IS NULL OR dated_to >= dated_from",
            name=op.f("ck_milestone_condition_dated"),
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_milestone_condition_activity_id")),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_milestone_condition_deliverable_id")
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_condition_milestone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_condition")),
        sa.UniqueConstraint("public_id", name=op.f("uq_milestone_condition_public_id")),
    )
    with op.batch_alter_table("milestone_condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_condition_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_condition_deliverable_id"), ["deliverable_id"], unique=False)
        batch_op.create_index("ix_milestone_condition_milestone", ["milestone_id"], unique=False)

    op.create_table(
        "partnership_approval",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_partnership_approval_account_id")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_version.id"],
            name=op.f("fk_partnership_approval_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_approval")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_approval_public_id")),
        sa.UniqueConstraint(
            "version_id", "account_id", "moves", name=op.f("uq_partnership_approval_version_id_account_id_moves")
        ),
    )
    op.create_table(
        "partnership_comment",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_role", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_partnership_comment_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_comment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_comment_public_id")),
    )
    with op.batch_alter_table("partnership_comment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_partnership_comment_reading", ["version_id", "channel", "side", "level"], unique=False
        )

    op.create_table(
        "partnership_hand",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partnership_hand_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_partnership_hand_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_hand")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_hand_public_id")),
        sa.UniqueConstraint("version_id", "account_id", name=op.f("uq_partnership_hand_version_id_account_id")),
    )
    with op.batch_alter_table("partnership_hand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_hand_account_id"), ["account_id"], unique=False)

    op.create_table(
        "partnership_opinion",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=23), nullable=False),
        sa.Column("line", sa.String(length=23), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("favourable", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_partnership_opinion_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_partnership_opinion_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_opinion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_opinion_public_id")),
    )
    with op.batch_alter_table("partnership_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_opinion_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_partnership_opinion_version_id"), ["version_id"], unique=False)

    op.create_table(
        "partnership_party",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=13), nullable=False),
        sa.Column("inviting", sa.Boolean(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("coordinator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("working_languages", sa.JSON(), nullable=False),
        sa.Column("own_approval_by", sa.String(length=300), nullable=False),
        sa.Column("own_approval_on", sa.Date(), nullable=True),
        sa.Column("own_approval_reference", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_partnership_party_city_id")),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["account.id"], name=op.f("fk_partnership_party_coordinator_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_party_partnership_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_party")),
        sa.UniqueConstraint("partnership_id", "city_id", name=op.f("uq_partnership_party_partnership_id_city_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_party_public_id")),
    )
    with op.batch_alter_table("partnership_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_party_city_id"), ["city_id"], unique=False)

    op.create_table(
        "partnership_reminder",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_table(
        "partnership_return_point",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("part_hash", sa.String(length=64), nullable=False),
        sa.Column("category", sa.String(length=23), nullable=False),
        sa.Column("severity", sa.String(length=14), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rule_reference", sa.String(length=200), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("raised_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_kind", sa.String(length=17), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["raised_by"], ["account.id"], name=op.f("fk_partnership_return_point_raised_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_version.id"],
            name=op.f("fk_partnership_return_point_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_return_point")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_return_point_public_id")),
    )
    with op.batch_alter_table("partnership_return_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_return_point_version_id"), ["version_id"], unique=False)

    op.create_table(
        "partnership_review",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reviewer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("new_points_allowed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_points_allowed_by"],
            ["account.id"],
            name=op.f("fk_partnership_review_new_points_allowed_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["account.id"], name=op.f("fk_partnership_review_reviewer_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_partnership_review_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_review")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_review_public_id")),
    )
    with op.batch_alter_table("partnership_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_review_version_id"), ["version_id"], unique=False)
        batch_op.create_index(
            "uq_partnership_review_open",
            ["version_id", "level"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "partnership_transition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=23), nullable=False),
        sa.Column("target", sa.String(length=23), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("acting_for", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number_before", sa.Integer(), nullable=False),
        sa.Column("number_after", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_partnership_transition_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_transition")),
        sa.UniqueConstraint("version_id", "seq", name=op.f("uq_partnership_transition_version_id_seq")),
    )
    with op.batch_alter_table("partnership_transition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_transition_account_id"), ["account_id"], unique=False)

    op.create_table(
        "reminder_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("tell_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_reminder_notice_reminder_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_notice")),
        sa.UniqueConstraint("reminder_id", "offset_days", name=op.f("uq_reminder_notice_reminder_id_offset_days")),
    )
    with op.batch_alter_table("reminder_notice", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_notice_state_on", ["state", "tell_on"], unique=False)

    op.create_table(
        "assessment_mark",
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("principle", sa.String(length=22), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mark BETWEEN 1 AND 5", name=op.f("ck_assessment_mark_mark")),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["assessment_answer.id"], name=op.f("fk_assessment_mark_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_mark")),
        sa.UniqueConstraint("answer_id", "principle", name=op.f("uq_assessment_mark_answer_id_principle")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_mark_public_id")),
    )
    op.create_table(
        "cooperation_report",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("activity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_by", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("promised_en", sa.Text(), nullable=True),
        sa.Column("promised_zh", sa.Text(), nullable=True),
        sa.Column("done_en", sa.Text(), nullable=True),
        sa.Column("done_zh", sa.Text(), nullable=True),
        sa.Column("not_done_en", sa.Text(), nullable=True),
        sa.Column("not_done_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_cooperation_report_period")),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["account.id"], name=op.f("fk_cooperation_report_accepted_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_cooperation_report_activity_id")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_cooperation_report_author_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_cooperation_report_partnership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["party_id"], ["partnership_party.id"], name=op.f("fk_cooperation_report_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperation_report")),
        sa.UniqueConstraint(
            "partnership_id",
            "written_by",
            "kind",
            "period_from",
            "period_to",
            "subject",
            name=op.f("uq_cooperation_report_partnership_id_written_by_kind_period_from_period_to_subject"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_cooperation_report_public_id")),
    )
    with op.batch_alter_table("cooperation_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cooperation_report_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index("ix_cooperation_report_partnership", ["partnership_id", "state"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=21), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("visibility", sa.String(length=15), nullable=False),
        sa.Column("supersedes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(verdict IS NULL) = (checked_at IS NULL)", name=op.f("ck_evidence_verdict")),
        sa.CheckConstraint(
            "checked_by IS NULL OR uploaded_by IS NULL OR checked_by <> uploaded_by", name=op.f("ck_evidence_checker")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["account.id"], name=op.f("fk_evidence_checked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id")),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_evidence_partnership_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["partnership_party.id"], name=op.f("fk_evidence_party_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["evidence.id"], name=op.f("fk_evidence_supersedes_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["account.id"], name=op.f("fk_evidence_uploaded_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_public_id")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_evidence_supersedes_id")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index("ix_evidence_sha256", ["sha256"], unique=False)

    op.create_table(
        "handover_note",
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("successor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_handover_note_office_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["account.id"], name=op.f("fk_handover_note_successor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_note")),
        sa.UniqueConstraint("office_id", name=op.f("uq_handover_note_office_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handover_note_public_id")),
    )
    op.create_table(
        "partnership_attachment",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=22), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_partnership_attachment_added_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_partnership_attachment_file_id")),
        sa.ForeignKeyConstraint(
            ["party_id"], ["partnership_party.id"], name=op.f("fk_partnership_attachment_party_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["agreement_version.id"],
            name=op.f("fk_partnership_attachment_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_attachment_public_id")),
    )
    with op.batch_alter_table("partnership_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_attachment_version_id"), ["version_id"], unique=False)

    op.create_table(
        "partnership_consent",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_partnership_consent_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["partnership_party.id"], name=op.f("fk_partnership_consent_party_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agreement_version.id"], name=op.f("fk_partnership_consent_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_consent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_consent_public_id")),
        sa.UniqueConstraint(
            "version_id",
            "party_id",
            "kind",
            "moves",
            "text_hash",
            name=op.f("uq_partnership_consent_version_id_party_id_kind_moves_text_hash"),
        ),
    )
    op.create_table(
        "cooperation_report_answer",
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirms", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["partnership_party.id"], name=op.f("fk_cooperation_report_answer_party_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["cooperation_report.id"], name=op.f("fk_cooperation_report_answer_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperation_report_answer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cooperation_report_answer_public_id")),
    )
    with op.batch_alter_table("cooperation_report_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cooperation_report_answer_report_id"), ["report_id"], unique=False)

    op.create_table(
        "evidence_use",
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_use_evidence_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["object_id"], ["counted_object.id"], name=op.f("fk_evidence_use_object_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_use")),
        sa.UniqueConstraint("evidence_id", "object_id", name=op.f("uq_evidence_use_evidence_id_object_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_use_public_id")),
    )
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_use_object_id"), ["object_id"], unique=False)

    op.create_table(
        "outcome_value",
        sa.Column("outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_outcome_value_evidence_id")),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_value_outcome_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_value")),
        sa.UniqueConstraint("outcome_id", "year", name=op.f("uq_outcome_value_outcome_id_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outcome_value_public_id")),
    )
    op.create_table(
        "partnership_session",
        sa.Column("partnership_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tie", sa.String(length=15), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"],
            ["partnership.id"],
            name=op.f("fk_partnership_session_partnership_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["agenda_session.id"], name=op.f("fk_partnership_session_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_session")),
        sa.UniqueConstraint(
            "partnership_id", "session_id", "tie", name=op.f("uq_partnership_session_partnership_id_session_id_tie")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_partnership_session_public_id")),
    )
    with op.batch_alter_table("partnership_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_session_session_id"), ["session_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("partnership_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_session_session_id"))

    op.drop_table("partnership_session")
    op.drop_table("outcome_value")
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_use_object_id"))

    op.drop_table("evidence_use")
    with op.batch_alter_table("cooperation_report_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cooperation_report_answer_report_id"))

    op.drop_table("cooperation_report_answer")
    op.drop_table("partnership_consent")
    with op.batch_alter_table("partnership_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_attachment_version_id"))

    op.drop_table("partnership_attachment")
    op.drop_table("handover_note")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_sha256")
        batch_op.drop_index(batch_op.f("ix_evidence_partnership_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("cooperation_report", schema=None) as batch_op:
        batch_op.drop_index("ix_cooperation_report_partnership")
        batch_op.drop_index(batch_op.f("ix_cooperation_report_activity_id"))

    op.drop_table("cooperation_report")
    op.drop_table("assessment_mark")
    with op.batch_alter_table("reminder_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_notice_state_on")

    op.drop_table("reminder_notice")
    with op.batch_alter_table("partnership_transition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_transition_account_id"))

    op.drop_table("partnership_transition")
    with op.batch_alter_table("partnership_review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_partnership_review_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_partnership_review_version_id"))

    op.drop_table("partnership_review")
    with op.batch_alter_table("partnership_return_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_return_point_version_id"))

    op.drop_table("partnership_return_point")
    op.drop_table("partnership_reminder")
    with op.batch_alter_table("partnership_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_party_city_id"))

    op.drop_table("partnership_party")
    with op.batch_alter_table("partnership_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_opinion_version_id"))
        batch_op.drop_index(batch_op.f("ix_partnership_opinion_author_id"))

    op.drop_table("partnership_opinion")
    with op.batch_alter_table("partnership_hand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_hand_account_id"))

    op.drop_table("partnership_hand")
    with op.batch_alter_table("partnership_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_partnership_comment_reading")

    op.drop_table("partnership_comment")
    op.drop_table("partnership_approval")
    with op.batch_alter_table("milestone_condition", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_condition_milestone")
        batch_op.drop_index(batch_op.f("ix_milestone_condition_deliverable_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_condition_activity_id"))

    op.drop_table("milestone_condition")
    with op.batch_alter_table("match_proposal", schema=None) as batch_op:
        batch_op.drop_index("uq_match_proposal_pair")
        batch_op.drop_index(batch_op.f("ix_match_proposal_second_city_id"))

    op.drop_table("match_proposal")
    with op.batch_alter_table("city_profile", schema=None) as batch_op:
        batch_op.drop_index("ix_city_profile_visibility")

    op.drop_table("city_profile")
    with op.batch_alter_table("city_pilot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_pilot_city_id"))

    op.drop_table("city_pilot")
    with op.batch_alter_table("city_offer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_city_offer_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_city_offer_city_id"))

    op.drop_table("city_offer")
    with op.batch_alter_table("city_network", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_network_city_id"))

    op.drop_table("city_network")
    with op.batch_alter_table("city_need", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_city_need_open",
            sqlite_where=sa.text("closed_on IS NULL"),
            postgresql_where=sa.text("closed_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_city_need_city_id"))

    op.drop_table("city_need")
    with op.batch_alter_table("city_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_contact_email"))
        batch_op.drop_index(batch_op.f("ix_city_contact_city_id"))

    op.drop_table("city_contact")
    with op.batch_alter_table("city_committee_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_committee_role_city_id"))

    op.drop_table("city_committee_role")
    with op.batch_alter_table("city_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_change_successor_id"))
        batch_op.drop_index(batch_op.f("ix_city_change_city_id"))

    op.drop_table("city_change")
    with op.batch_alter_table("city_certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_certificate_city_id"))

    op.drop_table("city_certificate")
    with op.batch_alter_table("city_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_city_block_blocked_city_id"))

    op.drop_table("city_block")
    op.drop_table("assessment_answer")
    with op.batch_alter_table("agreement_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agreement_proposal_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_proposal_clause_id"))

    op.drop_table("agreement_proposal")
    op.drop_table("activity_participants")
    op.drop_table("activity_budget")
    with op.batch_alter_table("special_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_special_day_day"))

    op.drop_table("special_day")
    op.drop_table("reminder_digest")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_state"))
        batch_op.drop_index("ix_reminder_account_state")

    op.drop_table("reminder")
    with op.batch_alter_table("partnership_standard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_standard_reference"))

    op.drop_table("partnership_standard")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_partnership_id"))

    op.drop_table("outcome")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_partnership_id"))

    op.drop_table("milestone")
    op.drop_table("match_round")
    op.drop_table("match_no_relations")
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliverable_partnership_id"))

    op.drop_table("deliverable")
    with op.batch_alter_table("delegated_approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegated_approval_province_code"))

    op.drop_table("delegated_approval")
    with op.batch_alter_table("counted_object", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_object_partnership_id"))

    op.drop_table("counted_object")
    op.drop_table("assessment")
    with op.batch_alter_table("agreement_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_version_text_id"))
        batch_op.drop_index("ix_agreement_version_state")
        batch_op.drop_index(batch_op.f("ix_agreement_version_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_version_circle"))

    op.drop_table("agreement_version")
    with op.batch_alter_table("agreement_freezing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agreement_freezing_current",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_freezing_text_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_freezing_short"))

    op.drop_table("agreement_freezing")
    with op.batch_alter_table("agreement_confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_confirmation_text_id"))

    op.drop_table("agreement_confirmation")
    with op.batch_alter_table("agreement_clause_revision", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_clause_revision_text")

    op.drop_table("agreement_clause_revision")
    with op.batch_alter_table("agreement_clause", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_clause_order")

    op.drop_table("agreement_clause")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_partnership_state")

    op.drop_table("activity")
    op.drop_table("reminder_offset")
    op.drop_table("public_revision")
    op.drop_table("partnership_setting")
    op.drop_table("partnership_numbering")
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_partnership_open",
            sqlite_where=sa.text("closed_at IS NULL AND party_key <> ''"),
            postgresql_where=sa.text("closed_at IS NULL AND party_key <> ''"),
        )

    op.drop_table("partnership")
    op.drop_table("match_weights")
    op.drop_table("agreement_text")
