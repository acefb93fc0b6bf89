"""One order of names on both databases: a stored key, compared byte by byte (after DIN 5007, variant 1)."""

import re
import unicodedata
from itertools import islice, product
from typing import Any

from django.db import models

LENGTH = 200
MOST_SPELLINGS = 8  # of one text: three words that are written in two ways
_DIGITS = re.compile(r"\d+")

_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_DIGRAPHS = {letter: pair for pair, letter in _UMLAUTS.items()} | {
    letter.upper(): pair.capitalize() for pair, letter in _UMLAUTS.items()
}
_DIGRAPH = re.compile("ae|oe|(?<![aeq])ue", re.IGNORECASE)
_NO_LETTER = re.compile(r"[^a-z0-9]+")


def sort_key(text: str) -> str:
    """Letters without accents and case, ß as ss, numbers by value, everything else as one blank.

    >>> sort_key("Öl & Fett 9") < sort_key("Öl & Fett 10")
    True
    """
    if text.isascii():  # most are, and there is nothing to decompose
        plain = _NO_LETTER.sub(" ", text.lower())
    else:
        # Folding and decomposing each bring forth what the other works on (℠, ﬃ), hence twice.
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
        plain = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    plain = _DIGITS.sub(lambda match: f"{len(match[0]):02d}{match[0]}", " ".join(plain.split()))
    return plain[:LENGTH]


def spellings(text: str) -> list[str]:
    """`text` as it was typed, and with the umlauts of each of its words in the other way: "Michael" has none.

    >>> spellings("Mueller"), spellings("Grün"), spellings("Bauer"), "Michael Müller" in spellings("Michael Mueller")
    (['Mueller', 'Müller'], ['Grün', 'Gruen'], ['Bauer'], True)
    """
    ways = [_ways(word) for word in text.split(" ")]
    return [" ".join(words) for words in islice(product(*ways), MOST_SPELLINGS)]


def _ways(word: str) -> list[str]:
    spelled = "".join(_DIGRAPHS.get(letter, letter) for letter in word)
    return list(dict.fromkeys((word, spelled, _DIGRAPH.sub(lambda found: _UMLAUTS[found[0].lower()], word))))


def by_surname(name: str) -> str:
    """The sort key of a person as in a telephone book: last word first, academic titles left out.

    >>> by_surname("Prof. Dr.-Ing. Ruben Ahlers") < by_surname("Anna von Berg")
    True
    """
    words = [word for word in name.partition(",")[0].split() if "." not in word]
    return sort_key(" ".join([*words[-1:], *words[:-1]]) or name)


class SortKeyField(models.CharField):
    """A sort key; `source` names the attribute it is made from whenever the row is saved."""

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {"db_index": False, **kwargs, "source": self.source}

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":  # SQLite compares bytes anyway
            parameters["collation"] = "C"
        return parameters

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = getattr(model_instance, self.source)
        text = value.get("de", "") if isinstance(value, dict) else str(value)
        key = sort_key(text)
        setattr(model_instance, self.attname, key)
        return key
