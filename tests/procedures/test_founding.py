"""What a body is founded with: by the command, and in the sample's way."""

from functools import partial

import pytest
from click.testing import CliRunner

from plenary.bodies.founding import found
from plenary.bodies.models import Body
from plenary.cli import main
from plenary.procedures.actions import enter_founding
from plenary.procedures.in_force import in_force
from plenary.procedures.presets import PRESETS
from plenary.record.entry import read_entry
from plenary.record.models import Entry


@pytest.mark.parametrize("name", PRESETS)
async def test_a_body_is_founded_with_the_rules_of_a_preset_on_somebodys_authority(
    db: str, name: str
) -> None:
    rules = partial(
        enter_founding, body="plenary", rules=PRESETS[name], authority="the founding conference"
    )
    await found(
        organisation={"en": "Harbour Council"},
        symbol="HC",
        zone="UTC",
        place="Harbour",
        admin="a@example.org",
        rules=rules,
    )
    ways = await in_force(await Body.get(key="plenary"))
    assert {way.key for way in ways} == set(PRESETS[name])
    for way in ways:
        assert (way.adopted.ground, way.adopted.number) == ("founding", 1)
        assert way.adopted.authority == "the founding conference"
        assert way.explained.follows
    entries = await Entry.filter(type="procedure.adopted")
    assert [read_entry(entry.written)["ground"] for entry in entries] == ["founding"] * len(ways)


def test_the_command_knows_the_presets_and_no_other() -> None:
    asked = ["init", "--name", "A", "--symbol", "A", "--zone", "UTC", "--admin", "a@example.org"]
    answer = CliRunner().invoke(main, [*asked, "--rules", "anything"])
    assert answer.exit_code == 2
    assert all(name in answer.output for name in PRESETS)
