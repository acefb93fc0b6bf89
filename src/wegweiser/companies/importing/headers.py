"""Which column means what: German headers in all spellings, also mistyped, and the row they stand in."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SEARCHED = 25  # lines above the list: titles, dates, logos
SIMILAR = 86  # of 100: a slip in a header
IGNORED = "ignore"

# What each field is called. Folded: small letters, umlauts written out, everything else left out.
WORDS: dict[str, str] = {
    "name": "firma firmenname firmierung unternehmen unternehmensname betrieb betriebsname name1 firma1 firmenbezeichnung"
    " organisation kunde kundenname company companyname mitglied mitgliedsfirma mitgliedsbetrieb bezeichnung"
    " institution arbeitgeber geschaeftsname unternehmung fa nameunternehmen namefirma namedesunternehmens"
    " namederfirma namedesbetriebs betriebfirma firmabetrieb firmaunternehmen unternehmenfirma kontofirma account",
    "name_more": "name2 firma2 zusatz namenszusatz firmenzusatz firmazusatz namezusatz name3",
    "any_name": "name namen",
    "legal_form": "rechtsform gesellschaftsform unternehmensform rform rechtsf",
    "address": "adresse anschrift firmenadresse firmenanschrift postanschrift adr address geschaeftsadresse"
    " postadresse komplettadresse sitz betriebsanschrift",
    "street": "strasse str strassehausnr strassehausnummer strassenr strnr strassehnr strassename strassenname"
    " strasseundhausnummer strassehausnr street strassepostfach strundnr strhausnr strassenummer",
    "house_number": "hausnr hausnummer hnr nr hsnr",
    "postcode": "plz postleitzahl postcode zip plzstrasse plzfirma plznr pzl postlz zipcode",
    "place": "ort stadt wohnort city sitzort ortschaft gemeinde standort place plzort2 betriebsort firmensitz town",
    "postcode_place": "plzort plzundort plzstadt postleitzahlort plzwohnort ortplz plzundstadt",
    "district": "landkreis kreis lk kfz kfzkennzeichen kennzeichen kreisfreiestadt landkreiskreisfreiestadt region ags"
    " lkr kfzkz kfzkreis landkreisstadt kreisstadt lkreis district landkr kennz",
    "phone": "telefon tel fon telnr telefonnummer telefonnr rufnummer phone festnetz telefongeschaeftlich telefon1 tel1"
    " telgesch telefonzentrale zentrale durchwahl telefonfirma telefondienstlich telefonmobil telmobil ruf"
    " telefonfestnetz telefon2 tel2",
    "mobile": "mobil handy mobiltelefon mobilnummer handynummer funk mobile handynr mobilnr mobiltel funktelefon mob",
    "fax": "fax telefax faxnummer faxnr telefaxnummer",
    "email": "email mail emailadresse mailadresse epost emailfirma mailfirma kontaktmail emailkontakt emailgeschaeftlich"
    " elektronischepost emailadr emails",
    "website": "web website internet homepage url www webseite internetseite internetadresse webadresse hp domain"
    " webauftritt",
    "contact": "ansprechpartner ansprechpartnerin ansprechperson kontaktperson kontakt geschaeftsfuehrer inhaber"
    " geschaeftsfuehrung inhaberin gf ap contact apname anspr ansprp ansprpartner ansprechpartnername"
    " chef leitung kontaktname inhabergf geschaeftsfuehrerin partner ansprechp inhabername vertreter",
    "salutation": "anrede anr",
    "title": "titel akadtitel",
    "first_name": "vorname vornamen firstname vname vornameansprechpartner vornameap",
    "last_name": "nachname familienname zuname lastname nname nachnameansprechpartner nachnameap",
    "function": "funktion position stellung rolle jobtitel",
    "sector": "branche branchen gewerbe gewerk taetigkeit taetigkeitsfeld wirtschaftszweig sparte geschaeftsfeld"
    " industrie branchenbezeichnung bereich beruf gewerbezweig taetigkeitsbereich sector sektor",
    "wz": "wz wz2008 wzcode wznr wz2025 wzschluessel branchencode wz08 nace nacecode branchenschluessel wzklasse wznummer",
    "employees": "ma mitarbeiter mitarbeiterzahl mitarbeiteranzahl anzahlmitarbeiter beschaeftigte beschaeftigtenzahl"
    " anzahlbeschaeftigte anzahlma mazahl betriebsgroesse personal unternehmensgroesse groesse groessenklasse"
    " mitarbeitende anzahlmitarbeitende employees belegschaft mitarb beschaeftigtengroessenklasse maanzahl"
    " anzahldermitarbeiter personalstaerke besch",
    "founded": "gruendung gruendungsjahr gruendungsdatum gegruendet grdg baujahrfirma gruendungs seit",
    "craft": "handwerk handwerksbetrieb handwerksrolle hwk hwkmitglied handwerkjanein hwrolle",
    "vat_id": "ustid ustidnr umsatzsteuerid umsatzsteueridentifikationsnummer ustidentnr ustidnummer vat vatid ustnr",
    "register": "hrb hra handelsregister handelsregisternummer registernummer hrnummer hrnr registernr hreg hrbnr"
    " handelsregisternr amtsgericht registergericht register",
    "remark": "bemerkung bemerkungen notiz notizen kommentar kommentare anmerkung anmerkungen hinweis hinweise bem info"
    " infos sonstiges memo note notes remark remarks vermerk vermerke freitext newsletter mailing werbung einwilligung",
    "first_contact": "erstkontakt datum erstkontaktam kontaktdatum erstkontaktdatum ersterkontakt kontaktam datumerstkontakt"
    " kontaktseit erfasstam angelegtam aufgenommenam eintrittsdatum erfassungsdatum date kundeseit mitgliedseit"
    " erstgespraech erstgespraecham datumkontakt",
    IGNORED: "id lfdnr nr1 lfd pos zeile kundennummer kundennr kdnr mitgliedsnummer mitgliedsnr land country staat bundesland"
    " letztekontakt letzterkontakt umsatz stand quelle laufendenummer num",
}
FIELDS = tuple(field for field in WORDS if field != "any_name")
# Headers that say a little more than the word: "Telefon (geschäftlich)", "Anzahl der Mitarbeiter 2023".
PARTS: tuple[tuple[str, str], ...] = (
    (r"^plz.*ort|postleitzahl.*ort", "postcode_place"),
    (r"^(letzt|naechst|zuletzt|geaendert|aenderung)", IGNORED),
    (r"fax", "fax"),
    (r"mobil|handy", "mobile"),
    (r"e?mail", "email"),
    (r"^tel|telefon", "phone"),
    (r"ustid|umsatzsteuer", "vat_id"),
    (r"handelsreg|^hr[ab]", "register"),
    (r"^wz|nace", "wz"),
    (r"beschaeftigt|mitarbeiter|mitarbeitende|^anzahlma", "employees"),
    (r"branche", "sector"),
    (r"landkreis|kennzeichen", "district"),
    (r"vorname", "first_name"),
    (r"nachname|familienname", "last_name"),
    (r"ansprech|kontaktperson|geschaeftsfuehr|inhaber", "contact"),
    (r"erstkontakt|erstgespraech", "first_contact"),
    (r"bemerk|anmerk|notiz|kommentar", "remark"),
    (r"webs|homepage|internet", "website"),
    (r"rechtsform", "legal_form"),
    (r"hausn", "house_number"),
    (r"strasse|^str", "street"),
    (r"^plz|postleitzahl", "postcode"),
    (r"gruend", "founded"),
    (r"handwerk", "craft"),
    (r"adresse|anschrift", "address"),
    (r"^(firm|unternehmen|betrieb)", "name"),
    (r"^ort|^stadt", "place"),
)
_KNOWN = {word: field for field, words in WORDS.items() for word in words.split()}
_LONG = [word for word in _KNOWN if len(word) > 4]
MANY = frozenset({"phone", "mobile", "email", "remark", "name_more", "contact", IGNORED})


def fold(header: str) -> str:
    """A header as it is compared.

    >>> fold("E-Mail:"), fold("Straße / Nr."), fold("Tel.")
    ('email', 'strassenr', 'tel')
    """
    return re.sub(r"[^a-z0-9]", "", header.casefold().translate(UMLAUTS))


def field_of(header: str) -> str:
    """The field that a header alone names; empty where nothing is clear. `any_name` depends on the others."""
    for text in (header, re.sub(r"\(.*?\)|\[.*?\]", " ", header)):
        key = fold(text)
        if key in _KNOWN:
            return _KNOWN[key]
    for pattern, field in PARTS:
        if re.search(pattern, key):
            return field
    if len(key) > 4 and (close := process.extractOne(key, _LONG, scorer=fuzz.ratio, score_cutoff=SIMILAR)):
        return _KNOWN[close[0]]
    return ""


def guess(headers: Sequence[str]) -> dict[int, str]:
    """The field of each column by its number; what is not clear stays away. A field is taken once but for a few.

    >>> guess(["Firma", "Name", "Vorname", "PLZ"])
    {0: 'name', 1: 'last_name', 2: 'first_name', 3: 'postcode'}
    """
    told = {place: field_of(header) for place, header in enumerate(headers) if header}
    fields = set(told.values())
    found: dict[int, str] = {}
    for place, named in told.items():
        field = named
        if field == "any_name":
            if "name" in fields:
                field = "last_name" if "first_name" in fields else "contact"
            elif "first_name" in fields and "last_name" not in fields:
                field = "last_name"  # a list of people: the firm is theirs
            else:
                field = "name"
        if field and (field in MANY or field not in found.values()):
            found[place] = field
    return found


@dataclass(frozen=True)
class Head:
    """Where the headers stand, and what they are."""

    line: int
    headers: tuple[str, ...]
    mapping: Mapping[int, str]

    @property
    def key(self) -> str:
        return key(self.headers)

    @property
    def names_a_firm(self) -> bool:
        return names_a_firm(self.mapping)


def names_a_firm(mapping: Mapping[int, str]) -> bool:
    """Whether a firm can be taken from rows that are mapped so."""
    return bool({"name", "last_name", "contact"} & set(mapping.values()))


def key(headers: Sequence[str]) -> str:
    """The same for the same set of headers, however they are written."""
    told = "\x1f".join(fold(header) for header in headers).rstrip("\x1f")
    return hashlib.sha256(told.encode()).hexdigest()


def head(lines: Sequence[Sequence[str]]) -> Head:
    """The line with the most headers that are known, among the first; the first that holds anything if there is none."""
    best, where = 0, next((number for number, line in enumerate(lines) if any(line)), 0)
    for number, line in enumerate(lines[:SEARCHED]):
        known = {field for field in guess([_flat(cell) for cell in line]).values() if field != IGNORED}
        if len(known) > best:
            best, where = len(known), number
    headers = tuple(_flat(cell) for cell in lines[where])
    return Head(where, headers, guess(headers))


def _flat(cell: str) -> str:
    """A header broken into two lines is one; one as long as a sentence is none."""
    text = " ".join(cell.replace("-\n", "").split())
    return text if len(text) <= 60 else ""
