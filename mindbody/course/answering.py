"""Answers of any quality to any item, made from its marking table and its shape alone.

For the simulated trainees of :mod:`mindbody.course.simulate`, and for tests. They keep to the item's shape, as the
page does, so that what they show is a mistake of a learner and never of a form.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from mindbody.course.grading import ItemTables
from mindbody.marking import FULL, MarkingTable

TEXT = """It may be that she keeps away from what she felt [2], and it may as well be that the work had to be
done. “Perhaps”, she says & 3 < 4; naïve, größer, 心, and a 'quote' too."""

Pull = Callable[[str], float]
"""How much a wrong atom attracts, as a weight above 0."""


def answer_of_quality(
    spec: Mapping[str, Any], item: ItemTables, quality: float, rng: random.Random, pull: Pull | None = None
) -> dict[str, Any]:
    """Make an answer to one item.

    Parameters
    ----------
    spec
        The item's public data.
    item
        Its tables, from which a good trainee knows what is right.
    quality
        From a guess (0) to all right (1): the chance that each part of the answer is known.
    rng
        Where chance comes from.
    pull
        How much each wrong atom attracts whoever does not know; all alike when None.
    """
    answer: dict[str, Any] = {"atoms": [], "numbers": {}, "texts": {}}
    if item.written:
        if rng.random() < 0.85 or quality == 1:
            answer["texts"]["text"] = " ".join(rng.choices(TEXT.split(), k=rng.randint(3, 150)))
        return answer
    table, shape = item.versions[item.version].table, spec["shape"]
    best = best_answer(table, shape)
    ranges = {name: spans for group in table.groups for name, spans in group.ranges.items()}
    chosen: set[str] = set()
    for name, field in shape["fields"].items():
        if field.get("number"):
            answer["numbers"][name] = _number(ranges.get(name, []), quality, rng) or "50" * (quality == 1)
        elif "text" in field:
            answer["texts"][name] = _typed(name, field, shape, rng)
        else:
            chosen |= _choose(field, best, quality, rng, pull)
    for order in shape.get("orders", []):
        chosen = {atom for atom in chosen if "<" not in atom} | _order(order["items"], best, quality, rng)
    answer["atoms"] = sorted(_within(chosen, shape, best))
    return answer


def answer_to(spec: Mapping[str, Any], table: MarkingTable | None, quality: float, seed: int) -> dict[str, Any]:
    """Make an answer to an item that stands in no course, e.g. a sample; without a table it is written work."""
    versions = {} if table is None else {spec["version"]: SimpleNamespace(table=table)}
    item: Any = SimpleNamespace(written=table is None, version=spec["version"], versions=versions)
    return answer_of_quality(spec, item, quality, random.Random(seed))  # noqa: S311  (nothing is kept secret by it)


def best_answer(table: MarkingTable, shape: Mapping[str, Any]) -> frozenset[str]:
    """Return the atoms that earn every point of an item, as far as atoms earn them, within its shape.

    Works for every kind from its table alone: what a gate needs, then what earns most, one of each set of rivals.
    """
    credit = {atom: value for group in table.groups for atom, value in group.credits.items()}
    needed = {atom for gate in table.gates for atom in gate.all_of}
    rivals = [set(atoms) for group in table.groups for atoms in group.best_of]
    fields = [field for field in shape["fields"].values() if "atoms" in field]
    free = [field["atoms"] for field in fields if field.get("at_most") != 1]
    single = [field["atoms"] for field in fields if field.get("at_most") == 1]
    wanted = {atom for atoms in free for atom in atoms if credit.get(atom, 0) >= FULL or atom in needed}
    chosen: set[str] = set()
    for atoms in single:
        # The tries after a first right one stay empty; a field that earns nothing is answered all the same.
        spent = any(chosen & others and set(atoms) <= others for others in rivals)
        if not spent:
            chosen.add(max(atoms, key=lambda atom: credit.get(atom, 0)))
    for others in rivals:
        if len(both := wanted & others) > 1:
            wanted -= both - {max(sorted(both), key=lambda atom: credit[atom])}
    chosen |= wanted
    for order in shape.get("orders", []):
        chosen = {atom for atom in chosen if "<" not in atom} | _order(order["items"], credit.keys(), 1)
    for field in fields:
        if field.get("required") and not chosen & set(field["atoms"]):
            # A place for which the key has nothing but half a credit is not left empty.
            chosen.add(max(field["atoms"], key=lambda atom: credit.get(atom, 0)))
    return frozenset(_within(chosen, shape, chosen))


def best_numbers(table: MarkingTable, shape: Mapping[str, Any]) -> dict[str, str]:
    """Return numbers that earn every point of an item; unmarked ones are answered too."""
    ranges = {name: spans for group in table.groups for name, spans in group.ranges.items()}
    names = [name for name, field in shape["fields"].items() if field.get("number")]
    return {name: str(ranges[name][0]["from"]) if name in ranges else "50" for name in names}


def _choose(
    field: Mapping[str, Any], best: Collection[str], quality: float, rng: random.Random, pull: Pull | None
) -> set[str]:
    right = [atom for atom in field["atoms"] if atom in best]
    if field.get("at_most") == 1:
        if not field.get("required") and not right:
            return {_guess(field["atoms"], rng, pull)} if rng.random() < (1 - quality) / 2 else set()
        return {rng.choice(right) if right and rng.random() < quality else _guess(field["atoms"], rng, pull)}
    chosen = {atom for atom in right if rng.random() < quality}
    weight = pull or (lambda _: 1.0)
    slips = [atom for atom in field["atoms"] if atom not in best]
    # As many wrong ones as right ones are missed, on average, however large the choice.
    each = (1 - quality) * max(1, len(right)) / max(1, len(slips))
    return chosen | {atom for atom in slips if rng.random() < min(0.5, weight(atom) * each)}


def _guess(atoms: Sequence[str], rng: random.Random, pull: Pull | None) -> str:
    return rng.choices(atoms, [pull(atom) for atom in atoms])[0] if pull else rng.choice(atoms)


def _typed(name: str, field: Mapping[str, Any], shape: Mapping[str, Any], rng: random.Random) -> str:
    if name.startswith("sure:"):
        return rng.choice(["likely", "possible", "a guess"])
    if name == "cut-arrow":
        return str(shape["fields"]["arrows"]["atoms"][0])
    return " ".join(rng.choices(TEXT.split(), k=12))[: field["text"]["max"]]


def _order(items: Sequence[str], pairs: Collection[str], quality: float, rng: random.Random | None = None) -> set[str]:
    """Make one order of things, the best by its pairs or, at a poor quality, one with some of them swapped."""
    order = sorted(items, key=lambda item: -sum(f"{item}<{other}" in pairs for other in items))
    for place in range(len(order) - 1):
        if rng and rng.random() > quality:
            other = rng.randrange(len(order))
            order[place], order[other] = order[other], order[place]
    return {f"{first}<{second}" for first, second in combinations(order, 2)}


def _within(chosen: set[str], shape: Mapping[str, Any], best: Collection[str]) -> set[str]:
    """Keep to the shape, as the page does: what is right stays, rather than what is not."""
    chosen = chosen - set(shape.get("given", []))
    for rule in shape.get("excludes", []):
        if rule["if"] in chosen and (others := chosen & set(rule["not"])):
            chosen = chosen - (others if rule["if"] in best and not others & set(best) else {rule["if"]})
    limits = [*shape.get("at_most", []), *({"atoms": f["atoms"], "n": f["at_most"]} for f in _limited(shape))]
    for limit in limits:
        held = sorted(chosen & set(limit["atoms"]), key=lambda atom: (atom not in best, atom))
        chosen = chosen - set(held[limit["n"] :])
    return chosen


def _limited(shape: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [field for field in shape["fields"].values() if "atoms" in field and field.get("at_most") is not None]


def _number(spans: Sequence[Mapping[str, Any]], quality: float, rng: random.Random) -> str:
    if not spans:  # unmarked, e.g. how sure she is of a card
        return rng.choice(["", "0", "50", "80 %", "100"])
    if rng.random() < quality:
        return rng.choice([str(spans[0]["from"]), f" {spans[0]['to']} ", str(spans[0]["from"]).replace(".", ",")])
    return rng.choice([str(rng.randint(0, 5000)), "1,234.5", "", *(str(span["to"]) for span in spans[1:])])
