"""A real Chromium for the tests, and what to ask of a page in it.

def test_home(site, page_at):
    page = page_at(width=390, scheme="dark")
    page.goto(site.url("/"))
    assert axe(page) == []
    assert sideways(page) == []
    assert complaints(page) == []
"""

import gzip
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.served import PATIENCE, free_port

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
Scheme = Literal["light", "dark"]
EVERYTHING = {
    "type": "tag",
    "values": (
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "EN-301-549",
    ),
}  # fmt: skip
# What may be right in one light and wrong in another; and in one width.
OF_A_LIGHT = ("color-contrast", "link-in-text-block")
OF_A_WIDTH = ("target-size", "scrollable-region-focusable")

# As root there is no sandbox; the rest keeps Chromium from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# ---------------------------------------------------------------- the browser


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)


def new_page(
    browser: Browser,
    width: int = 1280,
    scheme: Scheme = "light",
    javascript: bool = True,
    **options: Any,
) -> Page:
    """A page in a context of its own: no cookies, no cache. `options` go to `new_context`."""
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 600 else 900},
        color_scheme=scheme,
        java_script_enabled=javascript,
        **options,
    )
    page = context.new_page()
    said: list[str] = []
    _complaints[page] = said
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda r: said.append(f"{r.method} {r.url}: {r.failure}"))
    return page


_complaints: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def complaints(page: Page) -> list[str]:
    """What the browser complained of so far: scripts, the content policy, failed requests."""
    return [text for text in _complaints[page] if "net::ERR_ABORTED" not in text]


def sign_in(target: Page | BrowserContext, base: str, email: str) -> None:
    """One press on the cast of the demo's sign-in page, without the page. Works without script."""
    context = target.context if isinstance(target, Page) else target
    answer = context.request.post(
        f"{base}/sign-in/sample", form={"email": email}, headers={"Origin": base}, max_redirects=0
    )
    if answer.status not in (200, 204, 302, 303):
        raise RuntimeError(f"{email} could not sign in: {answer.status} {answer.text()[:300]}")


# ---------------------------------------------------------------- what to ask of a page


def axe(
    page: Page, *, within: str | None = None, unsure: bool = False, rules: tuple[str, ...] = ()
) -> list[str]:
    """What axe-core finds wrong, one line for each element. Needs a page with script on.

    `unsure` adds what axe cannot decide by itself and wants a person to look at; `rules` are all
    that is asked.
    """
    # Evaluated and not added as a script element: the content policy refuses those.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    asked: dict[str, Any] = {"type": "rule", "values": rules} if rules else EVERYTHING
    found = page.evaluate(
        "([within, options]) => axe.run(within || document, options)",
        [
            within,
            {
                "runOnly": asked,
                "rules": {} if rules else {"target-size": {"enabled": True}},
                "resultTypes": ["violations", "incomplete"],
            },
        ],
    )
    return [
        f"{result['id']} ({result['impact']}) {_target(node)}: {_reason(node)}"
        for result in found["violations"] + (found["incomplete"] if unsure else [])
        for node in result["nodes"]
    ]


def _target(node: dict[str, Any]) -> str:
    return " ".join(part if isinstance(part, str) else " ".join(part) for part in node["target"])


def _reason(node: dict[str, Any]) -> str:
    checks = node["any"] + node["all"] + node["none"]
    return "; ".join(check["message"] for check in checks)


def sideways(page: Page) -> list[str]:
    """The elements that make the page wider than its window; none on a good page."""
    found = page.evaluate(
        """() => {
            const html = document.documentElement, edge = html.clientWidth;
            if (html.scrollWidth <= edge) return [];
            const out = [];
            for (const element of document.body.querySelectorAll('*')) {
                const box = element.getBoundingClientRect();
                if (box.width && (box.right > edge + 1 || box.left < -1))
                    out.push(`<${element.tagName.toLowerCase()} id="${element.id}" class="` +
                        `${element.getAttribute('class') || ''}"> ` +
                        `${Math.round(box.left)}…${Math.round(box.right)}`);
            }
            return [`the page is ${html.scrollWidth} wide in a window of ${edge}`, ...out];
        }"""
    )
    return list(found)


def no_sideways_scroll(page: Page) -> None:
    assert sideways(page) == []


def gzip_size(*parts: str | bytes) -> int:
    """Bytes on the wire when each part is sent for itself under gzip -9."""
    return sum(
        len(gzip.compress(part.encode() if isinstance(part, str) else part, 9, mtime=0))
        for part in parts
    )


# ---------------------------------------------------------------- the site


@dataclass(frozen=True)
class Site:
    base: str
    data: Path
    pid: int

    def url(self, path: str = "/") -> str:
        return self.base + path


@contextmanager
def demo(data: Path, *, wait: float = PATIENCE) -> Iterator[Site]:
    """`plenary demo` as a person would start it: a process of its own on a free port."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    ours = ("DATABASE_URL", "SECRET_KEY", "BASE_URL", "PORT", "SMTP_URL", "MAIL_FROM")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("PLENARY_")
    }
    log = data / "demo.log"
    command = [sys.executable, "-m", "plenary", "demo", "--port", str(port), "--data", str(data)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            _wait_for(f"{base}/healthz", process, log, wait)
            yield Site(base, data, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with direct.open(url, timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    tail = log.read_text("utf-8", "replace")[-4000:]
    state = f"ended with {process.returncode}" if process.returncode is not None else "is not ready"
    raise RuntimeError(f"the demo {state}; it said:\n{tail}")
