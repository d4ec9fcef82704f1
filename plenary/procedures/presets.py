"""The rules that a body can be founded with, each a few procedures with all their terms. Pure.

Every procedure names the published rules that it follows (published.toml); what they leave open is
taken from the standard offers (`terms.STANDARD`).
"""

from collections.abc import Mapping
from typing import Any

from plenary.bodies.rules import MATTERS
from plenary.procedures.terms import standard

Data = dict[str, Any]
DEFAULT = "consensus"
# Between meetings a text may be adopted in silence or in writing; who takes part, and who holds an
# office, is decided by those who are in the room.
NOT_OF_PERSONS = [matter for matter in MATTERS if matter not in ("election", "admission")]
# An assembly admits, suspends and changes its own rules by the greater majority alone.
SIMPLE = [matter for matter in MATTERS if matter not in ("admission", "standing", "rules")]

_CONSENSUS: Data = standard("consensus") | {"then": "", "follows": ["kp_consensus"]}
_MAJORITY: Data = {
    "kind": "vote", "closing": "chair", "text": "fixed", "quorum": "1/2", "base": "cast",
}  # fmt: skip
_STANDARDS: Data = {
    "kind": "double", "closing": "chair", "text": "fixed", "quorum": "1/2",
    "names": {
        "en": "Two thirds, and at most a quarter against",
        "fr": "Deux tiers, et un quart au plus contre",
    },
    "all": [
        {"at_least": "2/3", "count": {"answers": ["yes"]}, "of": {"answers": ["yes", "no"]}},
        {"at_most": "1/4", "count": {"answers": ["no"]}, "of": {"answers": ["yes", "no"]}},
    ],
    "follows": ["iso_dis"],
}  # fmt: skip

PRESETS: dict[str, dict[str, Data]] = {
    "consensus": {"consensus": _CONSENSUS},
    "kimberley": {
        "consensus": _CONSENSUS,
        "silence": standard("silence") | {"matters": NOT_OF_PERSONS, "follows": ["unga_silence"]},
        "written": standard("written") | {"matters": NOT_OF_PERSONS, "follows": ["kp_written"]},
    },
    "assembly": {
        "consensus": _CONSENSUS | {"then": "majority"},
        "majority": _MAJORITY | {
            "threshold": "1/2", "matters": SIMPLE, "follows": ["unga_simple"],
            "names": {"en": "Simple majority", "fr": "Majorité simple"},
        },
        "two_thirds": _MAJORITY | {
            "threshold": "2/3", "follows": ["unga_two_thirds"],
            "names": {"en": "Two-thirds majority", "fr": "Majorité des deux tiers"},
        },
    },
    "permanent-council": {
        "consensus": _CONSENSUS,
        "silence": standard("silence") | {
            "broken_by": ["objection", "amendment"], "follows": ["osce_silence"],
        },
    },
    "standards": {"standards": _STANDARDS},
}  # fmt: skip


def preset(name: str) -> Mapping[str, Data]:
    """The procedures of a preset by their keys. ValueError where there is none of that name."""
    if name not in PRESETS:
        raise ValueError(f"{name}: is none of {', '.join(PRESETS)}")
    return PRESETS[name]
