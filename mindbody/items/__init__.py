"""The kinds of exercise: one module a kind, each checking and compiling its own authored form.

Every module of this folder that has a ``KIND`` is one, so that a new kind is a new file and nothing else here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from mindbody.items.base import Case, Context, Criterion, Fault, ItemForm, KeyForm, Kind

_MODULES = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

KINDS: Mapping[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES if hasattr(module, "KIND")}

__all__ = ["KINDS", "Case", "Context", "Criterion", "Fault", "ItemForm", "KeyForm", "Kind"]
