"""A contact person as a vCard (RFC 6350)."""

from icalendar.parser import Contentline, Contentlines, Parameters
from icalendar.prop import vText


def vcard(*, uid: str, name: str, role: str, organisation: str, mail: str, phone: str, address: str) -> str:
    """The text of a `.vcf` file. What is empty is left out; the last word of a name is the family name."""
    given, _, family = name.rpartition(" ")
    lines = [
        ("UID", {"VALUE": "uri"}, uid),
        ("FN", {}, vText(name)),
        ("TITLE", {}, vText(role)),
        ("ORG", {}, vText(organisation)),
        ("EMAIL", {"TYPE": "work"}, vText(mail)),
        ("TEL", {"TYPE": "work", "VALUE": "uri"}, f"tel:{phone.replace(' ', '-')}" if phone else ""),
        ("URL", {}, address),
    ]
    content = [Contentline("BEGIN:VCARD"), Contentline("VERSION:4.0")]
    content.append(Contentline(f"N:{_part(family)};{_part(given)};;;"))
    content += [Contentline.from_parts(key, Parameters(**more), value) for key, more, value in lines if value]
    content.append(Contentline("END:VCARD"))
    return Contentlines([*content, Contentline("")]).to_ical().decode()


def _part(text: str) -> str:
    return vText(text).to_ical().decode()
