"""Trainees who do not exist, and the work that they hand in: for a demo course, for tests and for benchmarks.

Each is drawn from a seed, and the same seed draws the same class. Whether a part of an answer is known follows the
Rasch model (Rasch 1960): the chance is ``logistic(ability - difficulty)``, both in logits, ability and difficulty
normal. Whoever does not know is drawn by the wrong options in unequal measure, so that some distractors work and some
do not. Confidence is the same chance as the trainee sees it: shifted by her own over- or under-confidence, and noisy.
The numbers are chosen so that a class looks plausible in a report; nothing is estimated from real trainees, and what
a report of a simulated class says is true of the simulation only.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mindbody.answers import FORMAT
from mindbody.calibration import CARD_FIELD
from mindbody.course.answering import Pull, answer_of_quality
from mindbody.course.grading import ItemTables, Tables
from mindbody.curriculum import Curriculum
from mindbody.marking import Answer, mark

MINUTES = 2.5
"""The median time at an exercise."""
SITTING = 40
"""Minutes after which most people do something else."""

_SENTENCE_END = re.compile(r"(?<=[.!?”])\s+(?=[A-Z“\d\"])")
_ROLE = re.compile(r"\{([a-z:]+)\}`([^`]+)`")
_GIVEN = "Alma Ben Clara Darius Elif Femi Greta Hamid Inês Jürgen Kaja Liam Mei Nadia Omar Petra Quinn Rosa Søren Zoë"
_FAMILY = (
    "Ash Birch Cedar D’Arbre Elm Fir Grove Hazel Ivy Reed Juniper Klee Linde Moss Nuñez-Olmo Oak Pine Świerk Thorn"
)
_PROFESSIONS = (("psychotherapist", 5), ("physician", 3), ("physiotherapist", 3), ("nurse", 1), (None, 1))
_LANGUAGES = (("en", 12), ("de", 4), ("es", 3), ("tr", 2), ("pl", 1), (None, 2))
_WEAK = (
    "There is a lot of stress in this case.",
    "I find it hard to say more from these lines.",
    "The symptom has been there for some time.",
    "The tests were normal.",
    "I would try to build a good relationship first.",
    "This must be the cause of the pain.",
    "One should look at the body and at the feelings.",
    "More could be asked about the family.",
)


@dataclass(frozen=True)
class Trainee:
    """Somebody who does not exist.

    Attributes
    ----------
    ability
        Logits; 0 knows half of what is of middling difficulty.
    overconfidence
        Logits by which she believes herself abler than she is; negative is too modest.
    diligence
        The chance that she does an exercise, in [0, 1].
    haste
        Her time at an exercise as a multiple of what is usual.
    profession, language
        None where she does not say.
    """

    id: str
    name: str
    email: str
    lms_id: str
    ability: float
    overconfidence: float
    diligence: float
    haste: float
    profession: str | None
    language: str | None


@dataclass(frozen=True)
class Marker:
    """Somebody who marks written work: ``severity`` in levels taken off, ``noise`` as the standard deviation."""

    name: str
    severity: float = 0
    noise: float = 0.45


def draw_class(count: int, seed: int = 1) -> tuple[Trainee, ...]:
    """Draw a class of trainees of varied ability, calibration, diligence and pace.

    Parameters
    ----------
    count
        How many.
    seed
        The first of a large class and of a small one are the same people.
    """
    return tuple(_trainee(index, _chance(seed, "trainee", index)) for index in range(count))


def _trainee(index: int, rng: random.Random) -> Trainee:
    # Twenty and nineteen have no common divisor: each given name meets each family name before a pair comes back.
    given, family = _GIVEN.split(), _FAMILY.split()
    name = f"{given[index % len(given)]} {family[index % len(family)]}"
    turn = index // (len(given) * len(family))
    return Trainee(
        id=f"trainee-{index + 1:03}",
        name=name + (f" {turn + 1}" if turn else ""),
        email=f"trainee-{index + 1:03}@example.org",
        lms_id=str(48_000 + index + 1),
        ability=rng.gauss(0.9, 1.0),
        overconfidence=rng.gauss(0.3, 0.8),
        diligence=rng.betavariate(18, 1),
        haste=0.2 if rng.random() < 0.04 else rng.lognormvariate(0, 0.35),
        profession=_weighted(_PROFESSIONS, rng),
        language=_weighted(_LANGUAGES, rng),
    )


def difficulty(assignment: str, item: str, seed: int = 1) -> float:
    """Return how difficult an item is, in logits; most are easier than a middling trainee is able."""
    return _chance(seed, "difficulty", assignment, item).gauss(-0.4, 0.9)


def knows(trainee: Trainee, assignment: str, item: str, seed: int = 1) -> float:
    """Return the chance that a trainee knows a part of an item."""
    return _logistic(trainee.ability - difficulty(assignment, item, seed))


def model_sentences(curriculum: Curriculum) -> dict[str, tuple[str, ...]]:
    """Return full item id -> the sentences of the authors' model text, of which simulated written work is made."""
    found = {}
    for assignment in curriculum.taught.values():
        for item in assignment.items:
            if model := getattr(item.key, "model", ""):
                found[item.full_id] = tuple(_SENTENCE_END.split(_plain(model)))
    return found


def _plain(markdown: str) -> str:
    text = _ROLE.sub(lambda role: f"[{role[2]}]" if role[1] == "excerpt" else "", markdown)
    return " ".join(re.sub(r"[*_`]", "", text).split())


def hand_in(
    trainee: Trainee,
    specs: Mapping[str, Any],
    tables: Tables,
    *,
    due: datetime,
    seed: int = 1,
    sentences: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any] | None:
    """Do an assignment as a trainee does.

    Parameters
    ----------
    trainee
        From :func:`draw_class`.
    specs
        Item -> its public data, as ``exercise.json`` of the release has it.
    tables
        The assignment's marking tables.
    due
        When it has to be in, with a time zone; most finish in the days before, few after.
    seed
        Of the items' difficulties and of all chance.
    sentences
        Full item id -> good sentences for a written task, e.g. :func:`model_sentences`; weak ones only when None.

    Returns
    -------
    dict or None
        What ``answers.json`` holds, or None when she hands in nothing.
    """
    rng = _chance(seed, trainee.id, tables.assignment)
    if rng.random() > trainee.diligence + 0.5 * (1 - trainee.diligence):
        return None
    clock = _Clock(due - timedelta(hours=max(-30.0, rng.gauss(60, 40))), trainee.haste, rng)
    work = _Work(trainee, tables.assignment, seed, rng, clock, sentences or {})
    instead = {i.alternative_to for i in tables.items.values() if i.alternative_to and rng.random() < 0.06}
    items: dict[str, Any] = {}
    passed: set[str] = set()
    for name, item in tables.items.items():
        if item.alternative_to and item.alternative_to not in instead:
            continue
        # A gate that is passed needs no other variant.
        repeated = item.gate in passed or (item.retake_of is not None and item.retake_of not in items)
        if name in instead or repeated or rng.random() > trainee.diligence:
            continue
        items[name] = work.item(specs[name], item)
        if item.gate and work.passes(items[name], item):
            passed.add(item.gate)
    return {
        "format": FORMAT,
        "course": tables.course,
        "assignment": tables.assignment,
        "learner": {"id": trainee.id},
        "profession": trainee.profession,
        "language": trainee.language,
        "saved_at": clock.now,
        "items": items,
    }


def level(trainee: Trainee, marker: Marker, item: str, criterion: str, most: int, *, seed: int = 1) -> int:
    """Return the level that a marker gives a trainee's text on one criterion of a written task.

    Parameters
    ----------
    item
        Its full id, e.g. ``07-conflict/w-rival``.
    most
        The highest level, e.g. 3.
    """
    assignment, _, name = item.partition("/")
    # The top of a rubric is rarer than a right answer. How the text stands on a criterion is the same for every marker;
    # what each makes of it is her own.
    stands = most * _logistic(trainee.ability - difficulty(assignment, name, seed) - 1) + _chance(
        seed, trainee.id, item, criterion
    ).gauss(0, 0.5)
    seen = stands - marker.severity + _chance(seed, trainee.id, item, criterion, marker.name).gauss(0, marker.noise)
    return max(0, min(most, round(seen)))


class _Clock:
    """The trainee's time, which goes on as she works."""

    def __init__(self, begin: datetime, haste: float, rng: random.Random) -> None:
        self._time, self._haste, self._rng, self._sat = begin, haste, rng, 0.0

    def work(self, share: float = 1) -> str:
        """Spend the time of an exercise, or a share of it, and say what time it is then."""
        minutes = share * MINUTES * self._haste * self._rng.lognormvariate(0, 0.4)
        self._sat += minutes
        if self._sat > SITTING:
            self._sat = 0
            self._time += timedelta(hours=self._rng.uniform(1, 20))
        self._time += timedelta(minutes=minutes)
        return self.now

    @property
    def now(self) -> str:
        return self._time.isoformat(timespec="seconds")


@dataclass(frozen=True)
class _Work:
    trainee: Trainee
    assignment: str
    seed: int
    rng: random.Random
    clock: _Clock
    sentences: Mapping[str, Sequence[str]]

    def item(self, spec: Mapping[str, Any], item: ItemTables) -> dict[str, Any]:
        """Do one item: answer it, check it, and, where it is practice, most often try once more."""
        known = self.known(item)
        first = self.state(spec, item, known)
        last, attempts = first, 1
        if item.practice and self.rng.random() < 0.6:
            # She has read the explanations by now.
            last, attempts = self.state(spec, item, known + 0.7 * (1 - known), 0.4), self.rng.choice([2, 2, 3])
        elif not item.practice and self.rng.random() < 0.2:
            last, attempts = self.state(spec, item, min(1.0, known + 0.1), 0.4), 2
        return {
            "version": item.version,
            "answer": last["answer"],
            "first": first,
            "last": last,
            "attempts": attempts,
            "confidence": last["confidence"],
            "saved_at": last["at"],
        }

    def known(self, item: ItemTables) -> float:
        if item.gate:
            # All or nothing: a trainee who has learned the rule finds every flag.
            return 1.0 if self.rng.random() < _logistic(self.trainee.ability + 1.6) else 0.55
        return knows(self.trainee, self.assignment, item.id, self.seed)

    def state(self, spec: Mapping[str, Any], item: ItemTables, known: float, share: float = 1) -> dict[str, Any]:
        answer = answer_of_quality(spec, item, known, self.rng, self.pull(item))
        full_id = f"{self.assignment}/{item.id}"
        for name in answer["texts"]:
            if name in {"text", "rewrite", "reflection", "own"}:
                answer["texts"][name] = self.text(full_id, known, spec["shape"]["fields"][name]["text"]["max"])
        for name, field in spec["shape"]["fields"].items():
            if field.get("number") and name.endswith(CARD_FIELD):
                answer["numbers"][name] = str(self.confidence(known))
        sure = self.confidence(known) if spec.get("confidence") and self.rng.random() < 0.92 else None
        return {"answer": answer, "at": self.clock.work(share), "confidence": sure, "points": None, "max": None}

    def pull(self, item: ItemTables) -> Pull:
        return lambda atom: _chance(self.seed, "pull", self.assignment, item.id, atom).lognormvariate(0, 0.9)

    def confidence(self, known: float) -> int:
        believed = _logit(known) + self.trainee.overconfidence + self.rng.gauss(0, 0.7)
        return 5 * round(20 * _logistic(believed))

    def text(self, item: str, known: float, longest: int) -> str:
        good = [sentence for sentence in self.sentences.get(item, ()) if self.rng.random() < known]
        weak = [sentence for sentence in _WEAK if self.rng.random() < 0.6 * (1 - known)]
        return " ".join(good + weak or [self.rng.choice(_WEAK)])[:longest]

    def passes(self, done: Mapping[str, Any], item: ItemTables) -> bool:
        version = item.versions[item.version]
        found = mark(Answer.from_json(done["answer"]), version.table, version.shape)
        return all(gate.passed for gate in found.gates)


def _chance(*names: object) -> random.Random:
    """Return chance that depends on these names alone, whatever else was drawn before."""
    return random.Random("|".join(map(str, names)))  # noqa: S311  (nothing is kept secret by it)


def _weighted(choices: Sequence[tuple[str | None, int]], rng: random.Random) -> str | None:
    return rng.choices([choice for choice, _ in choices], [weight for _, weight in choices])[0]


def _logistic(logits: float) -> float:
    return 1 / (1 + math.exp(-logits))


def _logit(chance: float) -> float:
    bounded = min(0.98, max(0.02, chance))
    return math.log(bounded / (1 - bounded))
