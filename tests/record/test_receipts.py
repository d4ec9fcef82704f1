"""Receipts, keys that make the same sending twice one act, and what stays for ever."""

import asyncio
import re
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from plenary.record.entry import read_entry
from plenary.record.models import Entry, Node, Payload, Receipt
from plenary.refusal import Refused
from tests.record.said import say
from tests.record.whole import whole
from tests.world import found_world


async def test_a_receipt_is_read_out_on_the_telephone(db: str) -> None:
    for _ in range(20):
        await say()
    codes = await Receipt.all().values_list("code", flat=True)
    form = re.compile(r"[2-9A-HJKMNP-Z]{2}(-[2-9A-HJKMNP-Z]{2}){3}")
    assert len({code for code in codes if form.fullmatch(str(code))}) == 20


async def test_the_same_key_twice_is_one_act_with_one_receipt(db: str) -> None:
    assert [await say(key="a"), await say(key="a"), await say(key="b")] == [0, 0, 1]
    assert (await whole(), await Receipt.all().count()) == (2, 2)


async def test_the_same_key_at_once_is_one_act_with_one_receipt(db: str) -> None:
    answered = await asyncio.gather(*(say(key="a") for _ in range(10)))
    assert (answered, await whole()) == ([0] * 10, 1)


async def test_the_same_key_of_two_delegations_is_two_acts(db: str) -> None:
    assert [await say(key="a"), await say(key="a", by="delegation:BEL")] == [0, 1]


async def test_the_same_key_with_other_words_is_refused_by_name(db: str) -> None:
    await say(key="a")
    code = (await Receipt.get(entry=0)).code
    with pytest.raises(Refused, match="key_used") as refused:
        await say(key="a", times=2)
    assert (refused.value.facts, await whole()) == ({"receipt": code}, 1)


async def test_acts_without_a_key_are_as_many_acts(db: str) -> None:
    assert [await say(), await say()] == [0, 1]


# --- for ever ------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Entry, Node, Receipt])
async def test_what_is_on_the_record_is_neither_changed_nor_removed(db: str, model: Any) -> None:
    await say(times=3)
    column = {Entry: "actor", Node: "hash", Receipt: "path"}[model]
    with pytest.raises(IntegrityError, match="append-only"):
        await model.all().update(**{column: "delegation:COR"})
    with pytest.raises(IntegrityError, match="append-only"):
        await model.all().delete()
    assert await whole() == 3


async def test_long_words_in_every_script_are_kept_letter_by_letter(db: str) -> None:
    world = await found_world()
    await world.put()
    words = "Nous ne pouvons pas — 决定 💎 الماس\n" * 500
    receipt = await world.object(explanation=words, would_join="💎")
    sealed = await Payload.get(commitment=(await Entry.get(n=receipt.entry)).payload)
    assert read_entry(sealed.content)["explanation"] == words
    assert await whole() == receipt.entry + 1
