"""Read YAML files written by people, and remember on which line everything stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# The C one reads the same and is faster; a PyYAML built without it has only the other.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """An authoring mistake: where it stands, what is wrong and what to do, in one sentence."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return ``file:line: message``."""
        return f"{self.file}:{self.line}: {self.message}"


class AuthoringError(Exception):
    """One or more authoring mistakes."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Source:
    """A YAML file: its data and the line of every value in it.

    Mapping keys are always strings, so that ``7:``, ``no:`` and ``11@feeling:`` are read alike.
    """

    name: str
    data: Any
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """Return the line of a value, or of the nearest thing around it that the file has."""
        location = tuple(location)
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, message: str) -> Problem:
        """Make a problem that points at a value."""
        return Problem(self.name, self.line(location), message)


def read_yaml(path: Path, root: Path) -> Source:
    """Read a YAML file.

    Parameters
    ----------
    path
        The file.
    root
        The project; problems name the file relative to it.

    Raises
    ------
    AuthoringError
        If the file is missing, is not UTF-8 or YAML, or says a key twice.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AuthoringError([Problem(name, 1, "the file does not exist: create it or mend its name")]) from None
    except UnicodeDecodeError as error:
        raise AuthoringError([Problem(name, 1, f"not UTF-8 ({error.reason}): save the file as UTF-8")]) from None
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = (error.problem or "not YAML").replace("in this context", "here")
        advice = "check the indentation, and put quotes round a text with a colon"
        raise AuthoringError([Problem(name, line, f"{reason}: {advice}")]) from None
    except yaml.YAMLError as error:
        raise AuthoringError([Problem(name, 1, f"{error}: remove the character")]) from None
    lines: dict[Location, int] = {(): 1}
    problems: list[Problem] = []
    data = _construct(node, (), lines, problems, name) if node else {}
    if problems:
        raise AuthoringError(problems)
    return Source(name, data, lines)


def _construct(
    node: yaml.Node, location: Location, lines: dict[Location, int], problems: list[Problem], name: str
) -> Any:
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in mapping:
                problems.append(Problem(name, line, f'"{key}" stands twice in one place: rename or remove one'))
            lines[(*location, key)] = line
            mapping[key] = _construct(value_node, (*location, key), lines, problems, name)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        entries = []
        for index, entry in enumerate(node.value):
            lines[(*location, index)] = entry.start_mark.line + 1
            entries.append(_construct(entry, (*location, index), lines, problems, name))
        return entries
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError):
        problems.append(Problem(name, node.start_mark.line + 1, f'"{node.value}" cannot be read: put it in quotes'))
        return None
