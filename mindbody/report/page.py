"""The report's HTML: one file without a script that asks nobody for anything, headline first, then detail."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from mindbody.calibration import FEWEST as FEWEST_JUDGEMENTS
from mindbody.report import plots
from mindbody.report.advice import (
    HARD,
    UNRELIABLE,
    URGENT,
    WEAK,
    Flag,
    attention,
    count,
    decimal,
    flags,
    percent,
    place,
    unfair,
    unreliable,
)
from mindbody.report.course import MASTERED, CourseStudy, Mastery
from mindbody.report.raters import raters
from mindbody.report.study import AssignmentStudy, ItemStudy, Option, right
from mindbody.statistics.items import FEWEST, ROUGH, Estimate
from mindbody.warmup import PREFIX as WARM_UP

_STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8").strip()
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"

LISTED = 12
"""Rows of a long table that stand open; the rest is folded away, or in the file."""


def render(course: CourseStudy, made: datetime, *, named: bool = True) -> str:
    """Make the page.

    Parameters
    ----------
    course
        What was found.
    made
        When, for the head.
    named
        Whether it has the part that names trainees; without it the page is aggregate throughout.
    """
    sections: list[tuple[str, str, str]] = [
        ("attention", "This week", _attention(course)),
        *([("conversations", "For you alone: who needs a conversation", _conversations(course))] if named else []),
        ("objectives", "Objectives", _objectives(course)),
        ("safety", "Safety: gates, and sure but wrong", _safety(course)),
        ("keys", "Keys to check", _keys(course)),
        ("certainty", "Certainty", _certainty(course)),
        ("reliability", "How far scores can be trusted", _reliability(course)),
        ("written", "Written work", _written(course)),
        ("raters", "Two markers", raters(course.raters, course.chapters, table, safe)),
        ("fairness", "Professions and languages", _fairness(course)),
        ("items", "Every item", _items(course)),
        ("refused", "Files that could not be read", _refused(course, named)),
        ("reading", "How to read this", _reading()),
    ]
    shown = [(anchor, title, body) for anchor, title, body in sections if body]
    contents = "".join(f'<li><a href="#{anchor}">{title}</a></li>' for anchor, title, _ in shown)
    body = "\n".join(
        f'<section id="{anchor}" aria-labelledby="h-{anchor}"{_kind(anchor)}><h2 id="h-{anchor}">{title}'
        f"</h2>{inside}</section>"
        for anchor, title, inside in shown
    )
    head = _head(course, made, named)
    title = f"Report: {safe(course.title)}"
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>{title}</title>
<style>{_STYLE}</style></head>
<body><header>{head}</header>
<nav aria-label="Contents"><ul>{contents}</ul></nav>
<main>
{body}
</main></body></html>
"""


def safe(text: object) -> str:
    """Escape a text for HTML; what no file can hold becomes a replacement character."""
    plain = str(text).encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return html.escape(plain, quote=True)


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, file: str = "", wide: bool = False
) -> str:
    """Make a table; the first cell of a row is its heading, cells of numbers begin with ``#``."""
    made = ["<tr>" + "".join(_cell(cell, first=index == 0) for index, cell in enumerate(row)) + "</tr>" for row in rows]
    if not made:
        return ""
    head = "".join(
        f"<th scope='col'{' class=n' if name.startswith('#') else ''}>{name.removeprefix('#')}</th>" for name in heads
    )
    link = f" <a href='tables/{file}'>{file}</a>" if file else ""
    return (
        f"<div class='{'scroll wide' if wide else 'scroll'}' role='region' tabindex='0' aria-label='{safe(caption)}'>"
        f"<table><caption>{safe(caption)}{link}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(made)}"
        f"</tbody></table></div>"
    )


def _cell(cell: str, *, first: bool) -> str:
    kind = " class='n'" if cell.startswith("#") else ""
    text = cell.removeprefix("#")
    return f"<th scope='row'>{text}</th>" if first else f"<td{kind}>{text}</td>"


def figure(found: Estimate, write: Callable[[float], str] = percent, *, ends: bool = True) -> str:
    """Write an estimate with its interval, or why there is none."""
    if found.value is None:
        return f"<span class='quiet'>{safe(found.said)}</span>"
    span = ""
    if ends and found.low is not None and found.high is not None:
        span = f" <span class='quiet'>({write(found.low)} to {write(found.high)})</span>"
    rough = " <span class='rough'>rough</span>" if found.rough else ""
    return f"{write(found.value)}{span}{rough}"


def _kind(anchor: str) -> str:
    return {"conversations": " class='private'", "attention": " class='first'"}.get(anchor, "")


def _head(course: CourseStudy, made: datetime, named: bool) -> str:
    handed = [one for one in course.studies if one.works]
    about = (
        f"{count(course.trainees, 'trainee', 'trainees')} ·"
        f" {count(course.submissions, 'submission', 'submissions')} of"
        f" {count(len(handed), 'assignment', 'assignments')} · {made:%-d %B %Y, %H:%M}"
    )
    names = "It names trainees in one part" if named else "It names nobody"
    return (
        f"<p class='quiet'>{safe(course.title)} · report for the instructor</p><h1>How the course is going</h1>"
        f"<p class='quiet'>{about}</p>"
        f"<p class='quiet'>{names} and shows keys of graded exercises: keep it on your own machine.</p>"
    )


def _attention(course: CourseStudy) -> str:
    if not course.submissions:
        return (
            "<p>Nobody has handed in anything yet. When they have, run <code>mindbody collect</code>,"
            " <code>mindbody mark</code> and this report again.</p>"
        )
    lines = attention(course)
    warning = ""
    if course.trainees < FEWEST:
        warning = (
            f"<p>{count(course.trainees, 'trainee has', 'trainees have')} handed in so far. Statistics of the"
            f" class begin at"
            f" {FEWEST}: with fewer, one person's bad day would look like a finding.</p>"
        )
    elif course.trainees < ROUGH:
        warning = (
            f"<p class='quiet'>With {course.trainees} trainees the figures are rough: look at the intervals, and"
            f" wait for the"
            " next class before you rewrite anything but a wrong key.</p>"
        )
    if not lines:
        return f"<p>Nothing stands out. Read the objectives below, and enjoy your week.</p>{warning}"
    items = "".join(
        f"<li><a href='#{line.anchor}'>{safe(line.phrase)}</a><span>{safe(line.said)}</span></li>" for line in lines
    )
    return f"<ol class='attention'>{items}</ol>{warning}"


def _conversations(course: CourseStudy) -> str:
    if not course.submissions:
        return ""
    intro = (
        "<p class='quiet'>The only part with names; everything else is about the class. A gate that was not passed and"
        " a confident mistake on safety are reasons to talk, and say nothing about worth.</p>"
    )
    if not course.conversations:
        return (
            intro
            + "<p>Nobody: all graded gates that were tried are passed, and nobody is sure and wrong on safety.</p>"
        )
    rows = [
        (
            f"{safe(one.name or one.student)}"
            + (f" <span class='quiet'>{safe(one.student)}</span>" if one.name else ""),
            safe("; ".join(one.gates)) or "<span class='quiet'>none</span>",
            safe("; ".join(one.sure_and_wrong)) or "<span class='quiet'>none</span>",
        )
        for one in course.conversations
    ]
    heads = ("Trainee", "Graded gates not passed", "Sure (80 % or more), wrong, and not settled since")
    shown = intro + table("Those with most reasons first", heads, rows[:LISTED], file="conversations.csv")
    if len(rows) > LISTED:
        rest = table("The others", heads, rows[LISTED:])
        shown += f"<details><summary>{len(rows) - LISTED} more</summary>{rest}</details>"
    return shown


def _objectives(course: CourseStudy) -> str:
    known = [one for one in course.mastery if one.graded.value is not None or one.first.value is not None]
    hidden = len(course.mastery) - len(known)
    if not course.mastery:
        return ""
    note = ""
    if hidden:
        note = (
            f"<p class='quiet'>{count(hidden, 'objective has', 'objectives have')} fewer than {FEWEST} trainees"
            f" and is not shown.</p>"
        )
        note = note.replace("have fewer than 20 trainees and is", "have fewer than 20 trainees and are")
    if not known:
        return note
    low = sorted(known, key=_level)
    weakest = low[0]
    said = (
        f"<p>The dot is what the class earned of an objective's graded points, with its 95 % interval; the ring is"
        f" practice at"
        f" first try. Lowest is “{safe(weakest.text)}” ({percent(_level(weakest))}): begin your next meeting"
        f" there. Dots left of"
        f" the thin line ({percent(MASTERED)}) want teaching again.</p>"
    )
    blocks = []
    for chapter in dict.fromkeys(one.chapter for one in known):
        rows = [_objective(one) for one in known if one.chapter == chapter]
        blocks.append(f"<li><h3>Chapter {chapter}</h3><ul class='lines'>{''.join(rows)}</ul></li>")
    link = "<p class='quiet'>All figures: <a href='tables/objectives.csv'>objectives.csv</a></p>"
    return f"{said}<ul class='blocks'>{''.join(blocks)}</ul>{note}{link}"


def _level(one: Mastery) -> float:
    return one.graded.value if one.graded.value is not None else one.first.value or 0.0


def _objective(one: Mastery) -> str:
    main = one.graded if one.graded.value is not None else one.first
    before = one.first.value if one.graded.value is not None else None
    kind = "graded" if one.graded.value is not None else "practice, first try"
    parts = [f"{percent(main.value or 0)} {kind}"]
    if before is not None:
        parts.append(f"{percent(before)} at first try")
    if one.reached is not None:
        parts.append(f"{percent(one.reached)} of trainees have it")
    return (
        f"<li><span class='what'>{safe(one.text)}</span>{plots.interval(main, before, MASTERED)}"
        f"<span class='figure'>{' · '.join(parts)} · n = {main.n}{' · rough' if main.rough else ''}</span></li>"
    )


def _safety(course: CourseStudy) -> str:
    parts = []
    if course.gates:
        parts.append(
            "<p>A gate is all or nothing. Where many fail, the fault is more likely in the teaching than in the"
            " trainees:"
            " go through the patients aloud before you offer the re-take.</p>"
        )
        rows = (
            (
                safe(one.title),
                "graded" if one.graded else "practice",
                f"#{one.passed}",
                f"#{one.failed}",
                f"#{one.open}",
            )
            for one in course.gates
        )
        parts.append(
            table("Gates", ("Gate", "Counts", "#Passed", "#Not passed", "#Not answered"), rows, file="gates.csv")
        )
    items = [item for study in course.studies for item in study.items if item.safety and item.sure_n >= FEWEST]
    items = sorted((item for item in items if item.sure_wrong), key=lambda item: -item.sure_wrong)
    if items:
        worst = items[0]
        parts.append(
            f"<p>Being sure and wrong about safety is what harms patients. Most often it was “{safe(worst.title)}”:"
            f" {worst.sure_wrong} of the {worst.sure} who were at least 80 % sure. Say the right answer, and why,"
            f" to everybody.</p>"
        )
        mistaken = (
            (
                f"{safe(item.title)} <span class='quiet'>{_sort(item)}</span>",
                safe(course.chapters[item.assignment]),
                f"#{item.sure_wrong} of {item.sure}",
                f"#{item.sure_n}",
            )
            for item in items[:LISTED]
        )
        heads = ("Item on safety", "Assignment", "#Sure and wrong, of the sure", "#Said how sure")
        parts.append(table("Sure and wrong on safety, at first try", heads, mistaken, file="items.csv"))
    return "".join(parts)


def _keys(course: CourseStudy) -> str:
    found = [flag for study in course.studies for flag in flags(study) if flag.kind in URGENT]
    if not found:
        return ""
    return (
        "<p>Strong trainees disagree with these keys. The key may be wrong, or the question may be read in two"
        " ways. Mend a"
        " key with <code>mindbody course --mend-keys</code>, a question by raising its version; then mark again.</p>"
        + _flag_list(course, found, named=True)
    )


def _flag_list(course: CourseStudy, found: Iterable[Flag], *, named: bool) -> str:
    by_item: dict[tuple[str, int], list[Flag]] = {}
    for flag in found:
        by_item.setdefault((flag.item.name, flag.item.version), []).append(flag)
    lines = []
    for listed in by_item.values():
        item = listed[0].item
        said = " ".join(f"{_sentence(flag.said)} <strong>{safe(flag.todo)}</strong>" for flag in listed)
        where = f"{safe(course.chapters[item.assignment])}, " if named else ""
        about = f"<span class='quiet'>{where}{_sort(item)}</span>"
        lines.append(f"<li><a href='#{_anchor(item)}'>{safe(item.title)}</a> {about}<br>{said}</li>")
    return f"<ul class='flags'>{''.join(lines)}</ul>"


def _sentence(said: str) -> str:
    return f"{safe(said[0].upper() + said[1:])}."


def _sort(item: ItemStudy) -> str:
    """Say whether it counts, is a question of an earlier chapter, or was corrected."""
    return ("warm-up" if item.item.startswith(WARM_UP) else item.mode) + _version(item)


def _version(item: ItemStudy) -> str:
    if item.current and item.version == 1:
        return ""
    return f", version {item.version}{'' if item.current else ' (earlier)'}"


def _anchor(item: ItemStudy) -> str:
    return f"i-{item.assignment}-{item.item}-{item.version}"


def _certainty(course: CourseStudy) -> str:
    found = course.calibration
    if found.n < FEWEST:
        return (
            f"<p class='quiet'>{count(found.n, 'answer', 'answers')} so far say how sure the trainee was; shown"
            f" from {FEWEST}.</p>"
        )
    words = {
        "over": "They are surer than they are right: show them this curve, and ask what made them sure.",
        "under": "They know more than they dare to say: tell them so.",
        "close": "On the whole they know what they know: nothing to do.",
        "few": "",
    }[found.verdict]
    said = (
        f"<p>Mean confidence {found.confidence} %, right {found.right} %; Brier score {found.brier / 1000:.3f} (0"
        f" is perfect, 0.25"
        f" is what saying 50 % each time earns), from {found.n} answers. {words}</p>"
    )
    seen = [one for one in course.deciles if one.right.value is not None]
    drawn = plots.curve(
        course.deciles,
        name="Share of right answers against confidence by tenths: "
        + ", ".join(f"{percent(one.confidence)} sure, {percent(one.right.value or 0)} right" for one in seen),
    )
    rows = []
    for name, one in course.calibrations.items():
        if one.n >= max(FEWEST, FEWEST_JUDGEMENTS):
            gap = f"{one.gap:+d}".replace("-", "−")
            sign = " <span class='rough'>over 15</span>" if abs(one.gap) > 15 else ""
            rows.append(
                (
                    safe(course.chapters[name]),
                    f"#{one.n}",
                    f"#{one.confidence} %",
                    f"#{one.right} %",
                    f"#{gap}{sign}",
                    f"#{one.brier / 1000:.3f}",
                )
            )
    heads = ("Assignment", "#Answers", "#Sure", "#Right", "#Gap", "#Brier")
    return (
        f"{said}<figure>{drawn}<figcaption class='quiet'>On the dashed line, being 70 % sure means being right 7"
        f" times in 10. Below it: too sure.</figcaption></figure>"
        + table("Certainty by assignment, first answers", heads, rows, file="calibration.csv")
    )


def _reliability(course: CourseStudy) -> str:
    known = [part for part in course.parts if part.counts and part.found.alpha.value is not None]
    if not known:
        reasons = {part.found.alpha.said for part in course.parts if part.counts}
        return (
            f"<p class='quiet'>Nothing can be said yet: {safe('; '.join(sorted(reasons)))}.</p>"
            if course.submissions
            else ""
        )
    rough = unreliable(course)
    said = (
        f"{count(len(rough), 'part score lies', 'part scores lie')} below the thin line (.70): do not let one of"
        f" them decide about"
        " anybody; the whole course weighs more."
        if rough
        else "All part scores reach .70: they may be reported one by one."
    )
    rows = [
        (
            f"<li><span class='what'>{safe(part.label)}</span>{plots.interval(part.found.alpha, None, UNRELIABLE)}"
            f"<span class='figure'>α {figure(part.found.alpha, decimal)} · ω {figure(part.found.omega, decimal)} ·"
            f" a score is good to ± {part.found.error or 0:.1f} points · {part.found.items} parts, n ="
            f" {part.found.n}</span></li>"
        )
        for part in known
    ]
    return (
        f"<p>Alpha and omega say how much of the differences between trainees would show up again with other"
        f" questions of the"
        f" same sort. {said} Neither proves that a score measures one thing.</p>"
        f"<ul class='lines'>{''.join(rows)}</ul><p class='quiet'>Practice too: <a"
        f" href='tables/reliability.csv'>reliability.csv</a></p>"
    )


def _written(course: CourseStudy) -> str:
    if not course.written:
        return ""
    waiting = sum(one.waiting for one in course.written)
    said = (
        f"<p>{count(waiting, 'criterion waits', 'criteria wait')} for you: open Formgrader with <code>mindbody lab"
        f"</code>.</p>"
        if waiting
        else (
            "<p>Everything that was handed in is marked. A criterion on which the class earns little is worth an"
            " example in class.</p>"
        )
    )
    rows = (
        (safe(one.title), safe(one.label), f"#{figure(one.given)}", f"#{one.given.n}", f"#{one.waiting}")
        for one in course.written
    )
    heads = ("Task", "Criterion", "#Of its points", "#Marked", "#Waiting")
    return said + table("Written work by criterion", heads, rows, file="written.csv")


def _fairness(course: CourseStudy) -> str:
    if not course.groups:
        if not course.submissions:
            return ""
        return f"<p class='quiet'>No profession or language has {FEWEST} trainees who told it, so nothing is shown.</p>"
    rows = (
        (safe(one.by.capitalize()), safe(one.group), f"#{one.n}", f"#{figure(one.graded)}") for one in course.groups
    )
    listed = table(
        "Groups of at least 20 trainees", ("By", "Group", "#Trainees", "#Graded points"), rows, file="groups.csv"
    )
    found = unfair(course)
    if not found:
        said = "<p>At equal total score no item differs by more than 15 points of a hundred between these groups.</p>"
        return said + listed
    different = (
        (
            safe(one.title),
            safe(course.chapters[one.assignment]),
            safe(one.group),
            f"#{percent(one.mean)}",
            "#" + f"{100 * (one.difference.value or 0):+.0f}".replace("-", "−"),
            f"#{one.difference.n}",
        )
        for one in found[:20]
    )
    heads = ("Item", "Assignment", "Group", "#Earned", "#At equal score, of 100", "#n")
    more = f"<p class='quiet'>The 20 largest of {len(found)}; all are in the file.</p>" if len(found) > 20 else ""
    return (
        "<p>These items go differently for a group than for the others with the same total score. That may be"
        " wording, culture"
        " or training: read them with somebody of that group. With many items a few differ by chance.</p>"
        + table("Differences of more than 15 points of a hundred", heads, different, file="differences.csv")
        + more
        + listed
    )


def _items(course: CourseStudy) -> str:
    blocks = [_assignment(course, study) for study in course.studies if study.read]
    if not blocks:
        return ""
    return (
        "<p>First answers, not last. To the right is easy; high up tells strong from weak. Triangles are flagged,"
        " and the list"
        " says why and what to do. Open an item to see who chose what.</p>"
        + "".join(blocks)
        + "<p class='quiet'>All figures: <a href='tables/items.csv'>items.csv</a>, <a"
        " href='tables/options.csv'>options.csv</a>,"
        " <a href='tables/placements.csv'>placements.csv</a></p>"
    )


def _assignment(course: CourseStudy, study: AssignmentStudy) -> str:
    found = flags(study)
    flagged = {(flag.item.name, flag.item.version) for flag in found if flag.kind != "idle"}
    points = [
        plots.Point(
            item.difficulty.value,
            item.discrimination.value,
            f"{item.title}: {percent(item.difficulty.value)} earned, item–rest"
            f" {decimal(item.discrimination.value)}, n = {item.difficulty.n}",
            "flagged" if (item.name, item.version) in flagged else "plain",
        )
        for item in study.items
        if item.difficulty.value is not None and item.discrimination.value is not None
    ]
    head = (
        f"<h3 id='a-{study.assignment}'>{safe(study.title)} <span"
        f" class='quiet'>{count(len(study.read), 'trainee', 'trainees')}</span></h3>"
    )
    if not points:
        hidden = [item for item in study.items if item.difficulty.value is None]
        reason = (
            f"fewer than {FEWEST} first answers to each item"
            if len(hidden) == len(study.items)
            else "no differences to compare"
        )
        return f"<article>{head}<p class='quiet'>Not shown yet: {reason}.</p>{_all_items(study)}</article>"
    drawn = plots.scatter(
        points,
        name=f"{study.title}: {len(points)} items by points earned and item–rest correlation, {len(flagged)} flagged",
        x="Points earned at first try, %",
        y="Item–rest correlation",
        bounds=(0, WEAK),
    )
    serious = [flag for flag in found if flag.kind != "idle"]
    listed = (
        _flag_list(course, serious, named=False)
        if serious
        else "<p>Nothing is flagged: keep these items as they are.</p>"
    )
    return (
        f"<article>{head}<div class='beside'><figure>{drawn}</figure><div>{listed}</div>"
        f"</div>{_all_items(study)}</article>"
    )


def _all_items(study: AssignmentStudy) -> str:
    idle = {(flag.item.name, flag.item.version): flag for flag in flags(study) if flag.kind == "idle"}
    rows = "".join(_item(item, idle.get((item.name, item.version))) for item in study.items if item.difficulty.n)
    if not rows:
        return ""
    return f"<details><summary>All {len(study.items)} items of {safe(study.title)}</summary>{rows}</details>"


def _item(item: ItemStudy, idle: Flag | None) -> str:
    minutes = ""
    if item.seconds is not None:
        minutes = f" · median time {_time(item.seconds)}, {percent(item.hasty or 0)} under a third of it"
    tails = f" · upper–lower 27 % {figure(item.tails, decimal)}" if item.tails.value is not None else ""
    safety = " · on safety" if item.safety else ""
    more = f"<p>{_sentence(idle.said)} <strong>{safe(idle.todo)}</strong></p>" if idle else ""
    return (
        f"<div class='item' id='{_anchor(item)}'><h4>{safe(item.title)}"
        f" <span class='quiet'>{_sort(item)} · {safe(item.kind)}{safety}</span></h4>"
        f"<p class='figure'>Earned {figure(item.difficulty)} · item–rest"
        f" {figure(item.discrimination, decimal)}{tails}"
        f" · n = {item.difficulty.n}{minutes}</p>{more}{_heat(item) if item.excerpts else _choices(item)}</div>"
    )


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _choices(item: ItemStudy) -> str:
    known = [
        option
        for option in item.options
        if option.thirds and ((option.credit or 0) > 0 or (option.share or 0) >= 0.05 or option.single)
    ]
    if not known or len(known) > 24:
        return ""
    rows = (
        (
            ("<strong>" + safe(one.label) + "</strong> <span class='quiet'>key</span>")
            if right(one)
            else safe(one.label),
            f"#{percent(one.share or 0)}",
            *(f"#{percent(third)}" for third in one.thirds),
        )
        for one in known
    )
    heads = ("Chosen first", "#All", "#Weakest third", "#Middle", "#Strongest")
    return table(f"Who chose what in “{item.title}”", heads, rows)


def _heat(item: ItemStudy) -> str:
    cells = {option.atom: option for option in item.options}
    if not any(option.thirds for option in item.options):
        return ""
    rows = []
    for excerpt, words in item.excerpts:
        row = "".join(_heat_cell(cells.get(f"{excerpt}@{slot}")) for slot, _ in item.slots)
        rows.append(f"<tr><th scope='row'><abbr title='{safe(words)}'>[{safe(excerpt)}]</abbr></th>{row}</tr>")
    heads = "".join(f"<th scope='col'>{safe(label)}</th>" for _, label in item.slots)
    caption = (
        f"{item.title}: % of trainees who placed an excerpt in a slot; the authors' key is framed, doubly"
        f" for full credit"
    )
    strong = [o for o in item.options if o.credit is None and o.thirds and o.thirds[2] > 0.3]
    said = (
        f"<p>Not in the key, but chosen by the strongest third: {safe(', '.join(place(o, item) for o in strong))}.</p>"
        if strong
        else ""
    )
    return (
        f"<div class='scroll' role='region' tabindex='0' aria-label='{safe(caption)}'><table class='heat'>"
        f"<caption>{safe(caption)}</caption>"
        f"<thead><tr><th scope='col'>Excerpt</th>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"</div>{said}"
    )


def _heat_cell(option: Option | None) -> str:
    if option is None or option.share is None:
        return "<td class='h0'></td>"
    level = min(5, int(option.share * 5 + 0.999)) if option.share >= 0.005 else 0
    key = " full" if right(option) else " part" if (option.credit or 0) > 0 else ""
    said = {" full": "<span class='unseen'> key</span>", " part": "<span class='unseen'> partial key</span>"}.get(
        key, ""
    )
    return f"<td class='h{level}{key}'>{100 * option.share:.0f}{said}</td>"


def _refused(course: CourseStudy, named: bool) -> str:
    if not course.refused:
        return ""
    if not named:
        return f"<p>{count(len(course.refused), 'file', 'files')} could not be read.</p>"
    rows = ((safe(student), safe(course.chapters[name]), safe(reason)) for name, student, reason in course.refused)
    return table("Files that could not be read", ("Trainee", "Assignment", "Why"), rows)


def _reading() -> str:
    return (
        "<dl class='reading'>"
        f"<dt>Points earned</dt><dd>Mean ÷ maximum at first try: the higher, the easier. Flagged below"
        f" {percent(HARD)} and above 95 %;"
        " items on safety are meant to be easy and are never flagged for it. Interval: 95 %,"
        " Wilson’s for right or wrong, Student’s for partial credit.</dd>"
        "<dt>Item–rest correlation</dt><dd>Whether those who do well on the other items of the assignment do well"
        " on this one."
        f" Below {decimal(WEAK)} review it; below 0 look at the key. Upper–lower 27 % is the same question asked"
        f" of the two ends.</dd>"
        "<dt>Strongest third</dt><dd>By points on the other items of the assignment, first answers; what was left"
        " open earns none.</dd>"
        "<dt>At equal score</dt><dd>The standardised difference of Dorans and Kulick (1986), over fifths of the"
        " total score.</dd>"
        "<dt>Alpha, omega</dt><dd>Cronbach's with Feldt's interval; McDonald's from a one-factor model with a"
        " bootstrap interval."
        " “Good to ±” is the standard error of measurement: two scores closer than that are the same.</dd>"
        "<dt>Median time</dt><dd>From the answer before to this one, within one sitting (pauses over half an hour"
        " are left out): reading"
        " the section counts.</dd>"
        f"<dt>Hidden</dt><dd>Nothing about the class is shown below {FEWEST} trainees. Between {FEWEST} and"
        f" {ROUGH} it is called"
        " rough.</dd>"
        "<dt>Versions</dt><dd>An item that was corrected stands once for each version that somebody answered.</dd>"
        "</dl>"
    )
