"""Predicting what the teaching model does, then running it. A teaching model, not data: see teaching_model.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from mindbody import teaching_model
from mindbody.items.base import (
    Context,
    Fault,
    FieldName,
    ItemForm,
    KeyForm,
    Kind,
    Strict,
    Text,
    hundredths,
    missing_whys,
)
from mindbody.marking import FULL, Group, MarkingTable
from mindbody.teaching_model import ABOUT_THE_SAME, INPUTS, Inputs

DIRECTIONS: Mapping[str, str] = {"higher": "Higher", "same": "About the same", "lower": "Lower"}
DOUBTFUL = (0.35, 0.75)
"""Differences between these are too near the limit of "about the same" to ask a reader about."""

Level = Annotated[float, Field(ge=0, le=1)]


class Levels(Strict):
    """All five inputs, each from 0 to 1."""

    tissue: Level
    expectation: Level
    threat: Level
    attention: Level
    safety: Level


class Change(Strict):
    """The inputs that change."""

    tissue: Level | None = None
    expectation: Level | None = None
    threat: Level | None = None
    attention: Level | None = None
    safety: Level | None = None


class Scenario(Strict):
    """What is said of a change, and the inputs before and after it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    say: Text
    before: Levels = Field(alias="from")
    after: Change = Field(alias="to")

    def inputs(self) -> tuple[Inputs, Inputs]:
        """Return the inputs before and after."""
        before = self.before.model_dump()
        return Inputs(**before), Inputs(**before | self.after.model_dump(exclude_none=True))


class SimulatorForm(ItemForm):
    """One to six changes to predict."""

    scenarios: Annotated[dict[FieldName, Scenario], Field(min_length=1, max_length=6)]


class SimulatorKey(KeyForm):
    """A sentence on every scenario; the model itself says which prediction is right."""

    why: dict[str, Text]


def check(form: SimulatorForm, key: SimulatorKey | None, context: Context) -> Iterable[Fault]:
    """Yield a fault for a change that changes nothing or is too close to call, and for a missing explanation."""
    for name, scenario in form.scenarios.items():
        before, after = scenario.inputs()
        at = ("scenarios", name, "to")
        if before == after:
            yield Fault("form", at, f'scenario "{name}" changes nothing: give at least one input another value')
        by = teaching_model.difference(before, after)
        if DOUBTFUL[0] < abs(by) < DOUBTFUL[1]:
            message = (
                f'scenario "{name}" ends {by:+.2f} points from where it was, too close to {ABOUT_THE_SAME} to call: '
                "change more, or less"
            )
            yield Fault("form", at, message)
    if key:
        yield from missing_whys(key.why, form.scenarios, "scenario")


def shape(form: SimulatorForm, context: Context) -> dict[str, Any]:
    """Return one prediction a scenario."""
    return {
        "fields": {
            name: {"atoms": [f"{name}:{way}" for way in DIRECTIONS], "at_most": 1, "required": 1}
            for name in form.scenarios
        }
    }


def view(form: SimulatorForm, context: Context) -> dict[str, Any]:
    """Return the inputs' names and the scenarios with their numbers."""
    scenarios = []
    for name, scenario in form.scenarios.items():
        before, after = scenario.inputs()
        said = context.render.inline(scenario.say)
        scenarios.append({"id": name, "html": said, "from": vars(before), "to": vars(after)})
    inputs = [{"id": name, "label": label, "hint": hint} for name, (label, hint) in INPUTS.items()]
    return {"inputs": inputs, "scenarios": scenarios}


def table(form: SimulatorForm, key: SimulatorKey, context: Context) -> MarkingTable:
    """Make one group a scenario; the model's own answer is right."""
    groups, why = [], {}
    for index, (name, scenario) in enumerate(form.scenarios.items(), start=1):
        right = f"{name}:{teaching_model.direction(*scenario.inputs())}"
        groups.append(Group(name, f"Change {index}", (name,), {right: FULL}, FULL))
        why[right] = context.render.inline(key.why[name])
    return MarkingTable(hundredths(form.points), tuple(groups), why=why)


def static(view: Mapping[str, Any]) -> str:
    """Print the scenarios with their numbers, to predict on paper."""
    labels = {entry["id"]: entry["label"].lower() for entry in view["inputs"]}
    ways = " ".join(f"☐ {label.lower()}" for label in DIRECTIONS.values())
    rows = "".join(
        f"<li>{scenario['html']} <em>({_changed(scenario, labels)})</em> At the end the symptom is {ways}.</li>"
        for scenario in view["scenarios"]
    )
    return f"<p>A teaching model, not data. Predict what it does; running it needs a browser.</p><ol>{rows}</ol>"


def _changed(scenario: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    before, after = scenario["from"], scenario["to"]
    return "; ".join(
        f"{labels[name]} from {before[name] * 10:g} to {after[name] * 10:g} of 10"
        for name in before
        if before[name] != after[name]
    )


KIND = Kind("simulator", SimulatorForm, SimulatorKey, check, shape, view, table, static)
