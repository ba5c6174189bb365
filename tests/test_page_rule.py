"""The marking rule of the page and Python's give one result, to the hundredth and to the word."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from mindbody.curriculum import Curriculum, marking_table
from mindbody.marking import Answer, AnswerError, MarkingTable, mark, parse_number, shape_faults, unanswered
from tests.conftest import ROOT, serve

SEED = 20261122
ANSWERS_AN_ITEM = 24
ITEMS_AT_ONCE = 16
"""A page that is handed all of them at once runs out of memory."""
TYPED = [
    *[
        "3",
        "3,7",
        "3.70",
        " 3 ",
        "+3",
        "-3",
        "−3",
        "27 %",
        "27%",
        "2,5 %",
        "1,234",
        "1,234.5",
        "12,34",
        "1.234,5",
        "1e3",
    ],
    *[
        "0x10",
        ".5",
        "5.",
        ".",
        ",",
        "-",
        "%",
        "٣",
        "３",
        "3 7",
        "54,54",
        "54.54",
        "45.5",
        "0.45",
        "33,3",
        "9,4",
        "1/2",
        "",
    ],
    *[
        "half",
        "1 000",
        "1\u00a0000",
        "1\u202f000",
        "\u200b3",
        "\ufeff3",
        "\x1c3",
        "\x853",
        "00007",
        "0,500",
        "3%%",
        "%3",
    ],
    *["0.30000000000000004", "99999999999999999999", "1" * 40, "1" * 41, "--3", "3-", "1_000", "∞", "NaN"],
]
TEXTS = [
    "",
    " ",
    "\t\n",
    "\u2003",
    "\x85",
    "\ufeff",
    "Dear colleague",
    "🙂",
    "é" * 30,
    "x" * 19_999,
    "x" * 20_001,
    "🙂" * 10_001,
]

COMPARED = """async cases => {
    const { mark, shapeFaults, unanswered, readAnswer } = await import("/rule.js");
    const attempt = act => { try { return act(); } catch (error) { return `${error.name}: ${error.message}`; } };
    return JSON.stringify(JSON.parse(cases).map(({ shape, table, answers }) => answers.map(data => {
        const answer = attempt(() => readAnswer(data));
        if (typeof answer === "string") return [answer];
        const marked = table && attempt(() => mark(answer, table, shape));
        return [shapeFaults(answer, shape), unanswered(answer, shape), marked];
    })));
}"""


@pytest.fixture
def rule(page: Page, tmp_path: Path) -> Iterator[Page]:
    """A page that may import the front end's own source of the rule."""
    shutil.copy(ROOT / "mindbody" / "frontend" / "src" / "rule.js", tmp_path)
    (tmp_path / "index.html").write_text('<!doctype html><link rel="icon" href="data:,"><title>The rule</title>')
    with serve(tmp_path) as url:
        page.goto(url)
        yield page
        page.close()


def generate(shape: dict[str, Any], table: MarkingTable | None, rng: random.Random) -> dict[str, Any]:
    """An answer at random: thin or full, near the key or far from it, and now and then one that is not allowed."""
    fields = shape["fields"]
    known = [atom for field in fields.values() for atom in field.get("atoms", [])]
    mood = rng.choice(["few", "few", "some", "all", "key", "key", "one a field", "illegal"])
    share = {"few": 0.1, "some": 0.5, "all": 0.95}.get(mood, 0.15)
    atoms = [atom for atom in known if rng.random() < share]
    if mood == "one a field":
        atoms = [rng.choice(field["atoms"]) for field in fields.values() if field.get("atoms")]
    if mood == "key" and table:
        worth = [atom for group in table.groups for atom, credit in group.credits.items() if credit > 0]
        atoms = [atom for atom in worth if rng.random() < 0.9]
        atoms += [atom for atom in known if atom not in atoms and rng.random() < 0.05]
    if mood == "illegal":
        atoms += rng.sample(
            ["opt:z", "99@defence", "none@nowhere", "", "__proto__", "toString", "🙂@defence", "9@Defence"], 2
        )
    numbers = {name: rng.choice(TYPED) for name, field in fields.items() if field.get("number") and rng.random() < 0.9}
    for group in table.groups if table and mood == "key" else ():
        for name, spans in group.ranges.items():
            numbers[name] = str(rng.choice([end for span in spans for end in (span["from"], span["to"])]))
    texts = {name: rng.choice(TEXTS) for name, field in fields.items() if field.get("text") and rng.random() < 0.5}
    if mood == "illegal" and rng.random() < 0.5:
        numbers[rng.choice(["nowhere", "__proto__", "constructor"])] = rng.choice(TYPED)
        texts[rng.choice(["nowhere", "toString"])] = "words"
    rng.shuffle(atoms)
    if mood == "illegal" and rng.random() < 0.2:
        atoms.append(atoms[0])
    return {"atoms": atoms, "numbers": numbers, "texts": texts}


def in_python(data: dict[str, Any], table: MarkingTable | None, shape: dict[str, Any]) -> list[Any]:
    try:
        answer = Answer.from_json(data)
    except AnswerError as error:
        return [f"Error: {error}"]
    try:
        marked = table and mark(answer, table, shape).to_json()
    except AnswerError as error:
        marked = f"Error: {error}"
    return [shape_faults(answer, shape), unanswered(answer, shape), marked]


def test_generated_answers_to_every_item_are_marked_alike(rule: Page, curriculum: Curriculum):
    """Thousands of answers, seeded; a part of the rule that no table of this course uses is not tried."""
    rng = random.Random(SEED)
    cases, wanted, seen = [], [], {"marked": 0, "full": 0, "refused": 0}
    for assignment in curriculum.assignments.values():
        for item in assignment.items:
            shape = item.kind.shape(item.form, curriculum.context)
            # What the browser gets has been JSON once, and so has what Python marks with.
            table = None if item.written else MarkingTable.from_json(marking_table(curriculum, item).to_json())
            answers = [generate(shape, table, rng) for _ in range(ANSWERS_AN_ITEM)]
            cases.append({"shape": shape, "table": table and table.to_json(), "answers": answers})
            wanted.append([in_python(data, table, shape) for data in answers])
            marks = [result[-1] for result in wanted[-1] if isinstance(result[-1], dict)]
            seen["marked"] += len(marks)
            seen["full"] += sum(found["points"] == found["max"] for found in marks)
            seen["refused"] += len(answers) - len(marks)
    got = []
    for start in range(0, len(cases), ITEMS_AT_ONCE):
        got += json.loads(rule.evaluate(COMPARED, json.dumps(cases[start : start + ITEMS_AT_ONCE])))
    differing = [
        {"answer": data, "python": python, "javascript": javascript}
        for case, theirs, ours in zip(cases, got, wanted, strict=True)
        for data, javascript, python in zip(case["answers"], theirs, ours, strict=True)
        if javascript != python
    ]
    assert not differing, f"{len(differing)} differ, the first: {json.dumps(differing[0], ensure_ascii=False)[:3000]}"
    assert seen["marked"] > 2000, seen
    assert seen["full"] > 200, seen
    assert seen["refused"] > 500, seen


def test_whatever_is_typed_is_read_as_the_same_number(rule: Page):
    rng = random.Random(SEED)
    letters = "0123456789" * 3 + ".,.,+-−% \t\u00a0\u202f\u2009\u200b\ufeff\x1c\x85eE_xn٣３½"
    typed = [*TYPED, *("".join(rng.choices(letters, k=rng.randint(1, 9))) for _ in range(20_000))]
    wanted = [
        None if (value := parse_number(text)) is None else [str(value.numerator), str(value.denominator)]
        for text in typed
    ]
    got = rule.evaluate(
        """async typed => {
            const { parseNumber } = await import("/rule.js");
            return JSON.parse(typed).map(text => parseNumber(text)?.map(String) ?? null);
        }""",
        json.dumps(typed),
    )
    differing = [(text, python, js) for text, python, js in zip(typed, wanted, got, strict=True) if python != js]
    assert not differing, differing[:10]
    assert sum(value is not None for value in wanted) > 1000
