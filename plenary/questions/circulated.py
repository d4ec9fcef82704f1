"""When each version of a text was before everybody, and with how many open brackets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from plenary.proposals.models import Version
from plenary.questions.clearance import Circulated


async def circulated(proposals: Iterable[int]) -> Mapping[int, Mapping[int, Circulated]]:
    """By id of the proposal and number of the version. A draft is before everybody once tabled."""
    found: dict[int, dict[int, Circulated]] = defaultdict(dict)
    rows = Version.filter(proposal_id__in=[*proposals]).values_list(
        "proposal_id", "number", "at", "brackets", "proposal__tabled"
    )
    for proposal, number, at, brackets, tabled in await rows:
        found[proposal][number] = Circulated(max(at, tabled or at), brackets)
    return found
