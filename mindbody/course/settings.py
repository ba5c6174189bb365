"""What an institution sets up in ``exercises/nbgrader_config.py``, read without nbgrader."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from mindbody.course.grading import CourseError

GRADEBOOK = "gradebook.db"
CONFIG = "nbgrader_config.py"
ADDRESS = "MINDBODY_GRADEBOOK"
"""The environment's word for the gradebook's address; ``nbgrader_config.py`` hands it to nbgrader."""


def gradebook_address(course_dir: Path) -> str:
    """Return the address of the gradebook, as SQLAlchemy writes it.

    It is ``CourseDirectory.db_url`` of ``nbgrader_config.py``, which takes it from the environment's
    ``MINDBODY_GRADEBOOK``; without either, ``gradebook.db`` in the course's folder.
    """
    address = course_settings(course_dir).get("CourseDirectory", {}).get("db_url", "")
    return str(address) or f"sqlite:///{course_dir.resolve() / GRADEBOOK}"


def course_settings(course_dir: Path) -> Any:
    """Return the settings in ``nbgrader_config.py``, class -> trait -> value.

    Raises
    ------
    CourseError
        If the file fails.
    """
    path = course_dir / CONFIG
    if not path.is_file():
        return {}
    return _read(path, path.stat().st_mtime_ns, os.environ.get(ADDRESS))


def late_penalty(course_dir: Path) -> Callable[[str, float, float], float | None] | None:
    """Return what the institution takes off for being late; None, as long as it has set nothing up, is nothing.

    It is nbgrader's own setting: ``LateSubmissionPlugin.penalty_method``, or a plug-in that
    ``AssignLatePenalties.plugin_class`` names.
    """
    settings = course_settings(course_dir)
    own = settings.get("AssignLatePenalties", {}).get("plugin_class")
    if not own and settings.get("LateSubmissionPlugin", {}).get("penalty_method", "none") == "none":
        return None
    from nbgrader.plugins import LateSubmissionPlugin
    from traitlets.utils.importstring import import_item

    kind = import_item(own) if isinstance(own, str) else own or LateSubmissionPlugin
    return kind(config=settings).late_submission_penalty  # type: ignore[no-any-return]


@lru_cache(maxsize=8)
def _read(path: Path, time: int, address: str | None) -> Any:
    from traitlets.config.loader import PyFileConfigLoader

    try:
        return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
    except Exception as error:  # noqa: BLE001 - the institution's own Python may raise anything
        raise CourseError(f"{path} fails ({type(error).__name__}: {error}): mend it") from None
