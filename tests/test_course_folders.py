"""A folder is put in its place whole, or what was there stays."""

from pathlib import Path

import pytest

from mindbody.course.folders import replace_folder, scratch


def _folder(path: Path, words: str) -> Path:
    path.mkdir(parents=True)
    (path / "a.txt").write_text(words)
    return path


@pytest.mark.parametrize("there", ["nothing", "folder", "file", "link"])
def test_a_folder_takes_the_place_of_whatever_is_there(there: str, tmp_path: Path):
    target, elsewhere = tmp_path / "course" / "in" / "place", _folder(tmp_path / "elsewhere", "not mine")
    if there == "folder":
        _folder(target, "old")
    elif there != "nothing":
        target.parent.mkdir(parents=True)
        target.symlink_to(elsewhere) if there == "link" else target.write_text("old")
    ready = _folder(scratch(tmp_path / "course"), "new")
    replace_folder(tmp_path / "course", ready, target)
    assert (target / "a.txt").read_text() == "new"
    assert not target.is_symlink()
    assert (elsewhere / "a.txt").read_text() == "not mine"
    assert not list(ready.parent.iterdir()), "nothing is left lying about"


def test_what_was_there_stays_when_the_new_folder_cannot_come(tmp_path: Path):
    target = _folder(tmp_path / "place", "old")
    with pytest.raises(FileNotFoundError):
        replace_folder(tmp_path, tmp_path / "never-made", target)
    assert (target / "a.txt").read_text() == "old"
