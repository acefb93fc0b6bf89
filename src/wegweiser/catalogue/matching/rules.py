"""What sentences tell by certain signs: who is asking, and what no centre of this kind can do."""

import re
from enum import StrEnum

# What `signals` says from which a text is taken for it, without and with a sign or somebody who asks for such things;
# found on the tuning halves, and with three writers' 1,720 texts that had taught nothing yet (decision 61).
OUTSIDE, OUTSIDE_WITH_SIGN = 0.5, 0.45
KEYWORDS, IN_KEYWORDS = 4, 0.6  # which lie outside only where that is clear
ASKS_FOR_US = 0.7
ASKS_WHO_BUILDS = 1.0  # something of the field; the texts of vendors, which lie outside, speak of the same things
AT_WORK = 0.75  # what somebody asks of devices at work


class Kind(StrEnum):
    """Who asks; the answer page chooses its words by it."""

    COMPANY = "company"
    MULTIPLIER = "multiplier"
    PRESS = "press"
    VENDOR = "vendor"
    STUDENT = "student"
    PUBLIC_BODY = "public_body"
    PRIVATE = "private"
    OTHER = "other"


def signs(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PRESS = signs(
    r"\b(\w*redaktion|redakteur\w*|journalist\w*|reporter\w*|pressestelle|presseanfrage|interview(anfrage)?|"
    r"rundfunk|(radio|fernseh)sender|fachzeitschrift|podcast|ard|zdf|deutschlandfunk|ndr|wdr|swr|mdr|rbb|dpa)\b",
    # A paper or a station that introduces itself; who prints one is a firm.
    r"\b(hier (ist|spricht|schreibt)|ich (schreibe|arbeite|berichte|recherchiere) f(ü|ue)r|ich (bin|komme) (von|vom))\b"
    r"[^,.;:!?]{0,30}(zeitung|zeitschrift|anzeiger|tageblatt|tagblatt|nachrichten|kurier|magazin)\b",
    r"\bhier (ist|sind|spricht|schreibt) (die|der|das|vom)\b.{0,60}\b(m(ö|oe)chten?|w(ü|ue)rden?|wollen)\b.{0,40}"
    r"\bberichten\b",
    r"\b(editor|newspaper|magazine|press (request|inquiry|enquiry)|broadcaster)\b",
)
_STUDENT = signs(
    r"\b(master|bachelor|diplom|doktor|haus|abschluss|seminar|fach)-?(arbeit|thesis)\b|\bthesis\b|\bdissertation\b",
    r"\b(student\w*|studier\w+|praktik(um|umsplatz|ant\w*)|werkstudent\w*|internship|"
    r"ph\.?d)\b.{0,80}\b(such\w*|schreibe|studi\w*|frage\w*|platz|look\w*|writ\w*|survey|apply|position|"
    r"stelle)",
    r"\b(ich studiere|i study|i am a student|bin student\w*)\b",
)
_APPLICANT = signs(
    r"\b(ausbildungsplatz|lehrstelle|ausbildungsstelle|initiativbewerbung|bewerbe mich|bewerbung als)\b",
    r"\bbewerb(e|ung) um (eine?n?|die|den|ihre?n?) [\w ]{0,20}(stelle|platz|praktikum|job)\b",
    # Up to six words between; who applies for money or a prize is a firm.
    r"\bmich\b(\W+(?!f(ö|oe)rder|programm|preis|wettbewerb|ausschreibung|auftr|leuchtturm|projekt|zuschuss|betrieb)\w+){0,6}"
    r"\W+bewerben\b",
    r"\b(haben sie|habt ihr|gibt es|ihre?n?|welche)\b[\w ]{0,25}\b((offene|freie)n? stellen?|stellenangebote?)\b",
    r"\bsuche\b.{0,25}\b(arbeit|job|stelle|anstellung|praktikum)\b|\b(looking for|need|want) (a |an )?(job|"
    r"work(?! (visa|permit))|position|apprenticeship)\b|\bmy (cv|resume)\b|\bapply for (a|an|the|your) "
    r"[\w ]{0,20}(job|position|internship|apprenticeship)\b|\bdo you have\b"
    r"[\w ]{0,20}\b(vacancies|open positions|jobs)\b",
)
# A firm that looks for people, with the same words as those who look for work.
_HIRING = signs(
    r"\bwir\b.{0,30}\b(suchen|haben|finden|bekommen|kriegen|besetzen|bieten|brauchen)\b(?!.{0,40}\b(sohn|tochter|kind)\b)",
    r"\b(suchen|haben|finden|bekommen|kriegen|besetzen|bieten|brauchen) wir\b(?!.{0,40}\b(sohn|tochter|kind)\b)",
    r"\b(unser|mein)(e[nmrs]?)?\b(?! (sohn|tochter|kind)).{0,20}\b(stellen?|ausbildungspl(a|ä|ae)tz(en?)?|lehrstellen?|"
    r"stellenangebote?|stellenanzeigen?)\b",
    r"\bbewerber(n|innen)?\b|\bfachkr(ä|ae)fte\w*\b|\bwe (are|have|need|look)\b.{0,30}\b(hiring|applicants|"
    r"vacanc\w*)\b|\bour (open )?(positions?|vacanc\w*|job ads?)\b",
)
# Who sells to the centre or through it. A firm tells what it sells too, and what is new or leading with it: only who
# is addressed makes the difference, and "sie" and "ihre" written small are its own goods and customers.
_VENDOR = signs(
    r"\bwir (verkaufen|vertreiben|bieten)\b.{0,120}\b(?-i:Ihre[nrm]?) (mitglied|kunde|betrieb|unternehmen|firmen|"
    r"netzwerk|partner)\w*",
    r"\bwir (verkaufen|vertreiben|bieten)\b.*(\b(liste auf anfrage|bei interesse|bitte\b.{0,60}\bweiterleiten|haben "
    r"(?-i:Sie) interesse|mit (?-i:Ihnen)\b.{0,40}\b(veranstalten|kooperieren)|(?-i:Sie)\b.{0,30}\bbestellen)\b|"
    r"\binteresse ?\?)",
    r"\bwir bieten (?-i:Ihnen|Ihren)\b(?=.*\b((?-i:Ihre\w*|Sie)|angebot|interesse)\b)",
    r"\bf(ü|ue)hrende[rn]? (anbieter|dienstleister)\b(?=.*\b(?-i:Ihnen|Ihre\w*)\b)|\bpartnerprogramm\b|"
    r"\bkooperationspartner werden\b|\bunser (attraktives|unschlagbares) \w+",
    r"\b(w(ü|ue)rden?|m(ö|oe)chten?)\b.{0,40}\b((?-i:Ihnen)|euch)\b.{0,40}\b(vorstellen|pr(ä|ae)sentieren|anbieten)\b",
    r"\b(\d+-?min\w*|kurzen?|15) (call|telefontermin|demo)\b",
    r"\bbacklinks?\b|\b(mehr sichtbarkeit|google-ranking|leads? generier\w*)\b.{0,40}\b(?-i:Ihr(e[rnms]?)?)\b|"
    r"\b(?-i:Ihr(e[rnms]?)?)\b.{0,20}\bgoogle-ranking\b|"
    r"\bsuchmaschinenoptimierung f(ü|ue)r (ihre|sie)\b",
    r"\b(we are a leading|our (attractive )?partner program\w*|we (offer|sell|"
    r"provide) .{0,60}\b(your (members|clients|centre|center|customers)|to you)|boost your|"
    r"rank(ing)? on google)\b",
    r"\ban ihre (mitglied\w*|kunden|betriebe|unternehmen|netzwerkpartner)\b.{0,20}\b(weiter\w+|verteilen|senden)",
    # Who wants to be the centre's partner or on its list.
    r"\b(wir|ich) (verkaufen?|vertreiben?|bieten?|entwickle|entwickeln)\b.{0,80}\b(ihre?n?|euere?n?|eure?n?) "
    r"(partner|lieferant|anbieter|sponsor)\w* werden\b",
    r"\b(anbieter|hersteller|h(ä|ae)ndler|softwarehaus|systemhaus|dienstleister|agentur)\b.{0,60}\b(bei|von|durch) "
    r"(ihnen|euch)\b.{0,30}\b(gelistet|empfohlen) werden\b",
    r"\bwe (sell|offer|make|build|develop)\b.{0,60}\bbecome (your|a) (partner|supplier|vendor)\b|"
    r"\bbecome (your|a) (partner|supplier|vendor)\b.{0,60}\bwe (sell|offer|make|build|develop)\b",
)
# By its trade too ("Tischlerinnung", "Landesinnung"); what is won ("Kundengewinnung") only ends like one.
GUILD = r"\w*(?<!gew)(?<!bes)(?<!ges)innung\w*"
_MULTIPLIER = signs(
    rf"\b(kreishandwerkerschaft|handwerkskammer|hwk|ihk|industrie- und handelskammer|{GUILD}|"
    r"wirtschaftsverband|branchenverband|fachverband|unternehmerverband|arbeitgeberverband|bauernverband|"
    r"verband der|dehoga|cluster|gewerkschaft|gewerbeverein|handelsverein|unternehmerstammtisch|"
    r"wirtschaftsjunioren|landfrauen\w*|gr(ü|ue)nderzentrum)\b",
    r"\bnetzwerk\b.{0,60}\bmitglied(s|er)\w*|\bmitgliederversammlung\b|\b(unsere|den) (mitglieder|"
    r"mitgliedsfirmen|mitgliedsbetriebe)\b|\breferent(en|in)?\b.{0,80}\b(versammlung|mitglieder|meister|"
    r"stammtisch)",
    r"\b(chamber of|trade association|business association|guild|our members|member companies|cluster manag\w*)\b",
)
_PUBLIC = signs(
    r"\b(landkreis|landratsamt|stadtverwaltung|gemeindeverwaltung|verbandsgemeinde|einheitsgemeinde|rathaus|"
    r"amt f(ü|ue)r|wirtschaftsf(ö|oe)rder\w+|b(ü|ue)rgermeister\w*|stadtwerke|bauhof|kommunal\w*|kommune|"
    r"ministerium|landesamt|jobcenter|agentur f(ü|ue)r arbeit|eigenbetrieb|zweckverband|stadt \w+ hier|"
    r"(ordnungs|bau|tiefbau|haupt|schul|kultur|umwelt|jugend|sozial|gesundheits|veterin(ä|ae)r)amt)\b",
    r"\b(municipality|city council|county|town hall|mayor|ministry|public authority|local authority)\b",
)
_PRIVATE = signs(
    r"\b(privatperson|(als|rein|bin) privat(?! (kranken)?versichert)|privater? (haushalt|nutzer|kunde)|"
    r"mein(e|em|en)? (handyvertrag|fernseher|drucker zu hause))\b",
    r"\b(schufa|konsumkredit|privatkredit|hauskauf|baukredit|immobilie|mietvertrag|scheidung|kindergeld|"
    r"elterngeld|b(ü|ue)rgergeld|arbeitslosengeld|rente beantragen|f(ü|ue)hrerschein verl\w+|heirat\w*|"
    r"wohngeld)\b",
    r"\b(kredit|loan|mortgage)\b.{0,40}\b(haus|wohnung|auto|house|flat|car)\b",
    r"\b(my (landlord|divorce|visa)|(work|residence) permit|work visa|arbeitsvisum)\b",
)
# Who names the family asks as a private person, unless a firm is named too: many a firm is a family's.
_FAMILY = signs(
    r"\bmein(e|em|en|er)? (haus|wohnung|oma|opa|gro(ß|ss)(mutter|vater)|mutter|vater|mama|papa|sohn|tochter|kind(er)?|"
    r"(ehe)?frau|(ehe)?mann|bruder|schwester)\b",
    r"\bmy (house|flat|apartment|grandma|mother|father|son|daughter|wife|husband|brother|sister)\b",
)
_FIRM = signs(
    r"\w*(betrieb|firma|firmen|unternehmen|werkstatt|produktion|fertigung|gesch(ä|ae)ft|laden|praxis|kanzlei|agentur|"
    r"gmbh|hotel|restaurant|gasthof|gasthaus|pension|caf(é|e)|hof|handwerk|spedition|handel|gewerbe|salon)\w*",
    r"\b(?!(?:polizei|partei|bücherei|buecherei|datei|kartei|wegen|allerlei|einerlei|keinerlei|reiberei)\b)\w{3,}erei(en)?\b",
    r"\b(meister\w*|geselle\w*|azubis?|lehrling\w*|mitarbeit\w*|angestellte\w*|besch(ä|ae)ftigte\w*|leute|kunden|"
    r"kundschaft|lieferant\w*|auftr(ä|ae)ge?\w*|baustelle\w*|rechnungen|lager|maschinen?|dachdecker|elektriker|maler|"
    r"tischler|schlosser|klempner|installateur|nachfolge\w*|selbst(st)?(ä|ae)ndig\w*)\b",
    r"\b(company|business|firm|workshop|shop|bakery|staff|employees|customers|orders|machines?|trade)\b",
)
_OFFICES = signs(
    r"\b(gewerbeschein|gewerbeanmeldung|gewerbe (anmelden|abmelden)|(ö|oe)ffnungszeiten (des|der|vom) (amt|"
    r"rathaus)\w*|personalausweis|reisepass|kfz-zulassung|auto (ummelden|anmelden)|baugenehmigung|bauantrag|"
    r"aufenthaltstitel)\b",
)
_LAW_AND_TAX = signs(
    # Who copies by hand says "abschreiben" too.
    r"\b(steuerlich|steuererkl(ä|ae)rung|umsatzsteuer\w*|vorsteuer|absetzen|abschreibung\w*|finanzamt|"
    r"dienstwagen|firmenwagen|betriebspr(ü|ue)fung)\b",
    # The rule for cars; one per cent of anything else is no tax.
    r"\b(1|ein)[ -]?(%|prozent)([ -]?(regel(ung)?|methode)\b|.{0,40}\bversteuer)",
    r"\b(rechtlich|rechtsanwalt|anwalt|verklag\w*|klage|gericht|abmahnung|k(ü|ue)ndigungsschutz|k(ü|"
    r"ue)ndigung schreiben|grundst(ü|ue)ck|nachbar(recht|streit)|schadensersatz|inkasso|mahnbescheid|"
    r"insolvenz\w*|erbrecht|testament|patent anmelden)\b",
    r"\b(lawyer|lawsuit|sue|tax (return|advice|deductible)|vat return|divorce|legal advice)\b",
)
# Words that show that law or tax is only the occasion of a question the centre does answer.
_DIGITAL = signs(
    r"digital|software|daten|server|computer|programm|schnittstelle|online|elektronisch|\bki\b|\bai\b|"
    r"maschine|e-?rechnung|x-?rechnung|passwort|cyber|hack|dsgvo|datenschutz|cloud|app\b|data|electronic|"
    r"machine|invoice format|gdpr|internet|webshop|system|sensor|roboter",
)
# What somebody types instead of a question.
_FIELD = signs(
    r"\b(edv|it|erp|crm|mes|plm|cad|cam|cnc|sps|opc ?ua|mqtt|iot|iiot|bim|edi|rfid|5g|w-?lan|3d|vr|ar|xr|nis-?2|"
    r"zeiterfassung\w*|warenwirtschaft\w*|web-?(seite|site|auftritt)|homepage|industrie 4\.0|automatisier\w+|"
    r"drohnen?|chatbots?)\b"
)
_DEVICE = signs(
    r"\b(handys?|smartphones?|tablets?|laptops?|notebooks?|(mobil|privat|end)ger(ä|ae)te?n?|phones?|devices?)\b"
)
_AT_WORK = signs(
    r"\b(im (betrieb|unternehmen)|in (der|unserer) firma|dienstlich\w*|at work|in (the|our) (company|firm))\b"
)
_REPAIR = signs(
    r"\b(drucker|handy|laptop|fernseher|waschmaschine|smartphone|printer|phone)\b.{0,40}\b(reparier\w*|kaputt|"
    r"defekt|patronen?|toner|repair|broken)\b(?!.{0,30}daten)",
    # No word of a farm, a kitchen or a building site: those ask about weather and recipes for good reason.
    r"\b(gewinnspiel|kochrezept|lottozahlen|horoskop|witz erz\w+)\b",
)
# Who wants to know what a centre offers has come to the right place, whatever the rest sounds like.
_FOR_US = signs(
    r"\b(info(rmations)?-?material|brosch(ü|ue)ren?|faltblatt|flyer)\b",
    r"\b(ihre?[nrm]?|eure?[nrm]?|your)\b[\w ]{0,25}\b(angebote?n?|kurse?n?|veranstaltung(en)?|workshops?|seminaren?|"
    r"sprechstunden?|demonstratoren|offers?|courses?|events?)\b",
    r"\b(kurse?|veranstaltung(en)?|workshops?|beratung(en)?)\b[\w ,]{0,25}\b(bieten sie|gibt es bei ihnen|"
    r"habt ihr|haben sie)\b",
)


_OURS = signs(r"\b(wir|uns|unser\w*|we|us|our)\b")
# Whom a firm only mentions: who sent it here, what it delivers to, who learns with it.
_BODY = (
    r"(kreishandwerkerschaft|handwerkskammer|hwk|ihk|kammer|innung|dehoga|gewerkschaft|landkreis|landratsamt|"
    r"stadtverwaltung|gemeinde|wirtschaftsf(ö|oe)rder\w+|b(ü|ue)rgermeister\w*|stadtwerke|ministerium|jobcenter)"
)
_MENTIONED = signs(
    rf"\b{_BODY} (hat|haben|sagt|sagte|meint|verlangt|schreibt)\b"
    r"(?=.{0,20}\b(uns|mir|mich|wir)\b|.{0,40}\buns helfen\b| sie (empfohlen|genannt)\b)",
    rf"\bwir (liefern|bauen|fahren|fertigen)\b.{{0,30}}\b(an|f(ü|ue)r) (die|das|den) {_BODY}\b",
    r"\bunsere?[mnr]? (praktikant|werkstudent|student)\w*",
)


def names_field(text: str) -> bool:
    """Whether `text` names something of the field, be it in two letters."""
    return bool(_FIELD.search(text) or _DIGITAL.search(text))


def names_thing(text: str) -> bool:
    """Whether `text` names a certain thing of the field, not only something with computers, data or machines."""
    return bool(_FIELD.search(text))


# The same where it is clear who asks: nearly all who sell lie outside, but the press asks about the field.
OUTSIDE_OF = {Kind.PRESS: 0.5, Kind.STUDENT: 0.4, Kind.VENDOR: 0.2, Kind.PRIVATE: OUTSIDE_WITH_SIGN}


def is_keyword(text: str) -> bool:
    """Whether `text` is what somebody types instead of a question, of the field: it says nothing of who asks."""
    return len(text.split()) <= KEYWORDS and names_field(text)


def kind(text: str) -> Kind:
    """Of whom there is a sign, the first that is found; a firm where there is none. Who asks says `enquirers.told`."""
    typed, text = text, _MENTIONED.sub(" ", text)
    hires = _HIRING.search(text)
    for sign, found in (
        (_PRESS, Kind.PRESS),
        (_STUDENT, Kind.STUDENT),
        (_VENDOR, Kind.VENDOR),
        (_APPLICANT, Kind.STUDENT),
        (_MULTIPLIER, Kind.MULTIPLIER),
        (_PUBLIC, Kind.PUBLIC_BODY),
        (_PRIVATE, Kind.PRIVATE),
        (_OFFICES, Kind.PRIVATE),
    ):
        if sign.search(text) and not (sign is _APPLICANT and hires):
            return found
    is_firm = text != typed or _FIRM.search(text)
    return Kind.PRIVATE if _FAMILY.search(text) and not is_firm else Kind.COMPANY


def out_of_scope(
    text: str, who: Kind, outside: float | None = None, *, said: bool = True, asks_who_builds: bool = False
) -> bool:
    """True for what no offer of such a centre can answer. `outside` is what `signals` says, `said` whether it is clear
    who asks: a guess takes nothing away from a firm. `asks_who_builds` where a name is wanted (`wants`): who looks for
    a vendor speaks much like one."""
    sign = who in OUTSIDE_OF
    if not said and (outside is not None or _OURS.search(text) or _FIRM.search(text)):
        sign = False
    sign = sign or bool((_LAW_AND_TAX.search(text) or _REPAIR.search(text)) and not _DIGITAL.search(text))
    if outside is None:
        return sign
    if not sign and is_keyword(text):
        return False
    least = IN_KEYWORDS if len(text.split()) <= KEYWORDS else OUTSIDE
    if not sign and _FOR_US.search(text):
        least = ASKS_FOR_US
    if not sign and _DEVICE.search(text) and _AT_WORK.search(text):
        least = AT_WORK
    bodies = who in {Kind.MULTIPLIER, Kind.PUBLIC_BODY} or _MULTIPLIER.search(text) or _PUBLIC.search(text)
    if not sign and not said and bodies and _DIGITAL.search(text):
        least = max(least, AT_WORK)
    if asks_who_builds and not said and who in {Kind.COMPANY, Kind.VENDOR} and names_field(text):
        least = ASKS_WHO_BUILDS
    return outside > least or (sign and outside > OUTSIDE_OF.get(who, OUTSIDE_WITH_SIGN))
