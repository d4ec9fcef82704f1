"""A second, smaller institution, written from design/domain.md and constitution.md alone.

It does what the program does, in memory: for each act it says by which names the program may refuse
it (by none: then it is done), and which entries the record gains. It knows no rule, procedure or
deadline of the program.
"""

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tests.model import verdicts
from tests.model.facts import Issued, Participant, Question, Said, Stood, Text
from tests.model.ground import OBSERVERS

HOUR = timedelta(hours=1)
CHAIR, AUTHOR, SECRETARIAT, SYSTEM = "chair:plenary", "delegation:ALD", "secretariat", "system"
SILENT = timedelta(minutes=1)  # without a sign of life for so long, the service was interrupted
WITHIN, LONGER, BY = 6 * HOUR, timedelta(minutes=15), 24 * HOUR  # an outage that moves a closing
ADOPTIONS, FAILURES = ("adopted", "adopted_ad_referendum"), ("no_consensus", "not_adopted")
OUTCOMES = (*ADOPTIONS, *FAILURES, "noted", "deferred", "referred_back")
INTERIM = 30  # days that an office alone may take
LATE_AFTER = ("broken", "ran_out", "closed")
CLOSED = ("decided", "withdrawn")

Told = frozenset[str]  # the names that a refusal may have; none: it is done
DONE: Told = frozenset()


def bars(*found: tuple[bool, str]) -> Told:
    return frozenset(name for holds, name in found if holds)


@dataclass
class Oracle:
    at: datetime  # of the newest entry
    participants: list[Participant]
    texts: list[Text] = field(default_factory=list)
    log: list[tuple[str, str, str]] = field(default_factory=list)  # type, topic, actor
    pulse: datetime | None = None
    now: datetime = datetime(1, 1, 1, tzinfo=UTC)  # of the act that is under way

    def copy(self) -> "Oracle":
        made: Oracle = pickle.loads(pickle.dumps(self))
        return made

    def wrote(self, type: str, topic: str, by: str) -> None:
        self.log.append((type, topic, by))
        self.at = self.now

    def asked(self) -> list[tuple[Text, Question]]:
        """Every question that was put, in that order."""
        found = [(text, q) for text in self.texts for q in text.questions]
        return sorted(found, key=lambda pair: pair[1].serial)

    @property
    def active(self) -> frozenset[str]:
        return self.active_on(self.now.date())

    def active_on(self, day: date) -> frozenset[str]:
        return frozenset(p.code for p in self.participants if p.on(day).standing == "active")

    # --- the door, and what the clock decides ---

    def door(self, clock: datetime) -> None:
        """Whoever opens it first writes down what the clock has decided."""
        self.now = max(clock, self.at)
        if self.due():
            self.note_interruption()
            for text, q in self.due():
                self.run_out(text, q)

    def due(self, now: datetime | None = None) -> list[tuple[Text, Question]]:
        """What has run out and is not written down, in the order in which it ran out."""
        by = now or self.now
        found = [
            (text, q)
            for text, q in self.asked()
            if q.closed is None and q.closes and q.closes <= by
        ]
        return sorted(found, key=lambda pair: pair[1].closes or by)

    def run_out(self, text: Text, q: Question) -> None:
        assert q.closes
        withdrawn = text.stage != "question_put"
        text.end(q, "withdrawn" if withdrawn else "ran_out", q.closes)
        if withdrawn:
            return
        self.wrote("question.closed", text.symbol, SYSTEM)
        if q.by_clock and text.standing(q, q.version) == "carries":
            current = text.current(q, q.version).values()
            referred = any(said.ad_referendum for said in current)
            self.decide(text, q, "adopted_ad_referendum" if referred else "adopted", SYSTEM)
        elif q.by_clock:
            text.stage = "before_plenary"

    def note_interruption(self) -> None:
        if self.pulse is None or self.now - self.pulse < SILENT:
            return
        began, self.pulse = self.pulse, self.now
        moved = [(t, q) for t, q in self.running(began) if self.outage_moves(q, began)]
        if moved:
            self.wrote("service.interrupted", "plenary", SYSTEM)
        for text, q in moved:
            q.closes, q.moved = self.now + BY, q.moved + 1
            self.wrote("question.extended", text.symbol, SYSTEM)

    def running(self, began: datetime) -> list[tuple[Text, Question]]:
        """What was put and not closed, and still open when the service went; as it was put."""
        return [
            (text, q)
            for text, q in self.asked()
            if q.closed is None and q.closes and q.closes > began and text.stage == "question_put"
        ]

    def outage_moves(self, q: Question, began: datetime) -> bool:
        assert q.closes
        began = max(began, q.opens)
        touched = began < q.closes and self.now > q.closes - WITHIN
        lasting = self.now - began >= LONGER and self.now + BY > q.closes
        return q.by_clock and touched and lasting

    def beat(self, clock: datetime) -> None:
        if self.pulse is None:
            self.pulse = clock
            return
        if clock - self.pulse >= SILENT:
            self.door(clock)
            self.note_interruption()
        self.pulse = max(self.pulse, clock)

    # --- what people do; each after `door` ---

    def stands_aside(self, by: str) -> bool:
        """Whether a Participant that is suspended acts here as an author, which it is not now."""
        return by.startswith("delegation:") and by.partition(":")[2] not in self.active

    def table(self) -> Told:
        if self.stands_aside(AUTHOR):
            return frozenset({"not_in_standing"})
        text = Text(len(self.texts) + 1, [Issued(self.now)])
        self.texts.append(text)
        for what in ("proposal.tabled", "version.issued", "proposal.sponsored"):
            self.wrote(what, text.symbol, AUTHOR)
        return DONE

    def revise(self, text: Text, by: str, base: int, bracket: bool) -> Told:
        told = bars(
            (by not in (AUTHOR, CHAIR), "not_the_author"),  # the Chair: a text of its own beside it
            (self.stands_aside(by), "not_in_standing"),
            (text.stage in CLOSED, "proposal_closed"),
            (text.held, "text_held"),
            (base != text.newest, "version_overtaken"),
        )
        if not told:
            text.issued.append(Issued(self.now, bracket))
            self.wrote("version.issued", text.symbol, by)
        return told

    def withdraw(self, text: Text, by: str) -> Told:
        told = bars(
            (by != AUTHOR, "not_the_author"),
            (text.stage in CLOSED, "proposal_closed"),
        )
        if not told:
            text.stage = "withdrawn"
            self.wrote("proposal.withdrawn", text.symbol, by)
        return told

    def put(
        self,
        text: Text,
        by: str,
        version: int,
        kind: str,
        chosen: Mapping[str, object],
        closes: datetime | None,
    ) -> Told:
        least = verdicts.LEAST.get(kind, 0) * HOUR
        told = bars(
            (by != CHAIR, "not_the_chair"),
            (text.stage == "question_put", "question_open"),
            (text.stage in CLOSED, "proposal_not_on_the_table"),
            (version != text.newest, "version_overtaken"),
            (closes is not None and closes <= self.now, "closes_in_the_past"),
            (closes is not None and self.now < closes < self.now + least, "window_too_short"),
            (not self.active, "nobody_on_the_roll"),
            (not verdicts.fits(chosen, self.active), "invalid"),
            (kind == "silence" and text.objected(self.active), "objected_already"),
            (kind in verdicts.BY_CLOCK and text.issued[-1].open, "brackets_open"),
        )
        if told:
            return told
        if closes is None and kind in verdicts.USUAL:
            closes = self.now + verdicts.USUAL[kind] * HOUR
        serial = len(self.asked())
        text.questions.append(
            Question(kind, chosen, version, self.active, self.now, closes, serial, self.absent())
        )
        text.stage = "question_put"
        self.wrote("question.put", text.symbol, by)
        return DONE

    def absent(self) -> dict[str, str]:
        """Whom an act keeps off the roll today, and of which office it is where no decision."""
        now = ((p.code, p.on(self.now.date())) for p in self.participants)
        return {code: act.office for code, act in now if act.standing != "active"}

    def state(self, text: Text, said: Said, reasoned: bool = True) -> Told:
        q = text.asked
        if q is None:
            return frozenset({"no_question"})
        late, asked_on = q.ended in LATE_AFTER, text.version_of(q)
        told = bars(
            (not late and not text.is_open(q, self.now), "question_closed"),
            (said.code not in q.roll, "not_on_the_roll"),
            *_unanswerable(text, q, said, asked_on, reasoned),
        )
        if told:
            return told
        if late:
            return self.too_late(text, q, said)
        for before in q.said:
            before.current = before.current and before.code != said.code
        q.said.append(said)
        self.wrote("position.stated", text.symbol, f"delegation:{said.code}")
        if said.stance == "object" and q.kind == "silence":
            self.wrote("silence.broken", text.symbol, SYSTEM)
            text.end(q, "broken", self.now)
            text.stage = "before_plenary"
        return DONE

    def hear(self, text: Text, said: Said, reasoned: bool = True) -> Told:
        q = text.asked
        if q is None:
            return frozenset({"no_question"})
        late = q.ended in LATE_AFTER
        told = bars(
            (not late and not text.is_open(q, self.now), "question_closed"),
            *_unanswerable(text, q, said, text.version_of(q), reasoned),
        )
        if told:
            return told
        if late:
            return self.too_late(text, q, said)
        for before in q.heard:
            before.current = before.current and before.code != said.code
        q.heard.append(said)
        self.wrote("observer.heard", text.symbol, f"delegation:{said.code}")
        return DONE

    def too_late(self, text: Text, q: Question, said: Said) -> Told:
        """Refused, and kept on the record."""
        said.current = said.ad_referendum = False  # which the entry alone keeps
        q.late.append(said)
        kind = "observer.late" if said.code in OBSERVERS else "position.late"
        self.wrote(kind, text.symbol, f"delegation:{said.code}")
        return frozenset({"too_late" if q.ended == "ran_out" else "too_late_after"})

    def extend(self, text: Text, by: str, closes: datetime) -> Told:
        q = text.asked
        if q is None:
            return bars((by != CHAIR, "not_the_chair"), (True, "no_question"))
        over = not text.is_open(q, self.now)
        told = bars(
            (by != CHAIR, "not_the_chair"),
            (q.closes is None or q.closed is not None, "no_window"),
            (over, "question_closed"),
            (q.closes is not None and closes <= q.closes, "not_later"),
            (q.extended >= (1 if q.by_clock else 0), "extended_enough"),
        )
        if not told:
            q.closes, q.extended, q.moved = closes, q.extended + 1, q.moved + 1
            self.wrote("question.extended", text.symbol, by)
        return told

    def end(self, text: Text, by: str) -> Told:
        q = text.asked
        if q is None:
            return bars((by != CHAIR, "not_the_chair"), (True, "no_question"))
        told = bars(
            (by != CHAIR, "not_the_chair"),
            (not text.is_open(q, self.now), "question_closed"),
            (q.by_clock, "window_open"),
            (q.kind in verdicts.TEXT_MOVES, "declared_only"),
        )
        if not told:
            text.end(q, "closed", self.now)
            self.wrote("question.closed", text.symbol, by)
        return told

    def declare(self, text: Text, by: str, outcome: str) -> Told:
        q = text.asked
        if q is None:
            return bars((by != CHAIR, "not_the_chair"), (True, "no_question"))
        opened = text.is_open(q, self.now)
        stands = text.standing(q, text.version_of(q))
        version, notice = text.version_of(q), verdicts.NOTICE.get(q.kind, 0) * HOUR
        issued, met = text.issued[version - 1], not text.objected_earlier(q, version)
        early = self.now < max(q.opens, issued.at) + notice
        disputed = issued.open or not met
        undeclared = q.ended in LATE_AFTER and not q.outcome and text.stage not in CLOSED
        told = bars(
            (by != CHAIR, "not_the_chair"),
            (not opened and not undeclared, "question_closed"),
            (opened and q.by_clock, "window_open"),
            (outcome in ADOPTIONS and stands == "blocked", "objection_stands"),
            (outcome in ADOPTIONS and stands == "short", "short"),
            (outcome in ADOPTIONS and issued.open, "brackets_open"),
            (outcome in ADOPTIONS and not met and early, "earlier_objection_unanswered"),
            (outcome in ADOPTIONS and early, "notice_running"),
            (outcome in FAILURES and stands == "carries" and not disputed, "nobody_objects"),
            (outcome == "no_consensus" and q.kind in ("vote", "double"), "no_consensus_sought"),
        )
        # Of two bars that hold, either may be named.
        if told:
            return told | ({"objection_stands"} if stands == "blocked" else frozenset())
        self.decide(text, q, outcome, by)
        return DONE

    def decide(self, text: Text, q: Question, outcome: str, by: str) -> None:
        if q.closed is None:
            text.end(q, "declared", self.now)
        q.outcome, q.decided_by = outcome, by
        text.stage = {
            "deferred": "deferred",
            "referred_back": "working_group",
            "no_consensus": "before_plenary",
        }.get(outcome, "decided")
        self.wrote("decision.declared", text.symbol, by)

    def stand(self, code: str, by: str, said: Stood, named: str) -> Told:
        """A Participant is suspended, or active again; `named`: the decision that is cited.

        Before the first question there is none, and who takes part is entered as founding.
        """
        (participant,) = (p for p in self.participants if p.code == code)
        held = participant.over(said)
        interim, founding = bool(said.office), not self.asked()
        days = (said.until - said.since).days if said.until else 0
        within = participant.interim_days(said.standing) + days <= INTERIM
        given_back = said.standing == "active" and any(
            act.standing != "active" and act.decided for act in held
        )
        interim = interim and not (founding and said.until is None)
        told = bars(
            ({act.standing for act in held} == {said.standing}, "standing_unchanged"),
            (named == "of nobody", "unknown_decision"),
            (not (said.decided or interim or named or founding), "decision_needed"),
            (interim and by not in (SECRETARIAT, CHAIR), "not_an_office"),
            (interim and said.until is None, "invalid"),
            (interim and not within, "interim_too_long"),
            (interim and given_back, "decision_needed"),
        )
        if not told:
            participant.acts.append(said if interim or said.decided else replace(said, office=""))
            self.wrote("participant.standing", code, by)
        return told


def _unanswerable(
    text: Text, q: Question, said: Said, asked_on: int, reasoned: bool
) -> Iterable[tuple[bool, str]]:
    """What is wrong with an answer whoever gives it."""
    return (
        (not 1 <= said.version <= text.newest, "unknown_version"),
        (1 <= said.version <= text.newest and said.version != asked_on, "version_moved"),
        (said.stance not in verdicts.answers_to(q.kind), "answer_not_asked"),
        (said.stance in ("object", "reservation") and not reasoned, "invalid"),
    )
