"""What a centre asks back stands in a file of its own, checked before anything is written."""

import tomllib

import pytest

from wegweiser.consortium import centre_file
from wegweiser.consortium.centre_file import CentreFile
from wegweiser.kernel.errors import DomainError

GOOD = """
[[questions]]
key = "wo"
text = { de = "Wo?", en = "Where?" }
[[questions.replies]]
key = "hier"
text = { de = "Hier" }
topics = { netz = 4 }
[[questions.replies]]
key = "dort"
text = { de = "Dort" }
offers = ["abend"]
"""
CATALOGUE = {"topics": [{"slug": "netz"}], "events": [{"slug": "abend"}]}


def file(tmp_path, text):
    (tmp_path / "clarifying.toml").write_text(text)
    return CentreFile(tmp_path / "centre.toml", {"clarifying": "clarifying.toml"}, CATALOGUE)


def test_the_questions_are_read(tmp_path):
    assert file(tmp_path, GOOD).clarifying == tomllib.loads(GOOD)["questions"]
    assert CentreFile(tmp_path / "centre.toml", {}, CATALOGUE).clarifying == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("netz = 4", "netz = 9", "netz"),
        ("netz = 4", "netzt = 4", "netzt"),
        ('"abend"', '"abends"', "abends"),
        ('key = "dort"', 'key = "hier"', "twice"),
        ('key = "wo"', 'key = "wo"\ntopic = "gibt-es-nicht"', "gibt-es-nicht"),
        ('{ de = "Dort" }', '{ en = "There" }', "de"),
        ("[[questions]]", "[[questions", "clarifying.toml"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, before, after, told):
    with pytest.raises(DomainError, match=told) as refused:
        _ = file(tmp_path, GOOD.replace(before, after)).clarifying
    assert refused.value.code == "centre_file_invalid"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DomainError) as refused:
        _ = CentreFile(tmp_path / "centre.toml", {"clarifying": "none.toml"}, CATALOGUE).clarifying
    assert refused.value.code == "centre_file_missing"


def test_the_model_centres_questions_hold():
    assert len(centre_file.read(centre_file.model_centre()).clarifying) >= 10
