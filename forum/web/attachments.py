"""Handing out a stored file: always as an attachment, never as a page of ours."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, send_file

from forum.ports.files.keeping import open_file
from forum.ports.files.models import StoredFile


def attachment(stored: StoredFile) -> Response:
    """Answer with the file; who may have it was decided by the page's policy and the file's owner."""
    answer = send_file(
        open_file(stored), mimetype=stored.media_type, as_attachment=True, download_name="file", max_age=0
    )
    plain = stored.filename.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "file"
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.filename, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
