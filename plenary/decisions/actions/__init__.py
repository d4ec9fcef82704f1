"""What people do with a question, from putting it to its outcome; and what the clock does."""

from plenary.decisions.actions.adopting import (
    adopt_procedure,
    enter_procedure,
    procedure_of,
    procedures_of,
)
from plenary.decisions.actions.answering import (
    be_heard,
    enter_position,
    enter_view,
    state_position,
)
from plenary.decisions.actions.answers import Answer, check_answer
from plenary.decisions.actions.asking import Put, enter_question, put_question
from plenary.decisions.actions.closing import (
    BEAT,
    beat,
    close_due,
    confirm_clock,
    write_down,
)
from plenary.decisions.actions.declaring import (
    LINKS,
    LONGEST_NAME,
    Declaration,
    Sight,
    check_declaration,
    decision_named,
    declare,
    enter_decision,
    sight_of,
)
from plenary.decisions.actions.known import (
    is_open,
    is_running,
    positions_of,
    present_at,
    roll_of,
    version_of,
)
from plenary.decisions.actions.late import came_late
from plenary.decisions.actions.naming import name_decisions
from plenary.decisions.actions.timekeeping import believe_the_clock, clock_doubt, refuse_doubt
from plenary.decisions.actions.windows import calendar_of, end_question, extend_question

__all__ = [
    "BEAT",
    "LINKS",
    "LONGEST_NAME",
    "Answer",
    "Declaration",
    "Put",
    "Sight",
    "adopt_procedure",
    "be_heard",
    "beat",
    "believe_the_clock",
    "calendar_of",
    "came_late",
    "check_answer",
    "check_declaration",
    "clock_doubt",
    "close_due",
    "confirm_clock",
    "decision_named",
    "declare",
    "end_question",
    "enter_decision",
    "enter_position",
    "enter_procedure",
    "enter_question",
    "enter_view",
    "extend_question",
    "is_open",
    "is_running",
    "name_decisions",
    "positions_of",
    "present_at",
    "procedure_of",
    "procedures_of",
    "put_question",
    "refuse_doubt",
    "roll_of",
    "sight_of",
    "state_position",
    "version_of",
    "write_down",
]
