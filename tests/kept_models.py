"""What Tortoise works out of the models is kept from one test's database to the next.

With every opening it builds the filters and the base query of every model again, and comes to the
same, as long as neither the models nor the kind of database is another than the last time.
"""

from typing import Any

import pytest
from tortoise.apps import Apps

_LOAD, _INIT = Apps._load_from_config, Apps.init_app


class Kept:
    """The last that was worked out, and of what; the models themselves carry the rest."""

    asked: object = None
    apps: dict[str, Any] = {}


def load(self: Apps) -> None:
    asked = _asked(self)
    if asked == Kept.asked:
        self.apps = {label: dict(models) for label, models in Kept.apps.items()}
        return
    _LOAD(self)
    Kept.asked, Kept.apps = asked, self.apps


def init_app(self: Apps, *args: Any, **more: Any) -> Any:
    Kept.asked = None  # whoever asks for models in another way may change them
    return _INIT(self, *args, **more)


def _asked(apps: Apps) -> object:
    kinds = (
        [
            type(apps._connections.get(info.get("default_connection", "default")))
            for info in apps._config.values()
        ]
        if apps._validate_connections
        else []
    )
    return (kinds, repr(apps._config), apps._table_name_generator)


def keep(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Apps, "_load_from_config", load)
    patch.setattr(Apps, "init_app", init_app)
