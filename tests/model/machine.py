"""What delegations, the Chair, the clock and the processes do, each done twice and compared."""

from datetime import datetime, timedelta

from plenary.bodies.actions.standings import set_standing
from plenary.bodies.measures import UNSAID, Basis
from plenary.decisions.actions import declaring
from plenary.decisions.actions.declaring import Declaration
from plenary.proposals.actions import moves, versions
from plenary.questions.actions.answering import be_heard, state_position
from plenary.questions.actions.answers import Answer
from plenary.questions.actions.asking import Put, put_question
from plenary.questions.actions.windows import end_question, extend_question
from plenary.questions.rules import Outcome, Stance
from plenary.refusal import Refused
from tests.model import verdicts
from tests.model.ground import OBSERVERS, PARTICIPANTS, Ground, table
from tests.model.history import LATE, MS, Account, History
from tests.model.oracle import (
    CHAIR,
    CLOSED,
    DONE,
    OUTCOMES,
    Oracle,
    Said,
    Stood,
    Text,
    Told,
)
from tests.world import TEXT

YEAR = 2019
TEXTS = 3  # proposals at most
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LAPSES = (MS, 30 * MINUTE, HOUR, 7 * HOUR, 30 * HOUR)
KINDS = ("silence", "written", "vote", "consensus", "consensus_minus", "double")
CHOSEN: dict[str, tuple[dict[str, object], ...]] = {
    "consensus": ({},),
    "silence": ({}, {}, {}, {"min_support": 1}),  # which a silence does not leave open
    "written": ({}, {"min_support": 1}, {"min_support": 3}, {"min_support": "2/3"}),
    "vote": (
        {}, {"threshold": "2/3"}, {"base": "roll"}, {"base": "present"},
        {"threshold": "3/4", "base": "cast"}, {"threshold": "1/1", "base": "roll"},
    ),
    "consensus_minus": ({}, {"allowed": 2}, {"without": "COR"}),
    "double": ({},),
}  # fmt: skip
WINDOWS: dict[str, tuple[float | None, ...]] = {  # hours
    "silence": (72, None, 96, 71.9),
    "written": (240, None, 24 * 30, 239.9),
}
ANY_WINDOW = (None, 24, None, 0)


class Machine(History):
    """One history; `strategies.py` says what follows what."""

    def __init__(self, ground: Ground, account: Account) -> None:
        super().__init__(ground, account)
        self.sent: list[tuple[int, str, Answer, int]] = []
        self.revised = 0

    def asked(self, place: int) -> Text:
        """0, 1: the first or last text whose question wants an outcome; 2: whose has had one too.

        3, or where there is none: the last text, whether a question was put on it or not.
        """
        found = [text for text in self.oracle.texts if text.asked]
        wanting = [t for t in found if t.stage not in CLOSED and t.asked and not t.asked.outcome]
        if place < 2 and wanting:
            return wanting[-place]
        return found[-1] if found and place < 3 else self.oracle.texts[-1]

    def same(self, oracle: Oracle, text: Text) -> Text:
        return oracle.texts[text.number - 1]

    # --- texts ---

    def a_question(self, kind: str, term: int, alive: bool) -> None:
        if alive:
            self.beat()
        self.put_on(self.oracle.texts[0], kind, term, 0, CHAIR)

    def another_text(self) -> None:
        if len(self.oracle.texts) == TEXTS:
            return
        self.act(table(), lambda o: o.table())

    def revise(self, place: int, by: str, behind: bool, bracket: bool) -> None:
        text, self.revised = self.asked(place), self.revised + 1
        base, report = text.newest - behind, f"to report {self.revised} times"
        doing = versions.revise(
            by,
            YEAR,
            text.number,
            language="en",
            base=base,
            note={},
            text=TEXT.replace("to report", f"[{report}]" if bracket else report),
        )
        self.act(doing, lambda o: o.revise(self.same(o, text), by, base, bracket), text)

    def withdraw(self, place: int, by: str) -> None:
        text = self.asked(place)
        doing = moves.withdraw(by, YEAR, text.number, reason="Overtaken.", language="en")
        self.act(doing, lambda o: o.withdraw(self.same(o, text), by), text)

    # --- questions ---

    def put(self, place: int, kind: str, term: int, window: int, by: str, behind: bool) -> None:
        free = [t for t in self.oracle.texts if t.stage not in ("question_put", "decided")]
        text = (free or self.oracle.texts)[place % len(free or self.oracle.texts)]
        self.put_on(text, kind, term, window, by, behind=behind)

    def put_on(
        self, text: Text, kind: str, term: int, window: int, by: str, *, behind: bool = False
    ) -> None:
        chosen = CHOSEN[kind][term % len(CHOSEN[kind])]
        hours = WINDOWS.get(kind, ANY_WINDOW)[window]
        closes = None if hours is None else self.clock + timedelta(hours=hours)
        version = text.newest - behind
        put = Put(version, kind, chosen=chosen, closes=closes)

        def expected(o: Oracle) -> Told:
            if kind == "silence" and chosen:  # of several bars, which comes first is said nowhere
                return {"invalid"} | self.trial(
                    lambda o: o.put(self.same(o, text), by, version, kind, chosen, closes)
                )
            return o.put(self.same(o, text), by, version, kind, chosen, closes)

        self.act(put_question(by, YEAR, text.number, put), expected, text)

    def extend(self, place: int, hours: int, by: str) -> None:
        text = self.asked(place)
        closes = ((text.asked and text.asked.closes) or self.clock) + hours * HOUR
        doing = extend_question(by, YEAR, text.number, closes=closes, reason="Later.")
        self.act(doing, lambda o: o.extend(self.same(o, text), by, closes), text)

    def end(self, place: int, by: str) -> None:
        text = self.asked(place)
        doing = end_question(by, YEAR, text.number)
        self.act(doing, lambda o: o.end(self.same(o, text), by), text)

    def declare(self, place: int, nth: int, rash: bool, by: str) -> None:
        """What the rule allows, or whatever comes to mind."""
        text = self.asked(place)
        found = OUTCOMES if rash else self.declarable(text) or OUTCOMES
        outcome = found[nth % len(found)]
        doing = declaring.declare(by, YEAR, text.number, Declaration(Outcome(outcome)))
        self.act(doing, lambda o: o.declare(self.same(o, text), by, outcome), text)

    def declarable(self, text: Text) -> list[str]:
        told = {
            outcome: self.trial(
                lambda o, outcome=outcome: o.declare(self.same(o, text), CHAIR, outcome)
            )
            for outcome in OUTCOMES
        }
        return [outcome for outcome, bars in told.items() if not bars]

    # --- answers ---

    def state(self, place: int, code: str, nth: int, fault: str, referred: bool) -> None:
        self.answer(self.asked(place), code, nth, fault, referred=referred)

    def somebody_objects(self, place: int, code: str) -> None:
        self.answer(self.asked(place), code, 4)

    def everyone_answers(self, place: int, nth: int, last: int) -> None:
        self.round(self.asked(place), nth, last)

    def nearly_everyone_agrees(self, place: int, last: int) -> None:
        self.round(self.asked(place), 0, last)

    def round(self, text: Text, nth: int, last: int) -> None:
        """All on the roll alike, but for the last."""
        roll = sorted(text.asked.roll)[:4] if text.asked else []
        for at, code in enumerate(roll):
            ends = at == len(roll) - 1
            self.answer(text, code, last if ends else nth, quiet=not ends)

    def hear(self, place: int, nth: int, fault: str) -> None:
        self.answer(self.asked(place), OBSERVERS[0], nth, fault)

    def answer(
        self,
        text: Text,
        code: str,
        nth: int,
        fault: str = "",
        *,
        referred: bool = False,
        quiet: bool = False,
    ) -> None:
        observer, given, said = code in OBSERVERS, *self.worded(text, code, nth, fault, referred)
        sending = be_heard if observer else state_position
        reasoned = fault != "no reason"

        def expected(o: Oracle) -> Told:
            return (o.hear if observer else o.state)(self.same(o, text), said, reasoned)

        doing = sending(f"delegation:{code}", YEAR, text.number, given)
        answered = self.act(doing, expected, None if quiet else text)
        late = isinstance(answered, Refused) and answered.reason in LATE
        if late or not isinstance(answered, Refused):
            self.sent.append((text.number, code, given, getattr(answered, "entry", -1)))

    def worded(
        self, text: Text, code: str, nth: int, fault: str, referred: bool
    ) -> tuple[Answer, Said]:
        """An answer as it is sent, and as the oracle knows it."""
        asked = verdicts.answers_to(text.asked.kind if text.asked else "consensus")
        other = verdicts.VOTES if asked == verdicts.STANCES else verdicts.STANCES
        said = other[0] if fault == "not asked" else asked[nth % len(asked)]
        version = text.version_of(text.asked) if text.asked else text.newest
        version = max(1, version + {"old": -1, "to come": 1}.get(fault, 0))
        referred = referred and said in ("support", "accept") and code in PARTICIPANTS
        given = Answer(
            Stance(said),
            version,
            clause="p1" if said == "object" else "",
            explanation=" " if fault == "no reason" else "Not every stone.",
            ad_referendum=referred,
            key=f"form-{len(self.sent)}",
        )
        return given, Said(code, said, version, referred)

    def send_again(self, nth: int) -> None:
        """The same form once more, whatever has happened since, is the same act."""
        if not self.sent:
            return
        number, code, given, entry = self.sent[-1 - nth % len(self.sent)]
        sending = be_heard if code in OBSERVERS else state_position
        doing = sending(f"delegation:{code}", YEAR, number, given)
        receipt = self.act(doing, lambda o: DONE, answered=True)
        assert entry in (-1, receipt.entry)

    # --- Participants come and go ---

    def stand(self, code: str, again: bool, by: str, rests_on: str, days: int) -> None:
        """Suspended, or restored, from today: on a decision, by an office for so long, or not."""
        today = max(self.clock, self.oracle.at).date()
        standing = "suspended" if (code in self.oracle.active_on(today)) != again else "active"
        office, decided = by if rests_on == "ground" else "", rests_on == "decision"
        until = today + timedelta(days) if office and days else None
        said = Stood(standing, today, until, office, decided)
        basis = {
            "decision": self.ground.cited,
            "of nobody": Basis("KP/2018/D.77"),
            "ground": Basis(ground="It sends no figures."),
        }.get(rests_on, UNSAID)
        named = rests_on if rests_on == "of nobody" else ""
        doing = set_standing(by, code, standing, since=today, until=until, basis=basis)
        self.act(doing, lambda o: o.stand(code, by, said, named))

    # --- time, and the processes ---

    def time_passes(self, lapse: timedelta, alive: bool, place: int) -> None:
        self.pass_to(self.clock + lapse, alive=alive)
        self.look(self.asked(place))

    def until_the_closing(self, ms: int, down: bool, place: int) -> None:
        if (closes := self.next_closing()) is None:
            return
        self.pass_to(closes + ms * MS, alive=not down)
        self.look(self.asked(place))

    def next_closing(self) -> datetime | None:
        found = [
            q.closes
            for _, q in self.oracle.asked()
            if q.closed is None and q.closes and q.closes > self.clock
        ]
        return min(found, default=None)

    def a_clock_that_is_behind(self) -> None:
        """The next act is another process's, whose clock is slow."""
        self.clock -= 250 * MS

    def a_sign_of_life(self) -> None:
        self.beat()

    def close_due(self, place: int) -> None:
        self.write_down()
        self.look(self.asked(place))

    def restart(self) -> None:
        self.ground.restart()
        self.account.met["restart"] += 1

    def nothing(self) -> None:
        """A step that a shorter history leaves out."""
