"""Whether a text says clearly who asks: many a firm only mentions an office, an association or the press."""

from .rules import GUILD, Kind, signs

_WHO = {
    Kind.MULTIPLIER: (
        rf"(kreishandwerkerschaft|handwerkskammer|hwk|ihk|\w*kammer|{GUILD}|\w*verband(es)?|dehoga|cluster\w*|"
        r"gewerkschaft|gewerbeverein|handelsverein|wirtschaftsjunioren|landfrauen\w*|gr(ü|ue)nderzentrum|"
        r"chamber|association|guild|cluster)"
    ),
    Kind.PRESS: (
        r"(\w*redaktion|redakteur\w*|journalist\w*|reporter\w*|pressestelle|\w*zeitung|\w*zeitschrift|\w*anzeiger|"
        r"\w*tageblatt|\w*tagblatt|\w*nachrichten|\w*kurier|\w*magazin|rundfunk|(radio|fernseh)sender|radio|ard|zdf|"
        r"deutschlandfunk|ndr|wdr|swr|mdr|rbb|dpa|editor|newspaper|magazine|broadcaster|press)"
    ),
    Kind.PUBLIC_BODY: (
        r"(landkreis\w*|landratsamt\w*|stadtverwaltung|gemeindeverwaltung|verbandsgemeinde|einheitsgemeinde|gemeinde|"
        r"rathaus|\w*amt|wirtschaftsf(ö|oe)rder\w+|b(ü|ue)rgermeister\w*|stadtwerke|bauhof|kommune|\w*ministerium|"
        r"jobcenter|agentur f(ü|ue)r arbeit|eigenbetrieb|zweckverband|stadt|beh(ö|oe)rde|municipality|council|county|"
        r"town hall|mayor|ministry|authority)"
    ),
}
# Between the speaker and whom they speak for. Who is "bei der Innung" is a member, who is "im Landkreis" lives there.
_GAP = (
    r"\W+(?:(?!(?:bei|beim|mitglied\w*|kund\w*|in|im|aus|f(?:ü|ue)r|nahe|neben|und|oder|aber|weil|dass|die von|"
    r"\w*liefer\w*|dienstleister\w*|partner\w*|members?|customers?|suppliers?|near|and|but|from)\b)[\w.&-]+ +){0,4}"
)
_FOR = r"\W+(?:(?!(?:und|oder|aber|weil|dass|and|but)\b)[\w.&-]+ +){0,4}"
_IS = r"\b(hier (ist|sind|spricht|schreibt)|wir sind|ich bin|this is|(we|i) (are|am)|we're|i'm)"
_ASKS = (
    r"\b((wir|ich) (fragen?|schreiben?|rufen? an|arbeiten?|kommen?|berichten?|recherchieren?|melden? (uns|mich))|"
    r"im (auftrag|namen)|i (work|write|report|ask|am (writing|asking|calling))|on behalf of) "
    r"(f(ü|ue)r|von|vom|bei|beim|in|im|der|des|for|from|at|the)\b"
)
_AS = r"(^|[.!?,;] ?)(wir )?(als|as)"
_SENT = (
    r"(?!.{0,40}\b(geschickt|verwiesen|empfohlen|hingewiesen|aufgefordert|gebeten|beraten|worden|sent|referred|told)\b)"
)


def _named(who: str) -> tuple[str, ...]:
    """Signs of one who says that they are `who`: with a verb, or with the name in front ("Die IHK hier, wir …")."""
    return (
        rf"({_IS}|{_AS}){_GAP}{who}\b{_SENT}",
        rf"{_ASKS}{_FOR}{who}\b{_SENT}",
        rf"{_ASKS} {who}\b{_SENT}",
        rf"({_IS}|{_AS}) {who}\b{_SENT}",
        (
            rf"^\W*((die|der|das|the) )?{who}\b(?! (hat|haben|will|verlangt|sagt|meint|schreibt|wants|says|asks))"
            rf"[^.,:;!?]{{0,40}}(,|:| hier\b) ?(hier|wir|ich|we|i)\b"
        ),
    )


# What only those ask for who have firms, members or citizens to bring along.
_BRINGS = signs(
    r"\b(vortr(ag|ags|äge|aege)|redner\w*|referent\w*|mitgliederversammlung|mitglieds(betrieb|firm|unternehm)\w*|"
    r"innungsbetrieb\w*|mit (?-i:Ihnen) (zusammen|ein\w*|gemeinsam)|speakers?|(give|for) a talk|member companies)\b",
    r"\b(abend|tag|veranstaltung|seminar) f(ü|ue)r (die |unsere )?(betriebe|unternehmen|firmen|h(ä|ae)ndler)\b",
).pattern
_SAID = {
    Kind.MULTIPLIER: signs(*_named(_WHO[Kind.MULTIPLIER]), _BRINGS),
    Kind.PUBLIC_BODY: signs(*_named(_WHO[Kind.PUBLIC_BODY]), _BRINGS),
    Kind.PRESS: signs(
        *_named(_WHO[Kind.PRESS]),
        r"\b(presse|interview)anfrage\b|\bpress (request|inquiry|enquiry)\b|\b(bitten?|bitte) um ein interview\b",
        r"\b(m(ö|oe)chten?|w(ü|ue)rden?|wollen)\b.{0,40}\b(?-i:Sie|Ihnen|Ihr|Ihre|Ihrem)\b.{0,30}\b(interviewen|berichten)\b",
        r"\b(berichten|bericht|beitrag|artikel|interview)\b.{0,20}\b(?-i:(ü|ue)ber (Sie|Ihr)|mit Ihnen)\b",
        r"\binterview (you|with you)\b|\b(article|report) (about|on) you\b",
    ),
    Kind.VENDOR: signs(
        r"\b(?-i:Ihnen|Ihr|Ihre|Ihren|Ihrer|Sie)\b|\b(euch|eure?\w*|you|your)\b",
        r"\b(partnerprogramm|kooperationspartner|interesse)\b",
    ),
    Kind.STUDENT: signs(
        r"\b(ich studiere|bin student\w*|i study|i am a student|i'm a student)\b",
        r"\b(meiner?|my)\b[\w ]{0,20}\b\w*-?(arbeit|thesis|dissertation|studium|studies|cv|resume|bewerbung)\b",
        r"\b(schreibe|verfasse|write|writing)\b[\w ]{0,20}\b\w*-?(arbeit|thesis|dissertation)\b",
        r"\bmich\b.{0,60}\bbewerben\b|\bbewerbe mich\b|\bapply for\b",
        r"\b(suche|looking for|need|want)\b(?!.{0,15}\b(student|praktikant|werkstudent|azubi)\w*)",
        r"\b(haben sie|habt ihr|gibt es|do you have)\b|\b(sohn|tochter|son|daughter)\b",
    ),
    Kind.PRIVATE: signs(
        r"\b(ich bin|als|as) (ein\w* |reine |a )?(privatperson|privatkund\w*|privatmann|private person)\b",
        r"\b(rein|nur|bin) privat\b(?! (krankenversichert|versichert|kranken))|\bprivater (haushalt|nutzer|kunde)\b",
    ),
}


def introduced(text: str, who: Kind) -> bool:
    """Whether `text` leaves no doubt that `who` asks, not a firm that mentions them."""
    sign = _SAID.get(who)
    return bool(sign and sign.search(" ".join(text.split())))
