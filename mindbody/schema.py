"""JSON Schemas of the files people and programs exchange, so that editors complete and check them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from mindbody import answers
from mindbody.curriculum import AssignmentForm, Course, KeysForm, Plan
from mindbody.items import KINDS, Case
from mindbody.items.base import TEXT_LIMIT
from mindbody.model import Matrix, TestBlueprint

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return file name -> schema."""
    return {
        "bank.schema.json": bank_schema(),
        "keys.schema.json": _of(KeysForm, "A keys file of exercises/keys"),
        "case.schema.json": _of(Case, "A case of assets/cases"),
        "course.schema.json": _of(Course, "exercises/course.yaml"),
        "objectives.schema.json": _of(Plan, "assets/objectives.yaml"),
        "blueprint.schema.json": _of(Matrix, "assets/blueprint.yaml"),
        "tests.schema.json": _of(TestBlueprint, "exercises/tests.yaml"),
        "answers.schema.json": answer_schema(),
    }


def bank_schema() -> dict[str, Any]:
    """Return the schema of a bank file: the fields of an item depend on its kind."""
    schema = _of(AssignmentForm, "A bank file of exercises/bank")
    definitions = schema.setdefault("$defs", {})
    branches = []
    for name, kind in KINDS.items():
        form = TypeAdapter(kind.form).json_schema(ref_template=f"#/$defs/{name}-{{model}}")
        key = TypeAdapter(kind.key).json_schema(ref_template=f"#/$defs/{name}-{{model}}", by_alias=True)
        for part in (form, key):
            definitions.update({f"{name}-{label}": value for label, value in part.pop("$defs", {}).items()})
        form["properties"]["kind"] = {"const": name}
        form["properties"]["key"] = key
        definitions[name] = form
        branches.append(
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
        )
    schema["properties"]["items"]["items"] = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": list(KINDS)}},
        "allOf": branches,
    }
    return schema


def answer_schema() -> dict[str, Any]:
    """Return the schema of ``answers.json``; fields it does not name are kept."""
    texts = {"type": "object", "additionalProperties": {"type": "string", "maxLength": TEXT_LIMIT}}
    answer = {
        "type": "object",
        "properties": {
            "atoms": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            "numbers": {"type": "object", "additionalProperties": {"type": "string"}},
            "texts": texts,
        },
    }
    confidence = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
    checked = {
        "type": ["object", "null"],
        "required": ["answer", "at"],
        "properties": {
            "answer": answer,
            "at": {"type": "string", "format": "date-time"},
            "confidence": confidence,
        },
    }
    item = {
        "type": "object",
        "required": ["version", "answer"],
        "properties": {
            "version": {"type": "integer", "minimum": 1},
            "answer": answer,
            "first": checked,
            "last": checked,
            "attempts": {"type": "integer", "minimum": 0},
            "confidence": confidence,
            "saved_at": {"type": "string", "format": "date-time"},
        },
    }
    return {
        "$schema": DIALECT,
        "title": "A learner's answers to one assignment (at most 1 MB)",
        "type": "object",
        "required": ["format", "assignment", "items"],
        "properties": {
            "format": {"const": answers.FORMAT},
            "course": {"type": "string"},
            "assignment": {"type": "string"},
            "learner": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": {"type": "string", "minLength": 1, "maxLength": 200}},
            },
            "profession": {"type": ["string", "null"]},
            "language": {"type": ["string", "null"]},
            "saved_at": {"type": "string", "format": "date-time"},
            "items": {"type": "object", "additionalProperties": item},
        },
    }


def _of(model: Any, title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **TypeAdapter(model).json_schema(by_alias=True), "title": title}
