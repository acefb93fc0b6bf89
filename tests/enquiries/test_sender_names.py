"""How somebody is called by the name in their mail program."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wegweiser.enquiries import sender_names


@pytest.mark.parametrize(
    ("label", "name", "firm"),
    [
        ("Uwe Krause", "Uwe Krause", ""),
        ("Krause, Uwe", "Uwe Krause", ""),
        ("'Krause, Uwe'", "Uwe Krause", ""),
        ("KRAUSE, Uwe (Einkauf)", "Uwe KRAUSE", ""),
        ("Krause, Dr. Uwe", "Dr. Uwe Krause", ""),
        ("von der Heide, Anna-Lena", "Anna-Lena von der Heide", ""),
        ("Müller-Lüdenscheidt, Hans K.", "Hans K. Müller-Lüdenscheidt", ""),
        ("uwe.krause@gmx.example", "", ""),
        ("Info", "", ""),
        ("Büro", "", ""),
        ("Krause Metallbau GmbH", "", "Krause Metallbau GmbH"),
        ("Uwe Krause | Krause Metallbau GmbH", "Uwe Krause", "Krause Metallbau GmbH"),
        ("Krause GmbH & Co. KG - Uwe Krause", "Uwe Krause", "Krause GmbH & Co. KG"),
        ("Krause, Uwe (Krause e. K.)", "Uwe Krause", "Krause e. K."),
        ("Kain, Abel und Partner", "", "Kain, Abel und Partner"),
        ("Kain, Abel u. Partner", "", "Kain, Abel u. Partner"),
        ("Müller, Meier & Partner", "", "Müller, Meier & Partner"),
        ("Uwe und Anna Krause", "Uwe und Anna Krause", ""),
        ("Tischlerei Abel, Burg", "", "Tischlerei Abel, Burg"),
        ("Halle 7, Uwe", "", ""),
        ("Einkauf", "", ""),
        ("Werkstatt", "", ""),
        ("Kundenservice", "", ""),
        ("Service-Team", "", ""),
        ("noreply", "", ""),
        ("no-reply", "", ""),
        ("Rechnungswesen", "", ""),
        ("Geschäftsführung", "", ""),
        ("Einkauf Metallwerk", "", ""),
        ("Vertrieb | Krause", "", "Krause"),
        ("Uwe Krause | Vertrieb", "Uwe Krause", ""),
        ("Tischlerei Krause", "", "Tischlerei Krause"),
        ("Uwe Krause Metallbau", "", "Uwe Krause Metallbau"),
        ("Uwe Krause (Tischlerei Krause)", "Uwe Krause", "Tischlerei Krause"),
        ("Tischlerei Krause - Uwe Krause", "Uwe Krause", "Tischlerei Krause"),
        ("Tischlerei Krause, Inh. Uwe Krause", "Uwe Krause", "Tischlerei Krause"),
        ("Krause Haustechnik Inhaber: Uwe Krause", "Uwe Krause", "Krause Haustechnik"),
        ("Malermeister Krause", "", "Malermeister Krause"),
        ("Metallbau, Dessau", "", "Metallbau, Dessau"),
        ("Fa. Krause", "", "Krause"),
        ("Halle Krause", "", ""),
        ("Technik", "", ""),
        ("Iphone von Uwe", "", ""),
        ("Uwes iPhone", "", ""),
        ("Uwe Krause via LinkedIn", "Uwe Krause", ""),
        ("Uwe Maler", "Uwe Maler", ""),
        ("Maler, Uwe", "Uwe Maler", ""),
        ("Schreiner Uwe", "Schreiner Uwe", ""),
        ("Anna Gärtner", "Anna Gärtner", ""),
        ("Ayşe Gartenberg", "Ayşe Gartenberg", ""),
        ("Karl Lagerfeld", "Karl Lagerfeld", ""),
        ("Krause", "Krause", ""),
        ("Post, Uwe", "Uwe Post", ""),
        ("Ayşe Yılmaz", "Ayşe Yılmaz", ""),
        ("", "", ""),
    ],
)
def test_somebody_is_greeted_by_their_name_or_by_none(label, name, firm):
    assert sender_names.read(label) == sender_names.Called(name, firm)


@pytest.mark.parametrize(
    "label",
    [
        "a " * 80,
        "von " * 40 + ",",
        "a-" * 79 + ", b",
        "Dr. " * 38 + ", Dr.",
        "x, " + "Dr." * 52 + "1",
        "x, " + "Dr. " * 39 + "1",
        "x, " + "Dr.-Ing." * 19 + "1",
        "x, " + "Dra" * 52 + ".",
        "von " * 39 + ", x",
        "x, " + "a-" * 78,
        "(" * 160,
        " | " * 53,
        "x" * 159 + ",",
    ],
)
def test_no_label_takes_long(label):
    start = time.process_time()
    sender_names.read(label[:160])
    assert time.process_time() - start < 0.05


@given(st.text(alphabet="Dr. ,-a1IngPof|()u&von", max_size=160))
def test_whatever_they_are_called_is_read_at_once(label):
    start = time.process_time()
    called = sender_names.read(label)
    assert time.process_time() - start < 0.1
    assert set(called.name + called.firm) <= set(label + " ")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Krause, Dr. Uwe", "Dr. Uwe Krause"),
        ("Krause, Dr.-Ing. Uwe Karl", "Dr.-Ing. Uwe Karl Krause"),
        ("Krause, Prof. Dr. med. Uwe", "Prof. Dr. med. Uwe Krause"),
        ("Krause, Prof.Dr.Uwe", "Prof.Dr.Uwe Krause"),
        ("Krause, Dr. U.", "Dr. U. Krause"),
        ("Krause, Dr.U.", "Dr.U. Krause"),
        ("von der Heide, Drago", "Drago von der Heide"),
        ("Krause, Ingo Magnus", "Ingo Magnus Krause"),
        ("Krause, Dr.", "Dr. Krause"),
        ("Krause, Uwe Karl Otto Emil", "Krause, Uwe Karl Otto Emil"),
    ],
)
def test_titles_stand_before_the_first_name(label, name):
    assert sender_names.read(label).name == name
