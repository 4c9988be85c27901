"""Follow international standards.

Revision 0007, follows 0006; made on 2026-11-23.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot_rule",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("name_zh", sa.String(length=160), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_rule")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_ballot_rule_kind_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_rule_public_id")),
    )
    op.create_table(
        "ballot_terms",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_terms")),
        sa.UniqueConstraint("number", name=op.f("uq_ballot_terms_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_terms_public_id")),
    )
    op.create_table(
        "comment_setting",
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_setting")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_setting_public_id")),
    )
    with op.batch_alter_table("comment_setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_setting_effective_from"), ["effective_from"], unique=False)

    op.create_table(
        "liaison_numbering",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_liaison_numbering")),
    )
    op.create_table(
        "liaison_rule",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_rule")),
        sa.UniqueConstraint("number", name=op.f("uq_liaison_rule_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_rule_public_id")),
    )
    op.create_table(
        "review_rule",
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("min_countries", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rule")),
        sa.UniqueConstraint("effective_from", name=op.f("uq_review_rule_effective_from")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_rule_public_id")),
    )
    op.create_table(
        "topic",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=True),
        sa.Column("name_zh", sa.String(length=120), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("public_id", name=op.f("uq_topic_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_slug")),
    )
    op.create_table(
        "watch_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_round")),
    )
    op.create_table(
        "ballot_feed",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_ballot_feed_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_feed")),
        sa.UniqueConstraint("account_id", name=op.f("uq_ballot_feed_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_feed_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ballot_feed_token_hash")),
    )
    op.create_table(
        "evidence_link",
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=17), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("visibility", sa.String(length=15), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asserted_by", sa.String(length=80), nullable=False),
        sa.Column("asserted_as", sa.String(length=17), nullable=False),
        sa.Column("asserted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("subject <> target", name=op.f("ck_evidence_link_two_ends")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_evidence_link_account_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_link_public_id")),
    )
    with op.batch_alter_table("evidence_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_link_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_link_state"), ["state"], unique=False)
        batch_op.create_index("ix_evidence_link_target", ["target"], unique=False)
        batch_op.create_index(
            "uq_evidence_link_standing",
            ["subject", "relation", "target"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "import_run",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("dataset_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("kept_ours", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("forced", sa.Boolean(), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("sentence_facts", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_import_run_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_import_run_file_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_run_public_id")),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index("ix_import_run_kind_digest", ["kind", "digest"], unique=False)

    op.create_table(
        "liaison_statement",
        sa.Column("direction", sa.String(length=11), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("register_number", sa.String(length=30), nullable=True),
        sa.Column("confidentiality", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_zone", sa.String(length=64), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("from_name", sa.String(length=200), nullable=False),
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("meeting_place", sa.String(length=160), nullable=False),
        sa.Column("meeting_from", sa.Date(), nullable=True),
        sa.Column("meeting_to", sa.Date(), nullable=True),
        sa.Column("questions_from", sa.JSON(), nullable=False),
        sa.Column("questions_to", sa.JSON(), nullable=False),
        sa.Column("approval", sa.String(length=200), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("drafted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("writer_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("body_en", sa.Text(), nullable=True),
        sa.Column("body_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deadline_at IS NULL OR deadline_zone <> ''", name=op.f("ck_liaison_statement_zone")),
        sa.CheckConstraint("state <> 'posted' OR posted_at IS NOT NULL", name=op.f("ck_liaison_statement_posted")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["account.id"], name=op.f("fk_liaison_statement_approved_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["account.id"], name=op.f("fk_liaison_statement_drafted_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_statement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_statement_public_id")),
        sa.UniqueConstraint("register_number", name=op.f("uq_liaison_statement_register_number")),
    )
    with op.batch_alter_table("liaison_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_statement_drafted_by_id"), ["drafted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_liaison_statement_posted_at"), ["posted_at"], unique=False)
        batch_op.create_index("ix_liaison_statement_state_confidentiality", ["state", "confidentiality"], unique=False)

    op.create_table(
        "watch_digest",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_watch_digest_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_watch_digest_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_watch_digest_token_hash")),
    )
    with op.batch_alter_table("watch_digest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_digest_account_id"), ["account_id"], unique=False)

    op.create_table(
        "import_note",
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_note_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_note_public_id")),
    )
    with op.batch_alter_table("import_note", schema=None) as batch_op:
        batch_op.create_index("ix_import_note_run_id_kind", ["run_id", "kind"], unique=False)

    op.create_table(
        "liaison_attachment",
        sa.Column("statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.String(length=80), nullable=False),
        sa.Column("removed_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_liaison_attachment_file_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["liaison_statement.id"], name=op.f("fk_liaison_attachment_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_attachment_public_id")),
    )
    with op.batch_alter_table("liaison_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_attachment_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "liaison_contact",
        sa.Column("statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=21), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["liaison_statement.id"], name=op.f("fk_liaison_contact_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_contact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_contact_public_id")),
    )
    with op.batch_alter_table("liaison_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_contact_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "liaison_obligation",
        sa.Column("statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_zone", sa.String(length=64), nullable=False),
        sa.Column("internal_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state <> 'waived' OR reason <> ''", name=op.f("ck_liaison_obligation_reason")),
        sa.CheckConstraint("internal_due_at <= due_at", name=op.f("ck_liaison_obligation_order")),
        sa.ForeignKeyConstraint(["answer_id"], ["liaison_statement.id"], name=op.f("fk_liaison_obligation_answer_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_liaison_obligation_owner_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["liaison_statement.id"], name=op.f("fk_liaison_obligation_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_obligation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_obligation_public_id")),
        sa.UniqueConstraint("statement_id", name=op.f("uq_liaison_obligation_statement_id")),
    )
    with op.batch_alter_table("liaison_obligation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_obligation_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_liaison_obligation_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "liaison_sending",
        sa.Column("statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("contact_ids", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["liaison_statement.id"], name=op.f("fk_liaison_sending_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_sending")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_sending_public_id")),
        sa.UniqueConstraint("statement_id", "number", name=op.f("uq_liaison_sending_statement_id_number")),
    )
    op.create_table(
        "liaison_statement_link",
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=18), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_liaison_statement_link_other")),
        sa.ForeignKeyConstraint(
            ["from_id"], ["liaison_statement.id"], name=op.f("fk_liaison_statement_link_from_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["liaison_statement.id"], name=op.f("fk_liaison_statement_link_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_statement_link")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_liaison_statement_link_from_id_to_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_statement_link_public_id")),
    )
    with op.batch_alter_table("liaison_statement_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_statement_link_to_id"), ["to_id"], unique=False)

    op.create_table(
        "committee",
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=15), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=19), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("parent_iso_id", sa.Integer(), nullable=True),
        sa.Column("iso_id", sa.Integer(), nullable=True),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column("secretariat", sa.String(length=200), nullable=False),
        sa.Column("country_iso2", sa.String(length=2), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("created_precision", sa.String(length=13), nullable=False),
        sa.Column("disbanded_on", sa.Date(), nullable=True),
        sa.Column("scope_en", sa.Text(), nullable=False),
        sa.Column("scope_zh", sa.Text(), nullable=False),
        sa.Column("p_members", sa.Integer(), nullable=True),
        sa.Column("o_members", sa.Integer(), nullable=True),
        sa.Column("p_complete", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_precision", sa.String(length=13), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("unreviewed", sa.Boolean(), nullable=False),
        sa.Column("public_code", sa.String(length=40), nullable=False),
        sa.Column("first_import", sa.Integer(), nullable=True),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.Column("edited_fields", sa.JSON(), nullable=False),
        sa.Column("absent_since", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["country_iso2"], ["country.iso2"], name=op.f("fk_committee_country_iso2")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_committee_organisation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["committee.id"], name=op.f("fk_committee_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("iso_id", name=op.f("uq_committee_iso_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_committee_reference")),
        sa.UniqueConstraint("slug", name=op.f("uq_committee_slug")),
    )
    with op.batch_alter_table("committee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_committee_sort_key", ["sort_key"], unique=False)

    op.create_table(
        "committee_alias",
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("spelling", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=120), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_alias_committee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_alias")),
        sa.UniqueConstraint("folded", name=op.f("uq_committee_alias_folded")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_alias_public_id")),
    )
    with op.batch_alter_table("committee_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_alias_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "committee_liaison",
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("partner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("external_iso_id", sa.Integer(), nullable=True),
        sa.Column("external_name", sa.String(length=160), nullable=False),
        sa.Column("category", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("representative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_liaison_committee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["committee.id"], name=op.f("fk_committee_liaison_partner_id")),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["account.id"],
            name=op.f("fk_committee_liaison_representative_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_liaison")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_liaison_public_id")),
    )
    with op.batch_alter_table("committee_liaison", schema=None) as batch_op:
        batch_op.create_index(
            "ix_committee_liaison_committee_id_partner_id", ["committee_id", "partner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_committee_liaison_partner_id"), ["partner_id"], unique=False)

    op.create_table(
        "committee_membership",
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("acronym", sa.String(length=40), nullable=False),
        sa.Column("body_iso_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_membership_committee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_membership")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_membership_public_id")),
    )
    with op.batch_alter_table("committee_membership", schema=None) as batch_op:
        batch_op.create_index("ix_committee_membership_committee_id_acronym", ["committee_id", "acronym"], unique=False)

    op.create_table(
        "committee_mirror",
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("national_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=13), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_mirror_committee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["national_id"], ["committee.id"], name=op.f("fk_committee_mirror_national_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_mirror")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_mirror_public_id")),
    )
    with op.batch_alter_table("committee_mirror", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_mirror_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_committee_mirror_national_id"), ["national_id"], unique=False)

    op.create_table(
        "committee_name",
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("title_fr", sa.String(length=300), nullable=False),
        sa.Column("title_zh", sa.String(length=300), nullable=False),
        sa.Column("zh_status", sa.String(length=18), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_name_committee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_name_public_id")),
    )
    with op.batch_alter_table("committee_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_name_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "committee_officer",
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_officer_committee_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_officer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_officer_public_id")),
    )
    with op.batch_alter_table("committee_officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_officer_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "committee_post",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=80), nullable=False),
        sa.Column("ended_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_committee_post_term")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_committee_post_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_committee_post_committee_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_committee_post_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_post")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_post_public_id")),
    )
    with op.batch_alter_table("committee_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_post_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_committee_post_committee_id_role", ["committee_id", "role"], unique=False)

    op.create_table(
        "committee_succession",
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("from_name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=26), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=13), nullable=False),
        sa.Column("evidence_url", sa.String(length=300), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_id IS NOT NULL OR to_id IS NOT NULL", name=op.f("ck_committee_succession_one_end")),
        sa.ForeignKeyConstraint(["from_id"], ["committee.id"], name=op.f("fk_committee_succession_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["committee.id"], name=op.f("fk_committee_succession_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_succession")),
        sa.UniqueConstraint("public_id", name=op.f("uq_committee_succession_public_id")),
    )
    with op.batch_alter_table("committee_succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_succession_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_committee_succession_to_id"), ["to_id"], unique=False)

    op.create_table(
        "expert",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("qualification", sa.Text(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consent_by", sa.String(length=80), nullable=False),
        sa.Column("entered_for_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fictitious", sa.Boolean(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("name_zh", sa.String(length=160), nullable=True),
        sa.Column("unit_en", sa.String(length=240), nullable=True),
        sa.Column("unit_zh", sa.String(length=240), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_expert_account_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_expert_city_id")),
        sa.ForeignKeyConstraint(["entered_for_id"], ["committee.id"], name=op.f("fk_expert_entered_for_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_expert_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("account_id", name=op.f("uq_expert_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_expert_public_id")),
    )
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_city_id"), ["city_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_entered_for_id"), ["entered_for_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_person_id"), ["person_id"], unique=False)

    op.create_table(
        "liaison_addressee",
        sa.Column("statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("external_name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=19), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(side = 'to') = (purpose IS NOT NULL)", name=op.f("ck_liaison_addressee_purpose")),
        sa.CheckConstraint("committee_id IS NOT NULL OR external_name <> ''", name=op.f("ck_liaison_addressee_group")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_liaison_addressee_committee_id")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["liaison_statement.id"],
            name=op.f("fk_liaison_addressee_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_addressee")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_addressee_public_id")),
        sa.UniqueConstraint(
            "statement_id", "side", "position", name=op.f("uq_liaison_addressee_statement_id_side_position")
        ),
    )
    with op.batch_alter_table("liaison_addressee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_addressee_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_liaison_addressee_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "standard",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("scheme", sa.String(length=11), nullable=False),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("folded_reference", sa.String(length=160), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sort_key", sa.String(length=160), nullable=False),
        sa.Column("iso_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("supplement", sa.String(length=10), nullable=False),
        sa.Column("base_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_fr", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("en_status", sa.String(length=18), nullable=False),
        sa.Column("fr_status", sa.String(length=18), nullable=False),
        sa.Column("zh_status", sa.String(length=18), nullable=False),
        sa.Column("zh_source", sa.String(length=300), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_precision", sa.String(length=13), nullable=False),
        sa.Column("stability_on", sa.Date(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("scope_extract", sa.String(length=400), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("stage_equivalent", sa.String(length=5), nullable=False),
        sa.Column("stage_on", sa.Date(), nullable=True),
        sa.Column("standing", sa.String(length=25), nullable=False),
        sa.Column("track", sa.String(length=10), nullable=True),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("replaces", sa.JSON(), nullable=False),
        sa.Column("replaced_by", sa.JSON(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.Column("edited_fields", sa.JSON(), nullable=False),
        sa.Column("absent_since", sa.Date(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["standard.id"], name=op.f("fk_standard_base_id")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_standard_committee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard")),
        sa.UniqueConstraint("iso_id", name=op.f("uq_standard_iso_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standard_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_standard_slug")),
    )
    with op.batch_alter_table("standard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_as_of"), ["as_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_base_id"), ["base_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index("ix_standard_committee_id_sort_key", ["committee_id", "sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_folded_reference"), ["folded_reference"], unique=False)
        batch_op.create_index(
            "ix_standard_list",
            ["sort_key", "standing", "kind", "published_on", "committee_id", "stage_equivalent", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_standard_moves",
            ["moved_on", "standing", "kind", "published_on", "committee_id", "stage_equivalent", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_standard_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_reference"), ["reference"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_stage_equivalent"), ["stage_equivalent"], unique=False)
        batch_op.create_index(
            "ix_standard_standing_sort_key",
            ["standing", "sort_key", "kind", "published_on", "committee_id", "stage_equivalent", "id"],
            unique=False,
        )

    op.create_table(
        "adoption",
        sa.Column("national_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("international_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("direction", sa.String(length=14), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("degree", sa.String(length=11), nullable=True),
        sa.Column("degree_confidence", sa.String(length=18), nullable=False),
        sa.Column("state", sa.String(length=18), nullable=False),
        sa.Column("entry", sa.String(length=17), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_precision", sa.String(length=13), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("mirror_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("verified_by", sa.String(length=80), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=80), nullable=False),
        sa.Column("drift", sa.String(length=400), nullable=False),
        sa.Column("drift_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("national_id <> international_id", name=op.f("ck_adoption_two_standards")),
        sa.ForeignKeyConstraint(["international_id"], ["standard.id"], name=op.f("fk_adoption_international_id")),
        sa.ForeignKeyConstraint(["mirror_id"], ["committee.id"], name=op.f("fk_adoption_mirror_id")),
        sa.ForeignKeyConstraint(["national_id"], ["standard.id"], name=op.f("fk_adoption_national_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("national_id", "international_id", "direction", name="uq_adoption_pair"),
        sa.UniqueConstraint("public_id", name=op.f("uq_adoption_public_id")),
    )
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_entry"), ["entry"], unique=False)
        batch_op.create_index("ix_adoption_international_id", ["international_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_adoption_mirror_id"), ["mirror_id"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("rule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("national_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("previous_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("title_zh", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("summary_zh", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_zone", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=25), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("secretary_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("compressed", sa.Boolean(), nullable=False),
        sa.Column("compressed_by", sa.String(length=80), nullable=False),
        sa.Column("too_short", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_ballot_order")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_ballot_committee_id")),
        sa.ForeignKeyConstraint(["national_id"], ["committee.id"], name=op.f("fk_ballot_national_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["ballot.id"], name=op.f("fk_ballot_previous_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["ballot_rule.id"], name=op.f("fk_ballot_rule_id")),
        sa.ForeignKeyConstraint(
            ["secretary_id"], ["account.id"], name=op.f("fk_ballot_secretary_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_ballot_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_public_id")),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_closes_at", ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_national_id"), ["national_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_standard_id"), ["standard_id"], unique=False)

    op.create_table(
        "city_use",
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pilot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("way", sa.String(length=18), nullable=False),
        sa.Column("clauses", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("consent", sa.String(length=14), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=17), nullable=False),
        sa.Column("filed_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("result_en", sa.Text(), nullable=True),
        sa.Column("result_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_city_use_period")),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_city_use_city_id")),
        sa.ForeignKeyConstraint(
            ["pilot_id"], ["city_pilot.id"], name=op.f("fk_city_use_pilot_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_city_use_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_use")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_use_public_id")),
    )
    with op.batch_alter_table("city_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_use_city_id"), ["city_id"], unique=False)
        batch_op.create_index("ix_city_use_standard_id_state", ["standard_id", "state"], unique=False)

    op.create_table(
        "expert_topic",
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["expert.id"], name=op.f("fk_expert_topic_expert_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_expert_topic_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("expert_id", "topic_id", name=op.f("pk_expert_topic")),
    )
    op.create_table(
        "idea",
        sa.Column("state", sa.String(length=22), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("raised_as", sa.String(length=17), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("title_zh", sa.String(length=300), nullable=True),
        sa.Column("problem_en", sa.Text(), nullable=True),
        sa.Column("problem_zh", sa.Text(), nullable=True),
        sa.Column("proposer_en", sa.String(length=200), nullable=True),
        sa.Column("proposer_zh", sa.String(length=200), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_idea_merged")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_idea_account_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_city_id")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_idea_committee_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["idea.id"], name=op.f("fk_idea_merged_into_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["agenda_session.id"], name=op.f("fk_idea_session_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_idea_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
        sa.UniqueConstraint("public_id", name=op.f("uq_idea_public_id")),
    )
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_city_id"), ["city_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_idea_standard_id"), ["standard_id"], unique=False)
        batch_op.create_index("ix_idea_state_raised_on", ["state", "raised_on"], unique=False)

    op.create_table(
        "liaison_relation_review",
        sa.Column("relation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["relation_id"], ["committee_liaison.id"], name=op.f("fk_liaison_relation_review_relation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_relation_review")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_relation_review_public_id")),
    )
    with op.batch_alter_table("liaison_relation_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_relation_review_relation_id"), ["relation_id"], unique=False)

    op.create_table(
        "liaison_representative",
        sa.Column("relation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("account_id IS NOT NULL OR name <> ''", name=op.f("ck_liaison_representative_who")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_liaison_representative_term")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_liaison_representative_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["relation_id"],
            ["committee_liaison.id"],
            name=op.f("fk_liaison_representative_relation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_representative")),
        sa.UniqueConstraint("public_id", name=op.f("uq_liaison_representative_public_id")),
    )
    with op.batch_alter_table("liaison_representative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liaison_representative_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_liaison_representative_relation_id"), ["relation_id"], unique=False)

    op.create_table(
        "nomination",
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("national_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("ballot_role", sa.String(length=10), nullable=True),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("qualification", sa.Text(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("interests_declared_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=False),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=23), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(committee_id IS NULL) <> (standard_id IS NULL)", name=op.f("ck_nomination_one_target")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_nomination_term")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_nomination_committee_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_nomination_expert_id")),
        sa.ForeignKeyConstraint(["national_id"], ["committee.id"], name=op.f("fk_nomination_national_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_nomination_organisation_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["account.id"], name=op.f("fk_nomination_proposed_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["nomination.id"], name=op.f("fk_nomination_replaces_id")),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_nomination_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_public_id")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nomination_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index("ix_nomination_national_id_state", ["national_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_proposed_by_id"), ["proposed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_standard_id"), ["standard_id"], unique=False)
        batch_op.create_index("ix_nomination_state_ends_on", ["state", "ends_on"], unique=False)
        batch_op.create_index(
            "uq_nomination_open_ballot_role",
            ["expert_id", "committee_id", "ballot_role"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
            postgresql_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
        )
        batch_op.create_index(
            "uq_nomination_open_committee",
            ["expert_id", "role", "committee_id"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
            postgresql_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
        )
        batch_op.create_index(
            "uq_nomination_open_project",
            ["expert_id", "role", "standard_id"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
            postgresql_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
        )

    op.create_table(
        "stage_event",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scheme", sa.String(length=11), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=13), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("unusual", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_stage_event_run_id")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_stage_event_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stage_event_public_id")),
    )
    with op.batch_alter_table("stage_event", schema=None) as batch_op:
        batch_op.create_index("ix_stage_event_as_of", ["as_of"], unique=False)
        batch_op.create_index("ix_stage_event_created_at", ["created_at"], unique=False)
        batch_op.create_index("ix_stage_event_on", ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_event_run_id"), ["run_id"], unique=False)
        batch_op.create_index("ix_stage_event_standard_id_on", ["standard_id", "on"], unique=False)

    op.create_table(
        "standard_assignment",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_standard_assignment_committee_id")),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_assignment_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_assignment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standard_assignment_public_id")),
    )
    with op.batch_alter_table("standard_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_assignment_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_assignment_standard_id"), ["standard_id"], unique=False)

    op.create_table(
        "standard_former_slug",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_former_slug_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_former_slug")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standard_former_slug_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_standard_former_slug_slug")),
    )
    with op.batch_alter_table("standard_former_slug", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_former_slug_standard_id"), ["standard_id"], unique=False)

    op.create_table(
        "standard_ics",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_ics_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("standard_id", "code", name=op.f("pk_standard_ics")),
    )
    with op.batch_alter_table("standard_ics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_ics_code"), ["code"], unique=False)

    op.create_table(
        "standard_reference",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("folded", sa.String(length=160), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_reference_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_reference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standard_reference_public_id")),
        sa.UniqueConstraint("standard_id", "reference", name=op.f("uq_standard_reference_standard_id_reference")),
    )
    with op.batch_alter_table("standard_reference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_reference_folded"), ["folded"], unique=False)

    op.create_table(
        "standard_relation",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("other_iso_id", sa.Integer(), nullable=True),
        sa.Column("other_reference", sa.String(length=160), nullable=False),
        sa.Column("confidence", sa.String(length=18), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["standard.id"], name=op.f("fk_standard_relation_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_relation_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_relation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_standard_relation_public_id")),
    )
    with op.batch_alter_table("standard_relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standard_relation_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standard_relation_other_iso_id"), ["other_iso_id"], unique=False)
        batch_op.create_index("ix_standard_relation_standard_id_kind", ["standard_id", "kind"], unique=False)

    op.create_table(
        "standard_topic",
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_topic_standard_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_standard_topic_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("standard_id", "topic_id", name=op.f("pk_standard_topic")),
    )
    op.create_table(
        "watch",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=17), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ics", sa.String(length=20), nullable=False),
        sa.Column("stage_from", sa.String(length=5), nullable=False),
        sa.Column("stage_to", sa.String(length=5), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("frequency", sa.String(length=15), nullable=False),
        sa.Column("level", sa.String(length=19), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind = 'rule' OR standard_id IS NOT NULL OR committee_id IS NOT NULL OR topic_id IS NOT NULL",
            name=op.f("ck_watch_thing"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_watch_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_watch_committee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_watch_standard_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_watch_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_watch_account_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_watch_public_id")),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_frequency"), ["frequency"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_standard_id"), ["standard_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "watch_event",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("significant", sa.Boolean(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("standard_id IS NOT NULL OR committee_id IS NOT NULL", name=op.f("ck_watch_event_concerns")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_watch_event_committee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_watch_event_standard_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_event")),
        sa.UniqueConstraint("key", name=op.f("uq_watch_event_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_watch_event_public_id")),
    )
    with op.batch_alter_table("watch_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_event_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_event_standard_id"), ["standard_id"], unique=False)

    op.create_table(
        "adoption_alarm",
        sa.Column("adoption_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("before", sa.String(length=30), nullable=False),
        sa.Column("after", sa.String(length=30), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.String(length=400), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["adoption.id"], name=op.f("fk_adoption_alarm_adoption_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_alarm")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adoption_alarm_public_id")),
    )
    with op.batch_alter_table("adoption_alarm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_alarm_adoption_id"), ["adoption_id"], unique=False)
        batch_op.create_index("ix_adoption_alarm_seen_at", ["seen_at"], unique=False)

    op.create_table(
        "adoption_difference",
        sa.Column("adoption_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=17), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_en", sa.Text(), nullable=True),
        sa.Column("change_zh", sa.Text(), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["adoption_id"], ["adoption.id"], name=op.f("fk_adoption_difference_adoption_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_difference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adoption_difference_public_id")),
    )
    with op.batch_alter_table("adoption_difference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_difference_adoption_id"), ["adoption_id"], unique=False)

    op.create_table(
        "ballot_document",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_document_ballot_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_ballot_document_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_document_public_id")),
    )
    with op.batch_alter_table("ballot_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_document_ballot_id"), ["ballot_id"], unique=False)

    op.create_table(
        "ballot_enquired",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_ballot_enquired_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_enquired_ballot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_enquired")),
        sa.UniqueConstraint("ballot_id", "account_id", name=op.f("uq_ballot_enquired_ballot_id_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_enquired_public_id")),
    )
    with op.batch_alter_table("ballot_enquired", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_enquired_account_id"), ["account_id"], unique=False)

    op.create_table(
        "ballot_event",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("before", sa.String(length=30), nullable=False),
        sa.Column("after", sa.String(length=30), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballot_event_account_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_event_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_event_public_id")),
    )
    with op.batch_alter_table("ballot_event", schema=None) as batch_op:
        batch_op.create_index("ix_ballot_event_ballot_id_at", ["ballot_id", "at"], unique=False)

    op.create_table(
        "ballot_incident",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_before", sa.String(length=30), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_incident_ballot_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["account.id"], name=op.f("fk_ballot_incident_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_incident")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_ballot_incident_ballot_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_incident_public_id")),
    )
    op.create_table(
        "ballot_position",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objections", sa.Integer(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_zh", sa.Text(), nullable=True),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_ballot_position_author_id")),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_position_ballot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_position")),
        sa.UniqueConstraint("ballot_id", "number", name=op.f("uq_ballot_position_ballot_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_position_public_id")),
    )
    op.create_table(
        "ballot_result",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("decision", sa.String(length=5), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballot_result_account_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_result_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_result")),
        sa.UniqueConstraint("ballot_id", "number", name=op.f("uq_ballot_result_ballot_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_result_public_id")),
    )
    op.create_table(
        "ballot_step",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=19), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_step_ballot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_step")),
        sa.UniqueConstraint("ballot_id", "kind", name=op.f("uq_ballot_step_ballot_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_step_public_id")),
    )
    op.create_table(
        "comment",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_body", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("clause", sa.String(length=80), nullable=False),
        sa.Column("element", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("change_zh", sa.Text(), nullable=False),
        sa.Column("change_en", sa.Text(), nullable=False),
        sa.Column("source_lang", sa.String(length=2), nullable=False),
        sa.Column("translation", sa.String(length=16), nullable=False),
        sa.Column("reviewed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("observation", sa.Text(), nullable=False),
        sa.Column("disposition", sa.String(length=20), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_next", sa.String(length=20), nullable=False),
        sa.Column("ancestor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_comment_merged")),
        sa.ForeignKeyConstraint(["ancestor_id"], ["comment.id"], name=op.f("fk_comment_ancestor_id")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_comment_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_comment_ballot_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_comment_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["comment.id"], name=op.f("fk_comment_merged_into_id")),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["account.id"], name=op.f("fk_comment_reviewed_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("ballot_id", "ancestor_id", name=op.f("uq_comment_ballot_id_ancestor_id")),
        sa.UniqueConstraint("ballot_id", "number", name=op.f("uq_comment_ballot_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_public_id")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_ancestor_id"), ["ancestor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_comment_ballot_id_state", ["ballot_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_merged_into_id"), ["merged_into_id"], unique=False)

    op.create_table(
        "comment_numbering",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_comment_numbering_ballot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_numbering")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_comment_numbering_ballot_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_numbering_public_id")),
    )
    op.create_table(
        "comment_table",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_comment_table_ballot_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_comment_table_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_table")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_table_public_id")),
    )
    with op.batch_alter_table("comment_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_table_ballot_id"), ["ballot_id"], unique=False)

    op.create_table(
        "idea_city",
        sa.Column("idea_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("city_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["city_id"], ["city.id"], name=op.f("fk_idea_city_city_id")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_city_idea_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_city")),
        sa.UniqueConstraint("idea_id", "city_id", name=op.f("uq_idea_city_idea_id_city_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_idea_city_public_id")),
    )
    with op.batch_alter_table("idea_city", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_city_city_id"), ["city_id"], unique=False)

    op.create_table(
        "idea_step",
        sa.Column("idea_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=22), nullable=False),
        sa.Column("target", sa.String(length=22), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("capacity", sa.String(length=17), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_step_idea_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_idea_step_public_id")),
    )
    with op.batch_alter_table("idea_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idea_step_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "nomination_step",
        sa.Column("nomination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_nomination_step_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_step_nomination_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_step")),
        sa.UniqueConstraint("nomination_id", "number", name=op.f("uq_nomination_step_nomination_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_step_public_id")),
    )
    with op.batch_alter_table("nomination_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nomination_step_account_id"), ["account_id"], unique=False)

    op.create_table(
        "watch_exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("standard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_watch_exclusion_standard_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_exclusion_watch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_exclusion")),
        sa.UniqueConstraint("watch_id", "standard_id", name=op.f("uq_watch_exclusion_watch_id_standard_id")),
    )
    with op.batch_alter_table("watch_exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_watch_exclusion_standard_id"), ["standard_id"], unique=False)

    op.create_table(
        "watch_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("watch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_watch_notice_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["watch_id"], ["watch.id"], name=op.f("fk_watch_notice_watch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_notice")),
        sa.UniqueConstraint("account_id", "event", name=op.f("uq_watch_notice_account_id_event")),
    )
    with op.batch_alter_table("watch_notice", schema=None) as batch_op:
        batch_op.create_index("ix_watch_notice_told_at_due_at", ["told_at", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_watch_notice_watch_id"), ["watch_id"], unique=False)

    op.create_table(
        "ballot_approval",
        sa.Column("position_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("capacity", sa.String(length=14), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballot_approval_account_id")),
        sa.ForeignKeyConstraint(
            ["position_id"], ["ballot_position.id"], name=op.f("fk_ballot_approval_position_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_approval")),
        sa.UniqueConstraint("position_id", "account_id", name=op.f("uq_ballot_approval_position_id_account_id")),
        sa.UniqueConstraint("position_id", "capacity", name=op.f("uq_ballot_approval_position_id_capacity")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_approval_public_id")),
    )
    with op.batch_alter_table("ballot_approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_approval_account_id"), ["account_id"], unique=False)

    op.create_table(
        "ballot_guard_signature",
        sa.Column("position_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballot_guard_signature_account_id")),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["ballot_position.id"],
            name=op.f("fk_ballot_guard_signature_position_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_guard_signature")),
        sa.UniqueConstraint("position_id", "code", name=op.f("uq_ballot_guard_signature_position_id_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_guard_signature_public_id")),
    )
    op.create_table(
        "ballot_vote",
        sa.Column("ballot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ballot_vote_account_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_vote_ballot_id")),
        sa.ForeignKeyConstraint(["position_id"], ["ballot_position.id"], name=op.f("fk_ballot_vote_position_id")),
        sa.ForeignKeyConstraint(["receipt_id"], ["ballot_document.id"], name=op.f("fk_ballot_vote_receipt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_vote")),
        sa.UniqueConstraint("ballot_id", "number", name=op.f("uq_ballot_vote_ballot_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_vote_public_id")),
    )
    op.create_table(
        "comment_attachment",
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_attachment_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_comment_attachment_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_attachment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_attachment_public_id")),
    )
    with op.batch_alter_table("comment_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_attachment_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "comment_compiled_row",
        sa.Column("table_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("member_body", sa.String(length=2), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("observation", sa.Text(), nullable=False),
        sa.Column("ours_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("drift", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ours_id"], ["comment.id"], name=op.f("fk_comment_compiled_row_ours_id")),
        sa.ForeignKeyConstraint(["table_id"], ["comment_table.id"], name=op.f("fk_comment_compiled_row_table_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_compiled_row")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_compiled_row_public_id")),
        sa.UniqueConstraint("table_id", "position", name=op.f("uq_comment_compiled_row_table_id_position")),
    )
    with op.batch_alter_table("comment_compiled_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_compiled_row_ours_id"), ["ours_id"], unique=False)

    op.create_table(
        "comment_support",
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_comment_support_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_support_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_support")),
        sa.UniqueConstraint("comment_id", "account_id", name=op.f("uq_comment_support_comment_id_account_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_comment_support_public_id")),
    )
    with op.batch_alter_table("comment_support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_support_account_id"), ["account_id"], unique=False)

    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unsubscribe", sa.String(length=300), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.drop_column("unsubscribe")

    with op.batch_alter_table("comment_support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_support_account_id"))

    op.drop_table("comment_support")
    with op.batch_alter_table("comment_compiled_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_compiled_row_ours_id"))

    op.drop_table("comment_compiled_row")
    with op.batch_alter_table("comment_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_attachment_comment_id"))

    op.drop_table("comment_attachment")
    op.drop_table("ballot_vote")
    op.drop_table("ballot_guard_signature")
    with op.batch_alter_table("ballot_approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_approval_account_id"))

    op.drop_table("ballot_approval")
    with op.batch_alter_table("watch_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_notice_watch_id"))
        batch_op.drop_index("ix_watch_notice_told_at_due_at")

    op.drop_table("watch_notice")
    with op.batch_alter_table("watch_exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_exclusion_standard_id"))

    op.drop_table("watch_exclusion")
    with op.batch_alter_table("nomination_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_step_account_id"))

    op.drop_table("nomination_step")
    with op.batch_alter_table("idea_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_step_idea_id"))

    op.drop_table("idea_step")
    with op.batch_alter_table("idea_city", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_city_city_id"))

    op.drop_table("idea_city")
    with op.batch_alter_table("comment_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_table_ballot_id"))

    op.drop_table("comment_table")
    op.drop_table("comment_numbering")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_merged_into_id"))
        batch_op.drop_index("ix_comment_ballot_id_state")
        batch_op.drop_index(batch_op.f("ix_comment_author_id"))
        batch_op.drop_index(batch_op.f("ix_comment_ancestor_id"))

    op.drop_table("comment")
    op.drop_table("ballot_step")
    op.drop_table("ballot_result")
    op.drop_table("ballot_position")
    op.drop_table("ballot_incident")
    with op.batch_alter_table("ballot_event", schema=None) as batch_op:
        batch_op.drop_index("ix_ballot_event_ballot_id_at")

    op.drop_table("ballot_event")
    with op.batch_alter_table("ballot_enquired", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_enquired_account_id"))

    op.drop_table("ballot_enquired")
    with op.batch_alter_table("ballot_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_document_ballot_id"))

    op.drop_table("ballot_document")
    with op.batch_alter_table("adoption_difference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_difference_adoption_id"))

    op.drop_table("adoption_difference")
    with op.batch_alter_table("adoption_alarm", schema=None) as batch_op:
        batch_op.drop_index("ix_adoption_alarm_seen_at")
        batch_op.drop_index(batch_op.f("ix_adoption_alarm_adoption_id"))

    op.drop_table("adoption_alarm")
    with op.batch_alter_table("watch_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_event_standard_id"))
        batch_op.drop_index(batch_op.f("ix_watch_event_committee_id"))
        batch_op.drop_index(batch_op.f("ix_watch_event_at"))

    op.drop_table("watch_event")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_topic_id"))
        batch_op.drop_index(batch_op.f("ix_watch_standard_id"))
        batch_op.drop_index(batch_op.f("ix_watch_frequency"))
        batch_op.drop_index(batch_op.f("ix_watch_committee_id"))

    op.drop_table("watch")
    op.drop_table("standard_topic")
    with op.batch_alter_table("standard_relation", schema=None) as batch_op:
        batch_op.drop_index("ix_standard_relation_standard_id_kind")
        batch_op.drop_index(batch_op.f("ix_standard_relation_other_iso_id"))
        batch_op.drop_index(batch_op.f("ix_standard_relation_other_id"))

    op.drop_table("standard_relation")
    with op.batch_alter_table("standard_reference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standard_reference_folded"))

    op.drop_table("standard_reference")
    with op.batch_alter_table("standard_ics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standard_ics_code"))

    op.drop_table("standard_ics")
    with op.batch_alter_table("standard_former_slug", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standard_former_slug_standard_id"))

    op.drop_table("standard_former_slug")
    with op.batch_alter_table("standard_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standard_assignment_standard_id"))
        batch_op.drop_index(batch_op.f("ix_standard_assignment_committee_id"))

    op.drop_table("standard_assignment")
    with op.batch_alter_table("stage_event", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_event_standard_id_on")
        batch_op.drop_index(batch_op.f("ix_stage_event_run_id"))
        batch_op.drop_index("ix_stage_event_on")
        batch_op.drop_index("ix_stage_event_created_at")
        batch_op.drop_index("ix_stage_event_as_of")

    op.drop_table("stage_event")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_nomination_open_project",
            sqlite_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
            postgresql_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
        )
        batch_op.drop_index(
            "uq_nomination_open_committee",
            sqlite_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
            postgresql_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
        )
        batch_op.drop_index(
            "uq_nomination_open_ballot_role",
            sqlite_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
            postgresql_where=sa.text(
                "state IN ('proposed', 'unit_endorsed', 'mirror_approved', 'sac_approved', 'submitted', 'registered')"
            ),
        )
        batch_op.drop_index("ix_nomination_state_ends_on")
        batch_op.drop_index(batch_op.f("ix_nomination_standard_id"))
        batch_op.drop_index(batch_op.f("ix_nomination_replaces_id"))
        batch_op.drop_index(batch_op.f("ix_nomination_proposed_by_id"))
        batch_op.drop_index(batch_op.f("ix_nomination_organisation_id"))
        batch_op.drop_index("ix_nomination_national_id_state")
        batch_op.drop_index(batch_op.f("ix_nomination_committee_id"))

    op.drop_table("nomination")
    with op.batch_alter_table("liaison_representative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_representative_relation_id"))
        batch_op.drop_index(batch_op.f("ix_liaison_representative_account_id"))

    op.drop_table("liaison_representative")
    with op.batch_alter_table("liaison_relation_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_relation_review_relation_id"))

    op.drop_table("liaison_relation_review")
    with op.batch_alter_table("idea", schema=None) as batch_op:
        batch_op.drop_index("ix_idea_state_raised_on")
        batch_op.drop_index(batch_op.f("ix_idea_standard_id"))
        batch_op.drop_index(batch_op.f("ix_idea_session_id"))
        batch_op.drop_index(batch_op.f("ix_idea_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_idea_committee_id"))
        batch_op.drop_index(batch_op.f("ix_idea_city_id"))

    op.drop_table("idea")
    op.drop_table("expert_topic")
    with op.batch_alter_table("city_use", schema=None) as batch_op:
        batch_op.drop_index("ix_city_use_standard_id_state")
        batch_op.drop_index(batch_op.f("ix_city_use_city_id"))

    op.drop_table("city_use")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_standard_id"))
        batch_op.drop_index(batch_op.f("ix_ballot_national_id"))
        batch_op.drop_index(batch_op.f("ix_ballot_committee_id"))
        batch_op.drop_index("ix_ballot_closes_at")

    op.drop_table("ballot")
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_mirror_id"))
        batch_op.drop_index("ix_adoption_international_id")
        batch_op.drop_index(batch_op.f("ix_adoption_entry"))

    op.drop_table("adoption")
    with op.batch_alter_table("standard", schema=None) as batch_op:
        batch_op.drop_index("ix_standard_standing_sort_key")
        batch_op.drop_index(batch_op.f("ix_standard_stage_equivalent"))
        batch_op.drop_index(batch_op.f("ix_standard_sort_key"))
        batch_op.drop_index(batch_op.f("ix_standard_reference"))
        batch_op.drop_index(batch_op.f("ix_standard_number"))
        batch_op.drop_index("ix_standard_moves")
        batch_op.drop_index("ix_standard_list")
        batch_op.drop_index(batch_op.f("ix_standard_folded_reference"))
        batch_op.drop_index("ix_standard_committee_id_sort_key")
        batch_op.drop_index(batch_op.f("ix_standard_committee_id"))
        batch_op.drop_index(batch_op.f("ix_standard_base_id"))
        batch_op.drop_index(batch_op.f("ix_standard_as_of"))

    op.drop_table("standard")
    with op.batch_alter_table("liaison_addressee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_addressee_statement_id"))
        batch_op.drop_index(batch_op.f("ix_liaison_addressee_committee_id"))

    op.drop_table("liaison_addressee")
    with op.batch_alter_table("expert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_person_id"))
        batch_op.drop_index(batch_op.f("ix_expert_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_expert_entered_for_id"))
        batch_op.drop_index(batch_op.f("ix_expert_city_id"))

    op.drop_table("expert")
    with op.batch_alter_table("committee_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_succession_to_id"))
        batch_op.drop_index(batch_op.f("ix_committee_succession_from_id"))

    op.drop_table("committee_succession")
    with op.batch_alter_table("committee_post", schema=None) as batch_op:
        batch_op.drop_index("ix_committee_post_committee_id_role")
        batch_op.drop_index(batch_op.f("ix_committee_post_account_id"))

    op.drop_table("committee_post")
    with op.batch_alter_table("committee_officer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_officer_committee_id"))

    op.drop_table("committee_officer")
    with op.batch_alter_table("committee_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_name_committee_id"))

    op.drop_table("committee_name")
    with op.batch_alter_table("committee_mirror", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_mirror_national_id"))
        batch_op.drop_index(batch_op.f("ix_committee_mirror_committee_id"))

    op.drop_table("committee_mirror")
    with op.batch_alter_table("committee_membership", schema=None) as batch_op:
        batch_op.drop_index("ix_committee_membership_committee_id_acronym")

    op.drop_table("committee_membership")
    with op.batch_alter_table("committee_liaison", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_liaison_partner_id"))
        batch_op.drop_index("ix_committee_liaison_committee_id_partner_id")

    op.drop_table("committee_liaison")
    with op.batch_alter_table("committee_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_alias_committee_id"))

    op.drop_table("committee_alias")
    with op.batch_alter_table("committee", schema=None) as batch_op:
        batch_op.drop_index("ix_committee_sort_key")
        batch_op.drop_index(batch_op.f("ix_committee_parent_id"))

    op.drop_table("committee")
    with op.batch_alter_table("liaison_statement_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_statement_link_to_id"))

    op.drop_table("liaison_statement_link")
    op.drop_table("liaison_sending")
    with op.batch_alter_table("liaison_obligation", schema=None) as batch_op:
        batch_op.drop_index("ix_liaison_obligation_state_due_at")
        batch_op.drop_index(batch_op.f("ix_liaison_obligation_owner_id"))

    op.drop_table("liaison_obligation")
    with op.batch_alter_table("liaison_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_contact_statement_id"))

    op.drop_table("liaison_contact")
    with op.batch_alter_table("liaison_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liaison_attachment_statement_id"))

    op.drop_table("liaison_attachment")
    with op.batch_alter_table("import_note", schema=None) as batch_op:
        batch_op.drop_index("ix_import_note_run_id_kind")

    op.drop_table("import_note")
    with op.batch_alter_table("watch_digest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_digest_account_id"))

    op.drop_table("watch_digest")
    with op.batch_alter_table("liaison_statement", schema=None) as batch_op:
        batch_op.drop_index("ix_liaison_statement_state_confidentiality")
        batch_op.drop_index(batch_op.f("ix_liaison_statement_posted_at"))
        batch_op.drop_index(batch_op.f("ix_liaison_statement_drafted_by_id"))

    op.drop_table("liaison_statement")
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_index("ix_import_run_kind_digest")

    op.drop_table("import_run")
    with op.batch_alter_table("evidence_link", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evidence_link_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index("ix_evidence_link_target")
        batch_op.drop_index(batch_op.f("ix_evidence_link_state"))
        batch_op.drop_index(batch_op.f("ix_evidence_link_account_id"))

    op.drop_table("evidence_link")
    op.drop_table("ballot_feed")
    op.drop_table("watch_round")
    op.drop_table("topic")
    op.drop_table("review_rule")
    op.drop_table("liaison_rule")
    op.drop_table("liaison_numbering")
    with op.batch_alter_table("comment_setting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_setting_effective_from"))

    op.drop_table("comment_setting")
    op.drop_table("ballot_terms")
    op.drop_table("ballot_rule")
