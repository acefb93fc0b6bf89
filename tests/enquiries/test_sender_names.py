"""How somebody is called by the name in their mail program."""

import time

import pytest

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
        ("Kain, Abel und Partner", "Kain, Abel und Partner", ""),
        ("Kain, Abel u. Partner", "Kain, Abel u. Partner", ""),
        ("Müller, Meier & Partner", "Müller, Meier & Partner", ""),
        ("Tischlerei Abel, Burg", "Tischlerei Abel, Burg", ""),
        ("Halle 7, Uwe", "Halle 7, Uwe", ""),
        ("Ayşe Yılmaz", "Ayşe Yılmaz", ""),
        ("", "", ""),
    ],
)
def test_somebody_is_greeted_by_their_name_or_by_none(label, name, firm):
    assert sender_names.read(label) == sender_names.Called(name, firm)


@pytest.mark.parametrize("label", ["a " * 80, "von " * 40 + ",", "a-" * 80 + ", b", "(" * 160, "Dr. " * 40 + ", Dr."])
def test_no_label_takes_long(label):
    begin = time.perf_counter()
    sender_names.read(label)
    assert time.perf_counter() - begin < 0.5
