"""Call a meeting; draft, edit and issue its communiqué. Each is on the record.

A door opens the record for one act; its `enter_…` twin does the same inside an act that is open.
"""

from plenary.meetings.actions.calling import call_meeting, enter_meeting
from plenary.meetings.actions.communique import (
    draft_communique,
    enter_communique,
    issue_communique,
)
from plenary.meetings.actions.paragraphs import (
    add_paragraph,
    drop_paragraph,
    edit_paragraph,
    move_paragraph,
    tie_paragraph,
)

__all__ = [
    "add_paragraph", "call_meeting", "draft_communique", "drop_paragraph", "edit_paragraph",
    "enter_communique", "enter_meeting", "issue_communique", "move_paragraph", "tie_paragraph",
]  # fmt: skip
