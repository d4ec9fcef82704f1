"""What stands before an adoption, as the ledgers of a question tell it to its pages."""

from plenary.questions.clearance import Before, Clearance, clearance, sits
from plenary.questions.ledgers import Ledgers
from plenary.questions.models import Question


def cleared(
    question: Question, kept: Ledgers, version: int, here: frozenset[str] | None
) -> Clearance:
    """`here`: who is in the room of its meeting now; the act asks the same in `reading`."""
    on_earlier = (said for said in kept.objections if said.version != version)
    known = Before(
        opens=question.opens,
        text=kept.texts[version],
        objected=frozenset(said.party.code for said in on_earlier),
        sitting=sits(kept.terms, kept.roll, here),
        time=frozenset(asked.party.code for asked in kept.time if asked.version == version),
        decides=question.decides,
    )
    return clearance(kept.terms, known)
