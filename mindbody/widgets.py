"""An exercise as an ordinary ipywidgets widget, its answers kept in ``answers.json`` beside the notebook."""

from __future__ import annotations

import json
import re
import threading
import weakref
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from mindbody import answers
from mindbody.curriculum import load, public_spec
from mindbody.text import ROOT

DIST = Path(__file__).parent / "frontend" / "dist"
EXERCISES = "exercise.json"
ANSWERS = "answers.json"
EMPTY: Mapping[str, Any] = {"atoms": [], "numbers": {}, "texts": {}}
_LINK = re.compile(rf'<a [^>]*href="{re.escape(ROOT)}[^"]*"[^>]*>(.*?)</a>')
# Two widgets of one kernel share a file; each change reads, edits and replaces it.
_FILE = threading.Lock()
# A text is written beside the placements of another exercise, which tells it of every change.
_LIVE: weakref.WeakSet[ExerciseWidget] = weakref.WeakSet()


class ExerciseWidget(anywidget.AnyWidget):
    """One exercise, live.

    Attributes
    ----------
    spec
        The item as the page has it; never changes.
    answer
        ``{"atoms": [...], "numbers": {...}, "texts": {...}}``; observe it, or set it from Python.
    mark
        The mark of the last check of a practice item, as ``Mark.to_json`` gives it, else None.
    record
        First and last checked answer with times, attempts, confidence, hints shown.
    saved
        ``{"ok": true, "at": time}`` or ``{"ok": false, "reason": sentence}`` once something was saved.
    beside
        ``{"view": ..., "answer": ...}`` of the exercise that this text is written beside, as it stands now.
    """

    _esm = DIST / "widget.js"
    _css = DIST / "widget.css"

    spec = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict(dict(EMPTY)).tag(sync=True)
    record = traitlets.Dict().tag(sync=True)
    mark = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    saved = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    beside = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(
        self, spec: Mapping[str, Any], folder: Path | None = None, beside: Mapping[str, Any] | None = None
    ) -> None:
        self._path = (folder or Path.cwd()) / ANSWERS
        self._item = spec["id"].partition("/")[2]
        entry, saved = self._restore(self._item)
        same = entry.get("version") == spec["version"]
        record: dict[str, Any] = {
            name: entry[name] for name in ("first", "last", "attempts", "confidence", "hints") if name in entry
        }
        if entry and not same:
            # A changed item is answered anew; what was answered stays in the file.
            before = {name: value for name, value in entry.items() if name != "earlier"}
            record = {"earlier": [*entry.get("earlier", []), before]}
        super().__init__(
            spec=dict(spec),
            answer=_answer(entry, spec),
            record=record,
            saved=saved,
            beside=self._see(beside) if beside else None,
        )
        self.observe(self._save, ["answer", "record"])
        self.observe(self._show_neighbours, ["answer"])
        _LIVE.add(self)

    @classmethod
    def of(cls, full_id: str, folder: Path | None = None) -> ExerciseWidget:
        """Make the widget of an exercise.

        Parameters
        ----------
        full_id
            Assignment and item, e.g. ``07-conflict/c1-corners``.
        folder
            Where ``exercise.json`` (if this machine has no curriculum) and ``answers.json`` are; the current one
            when None.

        Raises
        ------
        KeyError
            If there is no such exercise.
        """
        path = (folder or Path.cwd()) / EXERCISES
        if path.is_file():
            specs = json.loads(path.read_text(encoding="utf-8"))["items"]
            if full_id not in specs:
                raise KeyError(f'there is no exercise "{full_id}" in {path} (there are {", ".join(specs)})')
            spec = specs[full_id]
            return cls(spec, folder, specs.get(spec.get("beside")))
        curriculum = load()
        item = curriculum.item(full_id)
        beside = portable(public_spec(curriculum, curriculum.item(item.beside))) if item.beside else None
        return cls(portable(public_spec(curriculum, item)), folder, beside)

    def _see(self, beside: Mapping[str, Any]) -> dict[str, Any]:
        entry, _ = self._restore(beside["id"].partition("/")[2])
        return {"view": beside["view"], "answer": _answer(entry, beside)}

    def _show_neighbours(self, change: Any) -> None:
        for widget in list(_LIVE):
            if widget.beside and widget._path == self._path and widget.spec.get("beside") == self.spec["id"]:
                widget.beside = {**widget.beside, "answer": change["new"]}

    def _restore(self, item: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        try:
            return answers.read(self._path).get("items", {}).get(item, {}), None
        except answers.AnswerFileError as error:
            return {}, {"ok": False, "reason": str(error)}

    def _save(self, change: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        entry = {"version": self.spec["version"], "answer": self.answer, **self.record, "saved_at": now}
        try:
            with _FILE:
                data = answers.read(self._path)
                data.setdefault("assignment", self.spec["assignment"])
                data.setdefault("items", {})[self._item] = entry
                data["saved_at"] = now
                data.pop("format", None)
                answers.write(self._path, data)
        except answers.AnswerFileError as error:
            self.saved = {"ok": False, "reason": str(error)}
        else:
            self.saved = {"ok": True, "at": now}


def _answer(entry: Mapping[str, Any], spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was saved of an exercise, else the state it starts from."""
    if entry.get("version") == spec["version"] and "answer" in entry:
        return dict(entry["answer"])
    return {**EMPTY, "atoms": list(spec["shape"].get("start", []))}


def portable(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item's data without links into the book, for a notebook that has no book beside it."""

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return _LINK.sub(r"\1", value).replace(ROOT, "")
        if isinstance(value, Mapping):
            return {name: plain(part) for name, part in value.items()}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return value

    result: dict[str, Any] = plain(spec)
    # There is no gate to pass in a notebook: the instructor decides what is opened when.
    return result | {"needs": None, "again": None}
