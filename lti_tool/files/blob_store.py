"""Where contents lie: a folder of this machine, or a bucket of any store that speaks S3 (obstore)."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from lti_tool.errors import NotFound
from lti_tool.files.errors import StoreAway

PATIENCE = timedelta(seconds=20)
"""For one call, and for all tries of it together."""


@dataclass(frozen=True)
class S3Access:
    """How a bucket is reached. What is empty is found as usual with S3: AWS's own address, the machine's own role."""

    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = ""


class BlobStore:
    """Contents by key. Nothing here may be called within a transaction: the store may be slow."""

    def __init__(self, store: LocalStore | S3Store, folder: Path | None = None) -> None:
        self._store, self._folder = store, folder

    def put(self, key: str, content: bytes) -> None:
        """Keep the contents; the same key twice is the same contents. Raises StoreAway."""
        try:
            obstore.put(self._store, key, content)
            self._make_durable(key)
        except (BaseError, OSError) as failure:
            raise StoreAway(type(failure).__name__) from None

    def get(self, key: str) -> bytes:
        """The contents; raises NotFound, StoreAway."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except (NotFoundError, FileNotFoundError):
            raise NotFound("contents") from None
        except (BaseError, OSError) as failure:
            raise StoreAway(type(failure).__name__) from None

    def delete(self, key: str) -> None:
        """Delete the contents; those that are gone already are as good as deleted. Raises StoreAway."""
        try:
            obstore.delete(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as failure:
            raise StoreAway(type(failure).__name__) from None

    def _make_durable(self, key: str) -> None:
        # The library renames the file into its place without waiting for the disk; what a page says is saved, is saved.
        if self._folder is None:
            return
        file = self._folder / key
        for path in (file, file.parent, self._folder):
            opened = os.open(path, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def open_store(url: str, access: S3Access) -> BlobStore:
    """The store at `s3://bucket/prefix`, or in a folder. Nothing is called before the first use."""
    if not url.startswith("s3://"):
        folder = Path(url).absolute()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return BlobStore(LocalStore(folder), folder)
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    config: dict[str, Any] = {
        "endpoint": access.endpoint,
        "region": access.region,
        "access_key_id": access.key_id,
        "secret_access_key": access.secret,
    }
    return BlobStore(
        S3Store(
            bucket,
            prefix=prefix or None,
            config={name: value for name, value in config.items() if value},  # type: ignore[arg-type]  # names are S3's
            client_options={"timeout": PATIENCE, "allow_http": access.endpoint.startswith("http://")},
            retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        )
    )
