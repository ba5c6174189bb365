"""The kinds of exercise: one module a kind, each checking and compiling its own authored form."""

from __future__ import annotations

from collections.abc import Mapping

from mindbody.items import (
    choice,
    number,
    placement,
    replies,
    rewrite,
    scene,
    select,
    triage,
    true_false,
    updater,
    written,
)
from mindbody.items.base import Case, Context, Criterion, Fault, ItemForm, KeyForm, Kind

KINDS: Mapping[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (choice, select, true_false, number, placement, triage, written, replies, scene, rewrite, updater)
}

__all__ = ["KINDS", "Case", "Context", "Criterion", "Fault", "ItemForm", "KeyForm", "Kind"]
