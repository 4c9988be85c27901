"""Tables of translation.

Revision 0009, follows 0008; made on 2026-11-23.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "engine_breaker",
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=120), nullable=False),
        sa.Column("last_error_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("engine", name=op.f("pk_engine_breaker")),
    )
    op.create_table(
        "engine_use",
        sa.Column("engine", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("engine", "month", name=op.f("pk_engine_use")),
    )
    op.create_table(
        "kept_inside",
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entity", "entity_id", name=op.f("pk_kept_inside")),
    )
    op.create_table(
        "memory_removal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment_public_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_removal")),
    )
    with op.batch_alter_table("memory_removal", schema=None) as batch_op:
        batch_op.create_index("ix_memory_removal_revision", ["revision"], unique=False)

    op.create_table(
        "memory_segment",
        sa.Column("src_lang", sa.String(length=2), nullable=False),
        sa.Column("tgt_lang", sa.String(length=2), nullable=False),
        sa.Column("src", sa.Text(), nullable=False),
        sa.Column("tgt", sa.Text(), nullable=False),
        sa.Column("src_norm", sa.Text(), nullable=False),
        sa.Column("context", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=False),
        sa.Column("variant", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quality BETWEEN 0 AND 100", name=op.f("ck_memory_segment_quality")),
        sa.CheckConstraint("src_lang <> tgt_lang", name=op.f("ck_memory_segment_two_languages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_segment")),
        sa.UniqueConstraint("key", "variant", name=op.f("uq_memory_segment_key_variant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_memory_segment_public_id")),
    )
    with op.batch_alter_table("memory_segment", schema=None) as batch_op:
        batch_op.create_index("ix_memory_segment_revision", ["revision"], unique=False)
        batch_op.create_index("ix_memory_segment_source_key", ["source_key"], unique=False)

    op.create_table(
        "memory_state",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("stamp", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_memory_state")),
    )
    op.create_table(
        "term_answer",
        sa.Column("entity", sa.String(length=60), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("finding", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_answer")),
        sa.UniqueConstraint("entity", "entity_id", "field", "lang", "finding", name="uq_term_answer"),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_answer_public_id")),
    )
    op.create_table(
        "term_concept",
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("subject", sa.String(length=19), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("definition_source", sa.String(length=300), nullable=False),
        sa.Column("head_en", sa.String(length=200), nullable=False),
        sa.Column("head_zh", sa.String(length=200), nullable=False),
        sa.Column("sort_en", sa.String(length=300), nullable=False),
        sa.Column("sort_zh", sa.String(length=300), nullable=False),
        sa.Column("letter_en", sa.String(length=1), nullable=False),
        sa.Column("letter_zh", sa.String(length=1), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition_en", sa.Text(), nullable=True),
        sa.Column("definition_zh", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_concept")),
        sa.UniqueConstraint("key", name=op.f("uq_term_concept_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_concept_public_id")),
    )
    with op.batch_alter_table("term_concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_concept_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_concept_sort_zh"), ["sort_zh"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_concept_subject"), ["subject"], unique=False)

    op.create_table(
        "translation_job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.String(length=16), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_job")),
        sa.UniqueConstraint(
            "entity",
            "entity_id",
            "field",
            "lang",
            "source_hash",
            name=op.f("uq_translation_job_entity_entity_id_field_lang_source_hash"),
        ),
    )
    with op.batch_alter_table("translation_job", schema=None) as batch_op:
        batch_op.create_index("ix_translation_job_due", ["state", "next_at"], unique=False)
        batch_op.create_index("ix_translation_job_scope", ["scope", "state"], unique=False)

    op.create_table(
        "memory_import",
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_memory_import_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_memory_import_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_memory_import_public_id")),
    )
    with op.batch_alter_table("memory_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memory_import_account_id"), ["account_id"], unique=False)

    op.create_table(
        "memory_source",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("segment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["memory_segment.id"], name=op.f("fk_memory_source_segment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_source")),
        sa.UniqueConstraint(
            "segment_id",
            "entity",
            "entity_id",
            "field",
            name=op.f("uq_memory_source_segment_id_entity_entity_id_field"),
        ),
    )
    with op.batch_alter_table("memory_source", schema=None) as batch_op:
        batch_op.create_index("ix_memory_source_text", ["entity", "entity_id", "field"], unique=False)

    op.create_table(
        "term_intake",
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_term_intake_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_intake")),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_intake_public_id")),
    )
    op.create_table(
        "term_rendering",
        sa.Column("concept_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("use", sa.String(length=18), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("certainty", sa.String(length=18), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("lang IN ('en', 'zh')", name=op.f("ck_term_rendering_lang")),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["term_concept.id"], name=op.f("fk_term_rendering_concept_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_rendering")),
        sa.UniqueConstraint("concept_id", "lang", "folded", "owner", name="uq_term_rendering_word"),
        sa.UniqueConstraint("public_id", name=op.f("uq_term_rendering_public_id")),
    )
    with op.batch_alter_table("term_rendering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_rendering_certainty"), ["certainty"], unique=False)
        batch_op.create_index("ix_term_rendering_folded", ["folded"], unique=False)
        batch_op.create_index("ix_term_rendering_updated_at", ["updated_at"], unique=False)
        batch_op.create_index(
            "uq_term_rendering_preferred",
            ["concept_id", "lang", "owner"],
            unique=True,
            sqlite_where=sa.text("use = 'preferred'"),
            postgresql_where=sa.text("use = 'preferred'"),
        )

    op.create_table(
        "cleared_programme",
        sa.Column("forum_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["forum_id"], ["forum.id"], name=op.f("fk_cleared_programme_forum_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_cleared_programme")),
    )


def downgrade() -> None:
    op.drop_table("cleared_programme")
    with op.batch_alter_table("term_rendering", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_term_rendering_preferred",
            sqlite_where=sa.text("use = 'preferred'"),
            postgresql_where=sa.text("use = 'preferred'"),
        )
        batch_op.drop_index("ix_term_rendering_updated_at")
        batch_op.drop_index("ix_term_rendering_folded")
        batch_op.drop_index(batch_op.f("ix_term_rendering_certainty"))

    op.drop_table("term_rendering")
    op.drop_table("term_intake")
    with op.batch_alter_table("memory_source", schema=None) as batch_op:
        batch_op.drop_index("ix_memory_source_text")

    op.drop_table("memory_source")
    with op.batch_alter_table("memory_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memory_import_account_id"))

    op.drop_table("memory_import")
    with op.batch_alter_table("translation_job", schema=None) as batch_op:
        batch_op.drop_index("ix_translation_job_scope")
        batch_op.drop_index("ix_translation_job_due")

    op.drop_table("translation_job")
    with op.batch_alter_table("term_concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_concept_subject"))
        batch_op.drop_index(batch_op.f("ix_term_concept_sort_zh"))
        batch_op.drop_index(batch_op.f("ix_term_concept_sort_en"))

    op.drop_table("term_concept")
    op.drop_table("term_answer")
    op.drop_table("memory_state")
    with op.batch_alter_table("memory_segment", schema=None) as batch_op:
        batch_op.drop_index("ix_memory_segment_source_key")
        batch_op.drop_index("ix_memory_segment_revision")

    op.drop_table("memory_segment")
    with op.batch_alter_table("memory_removal", schema=None) as batch_op:
        batch_op.drop_index("ix_memory_removal_revision")

    op.drop_table("memory_removal")
    op.drop_table("kept_inside")
    op.drop_table("engine_use")
    op.drop_table("engine_breaker")
