"""What a text says of its last freezing."""

from __future__ import annotations

from sqlalchemy import select

from forum.agreements.models import AgreementText, Freezing
from forum.agreements.queries import fresh_seal
from forum.core.database import session


def unchanged_since_frozen(text: AgreementText) -> bool:
    """Tell whether a text still reads as when it was last frozen."""
    last = session.scalar(
        select(Freezing.hash_both).where(Freezing.text_id == text.id).order_by(Freezing.id.desc()).limit(1)
    )
    return last is not None and last == fresh_seal(text).both
