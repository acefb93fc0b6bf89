import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from wegweiser.kernel.translated import TranslatedField, translated


def test_a_text_speaks_the_active_language():
    with translation.override("en"):
        assert str(translated("Halle", "hall")) == "hall"


def test_a_missing_language_falls_back_visibly_to_german():
    text = translated("Halle")
    with translation.override("en"):
        assert (text.language(), str(text)) == ("de", "Halle")


@pytest.mark.parametrize("value", [{"fr": "halle"}, {"de": 3}, "Halle"])
def test_the_field_lets_in_only_texts_in_known_languages(value):
    with pytest.raises(ValidationError):
        TranslatedField().validate(value, None)
