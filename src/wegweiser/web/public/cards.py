"""A contact person as a vCard (RFC 6350)."""

from icalendar.parser import Contentline, Contentlines, Parameters
from icalendar.prop import vText


def vcard(*, uid: str, name: str, role: str, organisation: str, mail: str, phone: str, address: str) -> str:
    """The text of a `.vcf` file. What is empty is left out."""
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
    content.append(Contentline(f"N:{_in_parts(name)}"))
    content += [Contentline.from_parts(key, Parameters(**more), value) for key, more, value in lines if value]
    content.append(Contentline("END:VCARD"))
    return Contentlines([*content, Contentline("")]).to_ical().decode()


def _in_parts(name: str) -> str:
    """Family name, given names, none between, titles before and behind (RFC 6350, 6.2.2). The family name is the last
    word with the small ones before it (von, van der); a title has a dot in it."""
    whole, _, behind = name.partition(",")
    if any("." not in word for word in behind.split()):
        whole, behind = name, ""
    words = whole.split()
    before = 0
    while before < len(words) - 1 and "." in words[before]:
        before += 1
    family = len(words) - 1
    while family > before and words[family - 1].islower():
        family -= 1
    parts = (words[family:], words[before:family], [], words[:before], behind.split())
    return ";".join(_part(" ".join(part)) for part in parts)


def _part(text: str) -> str:
    return vText(text).to_ical().decode()
