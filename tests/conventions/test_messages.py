"""The English interface is complete, and the check would notice if it were not."""

import pytest
from babel.messages.pofile import read_po, write_po

from tests import messages

SOURCE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("Guten Tag")
ngettext("ein Platz", "%(count)s Plätze", 2)
pgettext_lazy("of a door", "offen")
"""
TEMPLATE = """
<div>
    {% trans "Angebote" %} {% trans "Mai" context "month" %}
  {% blocktrans trimmed with name=firm.name %}
    Hallo %{{ name }},
    willkommen
  {% endblocktrans %}
      {% blocktrans count n=places %}ein Bus{% plural %}{{ n }} Busse{% endblocktrans %}
  <c-button label="{% trans 'Senden' %}">{{ word|default:_("nichts") }}</c-button>
</div>
"""
TEXTS = {
    (None, "Guten Tag"),
    (None, ("ein Platz", "%(count)s Plätze")),
    ("of a door", "offen"),
    (None, "Angebote"),
    ("month", "Mai"),
    (None, "Hallo %%%(name)s, willkommen"),
    (None, ("ein Bus", "%(n)s Busse")),
    (None, "Senden"),
    (None, "nichts"),
}


@pytest.fixture
def package(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "views.py").write_text(SOURCE)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def po(package):
    """A complete catalogue: every text is translated by itself."""
    path = package / "django.po"
    messages.write(messages.texts(package), path)
    _translate(path, lambda text: f"English: {text}")
    messages.write(messages.texts(package), path)
    return path


def _translate(path, translate):
    with path.open("rb") as file:
        catalog = read_po(file, locale="en")
    for message in catalog:
        if message.id:
            many = isinstance(message.id, tuple)
            message.string = tuple(map(translate, message.id)) if many else translate(message.id)
    with path.open("wb") as file:
        write_po(file, catalog)


def test_the_english_interface_is_complete():
    assert messages.check() == []


def test_texts_of_modules_and_templates_are_found(package):
    assert messages.texts(package) == TEXTS


def test_a_complete_catalogue_passes_and_writing_again_changes_nothing(package, po):
    before = po.read_bytes()
    messages.write(messages.texts(package), po)
    assert messages.check(po, package) == []
    assert po.read_bytes() == before


def test_a_new_text_is_missed(package, po):
    (package / "more.py").write_text('_("Neu")')
    assert messages.check(po, package) == ["not in the catalogue: 'Neu'"]
    messages.write(messages.texts(package), po)
    assert messages.check(po, package) == ["without translation: 'Neu'"]


def test_a_text_no_longer_used_is_dropped_by_writing(package, po):
    (package / "views.py").write_text("")
    assert "no longer used: 'Guten Tag'" in messages.check(po, package)
    messages.write(messages.texts(package), po)
    assert messages.check(po, package) == []
    assert "Guten Tag" not in po.read_text()


def test_another_placeholder_is_noticed(package, po):
    po.write_text(po.read_text().replace('msgstr "English: Hallo %%%(name)s', 'msgstr "Hello %%%(firm)s'))
    assert messages.check(po, package) == ["other placeholders: 'Hallo %%%(name)s, willkommen'"]


def test_an_old_compiled_file_is_noticed(package, po):
    po.write_text(po.read_text().replace('msgstr "English: Guten Tag"', 'msgstr "Good day"'))
    assert messages.check(po, package) == ["the .mo file is older than the .po file"]
