"""What many letters have in common is rendered once, and each says what a letter says that is rendered alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.outbox import rendering

TEMPLATE = "events/mails/registration"
SHARED = {
    **dict.fromkeys(("ended", "waits", "new_link", "online", "begun"), False),
    **dict.fromkeys(("slot", "join_link", "until", "reason", "page", "signature", "new_day", "old_day"), ""),
    "what": "confirmed",
    "title": "Aufträge & <Maschinen>",
    "places": 2,
    "moment": "Montag, 9. März 2026, 10:00 Uhr",
    "before": {},
    "place": "Saal 1",
    "access": "",
    "phone": "030 1",
    "centre": "Zentrum",
}
LINK = "https://zentrum.example/anmeldung/abc/"


@pytest.fixture(autouse=True)
def made(monkeypatch):
    rendering._made.clear()
    found, render = [], rendering._rendered
    monkeypatch.setattr(rendering, "_rendered", lambda *args: found.append(args) or render(*args))
    return found


def letter(language="de", **own):
    return rendering.render(TEMPLATE, language, SHARED, own=own)


def alone(language="de", **own):
    return rendering.render(TEMPLATE, language, {**SHARED, **own})


@pytest.mark.parametrize("language", ["de", "en"])
@given(st.text(st.sampled_from("aÄ &<>\"'%({})s\\1"), max_size=20))
def test_it_says_what_a_letter_says_that_is_rendered_alone(language, name):
    assert letter(language, name=name, link=LINK) == alone(language, name=name, link=LINK)


def test_the_second_one_renders_nothing_and_has_nothing_of_the_first(made):
    letter(name="Ada Alt", link=LINK)
    second = letter(name="Bert Blau", link=f"{LINK}2")
    assert len(made) == 1
    for text in (second.text, second.html):
        assert "Bert Blau" in text
        assert f"{LINK}2" in text
        assert "Ada" not in text
    kept = "".join(text for gaps in rendering._made.values() for one in gaps for text, _name in one.parts)
    assert ("Ada" in kept, LINK in kept, "Saal 1" in kept) == (False, False, True)


def test_another_language_and_other_words_are_rendered_anew(made):
    letter(name="Ada", link=LINK)
    letter("en", name="Ada", link=LINK)
    rendering.render(TEMPLATE, "de", {**SHARED, "place": "Saal 2"}, own={"name": "Ada", "link": LINK})
    assert len(made) == 3


def test_what_says_not_all_of_itself_is_refused():
    with pytest.raises(TypeError):
        rendering.render(TEMPLATE, "de", {**SHARED, "row": object()}, own={"name": "Ada"})
