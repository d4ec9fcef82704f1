"""The smallest act: something is said, and there is a receipt for it."""

from typing import Any

from plenary.record.act import act, its_entry, once


@once(its_entry)
async def say(*, by: str = "delegation:ALD", times: int = 1, key: str = "", **facts: Any) -> int:
    """So many entries in one act, and a receipt for the last; the same key twice is one act."""
    async with act(by=by) as record:
        for _ in range(times):
            last = record.append("meeting.called", "KP", **{"payload": {"words": "No."}} | facts)
        await record.receipt(last, topic="KP", path="/record")
        return last
