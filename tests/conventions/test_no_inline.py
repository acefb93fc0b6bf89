"""No template carries inline script or style: the content security policy would refuse it."""

import pytest

from tests.conventions.markup import inline_code_of_template
from tests.conventions.source import PACKAGE, templates


def test_no_template_has_inline_code():
    found = {str(path.relative_to(PACKAGE)): inline_code_of_template(path.read_text()) for path in _pages()}
    assert {path: codes for path, codes in found.items() if codes} == {}


def _pages():
    return [path for path in templates() if path.suffix in {".html", ".svg"}]


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        '<p {% if late %}style="color: red"{% endif %}>',
        "<button onclick='go()'>",
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script title=" src=x">go()</script>',
        '<a href="javascript:go()">',
        '<a href="&#106;avascript:go()">',
        '<a href="JavaScript&colon;go()">',
        '<svg/onload="go()">',
        '<p class="x"style="color: red">',
    ],
)
def test_inline_code_is_found(bad):
    assert inline_code_of_template(bad) != []


@pytest.mark.parametrize(
    "good",
    [
        '<script src="{% static "ui/menu.js" %}" defer></script>',
        '<script type="application/ld+json">{}</script>',
        '{# style="…" is refused #}<p class="note" data-once="1">style=here</p>',
        "{% comment %}<style></style>{% endcomment %}",
    ],
)
def test_what_is_not_inline_code_is_left_alone(good):
    assert inline_code_of_template(good) == []
