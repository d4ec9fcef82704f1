"""The demonstration as a stranger meets it: a process, an address, and the contract.

Nothing here imports `plenary`; field names and addresses come from design/interface.md.
"""

import hashlib
import html
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.served import free_port as free_port  # the others of the folder take it from here

ROOT = Path(__file__).resolve().parents[2]
SECRET = "only-for-the-tests-of-the-contract-0123456789"
OURS = ("DATABASE_URL", "SECRET_KEY", "BASE_URL", "PORT", "SMTP_URL", "MAIL_FROM", "NO_COLOR")
TEXT = "The Plenary,\n\n1. Decides to keep all records;\n\n2. Requests a report."
Json = dict[str, Any]


# ---------------------------------------------------------------- processes


def environment(**settings: str) -> dict[str, str]:
    """What the process sees: the machine's variables without our settings, then these."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("PLENARY_")
    }
    return kept | settings


def plenary(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`python -m plenary …` until it ends."""
    return subprocess.run(
        [sys.executable, "-m", "plenary", *words],
        cwd=ROOT,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def serving(log: Path, port: int, *words: str, **settings: str) -> Iterator[str]:
    """A web process of its own until the block ends; gives its address."""
    base = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "plenary", *words],
            cwd=ROOT,
            env=environment(**settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            _wait_for(f"{base}/healthz", process, log)
            yield base
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx2.get(url, trust_env=False, timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")


# ---------------------------------------------------------------- people


class Visitor:
    """Somebody with cookies who follows no redirect by itself."""

    def __init__(self, base: str, email: str = "") -> None:
        self.http = httpx2.Client(base_url=base, trust_env=False, timeout=60)
        if email:
            link = sign_in_link(self.post("/sign-in", email=email))
            answer = self.post(link)
            assert answer.status_code == 303, f"{email}: {answer.status_code}"

    def get(self, path: str) -> httpx2.Response:
        return self.http.get(path)

    def json(self, path: str) -> Json:
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        found: Json = answer.json()
        return found

    def post(self, path: str, fields: Mapping[str, str] = {}, **more: str) -> httpx2.Response:
        return self.http.post(path, data={**fields, **more})

    def act(self, path: str, fields: Mapping[str, str] = {}, **more: str) -> httpx2.Response:
        """An act that takes two presses: the fields, then what its check page holds.

        The room of the sample is in session, and what is declared here is new: notice is waived.
        """
        if path.endswith("/declaration"):
            more = {"notice": "waived"} | more
        answer = self.post(path, fields, **more)
        return self.post(path, hidden(answer), confirmed="1") if asks_again(answer) else answer


def asks_again(answer: httpx2.Response) -> bool:
    """Whether it is a check page: nothing has happened yet."""
    return answer.status_code == 200 and 'name="confirmed" value="1"' in answer.text


def hidden(answer: httpx2.Response) -> dict[str, str]:
    """The hidden fields of a page, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', answer.text)
    return {name: html.unescape(value) for name, value in found}


def sign_in_link(answer: httpx2.Response) -> str:
    found = re.search(r"/sign-in/[\w-]{20,}", answer.text)
    assert found, "no sign-in link on the page"
    return found[0]


@dataclass
class Floor:
    """The demonstration and whoever was let in."""

    base: str
    data: Path
    people: dict[str, Visitor] = field(default_factory=dict)

    def __call__(self, email: str = "") -> Visitor:
        """The one who signs in so: `chair`, `head.bw`; without a name the public."""
        if email not in self.people:
            address = f"{email}@example.org" if email else ""
            self.people[email] = Visitor(self.base, address)
        return self.people[email]

    def draft(self, **fields: str) -> str:
        """A draft of Botswana; its address."""
        answer = self("head.bw").post("/proposals", proposal_form(**fields))
        assert answer.status_code == 303, words(answer)
        return path_of(answer)

    def tabled(self, **fields: str) -> str:
        path = self.draft(**fields)
        answer = self("head.bw").post(f"{path}/tabling")
        assert answer.status_code == 303, words(answer)
        return path

    def asked(self, publication: str = "now", **fields: str) -> str:
        """A proposal of Botswana on which consensus is asked of version 1."""
        path = self.tabled(**fields)
        answer = self("chair").act(f"{path}/question", question_form(publication=publication))
        assert answer.status_code == 303, words(answer)
        return path

    def declared(self, outcome: str = "adopted", **fields: str) -> str:
        """The address of a decision on a new proposal."""
        answer = self("chair").act(f"{self.asked(**fields)}/declaration", outcome=outcome)
        assert answer.status_code == 303, words(answer)
        return path_of(answer)


# ---------------------------------------------------------------- the forms of the contract


def new_key() -> str:
    return secrets.token_urlsafe(16)


def proposal_form(**fields: str) -> dict[str, str]:
    form = {
        "title": "Keep the records",
        "sense": "Would keep every record.",
        "theme": "records",
        "body": "plenary",
        "language": "en",
        "text": TEXT,
    }
    return form | fields


def question_form(**fields: str) -> dict[str, str]:
    return {"procedure": "consensus", "version": "1", "publication": "now"} | fields


def position_form(stance: str, **fields: str) -> dict[str, str]:
    form = {
        "stance": stance,
        "version": "1",
        "clause": "",
        "would_join": "",
        "explanation": "",
        "language": "en",
        "ad_referendum": "",
        "key": new_key(),
    }
    return form | fields


def objection(**fields: str) -> dict[str, str]:
    form = position_form(
        "object", clause="p1", explanation="It costs too much.", would_join="Half of it."
    )
    return form | {"confirmed": "1"} | fields


# ---------------------------------------------------------------- reading


def path_of(answer: httpx2.Response) -> str:
    """Where a redirect leads, without query and anchor."""
    return re.sub(r"^https?://[^/]+|[?#].*", "", answer.headers["location"]) or "/"


def words(answer: httpx2.Response) -> str:
    """What can be read in the main part, with what was typed into its fields."""
    main = re.search(r"(?s)<main.*</main>", answer.text)
    text = main[0] if main else answer.text
    typed = re.findall(r'value="([^"]*)"', text)
    return html.unescape(re.sub(r"<[^>]+>", " ", text) + " ".join(typed))


def blocks(answer: httpx2.Response) -> list[str]:
    """The preformatted parts of a page, as they were written."""
    return [html.unescape(text) for text in re.findall(r"(?s)<pre[^>]*>(.*?)</pre>", answer.text)]


def type_of(answer: httpx2.Response) -> str:
    kind: str = answer.headers.get("content-type", "")
    return kind.partition(";")[0]


# ---------------------------------------------------------------- RFC 9162, section 2.1


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """MTH over hashed leaves, by the recursive definition of section 2.1.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(root_of(leaves[:k]), root_of(leaves[k:]))


def root_by_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a path leads to, by the algorithm of section 2.1.3.2."""
    assert index < size
    fn, sn, r = index, size - 1, leaf
    for step in path:
        assert sn, "the path is too long"
        if fn & 1 or fn == sn:
            r = node_hash(step, r)
            while fn and not fn & 1:
                fn >>= 1
                sn >>= 1
        else:
            r = node_hash(r, step)
        fn >>= 1
        sn >>= 1
    assert sn == 0, "the path is too short"
    return r
