"""The answer file ``answers.json``: what a learner's work looks like on disk."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FORMAT = "mindbody-answers/1"
LARGEST = 1_000_000
"""Bytes."""


class AnswerFileError(Exception):
    """An answer file that cannot be read or written; the message says which and why."""


def read(path: Path) -> dict[str, Any]:
    """Read an answer file of our own making; a missing one is empty.

    Raises
    ------
    AnswerFileError
        If it is no answer file of this format. It is left as it is.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise AnswerFileError(
            f"{path} cannot be read ({error}): move it away to begin anew, nothing in it was changed"
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("items"), dict):
        raise AnswerFileError(f'{path} is not a "{FORMAT}" file: move it away to begin anew, nothing in it was changed')
    return data


def write(path: Path, data: Mapping[str, Any]) -> None:
    """Write an answer file so that a crash leaves the old one or the new one, never half of one.

    Raises
    ------
    AnswerFileError
        If it is too large, or the folder cannot be written.
    """
    text = json.dumps({"format": FORMAT, **data}, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise AnswerFileError(f"{path.name} would be larger than 1 MB: shorten a text")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner can read; nbgrader's exchange copies what others must read.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except (OSError, UnicodeError) as error:
        raise AnswerFileError(
            f"{path} cannot be written ({error}): free some space, or ask who owns the folder"
        ) from error
