"""What somebody wants beside help with a problem: money for it, or a name who builds it. Told by signs, both languages.

It changes neither topic nor scope: the answer page gets a block of its own.
"""

import re
from enum import StrEnum

from .rules import signs
from .silent import says_nothing, tells, words
from .text import telling


class Want(StrEnum):
    MONEY = "money"
    PROVIDER = "provider"


# Who pays a firm, or how: no question of where its own money comes from.
_PAYING = (
    r"(kund\w*|g(ä|ae)ste?n?|besucher\w*|patient\w*|lieferant\w*|versand|rechnung\w*|\w*karten?|ec|bar|bargeld\w*|"
    r"paypal|handy|kontaktlos\w*|kassen?|online|customers?|guests?|visitors?)"
)
_OF_OURS = rf"(?:(?!\b{_PAYING}\b)[^.!?]){{0,40}}"  # what may stand between the words of a question of one's own money
_GIVER = r"(der staat|das land|der bund|die eu)"
_MONEY = signs(
    r"\bf(ö|oe)rder(ung|ungen|mittel\w*|geld\w*|programm\w*|antr(ag|äge)\w*|t(opf|öpfe)\w*|f(ä|ae)hig|quote)\b",
    r"\b(bezuschuss\w*|subvention\w*|zusch(uss|uß|(ü|ue)sse)\w*|beihilfen?)\b",
    # Asked, not told: "Das Projekt wird vom Land gefördert".
    r"\b(was|welche\w*|ob|wie)\b[^.!?]{0,60}\bgef(ö|oe)rdert\b|"
    r"(^|[.!?:,;\n]\s*|\b(und|oder)\s)(wird|werden)\b[^.!?]{0,80}\bgef(ö|oe)rdert\b",
    # The verb alone is also what pumps do.
    r"\b(wer|staat|land|bund|eu|kreis|kammer|amt|ministerium|investitionsbank|programm\w*)\b[^.!?]{0,25}\bf(ö|oe)rder(t|n)\b",
    rf"\bf(ö|oe)rder(t|n) ((das|es|sowas|so was) )?((?-i:Sie)|ihr|man|jemand|einer|{_GIVER})\b|\bf(ö|oe)rdern lassen\b",
    r"\bl(ä|ae)sst sich\b.{0,20}\bf(ö|oe)rdern\b",
    # Not those that a firm sells.
    r"\b(gutscheine?|vouchers?) (vom (land|bund|staat)|from the (state|government))\b",
    rf"\b(gibt|bekomm\w*|krieg\w*|erhalten|beantrag\w*|is there|are there|can we get)\b{_OF_OURS}\b"
    rf"(gutscheine?|vouchers?) (f(ü|ue)r|for)\b(?!{_OF_OURS}\b{_PAYING}\b)",
    r"\b(geld|kohle|mittel|unterst(ü|ue)tzung|hilfe|etwas|was) (vom|von der|von)\b.{0,12}"
    r"\b(staat|land|bund|eu|kammer|stadt|regierung)\b",
    rf"\b(zahlt|bezahlt|gibt|schie(ß|ss)t|legt|übernimmt)\b.{{0,25}}\b{_GIVER}\b",
    # Who prescribes something gives nothing.
    rf"\b{_GIVER}\b.{{0,25}}\b(zahlt|bezahlt|gibt(?![^.!?]{{0,60}}\bvor\b)|schie(ß|ss)t|legt|übernimmt)\b",
    r"\b(staatliche|(ö|oe)ffentliche)\w* (gelder|mittel|hilfe\w*|f(ö|oe)rder\w*|unterst(ü|ue)tzung)\b",
    r"\bgibt('?s| es|s)?\b.{0,20}\b(daf(ü|ue)r|da|dazu|irgendwo)?\s?\b(geld|kohle|f(ö|oe)rder\w*|gelder)\b",
    r"\bgeld (daf(ü|ue)r|dazu)\b.{0,12}\b(gibt|bekomm\w*|krieg\w*|beantrag\w*)\b|\bwoher\b.{0,30}\bgeld\b",
    r"\b(zinsg(ü|ue)nstig\w*|f(ö|oe)rder)\s?-?kredit\w*\b|"
    r"\bkredit(en?|s|programm\w*)?\b.{0,40}\b(maschine|anlage|digital\w*|investition|betrieb)\w*",
    r"\bfinanzier(en|ung)\b.{0,30}\b(wie|wer|hilft|k(ö|oe)nnen wir|sollen wir)\b",
    r"\b(wie|wer)\b.{0,40}\bfinanzier(en|ung|t)\b",
    rf"\b(wie|wovon|womit)\b{_OF_OURS}\bwir\b{_OF_OURS}\bbezahlen\b|\b(wie|wovon|womit) bezahlen wir\b{_OF_OURS}\?",
    rf"\bwer (soll|kann|will) (uns )?(das|es|die|den|sowas|so was|so etwas)\b{_OF_OURS}\bbezahlen\b",
    rf"\bwir\b{_OF_OURS}\b(nicht|kaum)\b{_OF_OURS}\bbezahlen\b.{{0,30}}\b(wie|wer|hilft|k(ö|oe)nnen wir|sollen wir)\b",
    r"\b(grants?(?! (\w+ ){0,2}(access|permissions?|rights?)\b)|subsid(y|ies|ise|ised|ized)|funding|state aid)\b",
    r"\b(public|government|state|federal|eu) (money|support|funds?|help)\b|\b(low-interest|cheap) loans?\b",
    r"\b(is|are) there (any )?(money|funds?|financial (help|support))\b",
    r"\b(government|state) (pay|pays|give|gives|cover)\b",
    r"\bwho (pays|helps (us )?(to )?pay)( for\b| (a )?(part|share) of\b|\s*(\?|$))",
)
# What conveys or flows, and a club: their words begin as those for grants do.
_FLOWS = (
    r"(\w*pumpen?|\w*schnecken?|\w*band|\w*b(ä|ae)nder|wasser|(ö|oe)l|gas|kies|sand|beton|erde|material\w*|"
    r"liter|kubik\w*|tonnen?)"
)
_OTHER_MONEY = signs(
    r"\bbef(ö|oe)rder\w*|\bf(ö|oe)rder(er|band|b(ä|ae)nd|technik|anlage|schnecke|h(ö|oe)he|pumpe|leistung|strecke|gut|"
    r"menge|turm|gurt|kette|rinne|wagen|korb|system|verein|schule|klasse)\w*",
    rf"\b{_FLOWS}\b[^.!?]{{0,40}}\b(ge)?f(ö|oe)rder(t|n)\b|\b(ge)?f(ö|oe)rder(t|n)\b[^.!?]{{0,40}}\b{_FLOWS}\b",
)
# Somebody or something that could help, whatever the problem is.
_ANY = (
    r"(firma|firmen|anbieter\w*|hersteller\w*|dienstleister\w*|lieferant\w*|programmierer\w*|entwickler\w*|agentur\w*|"
    r"systemhaus|systemh(ä|ae)user|it-?ler|it-?firma|betrieb\w*|fachmann|fachleute|experten?|spezialist\w*|"
    r"ingenieurb(ü|ue)ro\w*|integrator\w*|software|programme?|systeme?|app|tool|l(ö|oe)sung\w*|produkte?)"
)
_THING = rf"({_ANY}|\w*software\w*|erp\w*|cad\w*)"
_ANY_EN = (
    r"(company|companies|firms?|vendors?|suppliers?|providers?|contractors?|developers?|programmers?|agency|agencies|"
    r"integrators?|specialists?|software|systems?|tools?|products?|apps?)"
)
_THING_EN = rf"({_ANY_EN}|erp)"
_DO = (
    r"(bau(t|en)|programmier(t|en)|entwickel(t|n)|einricht\w*|installier(t|en)|umsetz\w*|lief(ert|ern)|anschlie(ß|ss)\w*|"
    r"nachr(ü|ue)st\w*|verkabel\w*|einbau\w*|stellt|richtet|rüstet|setzt|schlie(ß|ss)t)"
)
_PROVIDER = signs(
    rf"\b(wer|welche firma|welcher betrieb)\b.{{0,25}}(?<!bei )(?<!von )\b(mir|uns|einem|sowas|so was|so etwas|das|"
    rf"solche\w*)\b.{{0,40}}\b{_DO}\b",
    rf"\bwer {_DO}\b.{{0,12}}(?<!bei )(?<!von )\b(mir|uns|sowas|so was|so etwas|das|solche\w*)\b",
    r"\bwer macht (sowas|so was|so etwas|das|mir das|uns das)\b",
    rf"\bwelche[nrs]?\b.{{0,30}}\b{_THING}\b.{{0,60}}(\?|\b(empfehl\w*|nehm\w*|kauf\w*|gut|geeignet|beste\w*|richtig\w*|"
    r"passt|brauch\w*|lohnt|taugt|kann|macht|baut|nutz\w*|einsetz\w*)\b)",
    rf"\b(k(ö|oe)nn(en|t)|w(ü|ue)rde[nt]?|habt|haben|hat)\b.{{0,25}}\b{_THING}\b.{{0,40}}\b(empfehl\w*|nennen|"
    r"vorschlagen|vermitteln|raten|sagen)\b",
    rf"\b(empfehl(t|en|ung\w*)|tipps?)\b.{{0,40}}\b{_THING}\b",
    rf"\b(kennt|kennen|wisst|wissen|weiß)\b.{{0,20}}\b(ihr|sie|jemand\w*|eine\w*)\b.{{0,30}}\b({_THING}|jemand\w*)\b",
    rf"\b(such(e|en|t)|brauch(e|en|t)|gesucht)\b.{{0,30}}\b(eine?n?|jemand\w*|gute\w*)\b.{{0,20}}"
    rf"({_THING}\b|,? ?der\b|,? ?die\b).{{0,50}}\b({_DO}|kann|macht|hilft beim|f(ü|ue)r)\b",
    rf"\b{_THING}\b.{{0,15}}\b(gesucht|empfehlen)\b",
    rf"\b(wie|wo)\b.{{0,25}}\bfind(e|en|et)\b.{{0,40}}\b{_THING}\b",
    r"\b(was|welches|welche)\b.{0,15}\bist (das|die|der) beste\b",
    r"\bwen\b.{0,30}\b(beauftrag\w*|nehmen|fragen|empfehl\w*)\b",
    r"\bwho (can|could|will|would|builds?|makes?|installs?|develops?|programs?)\b.{0,40}\b(build|make|install|develop|"
    r"program|set up|connect|retrofit|deliver|it|that|this|such|one)\b",
    rf"\b(which|what)\b.{{0,25}}\b{_THING_EN}\b.{{0,50}}(\?|\b(recommend|should|best|good|buy|use|need|right|suitable)\b)",
    rf"\b(recommend|suggest|name|know)\b.{{0,30}}\b{_THING_EN}\b",
    rf"\b(looking for|need|want|searching for|search for|find)\b.{{0,25}}\b(a|an|some|someone|somebody|the right)\b"
    rf".{{0,25}}(\b{_THING_EN}\b.{{0,40}}\b(who|that|to|for)\b|\b(who|that) (can|builds?|installs?))",
)


_PARTS = re.compile(
    r"(?<=[.?!;\n])\s+|,? (?:und|and) (?=(?:gibt|gibts|wer|welche\w*|kann|können|is|are|who|which|can)\b)",
    re.IGNORECASE,
)
MERE = 12  # words of a sentence that only asks for it; a longer one also tells of the problem
# The words of such a sentence: whom or what it asks for, what they shall do, whose money, what one does with a name.
_ASKING = re.compile(
    rf"{_ANY}|{_ANY_EN}|{_DO}|"
    r"geld|gelder|kohle|mittel|kosten|kostet|preise?|f(ö|oe)rder(t|n|ung\w*|mittel\w*|geld\w*|programm\w*|antr(ag|äge)\w*|"
    r"t(opf|öpfe)\w*|f(ä|ae)hig|quote)|gef(ö|oe)rdert|bezuschuss\w*|subvention\w*|zusch(uss|uß|(ü|ue)sse)\w*|beihilfen?|"
    r"gutscheine?|kredit(en?|s|programm\w*)?|zinsg(ü|ue)nstig\w*|finanzier\w*|(be)?zahl(en|t|bar)|schie(ß|ss)t|"
    r"(ü|ue)bernimmt|beantragen|antr(ag|äge)|staat\w*|(ö|oe)ffentlich\w*|lande?s?|bunde?s?|eu|kammer|regierung|"
    r"sachsen-?anhalt|empf(ehl|iehl)\w*|tipps?|nenn(t|en)|vorschl(ag|(ä|ae)ge)\w*|vermittel\w*|raten|kauf(en|t)?|einsetzen|"
    r"taugt|lohnt|geeignet\w*|richtig\w*|beste[nrs]?|gute[nrs]?|umkreis|gegend|n(ä|ae)he|region|umgebung|beauftrag\w*|"
    r"gesucht|grants?|subsid\w*|funding|funds?|money|loans?|cheap|low-interest|pays?|public|government|state|federal|aid|"
    r"support|recommend\w*|suggest\w*|builds?|installs?|develops?|connect|retrofit|deliver|buy|good|best|right|suitable",
    re.IGNORECASE,
)
# Words that stand for what was told before.
_BACK = re.compile(r"\b(das|so ?was|so ?etwas|solche[nrs]?|daf(ü|ue)r|damit|dabei)\b", re.IGNORECASE)


def problem(text: str) -> str:
    """`text` without the sentences that only ask for money or a name, so that they lead to no topic.

    A sentence that also says for what ("Welche Software hilft bei der Zeiterfassung?") stays, and all of them do where
    nothing else tells anything.
    """
    parts = _PARTS.split(text)
    rest = [part for part in parts if not _only_asks(part)]
    return text if len(rest) == len(parts) or says_nothing(" ".join(rest)) else " ".join(rest)


def _only_asks(part: str) -> bool:
    if len(part.split()) > MERE or not of(part):
        return False
    typed = words(part)
    own = [word for word in typed if tells(word) and telling(word) and not _ASKING.fullmatch(word)]
    # "Kennen Sie eine Firma, wo das geklappt hat?": of what was told before it says no more than a verb does. Whether a
    # word is a thing shows only where things are written with a capital.
    back = _BACK.search(part) and any(word[:1].isupper() for word in typed[1:])
    return not any(word[:1].isupper() for word in own) if back else not own


def of(text: str) -> frozenset[Want]:
    """What `text` asks for."""
    found = set()
    if _MONEY.search(_OTHER_MONEY.sub(" ", text)):
        found.add(Want.MONEY)
    if _PROVIDER.search(text):
        found.add(Want.PROVIDER)
    return frozenset(found)
