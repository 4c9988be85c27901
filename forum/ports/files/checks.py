"""Checking what was handed in before a single byte of it is stored.

The extension, the first bytes and the inner structure must agree; pictures are drawn anew, so that
neither a place nor a camera nor a hidden tail survives.  Source: OWASP ASVS 5.0, V5.2.
"""

from __future__ import annotations

import io
import re
import stat
import warnings
import zipfile
import zlib
from collections.abc import Collection

from PIL import Image, ImageOps

from forum.core.text import clean_line
from forum.ports.files import errors
from forum.ports.files.kinds import MEGABYTE, OFFICE, PICTURES, SHAPES, TEXTS, Kind, kind_named

MOST_PIXELS = 25_000_000
MOST_PARTS = 2000
MOST_RATIO = 100
MOST_UNPACKED = 200 * MEGABYTE
_SMALL_PART = MEGABYTE  # below this an honest part of spaces may well be packed more than a hundredfold
_ODD_PART = re.compile(
    r"vbaproject|vbadata|activex|\.(zip|rar|7z|jar|exe|dll|com|bat|cmd|ps1|vbs|js|hta|scr|docm|xlsm|pptm)$"
)
_OUTSIDE = re.compile(
    rb'(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)"[^>]*TargetMode\s*=\s*"External"'
    rb'|TargetMode\s*=\s*"External"[^>]*/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)"'
)
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def display_name(filename: str) -> str:
    """Return a file name that is safe to show and to offer: no folders, no controls, 200 characters."""
    last = clean_line(re.split(r"[\\/]", filename)[-1]).lstrip(".")
    stem, dot, extension = last.rpartition(".")
    if not dot:
        return last[:200]
    return f"{stem[: 199 - len(extension)]}.{extension}"


def kind_of(filename: str, allowed: Collection[Kind]) -> Kind:
    """Return the kind that the name claims; raise ``KindNotTaken`` if it isn't among those asked for."""
    kind = kind_named(filename)
    if kind is None or kind not in allowed:
        raise errors.KindNotTaken(kinds=", ".join(sorted(allowed)))
    return kind


def checked(content: bytes, kind: Kind) -> bytes:
    """Return the content as it may be stored, or raise a ``FileRefused``."""
    shape = SHAPES[kind]
    if not content:
        raise errors.FileMissing
    if len(content) > shape.most_bytes:
        raise errors.FileTooLarge(megabytes=shape.most_bytes // MEGABYTE)
    if shape.begins and not content.startswith(shape.begins):
        raise errors.ContentDiffers(kind=kind.upper())
    if kind in PICTURES:
        return _drawn_anew(content, kind)
    if kind in OFFICE:
        _check_office(content, kind)
    elif kind in TEXTS:
        _check_text(content, kind)
    elif kind is Kind.PDF and b"%%EOF" not in content[-2048:]:
        raise errors.ContentDiffers(kind=kind.upper())
    return content


def _drawn_anew(content: bytes, kind: Kind) -> bytes:
    name = "JPEG" if kind is Kind.JPEG else "PNG"
    try:
        with warnings.catch_warnings():
            # Our own limit is stricter than the one that the library warns of.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[name])
        if picture.width * picture.height > MOST_PIXELS or getattr(picture, "n_frames", 1) > 1:
            raise errors.PictureTooLarge
        upright = ImageOps.exif_transpose(picture)
        with_transparency = name == "PNG" and ("A" in upright.getbands() or "transparency" in upright.info)
        plain = upright.convert("RGBA" if with_transparency else "RGB")
    except Image.DecompressionBombError as bomb:
        raise errors.PictureTooLarge from bomb
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as broken:
        raise errors.ContentDiffers(kind=kind.upper()) from broken
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    target = io.BytesIO()
    if name == "JPEG":
        clean.save(target, "JPEG", quality=90)
    else:
        clean.save(target, "PNG")
    return target.getvalue()


def _check_text(content: bytes, kind: Kind) -> None:
    if b"\0" in content or content.startswith((b"PK\x03\x04", b"%PDF-", b"MZ", b"\x7fELF")):
        raise errors.ContentDiffers(kind=kind.upper())
    if kind is not Kind.CSV:  # a spreadsheet may still write its country's own encoding
        try:
            content.decode("utf-8-sig")
        except UnicodeDecodeError as broken:
            raise errors.ContentDiffers(kind=kind.upper()) from broken
    if kind is Kind.XML and _DECLARATION.search(content):
        raise errors.ArchiveUnsafe


def _check_office(content: bytes, kind: Kind) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, kind)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        zlib.error,
    ) as broken:
        raise errors.ContentDiffers(kind=kind.upper()) from broken
    except (RuntimeError, ValueError, OverflowError) as broken:  # encrypted, or an unreadable header
        raise errors.ArchiveUnsafe from broken


def _check_archive(archive: zipfile.ZipFile, kind: Kind) -> None:
    parts = archive.infolist()
    if archive.comment:
        raise errors.ArchiveUnsafe
    _check_parts(parts)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or SHAPES[kind].main_part not in names:
        raise errors.ContentDiffers(kind=kind.upper())
    for part in parts:
        _check_part(archive, part)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by the directory alone, before anything is unpacked."""
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) != len(names):
        raise errors.ArchiveUnsafe
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise errors.ArchiveUnsafe
    for part, name in zip(parts, names, strict=True):
        too_dense = part.file_size > _SMALL_PART and part.file_size > MOST_RATIO * max(1, part.compress_size)
        is_link = stat.S_ISLNK(part.external_attr >> 16)
        outside = name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) or ":" in name
        if too_dense or is_link or outside or part.flag_bits & 1 or _ODD_PART.search(name):
            raise errors.ArchiveUnsafe


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part through, in pieces: its length and checksum must be as promised."""
    name = part.filename.casefold()
    is_text = name.endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(MEGABYTE):
            window = tail + piece
            if is_text and (_DECLARATION.search(window) or b"macroEnabled" in window):
                raise errors.ArchiveUnsafe
            if name.endswith(".rels") and _OUTSIDE.search(window):
                raise errors.ArchiveUnsafe
            if window[:4] == b"PK\x03\x04" and not tail and not name.endswith((".xlsx", ".docx", ".pptx")):
                raise errors.ArchiveUnsafe
            tail = window[-1024:]
