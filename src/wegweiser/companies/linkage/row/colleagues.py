"""Who else works at a firm by a remark: whom somebody follows in a post, stands in for, or who has left. Pure.

Such a remark speaks of people of one firm: "Nachf. v. Fr. Abel im Einkauf" names no other, and "Nachf. v. Abel" may.
"""

import re
from collections.abc import Collection

from wegweiser.companies.linkage.row import vocabulary

_POST = (
    r"(?:ansprech\w*|kontakt(?:person)?|gf|geschaeftsfuehr\w*|(?!praxis|kanzlei|apotheken)\w*leit(?:er|erin|ung)"
    r"|einkauf|verkauf|vertrieb|buchhaltung|personal\w*|vorsitz\w*|vorstand|amt|sekretariat|verwaltung|disposition"
    r"|marketing)\b"
)
_GREETED = r"(?:(?:herrn?|hr|frau|fr|dr|prof)\b\.?\s*)+"
_NAME = r"(?:[a-z]\.\s*)?[a-z][a-z-]{2,}(?:\s[a-z][a-z-]{2,})?"
_FOLLOWED = r"nachf\w*\.?\s(?:von|v\.|fuer|zu)\s*"
_IN_A_POST = re.compile(
    rf"\b{_FOLLOWED}(?P<who>(?:{_GREETED})?{_NAME}?)\s(?:als|im|in|in der)\s(?:\w+e[nrs]?\s)?{_POST}"
    rf"|\b{_POST}[^;]{{0,30}}?\b(?:{_FOLLOWED}|(?:vorher|bisher|frueher|zuvor|vormals|statt)\W+)"
    rf"(?P<its>(?:{_GREETED})?{_NAME})\s*(?:$|[,;.)(])"
)
# Whose work somebody does, be it named or not; they need not be known at the firm: "Nachfolgerin im Projekt".
_IN_A_ROLE = re.compile(
    rf"\bnachf\w*\.?\s(?:(?:v\.|(?:von|fuer|zu|des|der)\b)\s*)?(?:(?:{_GREETED})?{_NAME}?\s)?(?:als|im|in|in der)\s"
    rf"(?:\w+e[nrs]?\s)?(?:{_POST}|(?:\w*beauftragte\w*|(?:ober|buerger)meister\w*|projekt|funktion|rolle)\b)"
)
_IN_PLACE_OF = re.compile(
    rf"\b(?:\w*vertret(?:ung|er|erin)|vertritt|assisten[tz]\w*|sekretaerin)\s(?:(?:von|v\.|fuer|f\.|des|der)\s*)?"
    rf"(?P<who>{_GREETED}{_NAME}?)\s*(?:$|[,;.)(])"
)
_LEFT = re.compile(
    rf"\b(?P<who>{_GREETED}{_NAME}?)\s(?:(?:ist|war|seit|leider|schon|zum|[\d./]+)\s)*"
    r"(?:ausgeschieden|nicht mehr (?:da|dort|hier|im|in|bei|zustaendig)\b|in (?:elternzeit|mutterschutz)\b"
    r"|im mutterschutz\b|hat (?:das haus|die firma|das unternehmen|den betrieb) verlassen)"
)


def named(remark: str) -> tuple[str, ...]:
    """Who a remark says works there or did so until somebody else took the post, folded.

    >>> named("neuer Heimleiter, Fr. Abel ausgeschieden"), named("Nachf. v. Dr. Kain als Ansprechpartner")
    (('fr. abel',), ('dr. kain',))
    >>> named("Ansprechp. seit 2023, vorher Abel"), named("Vertretung für Frau Abel"), named("Nachf. v. Fr. Abel")
    (('abel',), ('frau abel',), ())
    """
    plain = vocabulary.folded_line(remark)
    if not plain:
        return ()
    posts = (told["who"] or told["its"] for told in _IN_A_POST.finditer(plain))
    others = (told["who"] for form in (_IN_PLACE_OF, _LEFT) for told in form.finditer(plain))
    return tuple(dict.fromkeys(who.strip() for who in (*posts, *others) if who))


_OFFICE = (
    r"(?:(?:lohn)?buchhaltung|buero(?:arbeit|kram)?|lohn|verwaltung|papierkram|rechnungen|einkauf|vertrieb|verkauf"
    r"|personal|marketing|werbung|it|edv|empfang|rezeption|disposition|social media|insta(?:gram)?|homepage"
    r"|web(?:seite|site|shop))"
)
_DOES = re.compile(
    r"(?:^|[.,;(] ?)(?:(?:(?:frau|fr\.?|herr|hr\.?) (?P<who>[a-z][\w-]*)\.?|sie|er) )?"
    rf"(?:macht|erledigt|betreut)(?: (?:hier|dort|nur|auch|das|den|die|ganze))* {_OFFICE}\b(?! (?:fuer|bei|in|von)\b)"
)


def does_the_office(remark: str, lasts: Collection[str]) -> bool:
    """Whether a remark says that who is named, by these last names, does work of an office there: who owns the firm is
    not told so.

    >>> does_the_office("Frau A. macht Buchhaltung", ["abel"]), does_the_office("Ehefrau macht das Büro", ["abel"])
    (True, False)
    >>> does_the_office("macht die IT", ["abel"]), does_the_office("Frau Kain macht Büro", ["abel"])
    (True, False)
    """
    found = _DOES.search(vocabulary.folded_line(remark))
    return found is not None and (not found["who"] or any(last.startswith(found["who"]) for last in lasts))


def without_posts(plain: str) -> str:
    """A folded remark without what it says of who has which post.

    >>> without_posts("nachf. v. dr. kain als ansprechpartner, ab mai")
    ' , ab mai'
    """
    return _IN_A_ROLE.sub(" ", _IN_A_POST.sub(" ", plain))
