"""The ``mindbody`` command: one verb a job."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mindbody.course import commands, verb_correct, verb_demo, verb_handout, verb_second
from mindbody.course.grading import CourseError
from mindbody.course.reader import shown
from mindbody.course.verbs import STORY, Verb
from mindbody.curriculum import Curriculum, find_root, load
from mindbody.report import command as report
from mindbody.yamlfile import AuthoringError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        0, or 1 when something is wrong; what it is stands on stderr.
    """
    parser = argparse.ArgumentParser(
        prog="mindbody",
        description="Build, check and show Mind–Body Formulation, and run it as a course.",
        epilog=STORY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("check", help="check every case, exercise, key and objective; say what to mend, and where")
    verbs.add_parser("spell", help="check the spelling of all pages and data; say which word to mend or to list")
    book = verbs.add_parser("book", help="build the book into _build/html")
    book.add_argument("--strict", action="store_true", help="fail on any warning")
    book.add_argument("--output", type=Path, help="the folder that gets _build (default: the project)")
    verbs.add_parser("serve", help="show the built book on this machine")
    schema = verbs.add_parser("schema", help="write the JSON Schemas of bank, case and answer files")
    schema.add_argument("--check", action="store_true", help="only say whether the schemas written are up to date")
    run = dict(_VERBS)
    for verbs_of in (commands, verb_second, verb_handout, verb_correct, report, verb_demo):
        run |= verbs_of.register(verbs)
    _show_anything()
    chosen = parser.parse_args(arguments)
    try:
        return run[chosen.verb](chosen)
    except (AuthoringError, CourseError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        # Whoever read what we say, `head` or `less`, has gone; Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(_of_a_file(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again, and it does the rest.", file=sys.stderr)
        return 130
    return 1


def _show_anything() -> None:
    """Let no character of a name stop a command where the terminal, or the file behind ``>``, has none for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _of_a_file(error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and error.errno is None:  # one of our own, which says what to do
        return str(error)
    where = f"{shown(error.filename, 300)}: " if error.filename else ""
    return (
        f"{where}{error.strerror or error}: mend that (who may read and write it, room on the disk), and run this again"
    )


def _check(chosen: argparse.Namespace) -> int:
    curriculum = load()
    print(_summary(curriculum))
    return 0


def _spell(chosen: argparse.Namespace) -> int:
    from mindbody.spelling import check_spelling

    problems = check_spelling(find_root())
    if problems:
        raise AuthoringError(problems)
    print("no unknown words found")
    return 0


def _book(chosen: argparse.Namespace) -> int:
    from mindbody.book.build import BuildError, build

    root = find_root()
    load(root)
    try:
        html = build(root, strict=chosen.strict, output=chosen.output)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Built {html}")
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from mindbody.book.build import BuildError, serve

    try:
        serve(find_root() / "_build" / "html")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _schema(chosen: argparse.Namespace) -> int:
    from mindbody.schema import schemas

    folder = find_root() / "assets" / "schemas"
    stale = []
    for name, schema in schemas().items():
        path = folder / name
        text = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not chosen.check:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if chosen.check and stale:
        print(f"out of date: {', '.join(stale)}: run `mindbody schema`", file=sys.stderr)
        return 1
    return 0


def _summary(curriculum: Curriculum) -> str:
    items = [item for assignment in curriculum.taught.values() for item in assignment.items]
    practice = sum(item.practice for item in items)
    written = sum(item.written for item in items)
    ready = sum(chapter.status == "ready" for chapter in curriculum.plan.chapters)
    return (
        f"{ready} of {len(curriculum.plan.chapters)} chapters ready, {len(curriculum.cases)} cases, "
        f"{len(items)} items ({practice} practice, {len(items) - practice - written} graded, {written} written), "
        f"{len(curriculum.references)} references: no mistakes found"
    )


_VERBS: dict[str, Verb] = {"check": _check, "spell": _spell, "book": _book, "serve": _serve, "schema": _schema}


if __name__ == "__main__":
    sys.exit(main())
