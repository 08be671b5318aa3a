"""Files on their way to a browser: to be saved, or to be looked at within one of our pages, never to be run.

ASVS 5.0, 3.2.1 and 5.4: the type is ours, nothing is guessed, and whatever opens the address by itself is in a sandbox.
"""

from io import BytesIO

from flask import Response, send_file

from lti_tool.files.models import StoredFile
from lti_tool.web.application import parts

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def send_file_of(file: StoredFile) -> Response:
    """The contents of a file that may be seen; raises StoreAway. To be called outside any transaction.

    Pictures, which we have written ourselves, may stand within a page; everything else is to be saved.
    """
    content = parts().files.store.get(file.blob.key)
    return _send(content, file.media_type, file.name, as_attachment=not file.media_type.startswith("image/"))


def send_made(content: bytes, media_type: str, name: str) -> Response:
    """A file that was made for this request, to be saved under this name."""
    return _send(content, media_type, name, as_attachment=True)


def _send(content: bytes, media_type: str, name: str, *, as_attachment: bool) -> Response:
    answer = send_file(
        BytesIO(content),
        mimetype=media_type,
        as_attachment=as_attachment,
        download_name=name,
        conditional=False,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer
