"""What is known of a stored file."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, Row


class StoredFile(Row, Base):
    """A file under its own random name; ``owner`` says through which object it may be fetched."""

    __tablename__ = "stored_file"

    owner: Mapped[str] = mapped_column(String(80), index=True)  # "participation:<public id>", …
    filename: Mapped[str] = mapped_column(String(200))  # as handed in, for display only
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bool] = mapped_column(default=False)
