"""The picture of the report in the README, made anew: `make docs`.

Runs the report of one body and year beside the published ones, opens it in the system's Chromium and photographs the first screen.
Playwright comes with the test environment, Pillow with Matplotlib; a run of selfeval needs neither, hence the place outside the package.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from selfeval.paths import locate, project_root
from selfeval.running.runner import run

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SCREEN = {"width": 1280, "height": 900}
PICTURE = project_root() / "docs" / "report.png"
# A page of text in one palette loses nothing visible by it and weighs a third.
COLORS = 64


def main() -> None:
    """Make the picture; the arguments are the body and the year."""
    unit, year = sys.argv[1:]
    browser = browser_at_hand()
    if browser is None:
        sys.exit(f"没有找到浏览器（{'、'.join(BROWSERS)}），图片没有更新；请先安装其中一个，再运行 make docs")
    report = run(locate(unit, int(year), outputs_dir=project_root() / "build" / "docs"))
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        photograph(opened, report, PICTURE)
        opened.close()
    print(f"图片：{PICTURE.relative_to(project_root())}，{PICTURE.stat().st_size // 1000} kB")


def browser_at_hand() -> str | None:
    """The path of the first of BROWSERS that this machine has, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def photograph(browser: Browser, page: Path, picture: Path) -> None:
    """Write the first screen of the HTML file `page` as the PNG file `picture`."""
    shown = browser.new_page(viewport=SCREEN, color_scheme="light")
    shown.goto(page.resolve().as_uri())
    shown.evaluate("document.fonts.ready")
    taken = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    shown.close()
    picture.parent.mkdir(parents=True, exist_ok=True)
    taken.quantize(COLORS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
