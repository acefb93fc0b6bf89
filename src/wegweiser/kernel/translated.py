"""Content in several languages, in one column shape: {"de": "…", "en": "…"}. German is always there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

LANGUAGES = ("de", "en")


class Translated(dict[str, str]):
    """A text in the languages it exists in. `str()` gives the active language, or German where it is missing."""

    def language(self, wanted: str | None = None) -> str:
        """The language `text` answers in: the wanted (default: active) one where it is filled, else German."""
        wanted = (wanted or translation.get_language() or "de")[:2]
        return wanted if self.get(wanted) else "de"

    def text(self, wanted: str | None = None) -> str:
        return self.get(self.language(wanted), "")

    def foreign(self) -> str:
        """The language of the text where it is not the active one."""
        wanted = (translation.get_language() or "de")[:2]
        return "" if self.language(wanted) == wanted else self.language(wanted)

    def __str__(self) -> str:
        return self.text()

    def __bool__(self) -> bool:
        return any(self.values())


def translated(de: str, en: str | None = None) -> Translated:
    """A translated text, without the languages that are empty."""
    return Translated({"de": de or "", **({"en": en} if en else {})})


class TranslatedField(models.JSONField):
    """Holds a `Translated`. Only known languages and strings are let in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        return Translated(super().from_db_value(value, expression, connection) or {})  # type: ignore[misc]

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(k in LANGUAGES and isinstance(v, str) for k, v in value.items()):
            raise ValidationError("A translated text looks like {'de': …, 'en': …}.", code="not_translated")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if value and not value.get("de"):
            raise ValueError(f"{self.name}: German is missing.")
        return value
