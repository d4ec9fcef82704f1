"""The names under a text: whose they are, and over which versions each of them stands. Pure.

A name stands over a version because its delegation wrote it, joined on it, or confirmed it. A new
version is asked about, whoever wrote it: nobody's name stands over words that they did not say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from plenary.proposals.authorship import is_office
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.refusal import Missing, Refused


class Role(StrEnum):
    AUTHOR = "author"
    SPONSOR = "sponsor"


class State(StrEnum):
    ASKED = "asked"  # and no author has answered
    ENTERED = "entered"  # handed in for it, and not countersigned: it has said nothing yet
    STANDS = "stands"
    LEFT = "left"
    DECLINED = "declined"


@dataclass(frozen=True)
class Name:
    """A delegation under a text."""

    code: str
    role: Role
    state: State = State.STANDS
    versions: tuple[int, ...] = ()  # that it stands over
    agreed: int = 0  # of an author: the version that it would withdraw

    @property
    def stands(self) -> bool:
        return self.state is State.STANDS

    @property
    def version(self) -> int:
        """The newest that it stands over; 0: none."""
        return max(self.versions, default=0)


@dataclass(frozen=True)
class Names:
    """All that stand under a text, that asked to, or that did; in the order in which they came."""

    all: tuple[Name, ...] = ()

    def of(self, code: str) -> Name | None:
        return next((name for name in self.all if name.code == code), None)

    @property
    def standing(self) -> tuple[Name, ...]:
        return tuple(name for name in self.all if name.stands)

    @property
    def authors(self) -> tuple[Name, ...]:
        return tuple(name for name in self.standing if name.role is Role.AUTHOR)

    @property
    def sponsors(self) -> tuple[Name, ...]:
        return tuple(name for name in self.standing if name.role is Role.SPONSOR)

    @property
    def asking(self) -> tuple[Name, ...]:
        return tuple(name for name in self.all if name.state is State.ASKED)

    def over(self, version: int) -> tuple[Name, ...]:
        """Whose name stands over a version."""
        return tuple(name for name in self.standing if version in name.versions)

    @property
    def entered(self) -> tuple[Name, ...]:
        """Those that a text was handed in for, and that have not countersigned it."""
        return tuple(name for name in self.all if name.state is State.ENTERED)

    def of_earlier(self, version: int) -> Mapping[int, tuple[Name, ...]]:
        """Those that stand over no version from this one on, by the newest that they stand over."""
        found: dict[int, tuple[Name, ...]] = {}
        for name in self.standing:
            if name.version < version:
                found[name.version] = (*found.get(name.version, ()), name)
        return dict(sorted(found.items(), reverse=True))

    def to_agree(self, version: int, code: str) -> tuple[Name, ...]:
        """The other authors, who have not agreed to withdraw a version."""
        return tuple(n for n in self.authors if n.code != code and n.agreed != version)


# --- what is refused ---


def bar_to_ask(stage: Stage, name: Name | None, role: Role, author: str) -> Refused | None:
    """Whoever may read a text asks to stand under it while it is not over, and is answered first.

    Of a Chair's text the author is an office: delegations lend it their names, and no more.
    """
    if stage not in {*ON_THE_TABLE, Stage.DRAFT}:
        return Refused("proposal_not_on_the_table", stage=stage)
    if role is Role.AUTHOR and is_office(author):
        return Refused("office_is_the_author")
    if name and name.stands:
        return Refused("sponsor_already")
    if name and name.state is State.ENTERED:
        return Refused("countersign_first")
    return Refused("sponsor_asked") if name and name.state is State.ASKED else None


def bar_to_answer(stage: Stage, name: Name | None) -> Refused | None:
    """An author accepts or declines what was asked."""
    if name is None or name.state is not State.ASKED:
        return Refused("nobody_asked")
    return _over(stage)


def bar_to_leave(stage: Stage, name: Name | None, names: Names, author: str) -> Refused | None:
    """A name is taken off whenever its delegation wishes, until the text is decided.

    The only author withdraws the proposal instead: a text that is nobody's could not be.
    """
    if name is None or name.state not in (State.STANDS, State.ASKED):
        return Missing("no_name_here")
    alone = name in names.authors and len(names.authors) == 1 and not is_office(author)
    return _over(stage) or (Refused("only_author") if alone else None)


def bar_to_confirm(stage: Stage, name: Name | None, version: int) -> Refused | None:
    """A name is put over a new version by its delegation alone."""
    if name is None or not name.stands:
        return Missing("no_name_here")
    return _over(stage) or (Refused("confirmed_already") if version in name.versions else None)


def bar_to_countersign(stage: Stage, name: Name | None) -> Refused | None:
    """What was handed in for a delegation it countersigns or disowns, once."""
    if name is None or name.state is not State.ENTERED:
        return Refused("nothing_handed_in")
    return _over(stage)


def _over(stage: Stage) -> Refused | None:
    if stage is Stage.DECIDED:
        return Refused("decided_with_its_names")
    return Refused("proposal_closed", stage=stage) if stage is Stage.WITHDRAWN else None


# --- the names at an instant, from the record ---

Act = tuple[str, str, Mapping[str, Any]]  # type, actor, facts


def told_by(acts: Iterable[Act]) -> Names:
    """The names as the acts on a text made them, its tabling or its drafting first.

    Before names were asked for and accepted, an entry said no more than whose: that of whoever
    began the text is its author's, and a name stands over the version that was newest then.
    """
    names, newest, began = dict[str, Name](), 0, ""
    for kind, actor, facts in acts:
        began, code = began or actor, actor.removeprefix("delegation:")
        if kind == "version.issued":
            newest = int(facts["version"])
            if code in names and names[code].stands and names[code].role is Role.AUTHOR:
                names[code] = _also(names[code], newest)
        elif kind == "proposal.sponsored":
            code = str(facts["delegation"])
            role = facts.get("role") or ("author" if began == f"delegation:{code}" else "sponsor")
            versions = (int(facts.get("version", newest)),)
            names.pop(code, None)
            names[code] = Name(code, Role(role), versions=versions)
        elif kind == "text.countersigned":
            names[code] = Name(code, Role.AUTHOR, versions=(int(facts["version"]),))
        elif kind == "text.confirmed" and code in names:
            names[code] = _also(names[code], int(facts["version"]))
        elif kind == "sponsor.left" and code in names:
            names[code] = replace(names[code], state=State.LEFT)
    return Names(tuple(names.values()))


def _also(name: Name, version: int) -> Name:
    return replace(name, versions=tuple(sorted({*name.versions, version})))
