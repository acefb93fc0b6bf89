"""Short codes that open what a link opens, for who reads them out of a letter, on the telephone or on another device.

Eight signs out of 32 are 40 bits: enough where codes live shortly and wrong ones are counted. The stored form is keyed
with the secret of the installation, so that whoever sees the table cannot try all codes.
"""

import secrets

from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what one mistakes for something else: 0 and O, 1 and I
LENGTH, GROUP = 8, 4


def fresh() -> str:
    """A new code as one writes it: `K7QF-3MXR`."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def normalised(typed: str) -> str:
    """What somebody typed as the code it may be, or nothing.

    >>> normalised(" k7qf 3mxr ")
    'K7QF3MXR'
    >>> normalised("K7QF")
    ''
    """
    signs = "".join(sign for sign in typed[:60].upper() if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(ALPHABET) else ""


def secret(code: str) -> str:
    """The secret that a code stands for, as a link would carry it."""
    return salted_hmac("wegweiser.code", normalised(code), algorithm="sha256").hexdigest()
