"""Pages opened under watch: whatever runs, asks, says or pops up is written down, and everything hidden is given cause to."""

from __future__ import annotations

import re
from pathlib import Path


def watched(context, file: Path) -> object:
    """A page of its own in `context` that shows `file`; what it does besides stands in `.noted`."""
    page = context.new_page()
    page.noted = []
    page.expose_function("fire", lambda number: page.noted.append(f"fired {number}"))
    page.on("dialog", lambda dialog: (page.noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: page.noted.append(f"console {message.text}"))
    page.on("pageerror", lambda error: page.noted.append(f"error {error}"))
    page.on("popup", lambda popup: page.noted.append(f"popup {popup.url}"))
    page.on("download", lambda download: page.noted.append(f"download {download.url}"))
    page.route(re.compile(r"^(?!data:font/woff2)"), lambda route: _asked(page, route, file))
    page.goto(file.as_uri())
    return page


def _asked(page, route, file: Path) -> None:
    if route.request.url == file.as_uri():
        route.continue_()
    else:
        page.noted.append(f"asked {route.request.url}")
        route.abort()


def provoke(page) -> None:
    """Do what makes a hidden handler run: open, point, focus, click where nothing leads away, print, wait."""
    page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
    page.evaluate(_PROVOKE)
    page.emulate_media(media="print")
    page.evaluate("getComputedStyle(document.body).backgroundImage")
    page.emulate_media(media="screen")
    page.wait_for_timeout(200)


_PROVOKE = """() => {
  for (const element of document.querySelectorAll('body *'))
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'pointerdown', 'toggle', 'animationstart', 'load', 'error'])
      element.dispatchEvent(new Event(kind));
  document.querySelectorAll('body *:not(a)').forEach(element => element.dispatchEvent(new Event('click')));
}"""


def live_in(page) -> list[str]:
    """Tags and attributes that load, run or lead outside."""
    return page.evaluate(_LIVE)


_LIVE = """() => {
  const tags = 'script,iframe,frame,object,embed,applet,form,input,button,select,textarea,base,link,audio,video,source,img,template,' +
    'animate,set,marquee,math,foreignObject,noscript,meta[http-equiv=refresh]';
  const found = [...document.querySelectorAll(tags)].map(element => element.outerHTML.slice(0, 200));
  for (const element of document.querySelectorAll('*'))
    for (const {name, value} of element.attributes)
      // A picture to be saved is a file made of itself; it is opened by nobody.
      if (element.matches('a.save[download]') && name === 'href' && /^data:image\\/svg\\+xml;charset=utf-8,%3Csvg /.test(value)) continue;
      else if (/^on/i.test(name) || /javascript:|data:text/i.test(value) && /href|src|action|data/i.test(name)
          || /href/i.test(name) && !/^(#|[a-z0-9./%-]+$)/i.test(value) || name === 'style' && /url\\((?!#[\\w-]+\\))|import/i.test(value))
        found.push(name + '=' + value.slice(0, 200));
  return found;
}"""


_CSP = re.compile(r"<meta[^>]*Content-Security-Policy[^>]*>")


def without_csp(text: str) -> str:
    """The page without the rule that would stop what slipped through."""
    text, removed = _CSP.subn("", text, count=1)
    assert removed
    return text


def text_of(page) -> str:
    """What a reader sees, without blanks and without what leads from a figure to its uses."""
    return squeezed(
        page.evaluate("""() => {
      const body = document.body.cloneNode(true);
      body.querySelectorAll('.uses, sup, a.flag').forEach(found => found.remove());
      return body.textContent; }""")
    )


def squeezed(text: str) -> str:
    """`text` without blanks and without characters nobody sees."""
    return re.sub(r"[\s\u200b\u202c\u202e\ufeff]+", "", text)
