"""The certificate of a question, for programs: names as in the interface contract."""

from typing import Any

from plenary.decisions.certificate import Certificate, Move
from plenary.decisions.json import position_json, question_json
from plenary.record.entry import instant


def certificate_json(one: Certificate) -> dict[str, Any]:
    """Under `never` there are counts and no names, whoever asks: a file is passed on."""
    stand, question = one.stand, one.stand.question
    public = stand.named and question.publication != "never"
    asked = question_json(stand) | ({} if public else {"late": [], "late_observers": []})
    if not public:
        asked["standing"] = {"name": asked["standing"]["name"]}
    return {
        "proposal": one.proposal.symbol, "title": one.proposal.title, "question": one.k,
        "version": one.version.number, "fingerprint": one.version.fingerprint,
        **asked,
        "roll": asked["roll"] | {"delegations": [party.code for party in stand.parties]},
        "least": question.deadline.get("least") or None, "calendar": dict(one.calendar) or None,
        "computed": instant(one.computed) if one.computed else None,
        "moved": [_move_json(move) for move in one.moves],
        "positions": [position_json(s) for s in stand.spoken.values()] if public else [],
        "uneven": question.uneven or None,
        "outcome": one.outcome or None, "decision": one.decision.symbol if one.decision else None,
        "record": [
            {"entry": act.n, "type": act.type, "at": instant(act.at), "leaf": act.leaf}
            for act in one.acts
        ],
        "sample": one.proposal.sample,
    }  # fmt: skip


def _move_json(move: Move) -> dict[str, Any]:
    outage = move.outage
    return {
        "why": move.why, "from": instant(move.before), "to": instant(move.to), "entry": move.entry,
        "reason": move.reason or None, "language": move.language or None,
        "outage": {"began": instant(outage.began), "ended": instant(outage.ended)}
        if outage else None,
    }  # fmt: skip
