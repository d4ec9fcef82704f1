"""Many histories: `python -m tests.model.run --histories 20000 --seed 7`.

Prints how many histories and acts there were and what they led to, as JSON. With `--without`, how
many histories it took to find that a promise was taken out, and as what (see mutants.py).
"""

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from plenary.settings import MODELS
from tests.databases import Databases, Schema
from tests.kept_models import keep
from tests.model.ground import Ground, folder, ground
from tests.model.history import Account
from tests.model.machine import Machine
from tests.model.mutants import MUTANTS
from tests.model.strategies import live

SEED = 2026


def histories(on: Ground, many: int, *, first: int = SEED, shrink: bool = True) -> Account:
    """So many histories from a seed; the shortest one that goes wrong is what it raises."""
    return _tell(on, Account(), many, first, shrink)


def until_found(on: Ground, mutant: str, many: int, *, first: int = SEED) -> tuple[int, str]:
    """How many histories it took to find a mutant out, and as what; 0 when nobody did."""
    told = Account()
    with MUTANTS[mutant]():
        try:
            _tell(on, told, many, first, shrink=False)
        except Exception as found:
            return told.begun, f"{type(found).__name__}: {str(found).partition(chr(10))[0]}"
    return 0, ""


def _tell(on: Ground, told: Account, many: int, first: int, shrink: bool) -> Account:
    @seed(first)
    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def each(data: st.DataObject) -> None:
        live(Machine(on, told), data)

    each()
    return told


@contextmanager
def own_ground(kind: str) -> Iterator[Ground]:
    """A database of its own, for a process of its own."""
    with ExitStack() as stack:
        place = stack.enter_context(folder())
        keep(stack.enter_context(pytest.MonkeyPatch.context()))
        fresh = Databases(place, stack).fresh(kind, Schema(tuple(MODELS)), place)
        yield stack.enter_context(ground(stack.enter_context(fresh)))


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.model.run")
    words.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    words.add_argument("--histories", type=int, default=2_000)
    words.add_argument("--seed", type=int, default=SEED)
    words.add_argument("--without", choices=("", "all", *MUTANTS), default="")
    given = words.parse_args()
    with own_ground(given.db) as on:
        if given.without:
            for name in MUTANTS if given.without == "all" else (given.without,):
                many, what = until_found(on, name, given.histories, first=given.seed)
                print(f"{name:12}{many or '-':>6}  {what}", flush=True)
            return
        began = time.perf_counter()
        told = histories(on, given.histories, first=given.seed)
        told.seconds = round(time.perf_counter() - began)
    print(json.dumps(vars(told)))


if __name__ == "__main__":
    main()
