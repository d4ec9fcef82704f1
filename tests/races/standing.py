"""What the record and the tables say after a race: every broken promise by its name, counted."""

from collections import Counter, defaultdict

from plenary.decisions.models import Decision
from plenary.questions.models import Position, Question
from plenary.record.entry import Fact, read_entry
from plenary.record.models import Entry, Payload
from tests.model.replay import Replay


async def broken_promises() -> Counter[str]:
    """Whatever the two sides were told; empty when all is well."""
    return +(await _on_the_record() + await _in_the_tables())


async def _on_the_record() -> Counter[str]:
    """The entries in their order, judged again."""
    found = Counter[str]()
    newest: dict[str, Fact] = {}
    said: dict[str, dict[str, Fact]] = defaultdict(dict)
    decided = set()
    for entry in await Entry.all().order_by("n"):
        facts, topic = read_entry(entry.written), entry.topic
        if entry.type == "version.issued":
            newest[topic] = facts["version"]
        elif entry.type == "position.stated":
            found["on the record: a position on an older text"] += facts["version"] != newest[topic]
            found["on the record: a position after the gavel"] += topic in decided
            said[topic][entry.actor] = facts["value"]
        elif entry.type == "decision.declared" and str(facts["outcome"]).startswith("adopted"):
            found["on the record: a second decision"] += topic in decided
            found["on the record: adopted over an objection"] += "object" in said[topic].values()
            decided.add(topic)
    return found


async def _in_the_tables() -> Counter[str]:
    found = Counter[str]()
    decided = Counter(await Decision.all().values_list("question_id", flat=True))
    found["in the tables: a second decision"] = sum(many > 1 for many in decided.values())
    asked = Counter(await Question.filter(closed=None).values_list("proposal_id", flat=True))
    found["in the tables: two questions at once"] = sum(many > 1 for many in asked.values())
    stated = await Entry.filter(type__in=("position.stated", "position.entered")).count()
    rows = await Position.all().order_by("entry").values()
    found["in the tables: positions lost or doubled"] = abs(stated - len(rows))
    adopted = set(
        await Decision.filter(outcome__startswith="adopted").values_list("question_id", flat=True)
    )
    by_delegation = defaultdict(list)
    for row in rows:
        by_delegation[row["question_id"], row["delegation_id"]].append(row)
    for (question, _), positions in by_delegation.items():
        current = [row["current"] for row in positions]
        found["in the tables: not the last position alone is current"] += (
            not current[-1] or sum(current) > 1
        )
        objected = positions[-1]["stance"] == "object"
        found["in the tables: adopted over an objection"] += objected and question in adopted
    return found


async def by_the_record() -> Counter[str]:
    """The whole record, judged by itself: what the first entry is that may not stand there."""
    replay = Replay()
    try:
        payloads = dict(await Payload.all().values_list("commitment", "content"))
        for entry in await Entry.all().order_by("n"):
            replay.take(entry.written, bytes(payloads.get(entry.payload, b"")))
    except AssertionError as broken:
        return Counter({f"by the record: {broken}": 1})
    return Counter()
