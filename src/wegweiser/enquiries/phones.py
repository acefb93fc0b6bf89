"""Phone numbers as people write them, in one shape where they can be understood."""

import re

import phonenumbers


def normalised(text: str) -> str:
    """The number as E.164; what is none stays as it was written, in one line.

    >>> normalised("0391 / 409 01 23")
    '+493914090123'
    """
    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        return " ".join(text.split())
    if not phonenumbers.is_possible_number(number):
        return " ".join(text.split())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def digits(text: str) -> str:
    """What to look for when somebody types a number or the end of one: its digits without the leading zero or +49.

    >>> digits("0391 409")
    '391409'
    """
    found = re.sub(r"\D", "", text)
    if text.strip().startswith("+49") or found.startswith("0049"):
        return found.removeprefix("00").removeprefix("49")
    return found.lstrip("0")
