"""Full-page pictures of a running site, for a person to look at.

python tests/browser/shoot.py BASE_URL OUTDIR PATH… [--width 1280 390] [--dark] [--no-js]
                              [--as EMAIL]
"""

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.harness import Scheme, complaints, launch, new_page, sideways, sign_in


def name_of(path: str) -> str:
    return re.sub(r"[^\w.-]+", "-", path).strip("-") or "home"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("base", metavar="BASE_URL")
    parser.add_argument("outdir", metavar="OUTDIR", type=Path)
    parser.add_argument("paths", metavar="PATH", nargs="+")
    parser.add_argument("--width", type=int, nargs="+", default=[1280, 390])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--no-js", action="store_true")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="one of the demo's cast")
    asked = parser.parse_intermixed_args()
    base: str = asked.base.rstrip("/")
    scheme: Scheme = "dark" if asked.dark else "light"
    asked.outdir.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for width in asked.width:
            page = new_page(browser, width, scheme, not asked.no_js)
            if asked.email:
                sign_in(page, base, asked.email)
            for path in asked.paths:
                answer = page.goto(f"{base}/{path.lstrip('/')}")
                status = answer.status if answer else 0
                parts = [name_of(path), str(width), scheme, "no-js" if asked.no_js else ""]
                if asked.email:
                    parts.append(asked.email.partition("@")[0])
                picture = asked.outdir / ("-".join(filter(None, parts)) + ".png")
                page.screenshot(path=picture, full_page=True, animations="disabled")
                print(f"{status} {path} → {picture}")
                for line in sideways(page)[:6]:
                    print(f"    sideways: {line}")
                wrong += status >= 400
            for line in complaints(page):
                print(f"    {width}: {line}")
            page.context.close()
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
