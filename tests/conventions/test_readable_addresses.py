"""Every page that shows a mail address or website shows the umlauts of its domain: by the filter `readable`."""

import re

import pytest

from tests.conventions.source import PACKAGE, templates

# What is shown, `{{ person.email }}`, and what a sentence is given, `with mail=person.email`; links and fields apart.
PATH = r"(?P<path>[\w.]*?(?:\b|_)(?:e?mail|website))"
SHOWN = re.compile(rf"""(?P<before>mailto:|href="|value="|\bmail=")?\{{\{{\s{PATH}(?P<filters>\|[^}}]*)?\s\}}\}}""")
GIVEN = re.compile(rf"""\{{% blocktrans[^%]*?\b(?!n=)\w+={PATH}(?P<filters>\|[\w:"]+)*[ %]""")
SENTENCE = re.compile(r"\{% blocktrans(?P<head>.*?)%\}(?P<body>.*?)\{% endblocktrans %\}", re.DOTALL)


def test_every_page_shows_them_readable():
    pages = [path for path in templates() if path.suffix == ".html" and "mails" not in path.parts]
    found = {str(path.relative_to(PACKAGE)): bare(path.read_text()) for path in pages}
    assert {path: names for path, names in found.items() if names} == {}


def bare(text: str) -> list[str]:
    """Addresses that a page shows as they are stored."""
    found = [match["path"] for match in GIVEN.finditer(text) if "readable" not in match[0]]
    for match in SENTENCE.finditer(text):
        names = [shown["path"] for shown in SHOWN.finditer(match["body"])]
        found += [name for name in names if f"{name}=" not in match["head"]]
    rest = SENTENCE.sub("", text)
    return found + [
        shown["path"]
        for shown in SHOWN.finditer(rest)
        if not shown["before"] and "readable" not in (shown["filters"] or "")
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "<p>{{ person.email }}</p>",
        '<a href="mailto:{{ person.email }}">{{ person.email }}</a>',
        "{{ firm.website|default:'–' }}",
        "{% blocktrans with mail=row.email %}an {{ mail }}{% endblocktrans %}",
        "{% blocktrans trimmed %}an {{ mail }}{% endblocktrans %}",
    ],
)
def test_a_bare_address_is_found(bad):
    assert bare(bad)


@pytest.mark.parametrize(
    "good",
    [
        "<p>{{ person.email|readable }}</p>",
        '<a href="mailto:{{ person.email }}">{{ person.email|readable }}</a>',
        '<input value="{{ email }}"><c-person-card mail="{{ person.mail }}" />',
        "{% blocktrans with mail=row.email|readable %}an {{ mail }}{% endblocktrans %}",
        "{{ row.mail.subject }}",
    ],
)
def test_what_is_readable_or_a_link_is_left_alone(good):
    assert bare(good) == []
