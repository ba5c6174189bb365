"""What stands out in a course, and what to do next: the flags of the assessment plan, in words.

The bounds are the plan's. Items on safety are meant to be easy and are exempt from the upper bound of difficulty;
where nearly everybody is right nothing can tell strong from weak, so discrimination is not flagged there either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mindbody.calibration import WIDE
from mindbody.report.course import CourseStudy, Part
from mindbody.report.study import AssignmentStudy, GroupDifference, ItemStudy, Option, right

HARD, EASY = 0.30, 0.95
WEAK = 0.20
IDLE = 0.05
CHOSEN = 0.30
UNRELIABLE = 0.70
UNFAIR = 0.15
MANY = 0.25
"""Share of the class that needs a conversation from which the class comes first: a choice of ours."""

HURRIED = 0.10
"""Share of hasty answers from which an item is named: a choice of ours."""


@dataclass(frozen=True)
class Flag:
    """Something about an item.

    Attributes
    ----------
    kind
        ``key``, ``ambiguous``, ``placement``, ``hard``, ``weak``, ``easy``, ``sure``, ``hurried`` or ``idle``.
    said, todo
        What was seen, and what to do about it; a sentence each.
    """

    kind: str
    item: ItemStudy
    said: str
    todo: str


URGENT = frozenset({"key", "ambiguous", "placement"})
"""Flags that may mean a wrong key: they come before marks go out."""


def flags(study: AssignmentStudy) -> list[Flag]:
    """Return the flags of an assignment's items, those that may mean a wrong key first."""
    found = [flag for item in study.items for flag in _of_item(item)]
    order = ("key", "ambiguous", "placement", "hard", "weak", "easy", "hurried", "idle")
    return sorted(found, key=lambda flag: order.index(flag.kind))


def _of_item(item: ItemStudy) -> Iterator[Flag]:
    yield from _discrimination(item)
    yield from _difficulty(item)
    yield from _options(item)
    yield from _placements(item)
    if item.hasty is not None and item.hasty > HURRIED:
        said = f"{percent(item.hasty)} of the answers came in under a third of the median time"
        yield Flag("hurried", item, said, "See whether it can be answered without reading, or is seen twice.")


def _discrimination(item: ItemStudy) -> Iterator[Flag]:
    value, level, high = item.discrimination.value, item.difficulty.value, item.discrimination.high
    if value is None or level is None:
        return
    if value < 0 and high is not None and high >= WEAK:
        # A small class has a few of these among items that are sound.
        said = (
            f"trainees who do well elsewhere did a little worse here (item–rest correlation {decimal(value)}); with"
            f" {item.discrimination.n} answers that can be chance"
        )
        yield Flag("weak", item, said, "Check the key; if it stands, wait for the next class.")
    elif value < 0:
        said = f"trainees who do well elsewhere do worse here (item–rest correlation {decimal(value)})"
        yield Flag("key", item, said, "Check the key first; then read the prompt as a strong trainee would.")
    elif value < WEAK and level <= EASY:
        said = f"it hardly tells strong from weak (item–rest correlation {decimal(value)})"
        yield Flag("weak", item, said, "Review the wording, and whether it asks for something else than the rest.")


def _difficulty(item: ItemStudy) -> Iterator[Flag]:
    level = item.difficulty.value
    if level is None:
        return
    if level < HARD:
        said = f"the class earned {percent(level)} of its points at first try"
        yield Flag("hard", item, said, "Teach it again, or ask whether the chapter ever taught it.")
    elif level > EASY and not item.safety:
        said = f"the class earned {percent(level)} of its points at first try"
        yield Flag("easy", item, said, "Keep it as a warm-up, or ask for more.")


def _options(item: ItemStudy) -> Iterator[Flag]:
    fields: dict[str, list[Option]] = {}
    for option in item.options:
        if option.single and option.share is not None:
            fields.setdefault(option.field, []).append(option)
    for options in fields.values():
        best = max((o.thirds[2] for o in options if right(o)), default=None)
        rivals = [o for o in options if not (o.credit or 0) > 0 and best is not None and o.thirds[2] > best]
        if rivals:
            rival = max(rivals, key=lambda o: o.thirds[2])
            said = f"the strongest third prefers “{rival.label}” ({percent(rival.thirds[2])}) to the keyed answer"
            yield Flag(
                "ambiguous", item, said, "It is ambiguous, or the key is wrong: ask two colleagues to answer it."
            )
    idle = [o for options in fields.values() for o in options if not (o.credit or 0) > 0 and (o.share or 0) < IDLE]
    if idle and item.kind == "choice":
        said = f"{'one option is' if len(idle) == 1 else f'{len(idle)} options are'} chosen by fewer than 5 %"
        yield Flag("idle", item, said, "Replace what nobody believes with a mistake you have heard.")


def _placements(item: ItemStudy) -> Iterator[Flag]:
    if not item.excerpts:
        return
    cells = [o for o in item.options if o.credit is None and o.thirds and o.thirds[2] > CHOSEN]
    if cells:
        most = max(cells, key=lambda o: o.thirds[2])
        more = f", and {len(cells) - 1} more" if len(cells) > 1 else ""
        said = f"{percent(most.thirds[2])} of the strongest third place {place(most, item)}{more}, which no key lists"
        yield Flag("placement", item, said, "Reconsider the key: ask the panel whether it deserves some credit.")


def place(option: Option, item: ItemStudy) -> str:
    """Name a cell of a placement: ``[9] in Defence``."""
    excerpt, _, slot = option.atom.partition("@")
    return f"[{excerpt}] in {dict(item.slots).get(slot, slot)}"


def unreliable(course: CourseStudy) -> list[Part]:
    """Return the part scores that count and whose alpha is below .70."""
    return [part for part in course.parts if part.counts and (part.found.alpha.value or 1) < UNRELIABLE]


def unfair(course: CourseStudy) -> list[GroupDifference]:
    """Return the items that go differently for a group at equal total score, the largest difference first."""
    found = [one for study in course.studies for one in study.differences if abs(one.difference.value or 0) > UNFAIR]
    return sorted(found, key=lambda one: -abs(one.difference.value or 0))


@dataclass(frozen=True)
class Attention:
    """A line of the headline: a phrase, a sentence, and where to read on."""

    phrase: str
    said: str
    anchor: str


def attention(course: CourseStudy) -> list[Attention]:
    """Return what needs the instructor this week, the most pressing first."""
    return [
        line
        for make in (_people, _files, _keys, _waiting, _objectives, _certainty, _markers, _scores, _groups)
        for line in make(course)
    ]


def _people(course: CourseStudy) -> Iterator[Attention]:
    if people := course.conversations:
        failed = sum(bool(one.gates) for one in people)
        sure = sum(bool(one.sure_and_wrong) for one in people)
        reasons = [f"{count(failed, 'has', 'have')} not passed a graded gate"] * bool(failed)
        reasons += [f"{count(sure, 'was', 'were')} sure and wrong on safety, unsettled since"] * bool(sure)
        if len(people) > MANY * course.trainees:
            reasons.append("with so many, begin with the class: the teaching is a likelier cause than they are")
        said = f"{'; '.join(reasons)}."
        said = said[0].upper() + said[1:]
        phrase = (
            "One trainee needs a conversation" if len(people) == 1 else f"{len(people)} trainees need a conversation"
        )
        yield Attention(phrase, said, "conversations")


def _files(course: CourseStudy) -> Iterator[Attention]:
    if course.refused:
        phrase = f"{count(len(course.refused), 'file', 'files')} could not be read"
        yield Attention(phrase, "Ask for them again; the reasons are listed.", "refused")


def _keys(course: CourseStudy) -> Iterator[Attention]:
    found = [flag for study in course.studies for flag in flags(study) if flag.kind in URGENT]
    items = list(dict.fromkeys(flag.item.name for flag in found))
    if items:
        titles = list(dict.fromkeys(f"“{flag.item.title}”" for flag in found))
        named = ", ".join(titles[:3]) + (f" and {len(titles) - 3} more" if len(titles) > 3 else "")
        phrase = f"{count(len(items), 'key', 'keys')} to check before marks go out"
        yield Attention(phrase, f"The answers of strong trainees speak against the key of {named}.", "keys")


def _waiting(course: CourseStudy) -> Iterator[Attention]:
    waiting = sum(one.waiting for one in course.written)
    if waiting:
        phrase = f"{count(waiting, 'criterion waits', 'criteria wait')} for you in Formgrader"
        yield Attention(phrase, "Until then written work is left out of objectives and totals.", "written")


def _objectives(course: CourseStudy) -> Iterator[Attention]:
    low = [(one, one.graded if one.graded.value is not None else one.first) for one in course.mastery]
    found = sorted(
        ((one, of.value) for one, of in low if of.value is not None and of.value < 0.6), key=lambda pair: pair[1]
    )
    if found:
        weakest, value = found[0]
        phrase = f"{count(len(found), 'objective is', 'objectives are')} not there yet"
        said = f"Lowest: “{weakest.text}”, {percent(value)} of its points. Worth ten minutes next time you meet."
        yield Attention(phrase, said, "objectives")


def _certainty(course: CourseStudy) -> Iterator[Attention]:
    found = course.calibration
    if found.n >= 20 and abs(found.gap) > WIDE:
        phrase = "The class is surer than it is right" if found.gap > 0 else "The class is better than it believes"
        said = f"Mean confidence {found.confidence} %, right {found.right} %. Show them the curve and talk about it."
        yield Attention(phrase, said, "certainty")


def _markers(course: CourseStudy) -> Iterator[Attention]:
    months = [month for one in course.raters.values() for month in one.months if month.flagged]
    if months:
        phrase = f"{count(len(months), 'month', 'months')} in which two markers were more than 1.5 points apart"
        yield Attention(phrase, "Mark three texts together before either of you goes on.", "raters")


def _scores(course: CourseStudy) -> Iterator[Attention]:
    if found := unreliable(course):
        phrase = f"{count(len(found), 'part score is', 'part scores are')} too rough to decide on alone"
        yield Attention(phrase, "Their alpha is below .70: read them beside other evidence.", "reliability")


def _groups(course: CourseStudy) -> Iterator[Attention]:
    if found := unfair(course):
        items = {one.item for one in found}
        phrase = f"{count(len(items), 'item goes', 'items go')} differently for a profession or language"
        yield Attention(phrase, "Read them with somebody of that group before you draw a conclusion.", "fairness")


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun or verb."""
    return f"{number} {one if number == 1 else many}"


def percent(share: float) -> str:
    """Write a share as people do."""
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def decimal(value: float) -> str:
    """Write a coefficient with two places and a real minus."""
    return f"{value:.2f}".replace("-", "−")
