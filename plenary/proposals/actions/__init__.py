"""What people do with a text: draft, table, revise, translate, refer, withdraw, comment."""

from plenary.proposals.actions.comments import Remark, comment, enter_comment, publish_comment
from plenary.proposals.actions.known import clauses_of, load, sponsors_of, version_numbered
from plenary.proposals.actions.moves import (
    Tabled,
    enter_proposal,
    propose,
    refer,
    sponsor,
    table,
    withdraw,
)
from plenary.proposals.actions.versions import enter_translation, issue, revise, translate

__all__ = [
    "Remark",
    "Tabled",
    "clauses_of",
    "comment",
    "enter_comment",
    "enter_proposal",
    "enter_translation",
    "issue",
    "load",
    "propose",
    "publish_comment",
    "refer",
    "revise",
    "sponsor",
    "sponsors_of",
    "table",
    "translate",
    "version_numbered",
    "withdraw",
]
