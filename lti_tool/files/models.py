"""Tables of files: what each course has, and the contents behind it, which equal files share."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now


class Blob(Base):
    """Contents that one or more files have. How many do is counted from their rows, so it is never wrong."""

    __tablename__ = "blob"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the contents, in hexadecimal digits."""
    key: Mapped[str] = mapped_column(String(100), unique=True)
    """Its name in the store, new whenever the row is: what is being deleted there is never what is being put there."""
    size: Mapped[int]
    """Bytes."""
    is_stored: Mapped[bool] = mapped_column(default=False)
    """Whether the store has confirmed it."""
    wanted_at: Mapped[datetime] = mapped_column(default=now, index=True)
    """When somebody last brought it. For a while after that it stays, also where no file has it yet."""


class StoredFile(Base):
    """A file of one course: whose it is, and what it is called."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"), index=True)
    """The course; only its launches reach the file."""
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who brought it."""
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"), index=True)
    """The contents."""
    name: Mapped[str] = mapped_column(String(120))
    """As its owner called it, cleaned, with the ending that its contents have."""
    media_type: Mapped[str] = mapped_column(String(100))
    """By its contents, never by its name."""
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes as they are kept; counted for course and owner, also where others have the same contents."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was brought."""
    blob: Mapped[Blob] = relationship(lazy="joined")
    """The contents' row."""


class DiscardedBlob(Base):
    """Contents that no file has any more, still to be deleted from the store."""

    __tablename__ = "discarded_blob"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    """Its name in the store."""
