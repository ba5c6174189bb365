"""Zips that somebody else made: one member is taken, by name; nothing is unpacked, and no path in a zip is used."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from mindbody.answers import LARGEST
from mindbody.course.reader import Refused, shown

ANSWERS = "answers.json"
LARGEST_ARCHIVE = 20_000_000
"""Bytes of one trainee's archive; the page's own zip is far below 2 MB."""
MOST_MEMBERS = 100
"""Of one trainee's archive; the page's own has two."""
_LARGEST_DIRECTORY = 32_000
_MOST_IN_BULK = 20_000
_DEEPEST = 3
_END = b"PK\x05\x06"
_ENDS_64 = b"PK\x06\x07"
_END_SIZE = 22
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SEND = "ask for the zip that the download button made, as it is"


@dataclass(frozen=True)
class Member:
    """A file in the zip in which a learning platform hands over all submissions."""

    path: PurePosixPath
    data: bytes
    time: datetime | None


def answers_in(archive: bytes, name: str) -> bytes:
    """Return the bytes of the one ``answers.json`` in a trainee's zip.

    Parameters
    ----------
    archive
        The zip.
    name
        What messages call it.

    Raises
    ------
    Refused
        If there is none or more than one, or the zip is not what the page makes.
    """
    where = shown(name)
    _check_directory(archive, where)
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
            return _take(zipped, _find(zipped, where), where, LARGEST)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError) as error:
        # zipfile also raises the last four for a directory that makes no sense.
        raise Refused(f"{where} is not a zip that can be read ({shown(error, 80)}): {_SEND}.") from None


def members_of(path: Path) -> Iterator[Member | Refused]:
    """Go through the zip in which a learning platform hands over all submissions.

    Yields
    ------
    Member or Refused
        Every zip and JSON file in it, or why one cannot be taken.

    Raises
    ------
    Refused
        If it is no zip.
    """
    where = shown(path)
    try:
        with zipfile.ZipFile(path) as zipped:
            infos = zipped.infolist()
            if len(infos) > _MOST_IN_BULK:
                raise Refused(f"{where} has more than {_MOST_IN_BULK} members: unpack it and collect the folder.")
            for info in infos:
                if info.is_dir() or is_litter(info.filename):
                    continue
                try:
                    yield _bulk_member(zipped, info, where)
                except Refused as refused:
                    yield refused
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError) as error:
        raise Refused(
            f"{where} is not a zip that can be read ({shown(error, 80)}): download it from the platform again."
        ) from None


def is_litter(path: str) -> bool:
    """Tell whether a file is one that a system leaves behind: nobody handed it in."""
    first, last = path.partition("/")[0], path.rpartition("/")[2]
    hidden = last.startswith("._") or (last.startswith(".") and not last.casefold().endswith((".zip", ".json")))
    return hidden or first == "__MACOSX" or last in {"Thumbs.db", "desktop.ini"}


def _bulk_member(zipped: zipfile.ZipFile, info: zipfile.ZipInfo, where: str) -> Member:
    inside = f"{where}: {shown(info.filename)}"
    if not info.filename.casefold().endswith((".zip", ".json")):
        raise Refused(f"{inside} is neither a zip nor answers.json: {_SEND}.")
    _check_path(info, where)
    data = _take(zipped, info, inside, LARGEST_ARCHIVE)
    try:
        time = datetime(*info.date_time).astimezone()
    except (ValueError, OverflowError):
        time = None
    return Member(PurePosixPath(info.filename), data, time)


def _check_directory(archive: bytes, where: str) -> None:
    """Refuse a zip by its last bytes, before zipfile makes an object of each of a hundred thousand members."""
    # The end is found as zipfile finds it, so that both read the same directory.
    at = len(archive) - _END_SIZE
    if at < 0 or archive[at : at + 4] != _END or archive[-2:] != b"\0\0":
        at = archive.rfind(_END, max(0, len(archive) - _END_SIZE - (1 << 16)))
    if at < 0 or at + _END_SIZE > len(archive):
        raise Refused(f"{where} is not a zip, or not all of one: {_SEND}.")
    if archive[max(0, at - 20) : at].startswith(_ENDS_64):
        raise Refused(f"{where} has a 64-bit directory, which the page never makes: {_SEND}.")
    count, size = struct.unpack_from("<HI", archive, at + 10)
    if count > MOST_MEMBERS or size > _LARGEST_DIRECTORY:
        raise Refused(f"{where} has too many members, or very long names ({count} members): {_SEND}.")


def _find(zipped: zipfile.ZipFile, where: str) -> zipfile.ZipInfo:
    infos = zipped.infolist()
    if len(infos) > MOST_MEMBERS:
        raise Refused(f"{where} has {len(infos)} members: {_SEND}.")
    for info in infos:
        _check_path(info, where)
    # Somebody may have unpacked the zip and packed its folder again, but not deeper than that.
    named = [info for info in infos if _last(info) == ANSWERS and info.filename.rstrip("/").count("/") < _DEEPEST]
    if not named:
        if any(info.filename.casefold().endswith(".zip") for info in infos):
            raise Refused(f"{where} holds another zip instead of answers.json: {_SEND}.")
        raise Refused(f"{where} holds no answers.json: {_SEND}.")
    if len(named) > 1:
        raise Refused(f"{where} holds {len(named)} files called answers.json: ask which one is meant; {_SEND}.")
    return named[0]


def _check_path(info: zipfile.ZipInfo, where: str) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise Refused(f"{where}: {shown(info.filename, 60)} is a link, and links are not followed: {_SEND}.")
    # zipfile turns the system's separators into "/"; on Linux a backslash stays, and it leads out on Windows.
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.partition("/")[0] or ".." in name.split("/"):
        raise Refused(f"{where}: {shown(info.orig_filename, 60)} leads outside of the archive: {_SEND}.")
    if info.filename.endswith("/") and _last(info) == ANSWERS:
        raise Refused(f"{where}: answers.json is a folder: {_SEND}.")
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise Refused(f"{where}: {shown(info.filename, 60)} is not a file: {_SEND}.")


def _take(zipped: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, largest: int) -> bytes:
    if info.flag_bits & 1:
        raise Refused(f"{where} is locked with a password: {_SEND}.")
    if info.compress_type not in _METHODS:
        raise Refused(f"{where} is compressed in a way the page does not use: {_SEND}.")
    if info.file_size > largest:
        raise Refused(f"{where}: {shown(_last(info), 60)} is larger than {largest // 1_000_000} MB: {_SEND}.")
    try:
        # What the directory says of the size may be a lie, so no more than that is unpacked, whatever comes.
        with zipped.open(info) as member:
            data = member.read(largest + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise Refused(f"{where} is damaged ({shown(error, 80)}): {_SEND}.") from None
    if len(data) > largest:
        raise Refused(f"{where}: {shown(_last(info), 60)} is larger than {largest // 1_000_000} MB: {_SEND}.")
    return data


def _last(info: zipfile.ZipInfo) -> str:
    """Return the last part of a member's path as every file system would read it."""
    return unicodedata.normalize("NFKC", info.filename.rstrip("/").rpartition("/")[2]).casefold()
