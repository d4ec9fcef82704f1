"""What each procedure makes of the answers, as design/domain.md has it. Knows none of the code.

Written a second time and differently on purpose: the rules of the program are data over counters,
these are six sentences in Python.
"""

from collections.abc import Mapping, Set
from fractions import Fraction

OBJECTING = ("consensus", "silence", "written", "consensus_minus")
STANCES = ("support", "accept", "reservation", "stand_aside", "object")
VOTES = ("yes", "no", "abstain")
BY_CLOCK = ("silence", "written")
TEXT_MOVES = ("consensus", "consensus_minus")
LEAST = {"silence": 72, "written": 240}  # hours
USUAL = {"silence": 5 * 24, "written": 20 * 24}

NOTICE = {"consensus": 24}  # hours outside a sitting; of the others the ground asks for none

Answers = Mapping[str, str]  # code of a delegation on the roll -> its current answer


def answers_to(kind: str) -> tuple[str, ...]:
    return STANCES if kind in OBJECTING else VOTES


def standing(kind: str, chosen: Mapping[str, object], roll: Set[str], said: Answers) -> str:
    """blocked, short or carries."""
    if kind in OBJECTING and len(objectors(chosen, said)) > borne(kind, chosen):
        return "blocked"
    return "carries" if enough(kind, chosen, roll, said) else "short"


def objectors(chosen: Mapping[str, object], said: Answers) -> frozenset[str]:
    """Who prevents it; the party concerned is asked, and cannot."""
    return frozenset(c for c, answer in said.items() if answer == "object") - {
        str(chosen.get("without", ""))
    }


def fits(chosen: Mapping[str, object], roll: Set[str]) -> bool:
    """Who is left out of the roll stands on it; so many supports can be given by it."""
    party, wanted = str(chosen.get("without", "")), chosen.get("min_support", 0)
    return party in roll | {""} and not (isinstance(wanted, int) and wanted > len(roll))


def borne(kind: str, chosen: Mapping[str, object]) -> int:
    """How many objections consensus minus k goes through with."""
    if kind != "consensus_minus" or "without" in chosen:
        return 0
    return int(str(chosen.get("allowed", 1)))


def enough(kind: str, chosen: Mapping[str, object], roll: Set[str], said: Answers) -> bool:
    many = {answer: list(said.values()).count(answer) for answer in STANCES + VOTES}
    if kind == "written":
        return reached(chosen.get("min_support", "1/2"), many["support"], len(roll))
    if kind == "vote":
        bases = {
            "cast": many["yes"] + many["no"],
            "present": len(said),  # nobody called the roll: who answered is present
            "roll": len(roll),
        }
        base = bases[str(chosen.get("base", "cast"))]
        return reached(chosen.get("threshold", "1/2"), many["yes"], base)
    if kind == "double":
        cast = many["yes"] + many["no"]
        return reached("1/2", many["yes"], len(roll)) and reached("2/3", many["yes"], cast)
    return True


def reached(share: object, many: int, base: int) -> bool:
    """A half is exceeded, any other fraction and any number reached; of nobody, nothing is."""
    if isinstance(share, int):
        return many >= share
    if base == 0:
        return False
    found, wanted = Fraction(many, base), Fraction(str(share))
    return found > wanted if wanted == Fraction(1, 2) else found >= wanted
