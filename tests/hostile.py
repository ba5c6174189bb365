"""What a hostile trainee might hand in: answer files and archives, each row of the attack table by name.

Answer files are bytes (`ANSWER_FILES`), things on disk are factories that take a path (`ENTRIES`, `ARCHIVES`).
The answers in them are wrong or empty, so any point above nought is a break.
"""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FORMAT = "mindbody-answers/1"
ASSIGNMENT = "02-medicine"


def answers(learner: str | None = "lee", assignment: str = ASSIGNMENT, **fields: Any) -> dict[str, Any]:
    """Return a well-formed answer file as plain data."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "course": "mind-body-formulation",
        "assignment": assignment,
        "profession": None,
        "language": None,
        "saved_at": "2026-11-22T09:30:00.000Z",
        "items": {},
    }
    if learner is not None:
        data["learner"] = {"id": learner}
    return data | fields


def packed(data: Any) -> bytes:
    """Return plain data as the bytes of a file."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def item(answer: Any = None, **fields: Any) -> dict[str, Any]:
    """Return the entry of one item."""
    return {"version": 1, "answer": {} if answer is None else answer, **fields}


def _with(text: str) -> bytes:
    """Put a raw JSON value into the place of the items."""
    return packed(answers(items="@")).replace(b'"@"', text.encode("utf-8", "surrogatepass"))


def _nested(depth: int) -> str:
    return "[" * depth + "]" * depth


_NOT_AN_ITEM = (None, 3, "x", [], True, {}, {"version": 1}, {"answer": {}})

ANSWER_FILES: Mapping[str, tuple[bytes, str]] = {
    # name: (bytes, a part of the reason for which they are refused)
    "empty": (b"", "not JSON"),
    "not JSON": (b"PK\x03\x04 this is no JSON", "not"),
    "a list": (b"[]", "not an object of fields"),
    "a text": (b'"answers"', "not an object of fields"),
    "half a file": (packed(answers())[:-20], "not JSON"),
    "something after the end": (packed(answers()) + b"{}", "not JSON"),
    "a byte order mark": (b"\xef\xbb\xbf" + packed(answers()), "not JSON"),
    "UTF-16": (packed(answers()).decode().encode("utf-16"), "not"),
    "Latin-1": (json.dumps(answers("Zoë"), ensure_ascii=False).encode("latin-1"), "not UTF-8"),
    "a lone surrogate as bytes": (packed(answers("\ud800")), "not UTF-8"),
    "nested 100,000 deep": (_with(_nested(100_000)), "deeper than 8"),
    "nested 9 deep": (_with('{"x":' + _nested(7) + "}"), "deeper than 8"),
    "unclosed 900,000 deep": (b"[" * 900_000, "deeper than 8"),
    "900,000 quotes and backslashes": (b'"' + b'\\"' * 450_000 + b"\\", "not JSON"),
    "NaN": (_with('{"a": {"version": 1, "answer": {}, "confidence": NaN}}'), "NaN"),
    "Infinity": (_with('{"a": {"version": 1, "answer": {}, "confidence": Infinity}}'), "Infinity"),
    "minus Infinity": (_with('{"a": {"version": 1, "answer": {}, "confidence": -Infinity}}'), "Infinity"),
    "1e999": (_with('{"a": {"version": 1, "answer": {}, "confidence": 1e999}}'), "too large"),
    "an integer of 5,000 digits": (_with('{"a": {"version": ' + "9" * 5000 + ', "answer": {}}}'), "too large"),
    "a float of 500,000 digits": (_with('{"a": {"version": 1.' + "1" * 500_000 + ', "answer": {}}}'), "too long"),
    "a duplicate key": (_with('{}, "items": {"a": 1}'), "stands twice"),
    "a duplicate item": (
        _with('{"a": {"version": 1, "answer": {}}, "a": {"version": 1, "answer": {}}}'),
        "stands twice",
    ),
    "another format": (packed(answers(format="mindbody-answers/2")), "format"),
    "no format": (packed({"items": {}}), "format"),
    "a format that is a list": (packed(answers(format=[FORMAT])), "format"),
    "no assignment": (packed(answers(assignment=None)), "assignment"),  # type: ignore[arg-type]
    "items that are a list": (packed(answers(items=[])), "items"),
    "no items": (packed(answers(items=None)), "items"),
    "5,000 items": (packed(answers(items={f"i{n}": item() for n in range(5000)})), "more than 1000 items"),
    "a learner that is a text": (packed(answers(learner=None) | {"learner": "lee"}), "learner"),
    "a learner whose id is a list": (packed(answers(learner=None) | {"learner": {"id": ["lee"]}}), "`id`"),
    "a name of 10,000 characters": (packed(answers("x" * 10_000)), "`id`"),
    "a course that is a number": (packed(answers(course=1)), "course"),
    "a control character in a name": (packed(answers(items={"a\x00b": item()})), "no name"),
    "a lone surrogate in a name": (_with('{"\\ud800": {"version": 1, "answer": {}}}'), "no name"),
    "a text of 20,001 characters": (
        packed(answers(items={"a": item({"texts": {"text": "x" * 20_001}})})),
        "longer than 20000",
    ),
    "a text of 10,001 emoji": (
        packed(answers(items={"a": item({"texts": {"text": "\U0001f600" * 10_001}})})),
        "longer than 20000",
    ),
    "a broken time": (packed(answers(saved_at="not a time")), "saved_at"),
    "a time before there was UTC": (packed(answers(saved_at="0001-01-01T00:00:00+14:00")), "saved_at"),
    "a time that is a number": (packed(answers(saved_at=1e18)), "saved_at"),
    "a version that is true": (packed(answers(items={"a": {"version": True, "answer": {}}})), "version"),
    "a version below 1": (packed(answers(items={"a": {"version": 0, "answer": {}}})), "version"),
    "a version with a fraction": (packed(answers(items={"a": {"version": 1.5, "answer": {}}})), "version"),
    "minus one attempts": (packed(answers(items={"a": item(attempts=-1)})), "attempts"),
    "confidence of 101": (packed(answers(items={"a": item(confidence=101)})), "confidence"),
    "confidence that is true": (packed(answers(items={"a": item(confidence=True)})), "confidence"),
    "atoms that are a text": (packed(answers(items={"a": item({"atoms": "opt:a"})})), "atoms"),
    "atoms that are numbers": (packed(answers(items={"a": item({"atoms": [1]})})), "atoms"),
    "an atom twice": (packed(answers(items={"a": item({"atoms": ["opt:a", "opt:a"]})})), "twice"),
    "numbers that are numbers": (packed(answers(items={"a": item({"numbers": {"n": 3}})})), "numbers"),
    "texts that are objects": (packed(answers(items={"a": item({"texts": {"t": {}}})})), "texts"),
    "a first without a time": (packed(answers(items={"a": item(first={"answer": {}})})), "no time"),
    "a last without an answer": (packed(answers(items={"a": item(last={"at": "2026-11-22"})})), "answer"),
    **{
        f"an item that is {packed(wrong).decode()}": (packed(answers(items={"a": wrong})), 'item "a"')
        for wrong in _NOT_AN_ITEM
    },
    "larger than 1 MB": (packed(answers(padding=["x" * 20_000] * 50)), "larger than 1 MB"),
}

HARMLESS: Mapping[str, bytes] = {
    # Taken, and worth nothing.
    "no answers": packed(answers()),
    "from JupyterLab, without a learner": packed({"format": FORMAT, "assignment": ASSIGNMENT, "items": {}}),
    "unknown fields": packed(answers(mark={"points": 600}, points=6, rejected=None, deep={"a": {"b": [1]}})),
    "control characters and half a surrogate pair in a text": _with(
        '{"w-safety-net": {"version": 1, "answer": {"texts": {"text": "a\\u0000b\\ud800c\\u001b[31m"}}}}'
    ),
    "an item nobody asked for": packed(answers(items={"../../x": item({"atoms": ["opt:a"]})})),
    "a version there never was": packed(answers(items={"g-peter": {"version": 99, "answer": {}}})),
    "every atom that comes to mind": packed(
        answers(items={"g-peter": item({"atoms": [f"opt:{letter}" for letter in "abcdefgh"]})})
    ),
    "marks of its own making": packed(
        answers(items={"g-peter": item(points=400, max=400, mark={"points": 400}, first=None, last=None)})
    ),
    "constructors and dunders": packed(
        answers(items={"__proto__": item(), "constructor": item(), "__class__": item({"texts": {"__init__": "x"}})})
    ),
}

# --- things on disk ---------------------------------------------------------------------------------------------------


def _file(data: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data) and None


def a_link_to_passwd(path: Path) -> None:
    """Make a link to a file of the system."""
    path.symlink_to("/etc/passwd")


def a_link_to_itself(path: Path) -> None:
    """Make a link that never ends."""
    path.symlink_to(path.name)


def a_fifo(path: Path) -> None:
    """Make a FIFO that nobody writes to: to open it would wait for ever."""
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    """Make a folder."""
    path.mkdir()


def _nothing(path: Path) -> None:
    """Make nothing."""


def two_hundred_megabytes(path: Path) -> None:
    """Make a file of 200 MB that takes no room on disk."""
    with path.open("wb") as file:
        file.truncate(200_000_000)


ENTRIES: Mapping[str, tuple[Callable[[Path], None], str]] = {
    # name: (factory of something called answers.json, a part of the reason for which it is refused)
    "a link to /etc/passwd": (a_link_to_passwd, "is a link"),
    "a link to itself": (a_link_to_itself, "is a link"),
    "a FIFO": (a_fifo, "not a regular file"),
    "a folder": (a_folder, "a folder"),
    "200 MB": (two_hundred_megabytes, "larger than 1 MB"),
    "nothing": (_nothing, "is not there"),
}

# --- archives ---------------------------------------------------------------------------------------------------------


def archive(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with the members given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as zipped:
        for name, data in members:
            zipped.writestr(name, data)
    return buffer.getvalue()


def submission(learner: str = "lee", assignment: str = ASSIGNMENT, **fields: Any) -> bytes:
    """Return the zip that the page's download button makes."""
    return archive(
        ("answers.json", packed(answers(learner, assignment, **fields))),
        ("my-answers.html", b"<!doctype html>"),
    )


def _member(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def _bomb() -> bytes:
    return archive(("answers.json", b" " * 300_000_000))


def _lying_bomb() -> bytes:
    """Return a bomb whose directory says that it unpacks to 100 bytes."""
    data = bytearray(archive(("answers.json", b" " * 50_000_000)))
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 100)
    struct.pack_into("<I", data, data.find(b"PK\x03\x04") + 22, 100)
    return bytes(data)


def _encrypted() -> bytes:
    """Return a zip whose member says that it is encrypted."""
    data = bytearray(submission())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        struct.pack_into("<H", data, at + offset, struct.unpack_from("<H", data, at + offset)[0] | 1)
    return bytes(data)


def _broken_sum() -> bytes:
    data = bytearray(archive(("answers.json", packed(answers())), method=zipfile.ZIP_STORED))
    at = data.find(b"mind-body-formulation")
    data[at : at + 4] = b"MIND"
    return bytes(data)


def _many(count: int) -> bytes:
    return archive(
        ("answers.json", packed(answers())),
        *((f"{number}", b"") for number in range(count)),
        method=zipfile.ZIP_STORED,
    )


def _claims_many() -> bytes:
    """Return a zip of two members whose end record says 65,534."""
    data = bytearray(submission())
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", data, end + 8, 65_534, 65_534)
    return bytes(data)


def _zip64() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped, zipped.open("answers.json", "w", force_zip64=True) as member:
        member.write(packed(answers()))
    data = buffer.getvalue()
    end = data.rfind(b"PK\x05\x06")
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, 1 << 40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return data[:end] + record + locator + data[end:]


ARCHIVES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    # name: (factory, a part of the reason for which it is refused)
    "zip slip": (
        lambda: archive(("answers.json", packed(answers())), ("../../../evil.py", b"1/0")),
        "outside",
    ),
    "zip slip of the answers": (lambda: archive(("../answers.json", packed(answers()))), "outside"),
    "zip slip with backslashes": (lambda: archive(("..\\..\\answers.json", packed(answers()))), "outside"),
    "absolute path": (lambda: archive(("/tmp/answers.json", packed(answers()))), "outside"),  # noqa: S108
    "drive letter": (lambda: archive(("C:\\answers.json", packed(answers()))), "outside"),
    "bomb": (_bomb, "larger than 1 MB"),
    "bomb that lies about its size": (_lying_bomb, "damaged"),
    "100,000 members": (lambda: _many(100_000), "64-bit"),
    "60,000 members": (lambda: _many(60_000), "members"),
    "1,000 members": (lambda: _many(1_000), "members"),
    "a count that lies": (_claims_many, "members"),
    "a 64-bit directory of a terabyte": (_zip64, "64-bit"),
    "not a zip": (lambda: b"this is no zip", "not a zip"),
    "empty file": (lambda: b"", "not a zip"),
    "half a zip": (lambda: submission()[:200], "not a zip"),
    "zip without members": (archive, "no answers.json"),
    "no answers.json": (lambda: archive(("my-answers.html", b"")), "no answers.json"),
    "two answers.json": (
        lambda: archive(("answers.json", packed(answers())), ("a/answers.json", packed(answers("bob")))),
        "2 files called answers.json",
    ),
    "names that differ in case": (
        lambda: archive(("answers.json", packed(answers())), ("ANSWERS.JSON", packed(answers("bob")))),
        "2 files called answers.json",
    ),
    "symlink member": (
        lambda: archive((_member("answers.json", stat.S_IFLNK | 0o777), b"/etc/passwd")),
        "a link",
    ),
    "symlink beside the answers": (
        lambda: archive((_member("02-medicine", stat.S_IFLNK | 0o777), b"/etc"), ("answers.json", packed(answers()))),
        "a link",
    ),
    "device member": (lambda: archive((_member("answers.json", stat.S_IFCHR | 0o666), b"")), "not a file"),
    "folder named answers.json": (lambda: archive(("answers.json/", b"")), "a folder"),
    "encrypted": (_encrypted, "password"),
    "nested zip": (lambda: archive(("lee_02-medicine.zip", submission())), "another zip"),
    "buried deep": (lambda: archive(("a/" * 40 + "answers.json", packed(answers()))), "no answers.json"),
    "compressed with bzip2": (
        lambda: archive(("answers.json", packed(answers())), method=zipfile.ZIP_BZIP2),
        "compressed",
    ),
    "compressed with LZMA": (
        lambda: archive(("answers.json", packed(answers())), method=zipfile.ZIP_LZMA),
        "compressed",
    ),
    "wrong check sum": (_broken_sum, "damaged"),
    "control characters in a member's name": (
        lambda: archive(("answers\x1b[31m.json", packed(answers()))),
        "no answers.json",
    ),
    "right-to-left override in a member's name": (
        lambda: archive(("\u202enosj.srewsna", packed(answers()))),
        "no answers.json",
    ),
    "a member's name of 60,000 characters": (
        lambda: archive(("x" * 60_000 + "/answers.json", packed(answers()))),
        "members",
    ),
    "hostile answers in a good zip": (lambda: archive(("answers.json", b"[" * 100_000)), "deeper than 8"),
    "wrong assignment": (lambda: submission(assignment="07-conflict"), "07-conflict"),
}
