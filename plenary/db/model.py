"""What every model is: Tortoise's, made without reading its source again.

Tortoise looks through the source of each class for comments that begin with `#:`, which it would
write into the schema. We have none, and looking for them was a fifth of a start.
"""

from typing import Any

from tortoise.models import Model as Tortoise
from tortoise.models import ModelMeta


class Uncommented(ModelMeta):
    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> ModelMeta:
        return super().__new__(cls, name, bases, {"_no_comments": True} | attrs)


class Model(Tortoise, metaclass=Uncommented):
    class Meta:
        abstract = True
