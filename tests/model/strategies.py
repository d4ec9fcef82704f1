"""What may follow what in a history, how often, and with which particulars."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import note
from hypothesis import strategies as st

from tests.model.facts import Question
from tests.model.ground import PARTICIPANTS
from tests.model.history import MS
from tests.model.machine import KINDS, Machine
from tests.model.oracle import AUTHOR, CHAIR, SECRETARIAT

STEPS = 13
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LAPSES = (MS, 30 * MINUTE, HOUR, 7 * HOUR, 30 * HOUR)

place = st.sampled_from((0, 0, 0, 1, 2, 2, 3))  # see Machine.asked
nth, many = st.integers(0, 4), st.integers(0, 11)
kind, code = st.sampled_from(KINDS), st.sampled_from(PARTICIPANTS)
ms = st.sampled_from((0, 1, -1))
rarely = st.sampled_from((False,) * 7 + (True,))
sometimes = st.sampled_from((False, False, False, True))
chair = st.sampled_from((CHAIR,) * 11 + (AUTHOR,))
author = st.sampled_from((AUTHOR, CHAIR, AUTHOR, AUTHOR, CHAIR, "delegation:BEL"))
# On what a suspension rests: nothing, too, or a decision that nobody took.
rests_on = st.sampled_from(("decision",) * 4 + ("ground",) * 4 + ("nothing", "of nobody"))
office = st.sampled_from((SECRETARIAT,) * 4 + (CHAIR,) * 3 + (AUTHOR,))
days = st.sampled_from((1, 2, 2, 12, 12, 20, 30, 31, 0))  # of an interim measure; 0: none is said
# What may be wrong with an answer: the version is old or to come, the reason or the question fails.
fault = st.sampled_from(("",) * 8 + ("old", "to come", "no reason", "not asked"))


@dataclass(frozen=True)
class Step:
    """An act of the machine: how often it comes where it makes sense, and where it makes none."""

    often: int
    given: dict[str, st.SearchStrategy[Any]]
    sense: Callable[[Machine], object] = lambda _: True
    else_: int = 1


def open_now(m: Machine, *kinds: str) -> list[Question]:
    return [
        q
        for text, q in m.oracle.asked()
        if text.is_open(q, m.clock) and (not kinds or q.kind in kinds)
    ]


def wanting(m: Machine) -> list[Question]:
    """Questions that the Chair may decide."""
    ended = [q for _, q in m.oracle.asked() if q.closed and not q.outcome]
    return ended + [q for q in open_now(m) if not q.by_clock]


def free(m: Machine) -> bool:
    return any(t.stage not in ("question_put", "decided", "withdrawn") for t in m.oracle.texts)


STEPS_BY_NAME: dict[str, Step] = {
    "state": Step(
        6, {"place": place, "code": code, "nth": nth, "fault": fault, "referred": rarely}, open_now
    ),
    "somebody_objects": Step(5, {"place": place, "code": code}, open_now),
    "everyone_answers": Step(3, {"place": place, "nth": nth, "last": nth}, open_now, 0),
    "nearly_everyone_agrees": Step(6, {"place": place, "last": nth}, open_now, 0),
    "hear": Step(2, {"place": place, "nth": nth, "fault": fault}, open_now),
    "revise": Step(4, {"place": place, "by": author, "behind": rarely, "bracket": rarely}),
    "withdraw": Step(1, {"place": place, "by": author}),
    "put": Step(
        6,
        {"place": st.integers(0, 2), "kind": kind, "term": many, "window": st.integers(0, 3),
         "by": chair, "behind": rarely},
        free,
    ),
    "extend": Step(
        4, {"place": place, "hours": st.sampled_from((24, 1, 0, -1)), "by": chair},
        lambda m: open_now(m, "silence", "written"), 2,
    ),
    "end": Step(
        5, {"place": place, "by": chair}, lambda m: open_now(m, "vote", "double")
    ),
    "declare": Step(
        9, {"place": place, "nth": st.integers(0, 6), "rash": st.booleans(), "by": chair}, wanting
    ),
    "another_text": Step(1, {}),
    "send_again": Step(2, {"nth": st.integers(0, 5)}, lambda m: m.sent, 0),
    "stand": Step(
        4, {"code": code, "again": rarely, "by": office, "rests_on": rests_on, "days": days}
    ),
    "time_passes": Step(
        3, {"lapse": st.sampled_from(LAPSES), "alive": st.booleans(), "place": place}
    ),
    "until_the_closing": Step(
        6, {"ms": ms, "down": sometimes, "place": place}, lambda m: m.next_closing(), 0
    ),
    "a_clock_that_is_behind": Step(1, {}),
    "a_sign_of_life": Step(2, {}),
    "close_due": Step(2, {"place": place}),
    "restart": Step(1, {}),
}  # fmt: skip


def live(machine: Machine, data: st.DataObject) -> None:
    """A whole history, up to the end of the last window."""
    begun = {"kind": kind, "term": many, "alive": st.booleans()}
    _do(machine, data, "a_question", begun)
    for _ in range(STEPS):
        often = {n: s.often if s.sense(machine) else s.else_ for n, s in STEPS_BY_NAME.items()}
        names = ["nothing", *(name for name, times in often.items() for _ in range(times))]
        name = data.draw(st.sampled_from(names))
        if name != "nothing":
            _do(machine, data, name, STEPS_BY_NAME[name].given)
    machine.close_down()


def _do(
    machine: Machine, data: st.DataObject, name: str, given: dict[str, st.SearchStrategy[Any]]
) -> None:
    chosen = data.draw(st.fixed_dictionaries(given))
    note(f"{name}({', '.join(f'{key}={value!r}' for key, value in chosen.items())})")
    getattr(machine, name)(**chosen)
