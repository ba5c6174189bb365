"""The kinds of exercise: one module a kind, each checking and compiling its own authored form."""

from __future__ import annotations

from collections.abc import Mapping

from mindbody.items import (
    appraisal,
    choice,
    claims,
    ladder,
    loop,
    loop_errors,
    number,
    pathway,
    placement,
    plan,
    replies,
    rewrite,
    scene,
    select,
    simulator,
    sort,
    timeline,
    triage,
    true_false,
    updater,
    written,
)
from mindbody.items.base import Case, Context, Criterion, Fault, ItemForm, KeyForm, Kind

KINDS: Mapping[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        choice,
        select,
        true_false,
        number,
        sort,
        claims,
        ladder,
        pathway,
        placement,
        triage,
        written,
        replies,
        scene,
        rewrite,
        updater,
        appraisal,
        timeline,
        loop,
        loop_errors,
        plan,
        simulator,
    )
}

__all__ = ["KINDS", "Case", "Context", "Criterion", "Fault", "ItemForm", "KeyForm", "Kind"]
