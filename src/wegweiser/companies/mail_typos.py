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
