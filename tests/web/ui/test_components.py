"""Components are typed, and show their states in words."""

from datetime import date

import pytest
from django.core.checks import run_checks
from django.core.paginator import Paginator

from wegweiser.web.ui import components
from wegweiser.web.ui.components import Use, declared_options, mistakes, uses

OPTIONS = {"button": frozenset({"variant", "icon_after"})}


def test_the_whole_project_uses_components_as_declared():
    assert [mistake for mistake in run_checks(tags=["templates"]) if mistake.id == "ui.E001"] == []


def test_an_unknown_attribute_is_refused():
    source = "<p>\n<c-button variant='primary' colour=\"red\">x</c-button>"
    assert list(mistakes(source, OPTIONS)) == [(2, "<c-button> has no option 'colour'.")]


def test_an_unknown_component_is_refused():
    assert list(mistakes("<c-knopf />", OPTIONS)) == [(1, "There is no component <c-knopf>.")]


@pytest.mark.parametrize(
    "attribute",
    [
        'variant="x"',
        ':variant="x"',
        'icon-after="x"',
        'class="x"',
        "id='x'",
        'data-x="1"',
        'hx-get="/"',
        'aria-label="x"',
    ],
)
def test_what_is_declared_or_common_is_allowed(attribute):
    assert list(mistakes(f"<c-button {attribute} />", OPTIONS)) == []


def test_a_comment_is_no_use():
    assert list(uses("{# <c-button colour> #}{% comment %}<c-x />{% endcomment %}")) == []


def test_tags_of_django_inside_of_values_are_read_as_values():
    source = """<c-field label="{% trans "Ihr Name" %}" hint='{{ a|default:">" }}' required />"""
    assert list(uses(source)) == [Use("field", ("label", "hint", "required"), 1)]


def test_a_refusal_names_template_and_line(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("\n<c-button colour='red' />")
    monkeypatch.setattr(components, "template_folders", lambda: [tmp_path])
    monkeypatch.setattr(components, "declared_options", lambda: OPTIONS)
    (mistake,) = components.check_components(app_configs=None)
    assert (mistake.obj, mistake.id) == ("page.html:2", "ui.E001")


@pytest.mark.parametrize("name", sorted(declared_options()))
def test_each_component_names_its_options_at_its_head(name):
    path = components.template_folders()[0] / "cotton" / f"{name}.html"
    head, declaration = path.read_text().splitlines()[:2]
    assert head.startswith(f"{{# <c-{name.replace('_', '-')}>: ")
    assert declaration.startswith("<c-vars ")
    undocumented = {option for option in declared_options()[name] if option not in head}
    assert undocumented == set()


def test_a_button_with_an_address_is_a_link(render):
    assert render('<c-button href="/x/" data-a="1">Los</c-button>') == (
        '<a class="kern-btn kern-btn--primary " href="/x/" data-a="1"><span class="kern-label">Los</span></a>'
    )


def test_a_field_is_tied_to_hint_and_error(render):
    page = render('<c-field name="tel" label="Telefon" hint="Mit Vorwahl." error="Zu kurz." />')
    assert 'aria-invalid="true" aria-describedby="tel_hint tel_error"' in page
    assert 'id="tel_error"' in page


def test_hostile_values_are_shown_harmlessly(render):
    page = render('<c-field name="a" label="A" :value="value" />', value='"><script>x</script>')
    assert "<script>" not in page


def test_a_telephone_number_can_be_dialled(render):
    assert 'href="tel:+49391123"' in render('<c-phone-line phone="+49 (0)391 12-3" />')


def test_pages_keep_the_other_parameters(render):
    page = Paginator(range(50), 20).page(2)
    text = render('<c-pagination :page="page" />', path="/?q=a%26b&seite=2", page=page)
    assert 'href="?q=a%26b&amp;seite=3"' in text
    assert "Seite 2 von 3" in text


def test_the_light_stands_in_words(render):
    assert "im Rückstand" in render('<c-figure-tile label="Besuche" actual="1" state="behind" />')


def test_a_planned_step_says_so(render):
    items = [{"day": date(2026, 5, 7), "title": "Besuch", "state": "planned"}]
    assert "geplant" in render('<c-timeline :items="items" />', items=items)


def test_the_question_is_posted_and_its_sentences_work_without_script(render):
    page = render('<c-question-box action="/anliegen/" :sentences="sentences" />', sentences=["Zettel"])
    assert 'action="/anliegen/" method="post"' in page
    assert 'type="submit" name="sentence" value="Zettel"' in page


def test_a_bar_is_as_long_as_its_figure_in_every_language(render):
    rows = [{"label": "A", "text": "12,5", "percent": 12.5}]
    assert 'width="12.5" height="10"' in render('<c-bar-chart title="T" :rows="rows" />', rows=rows)
