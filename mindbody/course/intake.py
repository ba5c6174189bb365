"""From what the instructor downloaded to ``submitted/``: the first barrier between a trainee's files and nbgrader.

Of everything that comes, only the bytes of ``answers.json`` enter ``submitted/<trainee>/<assignment>/``, beside our
own copy of the release notebook and the time. What came is kept untouched in ``downloaded/<assignment>/archive/``.

Who sent it: the learning platform's name for a file or folder wins over a name that the trainee chose, which proves
nothing. With a roster only its trainees are taken. The latest submission of a trainee is marked; whatever was not
taken for that, or looks as if somebody used another's name, is said in a sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NoReturn

from mindbody.course.folders import replace_folder, scratch
from mindbody.course.grading import KEPT, CourseError
from mindbody.course.reader import Refused, Submission, parse, read_bytes, shown
from mindbody.course.roster import FILE as ROSTER
from mindbody.course.roster import STUDENT, Roster, read_roster
from mindbody.course.zips import ANSWERS, LARGEST_ARCHIVE, Member, answers_in, is_litter, members_of

TIMES = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105  (a file's name)
ARCHIVE = "archive"
_MOST_ENTRIES = 20_000
_LARGEST_BULK = 4_000_000_000
_LONGEST = 120

# What a trainee chose stands in `rest`. The first match counts, so that a file she called
# "x_99_assignsubmission_file_y.zip" stays hers.
_MOODLE = re.compile(
    r"(?P<name>[^/_]+)_(?P<id>\d{1,20})_assignsubmission_(?:file|onlinetext)(?:_(?P<rest>.*))?", re.DOTALL
)
_CANVAS = re.compile(r"(?P<name>[^\W_A-Z]+)(?:_LATE)?_(?P<id>\d{1,20})_\d{1,20}_(?P<rest>.+)", re.DOTALL)
# A second download of the same name is "name (1).zip" in a browser, "name-1.zip" in Canvas.
_COPY = re.compile(r"(?: ?\(\d{1,4}\)|-\d{1,4})$")

State = Literal["collected", "unchanged", "older", "refused"]


@dataclass(frozen=True)
class Collected:
    """What became of one file of the downloads.

    Attributes
    ----------
    file
        What it is called in the downloads, fit to be shown.
    state
        ``collected``: it will be marked. ``unchanged``: it had been collected. ``older``: another submission of the
        trainee is marked instead. ``refused``: it is not taken.
    message
        A sentence with the file and, where there is something to do, what.
    student
        Whose it is, where that is known.
    conflict
        Whether somebody should look: two who claim one trainee, one file from two, another's name in the file.
    received
        When it came.
    archived
        Where its copy is.
    """

    file: str
    state: State
    message: str
    student: str | None = None
    conflict: bool = False
    received: datetime | None = None
    archived: Path | None = None


@dataclass(frozen=True)
class Sender:
    """What a name says about who sent a file.

    Attributes
    ----------
    kind
        How far that is to be believed: ``lms`` is the platform's word, ``name`` anybody's.
    lms_id, name
        The platform's number and the name.
    stem
        What else the file or folder is called, which may or may not be somebody's name.
    """

    kind: Literal["lms", "name"]
    lms_id: str = ""
    name: str = ""
    stem: str = ""


@dataclass(frozen=True)
class Found:
    """Answers in the downloads; what they say lies on disk until it is taken, since a class may be large.

    Attributes
    ----------
    answers
        A file that holds them.
    digest
        Names their contents.
    saved_at
        When the trainee's browser last saved them, by her own clock.
    """

    file: str
    sender: Sender
    received: datetime
    answers: Path
    digest: str
    saved_at: datetime | None = None
    archived: Path | None = None
    student: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[bool, datetime, datetime]:
        """Order submissions of one trainee: what the platform vouches for, then the latest."""
        saved = self.saved_at or datetime.min.replace(tzinfo=UTC)
        return (self.sender.kind == "lms", self.received, saved)


def collect(course_dir: Path, assignment: str, downloads: Path, roster: Path | None = None) -> list[Collected]:
    """Take in what the instructor downloaded.

    Parameters
    ----------
    course_dir
        The nbgrader course (the project's ``exercises``).
    assignment
        Its id, e.g. ``07-conflict``.
    downloads
        A folder of zips, of folders and of loose answer files; or one file: a submission, or the zip in which the
        learning platform hands over all of them. A zip of the platform is only unpacked when it is named here: within
        a folder it might be a trainee's, who could call its members what she likes.
    roster
        The trainees; ``roster.csv`` of the course, if there is one, when None.

    Returns
    -------
    list of Collected
        One for each file, in the order of their names. One that is bad stops no other.

    Raises
    ------
    CourseError
        If the assignment has no release, or there are no downloads, or the roster is broken.
    """
    course = _Course.open(course_dir, assignment, roster)
    found, results = [], []
    try:
        for outcome in course.look_through(downloads):
            if isinstance(outcome, Found):
                found.append(outcome)
            else:
                results.append(outcome)
        results += course.take_in(found)
    finally:
        for one in found:
            one.answers.unlink(missing_ok=True)
    return sorted(results, key=lambda result: result.file)


def sender_of(name: str, assignment: str) -> Sender:
    """Read who sent a file from the name of a file or folder in the downloads.

    The shapes of Moodle and Canvas are built from what is known of their exports, not from a real one.
    """
    for shape in (_MOODLE, _CANVAS):
        if match := shape.match(name):
            return Sender("lms", match["id"], match["name"].strip())
    stem = re.sub(r"\.(zip|json)$", "", name, flags=re.IGNORECASE)
    stem = _COPY.sub("", stem) if not stem.endswith(f"_{assignment}") else stem
    claim, _, of = stem.rpartition("_")
    if of == assignment:
        return Sender("name", name=claim)
    # Somebody may have called a folder after the trainee; "answers" is what every such file is called.
    return Sender("name", stem="" if stem.casefold() in {"answers", "submission", assignment} else stem)


@dataclass
class _Course:
    folder: Path
    assignment: str
    course: str | None
    roster: Roster | None
    spelling: dict[str, str] = field(default_factory=dict)
    kept: dict[Path, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, assignment: str, roster: Path | None) -> _Course:
        release = folder / "release" / assignment
        if "/" in assignment or not (release / f"{assignment}.ipynb").is_file():
            have = ", ".join(sorted(path.name for path in (folder / "release").glob("*") if path.is_dir())) or "none"
            raise CourseError(
                f"{shown(release)} holds no release: mend the assignment's name (there are {have}), "
                "or run `mindbody course`"
            )
        if roster is None and (folder / ROSTER).is_file():
            roster = folder / ROSTER
        course = _json(release / "exercise.json").get("course")
        opened = cls(folder, assignment, course, read_roster(roster) if roster else None)
        # One person must not become two by the case of a letter, nor two folders one on a Mac.
        submitted = folder / "submitted"
        known = [path.name for path in submitted.iterdir() if path.is_dir()] if submitted.is_dir() else []
        known += opened.roster.trainees if opened.roster else []
        opened.spelling = {name.casefold(): name for name in known}
        return opened

    # --- looking through the downloads ---

    def look_through(self, downloads: Path) -> Iterator[Found | Collected]:
        if downloads.is_dir():
            if downloads.resolve() == self.archives.parent.resolve():
                downloads = self.archives
            yield from self.folder_of_downloads(downloads)
        elif downloads.is_file():
            yield from self.one_download(downloads)
        else:
            raise CourseError(f"{shown(downloads)} is not there: give the folder, or the zip, that you downloaded")

    def folder_of_downloads(self, downloads: Path) -> Iterator[Found | Collected]:
        with os.scandir(downloads) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        if len(entries) > _MOST_ENTRIES:
            raise CourseError(f"{shown(downloads)} has more than {_MOST_ENTRIES} entries: give the folder of one class")
        for entry in entries:
            if not is_litter(entry.name):
                yield from self.entry(entry, PurePosixPath(entry.name), sender_of(entry.name, self.assignment))

    def entry(self, entry: os.DirEntry[str], inside: PurePosixPath, sender: Sender) -> Iterator[Found | Collected]:
        if entry.is_symlink():
            yield self.refused(
                inside, f"{shown(inside)} is a link, and links are not followed: put the file itself there."
            )
            return
        if not entry.is_dir(follow_symlinks=False):
            yield self.file(Path(entry.path), inside, sender)
            return
        if inside.name == ANSWERS:
            yield self.refused(inside, f"{shown(inside)} is a folder: remove it, and ask for the file itself.")
            return
        try:
            candidates = list(_candidates(Path(entry.path), inside))
        except OSError as error:
            yield self.refused(inside, f"{shown(inside)} cannot be opened ({error.strerror}): check who may read it.")
            return
        if not candidates:
            reason = f"{shown(inside)} holds neither a zip nor answers.json: ask for the zip of the download button."
            yield self.refused(inside, reason)
        for path, within in candidates:
            yield self.file(path, within, sender)

    def file(self, path: Path, inside: PurePosixPath, sender: Sender) -> Found | Collected:
        archived = None
        where = shown(inside)
        try:
            if not _is_candidate(inside.name):
                _refuse(f"{where} is neither a zip nor answers.json: ask for the zip of the download button.")
            raw = read_bytes(path, largest=LARGEST_ARCHIVE)
            received = datetime.fromtimestamp(path.stat(follow_symlinks=False).st_mtime, UTC)
            archived = self.archive(path, inside, raw, received)
            data = answers_in(raw, where) if inside.suffix.casefold() == ".zip" else raw
            return self.found(where, sender, data, received, archived)
        except Refused as refused:
            # The instructor knows the file by its name in the folder that she gave.
            reason = refused.reason.replace(shown(path), where)
            return replace(self.refused(inside, reason), archived=archived)
        except (OSError, ValueError, OverflowError) as error:
            return self.refused(inside, f"{where} cannot be read ({shown(error, 80)}): look at it and collect again.")

    def one_download(self, path: Path) -> Iterator[Found | Collected]:
        if path.suffix.casefold() != ".zip" or sender_of(path.name, self.assignment).kind == "lms":
            yield self.file(path, PurePosixPath(path.name), sender_of(path.name, self.assignment))
            return
        with suppress(Refused):
            answers_in(read_bytes(path, largest=LARGEST_ARCHIVE), path.name)
            yield self.file(path, PurePosixPath(path.name), sender_of(path.name, self.assignment))
            return
        try:
            archived = self.archive_whole(path)
            for member in members_of(path):
                yield self.member(path, member, archived)
        except Refused as refused:
            yield self.refused(PurePosixPath(path.name), refused.reason)

    def member(self, path: Path, member: Member | Refused, archived: Path | None) -> Found | Collected:
        if isinstance(member, Refused):
            # The reason begins with the zip, then the member.
            return replace(self.refused(PurePosixPath(path.name), member.reason), archived=archived)
        where = shown(member.path)
        try:
            sender = sender_of(member.path.parts[0], self.assignment)
            data = answers_in(member.data, where) if member.path.suffix.casefold() == ".zip" else member.data
            time = member.time or datetime.fromtimestamp(path.stat().st_mtime, UTC)
            return self.found(where, sender, data, time.astimezone(UTC), archived)
        except Refused as refused:
            return replace(self.refused(member.path, refused.reason), archived=archived)

    def refused(self, inside: PurePosixPath, reason: str) -> Collected:
        return Collected(shown(inside), "refused", reason)

    def found(self, file: str, sender: Sender, data: bytes, received: datetime, archived: Path | None) -> Found:
        """Read the answers and find out whose they are."""
        submission = parse(data, file)
        if submission.assignment != self.assignment:
            other = shown(submission.assignment, 60)
            _refuse(f"{file} answers “{other}”, not “{self.assignment}”: collect it with that assignment.")
        if submission.course and self.course and submission.course != self.course:
            _refuse(
                f"{file} is of the course “{shown(submission.course, 60)}”, not “{self.course}”: "
                "ask for a download from this course's book."
            )
        student = self.student(file, sender, submission)
        notes = self.notes(student, sender, submission)
        answers = self.temporary()
        try:
            answers.write_bytes(data)
        except OSError as error:
            _refuse(f"{file} cannot be kept ({shown(error, 80)}): mend that and collect again.")
        digest = hashlib.sha256(data).hexdigest()
        return Found(file, sender, received, answers, digest, submission.saved_at, archived, student, notes)

    # --- who ---

    def student(self, file: str, sender: Sender, submission: Submission) -> str:
        if sender.kind == "lms":
            if self.roster is None:
                return self.spelling.setdefault(sender.lms_id.casefold(), sender.lms_id)
            trainee = self.roster.find(lms_id=sender.lms_id, name=sender.name)
            if trainee is None:
                _refuse(
                    f"{file}: no trainee in {shown(self.roster.path)} has the lms_id {sender.lms_id}, nor alone "
                    f"the name “{shown(sender.name, 60)}”: add one of them to a line, and collect again."
                )
            return trainee.id
        names = [sender.name, submission.learner_id, submission.learner_name, sender.stem]
        if submission.learner_id and _same_words(submission.learner_id, sender.name):
            # The page made the file's name out of what she typed, and put "-" where a file should have no "@".
            names[:2] = reversed(names[:2])
        claims = [name for name in names if name and name.strip()]
        if not claims:
            _refuse(f"{file} names nobody: rename it to TRAINEE_{self.assignment}{Path(file).suffix}.")
        if self.roster is not None:
            trainee = next((known for claim in claims if (known := self.roster.claimed(claim))), None)
            if trainee is None:
                _refuse(
                    f"{file} says it is from “{shown(claims[0], 60)}”, whom {shown(self.roster.path)} does not "
                    f"have: rename it to TRAINEE_{self.assignment}, or add a line."
                )
            return trainee.id
        claim = next((claim for claim in claims if STUDENT.fullmatch(claim)), "")
        if not claim:
            _refuse(
                f"{file} says it is from “{shown(claims[0], 60)}”, which cannot be a trainee's id: rename it to "
                f"TRAINEE_{self.assignment} with letters, digits and . _ @ -, or give a roster."
            )
        return self.spelling.setdefault(claim.casefold(), claim)

    def notes(self, student: str, sender: Sender, submission: Submission) -> tuple[str, ...]:
        """Say when the platform, or the file itself, names somebody else than its sender."""
        found = (self.platforms_note(student, sender), self.files_note(student, sender, submission))
        return tuple(note for note in found if note)

    def platforms_note(self, student: str, sender: Sender) -> str:
        known = self.roster.trainees[student].name if self.roster and sender.kind == "lms" else ""
        if not known or not _is_somebody_else(sender.name, known):
            return ""
        return (
            f"The platform calls the sender “{shown(sender.name, 60)}”, the roster “{shown(known, 60)}”: "
            f"look whether the lms_id {sender.lms_id} is {student}'s."
        )

    def files_note(self, student: str, sender: Sender, submission: Submission) -> str:
        inside = submission.learner_id
        if not inside or inside.casefold() == student.casefold():
            return ""
        if self.roster is not None:
            other = self.roster.claimed(inside)
            if other is None or other.id == student:
                return ""
            named = other.id
        elif sender.name and sender.kind == "name" and not _same_words(inside, sender.name):
            named = shown(inside, 60)
        else:
            # Without a roster nobody can tell whether 12345 of the platform is called "lee".
            return ""
        return f"The file itself names “{named}”: ask {student} whose work it is."

    # --- the archive ---

    @property
    def archives(self) -> Path:
        return self.folder / "downloaded" / self.assignment / ARCHIVE

    def archive(self, path: Path, inside: PurePosixPath, raw: bytes, received: datetime) -> Path:
        """Keep a copy of what came; one that has the same contents is enough."""
        if path.resolve().is_relative_to(self.archives.resolve()):
            return path
        target = self.archives.joinpath(*map(_file_name, inside.parts))
        if target.parent != self.archives and any(one.is_file() for one in target.parents):
            # What is a folder now came as a file of that name before.
            target = self.archives / _file_name("-".join(inside.parts))
        if self.taken(target, raw):
            digest = hashlib.sha256(raw).hexdigest()[:8]
            target = target.with_name(f"{target.stem}~{digest}{target.suffix}")
        if not target.exists():
            temporary = self.temporary()
            temporary.write_bytes(raw)
            os.utime(temporary, (received.timestamp(), received.timestamp()))
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(target)
            self.kept[target.parent][target.name.casefold()] = target.name
        return target

    def taken(self, target: Path, raw: bytes) -> bool:
        """Tell whether a name is in use, in whatever case, by something else."""
        if target.parent not in self.kept:
            there = os.listdir(target.parent) if target.parent.is_dir() else []  # noqa: PTH208  (names, 10,000 of them)
            self.kept[target.parent] = {name.casefold(): name for name in there}
        name = self.kept[target.parent].get(target.name.casefold())
        if name is None:
            return False
        return name != target.name or not target.is_file() or target.read_bytes() != raw

    def archive_whole(self, path: Path) -> Path:
        if path.resolve().is_relative_to(self.archives.resolve()):
            return path
        status = path.stat()
        if status.st_size > _LARGEST_BULK:
            _refuse(f"{shown(path)} is larger than 4 GB: unpack it and collect the folder.")
        name = _file_name(path.name)
        target = self.archives / name
        temporary = self.temporary()
        shutil.copy2(path, temporary)
        if target.exists() and _digest(target) != (digest := _digest(temporary)):
            target = target.with_name(f"{target.stem}~{digest[:8]}{target.suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
        return target

    def temporary(self) -> Path:
        return scratch(self.folder)

    # --- which ---

    def choose(self, found: Iterable[Found]) -> Iterator[tuple[Found, list[Collected]]]:
        """Choose, for each trainee, what is marked, and say what is said of the others."""
        by_student: dict[str, list[Found]] = {}
        for one in found:
            by_student.setdefault(one.student, []).append(one)
        owners: dict[str, set[str]] = {}
        for one in found:
            owners.setdefault(one.digest, set()).add(one.student)
        for student, all_of_them in sorted(by_student.items()):
            best, *others = sorted(all_of_them, key=lambda one: (one.rank, one.file), reverse=True)
            shared = sorted(owners[best.digest] - {student})
            if shared:
                same = f"{', '.join(shared)} handed in the very same file: ask whose work it is."
                best = replace(best, notes=(*best.notes, same))
            yield best, [_passed_over(other, best) for other in others]

    def take_in(self, found: list[Found]) -> list[Collected]:
        results = []
        for best, others in self.choose(found):
            try:
                results.append(self.take(best, others))
            except OSError as error:
                reason = f"{best.file} cannot be written ({shown(error, 80)}): mend that and collect again."
                results.append(replace(self.refused(PurePosixPath(best.file), reason), student=best.student))
            results += others
        return results

    def take(self, best: Found, others: list[Collected]) -> Collected:
        folder = self.folder / "submitted" / best.student / self.assignment
        before = self.before(best.student, folder)
        claimed = best.sender.kind == "name" and any(other.conflict for other in others)
        result = Collected(
            best.file,
            "collected",
            f"{best.file}: collected for {best.student}.",
            best.student,
            conflict=bool(best.notes) or claimed,
            received=best.received,
            archived=best.archived,
        )
        if before and before["sha256"] == best.digest:
            self.remember(best)
            return _say(replace(result, state="unchanged"), f"{best.file}: {best.student}'s, collected before.", best)
        if before and before["kind"] != "name" and best.sender.kind == "name":
            message = (
                f"{best.file} says it is {best.student}'s, whose submission came through the platform and stays: "
                f"ask {best.student} which one counts."
            )
            return replace(result, state="older", message=message, conflict=True)
        level = before and (before["kind"] == "name") == (best.sender.kind == "name")
        if before and level and before["received"] > best.received:
            message = f"{best.file}: {best.student} handed in a later one, collected before, which stays."
            return replace(result, state="older", message=message, conflict=best.sender.kind == "name")
        # The note comes first: if we are killed in between, what stays in its place is still known for what it is.
        self.remember(best)
        self.publish(best, folder)
        message = f"{best.file}: collected for {best.student}."
        if before:
            message = f"{best.file}: collected for {best.student} in place of an earlier one."
            result = replace(result, conflict=result.conflict or best.sender.kind == before["kind"] == "name")
        return _say(result, message, best)

    # --- submitted/ ---

    def before(self, student: str, folder: Path) -> dict[str, Any] | None:
        """Say what is there of a trainee; without a note of ours it came through nbgrader's exchange."""
        try:
            data = read_bytes(folder / ANSWERS)
        except Refused:
            return None
        digest = hashlib.sha256(data).hexdigest()
        kind = "system" if (folder / SECRET).exists() else self.noted(student).get(digest, "system")
        return {"sha256": digest, "kind": kind, "received": _received(folder / TIMES)}

    def note(self, student: str) -> Path:
        return self.folder / KEPT / "intake" / self.assignment / f"{student}.json"

    def noted(self, student: str) -> Mapping[str, str]:
        """Return what was collected of a trainee: digest -> how far its sender is to be believed."""
        kinds = _json(self.note(student)).get("kinds")
        return kinds if isinstance(kinds, dict) else {}

    def remember(self, best: Found) -> None:
        before, kinds = _json(self.note(best.student)), dict(self.noted(best.student))
        if kinds.get(best.digest) not in {best.sender.kind, "lms"}:
            kinds[best.digest] = best.sender.kind
        # What the platform called the file is what feedback must be called to find its way back.
        files = {best.sender.kind: best.file}
        note = {"kinds": kinds, "files": {**before.get("files", {}), **files}}
        if note == before:
            return
        path, temporary = self.note(best.student), self.temporary()
        temporary.write_text(json.dumps(note), encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(path)

    def publish(self, best: Found, folder: Path) -> None:
        """Put a trainee's folder in its place, whole or not at all."""
        ready = self.temporary()
        try:
            _write_folder(ready, self.folder, self.assignment, best)
            replace_folder(self.folder, ready, folder)
        finally:
            shutil.rmtree(ready, ignore_errors=True)


def _write_folder(folder: Path, course_dir: Path, assignment: str, best: Found) -> None:
    """Write what enters the course: the answers, our own copy of the notebook, and the time."""
    folder.mkdir(parents=True)
    notebook = f"{assignment}.ipynb"
    shutil.copyfile(best.answers, folder / ANSWERS)
    shutil.copyfile(course_dir / "release" / assignment / notebook, folder / notebook)
    (folder / TIMES).write_text(f"{best.received:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")


def _say(result: Collected, message: str, best: Found) -> Collected:
    return replace(result, message=" ".join((message, *best.notes)))


def _passed_over(other: Found, best: Found) -> Collected:
    weaker = best.sender.kind == "lms" and other.sender.kind == "name"
    same = other.digest == best.digest
    conflict = not same and (weaker or other.sender.kind == "name")
    if same:
        message = f"{other.file} is the same as {best.file}, which is marked."
    elif weaker:
        message = (
            f"{other.file} says it is {other.student}'s, who handed in through the platform: {best.file} is marked; "
            f"ask {other.student} which one counts."
        )
    elif conflict:
        message = (
            f"{other.file} says it is {other.student}'s, as the later {best.file} does, which is marked: "
            f"ask {other.student} whether both are hers."
        )
    else:
        message = f"{other.file}: {other.student} handed in again later; {best.file} is marked."
    return Collected(
        other.file,
        "older",
        " ".join((message, *other.notes)),
        other.student,
        conflict=conflict or bool(other.notes),
        received=other.received,
        archived=other.archived,
    )


def _candidates(folder: Path, inside: PurePosixPath, depth: int = 2) -> Iterator[tuple[Path, PurePosixPath]]:
    """Find what might be a submission in a trainee's folder: a zip, or answers.json, not deep."""
    with os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)[:100]
    for entry in entries:
        within = inside / entry.name
        if is_litter(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False) and entry.name != ANSWERS:
            if depth > 1:
                yield from _candidates(Path(entry.path), within, depth - 1)
        elif _is_candidate(entry.name):
            yield Path(entry.path), within


def _is_candidate(name: str) -> bool:
    return name.casefold().endswith((".zip", ".json"))


def _same_words(one: str, other: str) -> bool:
    """Tell whether a file's name was made from what stands in it: the page turns ``Jane Lee`` into ``Jane-Lee``."""
    return re.sub(r"[\W_]+", "", one).casefold() == re.sub(r"[\W_]+", "", other).casefold()


def _is_somebody_else(name: str, known: str) -> bool:
    """Tell whether two names have no word in common; Canvas writes a name as one word, the last name first."""
    words, others = ({*re.findall(r"[^\W\d_]+", _plain(one))} for one in (name, known))
    together = "".join(words)
    # Moodle calls everybody “Participant” where marking is anonymous.
    return bool(words and others) and words != {"participant"} and not any(word in together for word in others)


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(one for one in decomposed if not unicodedata.combining(one)).casefold()


def _file_name(name: str) -> str:
    """Make a name that every system can hold out of one that somebody chose."""
    safe = re.sub(r'[<>:"/\\|?*\ufffd]+', "-", shown(name, 1000)).rstrip(". ") or "unnamed"
    if len(safe.encode()) <= _LONGEST:
        return safe if safe not in {".", ".."} else "unnamed"
    suffix = Path(safe).suffix[:8]
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe.encode()[: _LONGEST - 20].decode('utf-8', 'ignore')}~{digest}{suffix}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _received(path: Path) -> datetime:
    text = path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC")).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _json(path: Path) -> Mapping[str, Any]:
    """Read a file of our own; one that is missing or damaged says nothing."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _refuse(reason: str) -> NoReturn:
    raise Refused(reason)
