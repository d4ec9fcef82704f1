"""Names as they are kept: no two delegations or bodies have names that look the same."""

from plenary.bodies.models import Body, Delegation, Words
from plenary.refusal import Fault, Invalid
from plenary.texts.characters import one_line, skeleton
from plenary.texts.symbols import fault_of_title


def spelt(names: Words, field: str = "name") -> Words:
    """Names as they are kept, by language; Invalid, beside its field, where one cannot be."""
    kept = {language: one_line(text) for language, text in names.items()}
    faults = {f"{field}_{language}": fault_of_title(text) for language, text in names.items()}
    if errors := {name: fault for name, fault in faults.items() if fault is not None}:
        raise Invalid(errors)
    return kept


async def named(names: Words, field: str = "name") -> Words:
    """The same for a new delegation or body, which nobody may take for another."""
    kept = spelt(names, field)
    taken = await _taken()
    errors = {
        f"{field}_{language}": Fault("name_taken", holder=taken[shape])
        for language, text in kept.items()
        if (shape := skeleton(text)) in taken
    }
    if errors:
        raise Invalid(errors)
    return kept


async def named_otherwise(name: str, field: str = "name") -> str:
    """The name of a group as it is kept; Invalid where it is that of a delegation or a body."""
    try:
        return (await named({"": name}, field))[""] if name else ""
    except Invalid as invalid:
        faults = invalid.errors.items()
        raise Invalid({place.removesuffix("_"): fault for place, fault in faults}) from None


async def _taken() -> dict[str, str]:
    """Every name of a delegation or a body in any language, by its skeleton."""
    delegations: list[Words] = await Delegation.all().values_list("names", flat=True)  # type: ignore[assignment]
    bodies: list[Words] = await Body.all().values_list("names", flat=True)  # type: ignore[assignment]
    return {skeleton(name): name for names in (*delegations, *bodies) for name in names.values()}
