"""Attacks by notebook: what a trainee may put into the folder of a submission beside, or instead of, her answers.

Each takes the folder of a submission (our release notebook and wrong answers) and a line of Python that must never run,
and makes the attack there. Attacks by answer file and archive stand in ``tests/hostile.py``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Attack = Callable[[Path, str], None]

SCRIPT = (
    "<script>document.title='pwned';fetch('/api/contents')</script>"
    "<img src=x onerror=\"document.title='pwned'\"><iframe srcdoc=\"<script>parent.document.title='pwned'</script>\">"
    "</iframe><svg onload=\"document.title='pwned'\"></svg>"
)


def _notebook(folder: Path) -> Path:
    return folder / f"{folder.name}.ipynb"


def _edit(change: Callable[[dict[str, Any], str], None]) -> Attack:
    def attack(folder: Path, code: str) -> None:
        path = _notebook(folder)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook, code)
        path.write_text(json.dumps(notebook), encoding="utf-8")

    return attack


def _tests(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": "extra", "metadata": {}, "source": source, "outputs": [], "execution_count": None,
    }  # fmt: skip


@_edit
def a_locked_cell_changed(notebook: dict[str, Any], code: str) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = f"{code}\n100.0"


@_edit
def a_locked_cell_changed_and_its_metadata_stripped(notebook: dict[str, Any], code: str) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"], cell["metadata"] = code, {}


@_edit
def an_extra_code_cell(notebook: dict[str, Any], code: str) -> None:
    notebook["cells"].insert(0, _code(code))


@_edit
def an_extra_cell_that_reads_the_source_notebook(notebook: dict[str, Any], code: str) -> None:
    notebook["cells"].append(_code(f"{code}\nprint(open('../../../source/02-medicine/02-medicine.ipynb').read())"))


def nbformat_3_with_code(folder: Path, code: str) -> None:
    cell = {"cell_type": "code", "input": [code], "outputs": [], "language": "python", "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell], "metadata": {}}]}
    _notebook(folder).write_text(json.dumps(old), encoding="utf-8")


def modules_beside_the_notebook(folder: Path, code: str) -> None:
    for name in ("json.py", "math.py", "mindbody.py", "sitecustomize.py", "nbgrader_config.py", "usercustomize.py"):
        (folder / name).write_text(code, encoding="utf-8")
    (folder / "mindbody").mkdir()
    (folder / "mindbody" / "__init__.py").write_text(code, encoding="utf-8")


@_edit
def another_kernelspec_and_metadata(notebook: dict[str, Any], code: str) -> None:
    notebook["metadata"] = {
        "kernelspec": {"name": "bash", "display_name": "Bash", "language": "bash"},
        "mindbody": {"marked": "x", "assignment": "07-conflict"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"x": code}}},
    }


@_edit
def a_grade_id_twice(notebook: dict[str, Any], code: str) -> None:
    notebook["cells"].append({**_tests(notebook)[0], "id": "twice", "source": code})


@_edit
def schema_version_99(notebook: dict[str, Any], code: str) -> None:
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 99


@_edit
def schema_version_0(notebook: dict[str, Any], code: str) -> None:
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 0


@_edit
def a_solution_flag_on_locked_cells(notebook: dict[str, Any], code: str) -> None:
    for cell in _tests(notebook):
        cell["metadata"]["nbgrader"] |= {"solution": True, "locked": False}
        cell["source"] = code


@_edit
def cells_turned_into_markdown(notebook: dict[str, Any], code: str) -> None:
    for cell in _tests(notebook):
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


@_edit
def test_and_criterion_cells_deleted(notebook: dict[str, Any], code: str) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] if "points" not in cell["metadata"].get("nbgrader", {})]


@_edit
def scripts_in_markdown_raw_cells_and_outputs(notebook: dict[str, Any], code: str) -> None:
    data = {"text/html": [SCRIPT], "application/javascript": [code], "image/svg+xml": [SCRIPT]}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = f"{SCRIPT}\n\n%%javascript\n{SCRIPT}"
        else:
            cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    notebook["cells"] += [
        {"cell_type": "raw", "id": "raw", "metadata": {"format": "text/html"}, "source": SCRIPT},
        _code(f"%%html\n{SCRIPT}"),
        _code(f"%%bash\n{code}"),
    ]


@_edit
def points_in_the_outputs(notebook: dict[str, Any], code: str) -> None:
    for cell in _tests(notebook):
        cell["metadata"]["nbgrader"]["points"] = 1e9
        cell["outputs"] = [
            {"output_type": "execute_result", "data": {"text/plain": "nan"}, "metadata": {}, "execution_count": 1}
        ]


@_edit
def an_endless_loop(notebook: dict[str, Any], code: str) -> None:
    notebook["cells"].insert(0, _code(f"{code}\nwhile True: pass"))


def a_page_beside_the_notebook(folder: Path, code: str) -> None:
    for name in ("evil.html", "evil.svg", "evil.js"):
        (folder / name).write_text(SCRIPT, encoding="utf-8")


def scripts_in_the_answers(folder: Path, code: str) -> None:
    path = folder / "answers.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for name, entry in data["items"].items():
        entry["answer"]["texts"] = {"text": SCRIPT, "reflection": SCRIPT}
        entry["answer"]["numbers"] = {name: SCRIPT}
        entry["answer"]["atoms"] = [SCRIPT, code]
    data["items"]["w-letter"] = {"version": 1, "answer": {"atoms": [], "numbers": {}, "texts": {"text": SCRIPT}}}
    data["learner"] = {"id": SCRIPT, "name": SCRIPT}
    path.write_text(json.dumps(data), encoding="utf-8")


def links_to_the_key_and_to_passwd(folder: Path, code: str) -> None:
    course = folder.parents[2]
    (folder / "answers.json").unlink()
    (folder / "answers.json").symlink_to("/etc/passwd")
    (folder / "key.txt").symlink_to(course / "source" / folder.name / f"{folder.name}.ipynb")
    (folder / "exercise.json").symlink_to(course / "source" / folder.name / f"{folder.name}.ipynb")
    (folder / "keys").symlink_to(course / "keys", target_is_directory=True)


def the_notebook_is_a_link_to_the_source(folder: Path, code: str) -> None:
    path = _notebook(folder)
    path.unlink()
    path.symlink_to(folder.parents[2] / "source" / folder.name / path.name)


def the_answers_are_a_folder(folder: Path, code: str) -> None:
    (folder / "answers.json").unlink()
    (folder / "answers.json").mkdir()
    (folder / "answers.json" / "x").write_text(code, encoding="utf-8")


def the_answers_are_a_fifo(folder: Path, code: str) -> None:
    (folder / "answers.json").unlink()
    os.mkfifo(folder / "answers.json")


def a_fifo_beside_the_answers(folder: Path, code: str) -> None:
    os.mkfifo(folder / "pipe.txt")


def answers_of_200_megabytes(folder: Path, code: str) -> None:
    with (folder / "answers.json").open("r+b") as file:
        file.truncate(200_000_000)  # a sparse file


def answers_to_another_assignment(folder: Path, code: str) -> None:
    path = folder / "answers.json"
    path.write_text(path.read_text(encoding="utf-8").replace(folder.name, "07-conflict"), encoding="utf-8")


def the_notebook_of_another_assignment(folder: Path, code: str) -> None:
    other = folder.parents[2] / "release" / "07-conflict" / "07-conflict.ipynb"
    _notebook(folder).write_bytes(other.read_bytes())


def an_invalid_notebook(folder: Path, code: str) -> None:
    _notebook(folder).write_text("not a notebook", encoding="utf-8")


def an_empty_notebook(folder: Path, code: str) -> None:
    _notebook(folder).write_text("{}", encoding="utf-8")


def no_notebook(folder: Path, code: str) -> None:
    _notebook(folder).unlink()


def a_second_notebook(folder: Path, code: str) -> None:
    other = json.loads(_notebook(folder).read_text(encoding="utf-8"))
    other["cells"].insert(0, _code(code))
    (folder / "other.ipynb").write_text(json.dumps(other), encoding="utf-8")


def a_time_that_is_no_time(folder: Path, code: str) -> None:
    (folder / "timestamp.txt").write_text("not a time", encoding="utf-8")


def a_time_that_is_a_link(folder: Path, code: str) -> None:
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").symlink_to("/etc/passwd")


def nothing_at_all(folder: Path, code: str) -> None:
    for path in folder.iterdir():
        path.unlink()


NOTEBOOKS: Mapping[str, Attack] = {
    "a-locked-cell-changed": a_locked_cell_changed,
    "a-locked-cell-changed-and-its-metadata-stripped": a_locked_cell_changed_and_its_metadata_stripped,
    "an-extra-code-cell": an_extra_code_cell,
    "an-extra-cell-that-reads-the-source-notebook": an_extra_cell_that_reads_the_source_notebook,
    "nbformat-3-with-code": nbformat_3_with_code,
    "modules-beside-the-notebook": modules_beside_the_notebook,
    "another-kernelspec-and-metadata": another_kernelspec_and_metadata,
    "a-grade-id-twice": a_grade_id_twice,
    "schema-version-99": schema_version_99,
    "schema-version-0": schema_version_0,
    "a-solution-flag-on-locked-cells": a_solution_flag_on_locked_cells,
    "cells-turned-into-markdown": cells_turned_into_markdown,
    "test-and-criterion-cells-deleted": test_and_criterion_cells_deleted,
    "scripts-in-markdown-raw-cells-and-outputs": scripts_in_markdown_raw_cells_and_outputs,
    "points-in-the-outputs": points_in_the_outputs,
    "an-endless-loop": an_endless_loop,
    "a-page-beside-the-notebook": a_page_beside_the_notebook,
    "scripts-in-the-answers": scripts_in_the_answers,
    "links-to-the-key-and-to-passwd": links_to_the_key_and_to_passwd,
    "the-notebook-is-a-link-to-the-source": the_notebook_is_a_link_to_the_source,
    "the-answers-are-a-folder": the_answers_are_a_folder,
    "the-answers-are-a-fifo": the_answers_are_a_fifo,
    "a-fifo-beside-the-answers": a_fifo_beside_the_answers,
    "answers-of-200-megabytes": answers_of_200_megabytes,
    "answers-to-another-assignment": answers_to_another_assignment,
    "the-notebook-of-another-assignment": the_notebook_of_another_assignment,
    "an-invalid-notebook": an_invalid_notebook,
    "an-empty-notebook": an_empty_notebook,
    "no-notebook": no_notebook,
    "a-second-notebook": a_second_notebook,
    "a-time-that-is-no-time": a_time_that_is_no_time,
    "a-time-that-is-a-link": a_time_that_is_a_link,
    "nothing-at-all": nothing_at_all,
}
