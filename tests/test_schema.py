"""JSON Schemas."""

import jsonschema
import pytest
import yaml

from mindbody.cli import main
from mindbody.schema import answer_schema, bank_schema, schemas
from tests.conftest import ROOT


def test_the_schemas_in_the_project_are_up_to_date():
    assert main(["schema", "--check"]) == 0


@pytest.mark.parametrize("name", sorted(schemas()))
def test_each_schema_is_itself_valid(name):
    jsonschema.Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("path", sorted((ROOT / "exercises" / "bank").glob("*.yaml")), ids=lambda path: path.name)
def test_the_banks_of_the_project_fit_their_schema(path):
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  (it builds strings alone)
    faults = [
        error
        for error in jsonschema.Draft202012Validator(bank_schema()).iter_errors(data)
        # The plain loader leaves every scalar a string, as an editor's completion does not.
        if error.validator not in {"type", "anyOf", "const", "enum", "minimum", "maximum", "exclusiveMinimum"}
    ]
    assert faults == []


def test_an_editor_is_told_of_an_unknown_field():
    data = {
        "assignment": "a",
        "chapter": 1,
        "title": "t",
        "points": {"graded": 1, "written": 0},
        "items": [{"kind": "choice", "titel": "x"}],
    }
    messages = [error.message for error in jsonschema.Draft202012Validator(bank_schema()).iter_errors(data)]
    assert any("titel" in message for message in messages)


ANSWERS = {
    "format": "mindbody-answers/1",
    "assignment": "07-conflict",
    "learner": {"id": "mk"},
    "items": {
        "q-anger": {"version": 1, "answer": {"atoms": ["opt:a"]}, "first": None, "attempts": 1, "kept": "unknown"}
    },
}


def test_an_unknown_field_of_an_answer_file_is_kept():
    jsonschema.validate(ANSWERS, answer_schema())


@pytest.mark.parametrize(
    "change", [{"format": "x"}, {"items": []}, {"learner": {"id": ""}}, {"items": {"a": {"version": 0, "answer": {}}}}]
)
def test_a_broken_field_of_an_answer_file_is_refused(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(ANSWERS | change, answer_schema())
