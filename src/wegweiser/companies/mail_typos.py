"""Slips in a mail address: a domain that is nearly one of those that most people here have. A guess, never a rule."""

COMMON = (
    "gmail.com",
    "googlemail.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "t-online.de",
    "freenet.de",
    "outlook.de",
    "outlook.com",
    "hotmail.de",
    "hotmail.com",
    "yahoo.de",
    "yahoo.com",
    "icloud.com",
    "posteo.de",
    "mailbox.org",
    "arcor.de",
    "live.de",
)
# Nearly one of them, and yet there are mailboxes.
OTHERS = frozenset({"mail.com", "mail.de", "ymail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.eu", "gmx.org", "live.com"})
LONG = 8  # from this length on, two slips are still the same domain
MOST_SLIPS = 2


def likely_meant(address: str) -> str:
    """The address that was probably meant; empty where nothing looks mistyped.

    >>> likely_meant("kevin@gmial.con")
    'kevin@gmail.com'
    >>> likely_meant("kevin@tischlerei-kevin.de")
    ''
    """
    name, _at, domain = address.strip().lower().rpartition("@")
    if not name or domain in COMMON or domain in OTHERS:
        return ""
    near = [(_slips(domain, common), common) for common in COMMON if _may_be(domain, common)]
    slips, best = min(near, key=lambda row: row[0], default=(MOST_SLIPS + 1, ""))
    if slips <= (MOST_SLIPS if len(best) >= LONG else 1):
        return f"{name}@{best}"
    return f"{name}@{domain[:-1]}m" if domain.endswith(".con") else ""


# Providers with a name so long that no firm's own domain comes so near, and the slips that make no other word of it.
_UNMISTAKABLE = ("t-online.de", "freenet.de", "gmail.com", "googlemail.com", "hotmail.de", "hotmail.com", "outlook.de")
_ENDS = {"de": frozenset({"d", "dee", "dde", "ded"}), "com": frozenset({"con", "comm", "vom", "cmo"})}


def provider_meant(domain: str) -> str:
    """The provider that a domain can only mean, because it is none as it stands; empty where a firm may have it.

    A letter that is missing, twice, or changed places in a long name, or an end that no country has. Another letter
    makes another word: `poster.de` is not `posteo.de`, and `wbe.de` may be somebody's.

    >>> provider_meant("t-onlin.de"), provider_meant("gmx.dee"), provider_meant("wbe.de"), provider_meant("e-online.de")
    ('t-online.de', 'gmx.de', '', '')
    """
    if domain in COMMON or domain in OTHERS:
        return ""
    label, _dot, end = domain.rpartition(".")
    for common in COMMON:
        name, _dot, right = common.rpartition(".")
        if label == name and end in _ENDS.get(right, ()):
            return common
    return next((common for common in _UNMISTAKABLE if _is_slip(domain, common)), "")


def _is_slip(written: str, meant: str) -> bool:
    """Whether a letter is missing or twice, or two that stand together changed places."""
    if len(written) == len(meant):
        differ = [place for place, letters in enumerate(zip(written, meant, strict=True)) if letters[0] != letters[1]]
        return len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(written) == sorted(meant)
    if len(written) + 1 == len(meant):
        return any(meant[:place] + meant[place + 1 :] == written for place in range(1, len(meant)))
    return len(written) == len(meant) + 1 and any(
        written[:place] + written[place + 1 :] == meant and written[place] == written[place - 1]
        for place in range(1, len(written))
    )


def _may_be(one: str, other: str) -> bool:
    """Whether so few slips can be enough: each makes a word longer or shorter by a letter, or brings and takes one."""
    return abs(len(one) - len(other)) <= MOST_SLIPS and len(set(one) ^ set(other)) <= 2 * MOST_SLIPS


def _slips(one: str, other: str) -> int:
    """Letters too many, missing, wrong, or two that changed places."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
