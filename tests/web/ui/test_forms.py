"""Forms of Django's in the look of KERN."""

import pytest
from django import forms

from wegweiser.web.ui.forms import Renderer
from wegweiser.web.ui.gallery import SampleForm


@pytest.fixture
def broken() -> SampleForm:
    return SampleForm({"name": "", "mail": "mueller@", "way": ""})


def test_errors_stand_beside_the_field_and_summed_up(render, broken):
    page = render("{{ form }}", form=broken)
    assert page.count("Bitte füllen Sie dieses Feld aus.") == 4  # two fields, twice each
    assert '<a href="#id_name">Ihr Name: ' in page
    assert 'id="id_name_error"' in page


def test_every_error_leads_to_something_on_the_page(render, broken):
    page = render("{{ form }}", form=broken)
    for name in broken.errors:
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}"' in page


def test_input_is_not_lost(render, broken):
    assert 'value="mueller@"' in render("{{ form }}", form=broken)


def test_an_input_is_described_by_its_hint_and_its_error(render, broken):
    page = render('<c-bound-field :field="form.mail" autocomplete="email" hx-get="/x/" />', form=broken)
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in page
    assert 'autocomplete="email"' in page
    assert 'hx-get="/x/"' in page


def test_a_fresh_form_has_no_summary(render):
    assert "ww-summary" not in render("{{ form }}", form=SampleForm())


def test_errors_of_the_whole_form_and_hidden_fields_are_shown(render):
    class Contact(forms.Form):
        default_renderer = Renderer
        token = forms.CharField(widget=forms.HiddenInput)

        def clean(self):
            raise forms.ValidationError("Telefon oder E-Mail, eines brauchen wir.")

    page = render("{{ form }}", form=Contact({"token": "x"}))
    assert "<li>Telefon oder E-Mail, eines brauchen wir.</li>" in page
    assert '<input type="hidden" name="token" value="x"' in page
