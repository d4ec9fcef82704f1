"""The models say what their keys are: beside `proposal` stands `proposal_id: int`.

Tortoise makes the column at run time, where a checker of types sees nothing of it. The annotation
says it, and does nothing else.
"""

from collections.abc import Iterable
from importlib import import_module
from inspect import get_annotations
from typing import Any

from tortoise.models import Model

from plenary.settings import MODELS


def test_every_key_of_another_row_is_declared_with_its_type() -> None:
    declared = {}
    for model in _models():
        meta, annotations = model._meta, _annotations(model)
        for name in meta.fk_fields | meta.o2o_fields:
            kind = int | None if meta.fields_map[name].null else int
            declared[f"{model.__name__}.{name}_id"] = annotations.get(f"{name}_id") == kind
    assert len(declared) > 50
    assert [name for name, is_declared in declared.items() if not is_declared] == []


def test_no_model_has_its_source_read_when_it_is_made() -> None:
    """`plenary.db.model`: it was a fifth of a start."""
    assert [model.__name__ for model in _models() if "_no_comments" not in vars(model)] == []


def _models() -> Iterable[type[Model]]:
    for module in MODELS:
        for each in vars(import_module(module)).values():
            if isinstance(each, type) and issubclass(each, Model) and each is not Model:
                yield each


def _annotations(model: type[Model]) -> dict[str, Any]:
    """Its own, and those of what it is a kind of."""
    return {
        name: kind
        for each in reversed(model.__mro__)
        for name, kind in get_annotations(each).items()
    }
