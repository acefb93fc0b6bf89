"""Finds what our content security policy refuses in HTML."""

import re
from html.parser import HTMLParser

_comments = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
_tags = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
# What every finding looks like, so that only those pages are taken apart: it is asked of each page of each test.
_suspicious = re.compile(
    r"""<style|<script(?!(?:\s+[\w-]+(?:="[^"]*")?)*?\s+src=)|[\s"'/](?:style|on[a-z]+)\s*="""
    r"""|javascript(?:\s*:|&colon;)|&\#(?!x27;|39;)""",
    re.IGNORECASE,
)


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        is_data = "json" in (attributes.get("type") or "")
        if tag == "style" or (tag == "script" and "src" not in attributes and not is_data):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if (
                name == "style"
                or re.fullmatch(r"on[a-z]+", name)
                or (value or "").strip().lower().startswith("javascript:")
            ):
                self.found.append(f"<{tag} {name}=…>")


def inline_code(html: str) -> list[str]:
    """Inline styles, scripts and event handlers. Data blocks (`type="application/json"`, `ld+json`) are none."""
    if not _suspicious.search(html):
        return []
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return finder.found


def inline_code_of_template(text: str) -> list[str]:
    """The same for a template: its comments are left out, its tags read as blanks."""
    return inline_code(_tags.sub(" ", _comments.sub("", text)))
