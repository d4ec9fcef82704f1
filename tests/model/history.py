"""One history: what is done twice, by the program and by the oracle, and what is then compared."""

from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from plenary.bodies.powers import Role
from plenary.bodies.viewers import Viewer
from plenary.decisions.actions.closing import beat, close_due
from plenary.proposals.models import Proposal
from plenary.questions.rules import Blocked
from plenary.questions.stand import Stand, stands_of
from plenary.refusal import Invalid, Refused
from tests.model import verdicts
from tests.model.facts import Issued, Participant, Stood, Text
from tests.model.ground import FOUNDED, OPENING, PARTICIPANTS, SINCE, SUSPENDED, TABLED, Ground
from tests.model.oracle import Oracle, Told
from tests.model.replay import Replay
from tests.model.tables import Tables, against_the_oracle, against_the_record, same

MS = timedelta(milliseconds=1)
LOOKS = 3  # a page is looked at when the record has grown to a multiple of it
LATE = {"too_late", "too_late_after"}
BUREAU = Viewer(roles=frozenset({Role.CHAIR}))


class Account:
    """How many histories, steps and what they led to; for the figures."""

    def __init__(self) -> None:
        self.begun = self.histories = self.acts = self.seconds = 0
        self.met = Counter[str]()

    def told(self, oracle: Oracle) -> None:
        """How a history ended, that has come to its end."""
        self.histories += 1
        for _, q in oracle.asked():
            self.met[f"{q.kind}: {q.outcome or q.ended or 'open'}"] += 1


class History:
    """The program on its ground, the oracle, the record so far, and the clock of both."""

    def __init__(self, ground: Ground, account: Account) -> None:
        self.ground, self.account = ground, account
        self.ground.begin_again()
        self.clock = OPENING
        self.replay = Replay()
        begun = Tables.read(self.ground, 0)
        for row in begun.entries:
            self.replay.take(bytes(row["written"]), bytes(row["content"] or b""))
        texts = [Text(n + 1, [Issued(FOUNDED)]) for n in range(TABLED)]
        begun_as = {code: "suspended" if code == SUSPENDED else "active" for code in PARTICIPANTS}
        cast = [Participant(code, [Stood(was, SINCE)]) for code, was in begun_as.items()]
        self.oracle = Oracle(datetime.fromisoformat(self.replay.at), cast, texts)
        self.account.begun += 1

    # --- doing and comparing ---

    def act(
        self,
        doing: Coroutine[Any, Any, Any],
        expected: Callable[[Oracle], Told],
        text: Text | None = None,
        *,
        answered: bool = False,
    ) -> Any:
        """One act through the door, and by the oracle; what the program answered.

        `answered`: it was done before, and its receipt is all that is read; the door stays shut.
        """
        after = self.oracle.copy()
        if not answered:
            after.door(self.clock)
        wanted = expected(after)
        told, answer = self.tell(doing)
        name = f"{told} is none of {sorted(wanted)}" if wanted else f"refused: {told}"
        assert told in (wanted or {"done"}), name
        self.account.met[told] += 1
        if told == "done" or told in LATE:
            self.keep(after)
        else:
            self.keep_out()
        if text and told == "done" and len(self.oracle.log) % LOOKS == 0:
            self.look(text)
        return answer

    def keep(self, oracle: Oracle) -> None:
        """What the program has kept must be this."""
        written, self.oracle = len(self.oracle.log), oracle
        tables = Tables.read(self.ground, self.replay.size)
        for row in tables.entries:
            self.replay.take(bytes(row["written"]), bytes(row["content"] or b""))
            self.account.met[row["type"]] += 1
        against_the_oracle(tables, oracle, written)
        against_the_record(tables, self.replay)
        self.account.acts += 1

    def keep_out(self) -> None:
        """What was refused has left nothing on the record; the next reading shows the rest."""
        ((head,),) = self.ground.rows("SELECT size FROM head")
        same("the head after a refusal", head["size"], self.replay.size)
        self.account.acts += 1

    def trial(self, act: Callable[[Oracle], Told]) -> Told:
        """What the oracle would say to an act now."""
        after = self.oracle.copy()
        after.door(self.clock)
        return act(after)

    def tell(self, doing: Coroutine[Any, Any, Any]) -> tuple[str, Any]:
        try:
            return "done", self.ground.at(self.clock, doing)
        except Invalid as refused:
            return "invalid", refused
        except Refused as refused:
            return refused.reason, refused

    def look(self, text: Text) -> None:
        """What a page shows the Chair of a proposal is what the clock and the answers come to."""
        text = self.oracle.texts[text.number - 1]
        stand: Stand | None = self.ground.at(self.clock, _stand(text.number))
        if (q := text.asked) is None:
            assert stand is None
            return
        assert stand is not None
        version, opened = text.version_of(q), text.is_open(q, self.clock)
        said = {code: given.stance for code, given in text.current(q, version).items()}
        same("open, on a page", stand.open, opened)
        same("answers, on a page", {c: s.stance.value for c, s in stand.spoken.items()}, said)
        tally = {answer: [*said.values()].count(answer) for answer in verdicts.answers_to(q.kind)}
        same("counts", stand.counts, tally | {"not_stated": len(q.roll) - len(said)})
        stands = text.standing(q, version)
        pending = stands == "carries" and opened and q.by_clock
        same("the standing", stand.standing.name, "pending" if pending else stands)
        if isinstance(stand.standing, Blocked):
            same("who objects", stand.standing.objectors, verdicts.objectors(q.chosen, said))

    def close_down(self) -> None:
        """When every window has run out, everything is written down, once."""
        while windows := [q.closes for _, q in self.oracle.asked() if not q.closed and q.closes]:
            self.pass_to(max(windows), alive=True)
            self.write_down()
            self.write_down()
        for text in self.oracle.texts:
            self.look(text)
        self.account.told(self.oracle)

    def pass_to(self, now: datetime, *, alive: bool) -> None:
        """Some process gave signs of life all the while, or none did (if any ever has)."""
        self.clock = max(self.clock, now)
        if alive and self.oracle.pulse is not None:
            seen = self.oracle.pulse = max(self.oracle.pulse, self.clock - 5 * MS)
            self.ground.write(f"UPDATE pulse SET at = '{seen:%Y-%m-%d %H:%M:%S.%f}+00:00'")

    def write_down(self) -> None:
        after, due = self.oracle.copy(), len(self.oracle.due(self.clock))
        if due:
            after.door(self.clock)
        same("closings due", self.ground.at(self.clock, close_due()), due)
        self.keep(after)

    def beat(self) -> None:
        after = self.oracle.copy()
        after.beat(self.clock)
        self.ground.at(self.clock, beat())
        self.keep(after)


async def _stand(number: int) -> Stand | None:
    proposal = await Proposal.get(number=number).prefetch_related("body")
    return (await stands_of([proposal], BUREAU)).get(proposal.id)
