"""The certificate of a question, for programs: names as in the interface contract."""

from collections.abc import Iterable
from typing import Any

from plenary.decisions.certificate import Certificate, Move
from plenary.decisions.json import position_json, question_json
from plenary.questions.delivery import Delivery, Reached
from plenary.record.entry import instant


def certificate_json(certificate: Certificate, delivery: Delivery | None) -> dict[str, Any]:
    """The whole of it, as far as it may leave the house in a file."""
    stand, question = certificate.stand.for_file(), certificate.stand.question
    asked = question_json(stand)
    return {
        "proposal": certificate.proposal.symbol,
        "title": certificate.proposal.title,
        "question": certificate.k,
        "version": certificate.version.number,
        "fingerprint": certificate.version.fingerprint,
        **asked,
        "roll": asked["roll"] | {"delegations": [party.code for party in stand.parties]},
        "least": question.deadline.get("least") or None,
        "calendar": dict(certificate.calendar) or None,
        "computed": instant(certificate.computed) if certificate.computed else None,
        "moved": [_move_json(move) for move in certificate.moves],
        "positions": [position_json(s) for s in stand.spoken.values()],
        "told": _told_json(delivery.roll if delivery else None),
        "told_observers": _told_json(delivery.observers if delivery else None),
        "uneven": question.uneven or None,
        "outcome": certificate.outcome or None,
        "decision": certificate.decision.symbol if certificate.decision else None,
        "record": [
            {"entry": act.n, "type": act.type, "at": instant(act.at), "leaf": act.leaf}
            for act in certificate.acts
        ],
        "sample": certificate.proposal.sample,
    }


def _told_json(found: Iterable[Reached] | None) -> list[dict[str, Any]] | None:
    """Whether each was told that the question opened, when, by which road, or why not; nothing
    of a question that was heard in the room."""
    return None if found is None else [
        {"delegation": reached.party.code, "told": reached.told, "road": reached.road or None,
         "at": instant(reached.at) if reached.at else None, "why": reached.why or None}
        for reached in found
    ]  # fmt: skip


def _move_json(move: Move) -> dict[str, Any]:
    outage = move.outage
    return {
        "why": move.why, "from": instant(move.before), "to": instant(move.to), "entry": move.entry,
        "reason": move.reason or None, "language": move.language or None,
        "outage": {"began": instant(outage.began), "ended": instant(outage.ended)}
        if outage else None,
    }  # fmt: skip
