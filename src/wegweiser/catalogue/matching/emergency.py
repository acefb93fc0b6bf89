"""An emergency now, told by certain signs in a text and by what `signals` has learnt."""

import re

from .rules import signs as _signs

# What `signals` says from which a text is taken for an emergency, without and with a sign, and where it speaks of
# training, the past or a neighbour as well: who tells a long story does. Found on four writers, each by what the others
# taught.
URGENT, URGENT_WITH_SIGN, URGENT_BESIDE_CALM = 0.40, 0.30, 0.50
FEW_WORDS, IN_FEW_WITH_SIGN = 12, 0.0  # too few for `signals` to speak against a sign, unless it finds nothing at all
VERY_FEW_WORDS, IN_VERY_FEW = 6, 0.5  # in which an emergency has to be clear

# An attack that has succeeded: words that hardly stand in a question about prevention.
_ATTACKED = _signs(
    r"totenkopf|erpresser(brief|schreiben|mail|nachricht)|erpresst (werden|worden|uns)|ransom note",
    r"(kunden|lieferanten|leute|bekannte|customers|clients)\b.{0,50}(krieg\w*|bekomm\w*|erhalten|rufen|"
    r"beschwer\w*|get|receiv\w*|call\w*)\b"
    r".{0,60}(mails?|rechnung\w*|nachricht\w*|invoices?|messages?)\b.{0,40}(von uns|von mir|von unser\w*|"
    r"in unserem namen|from us|from me|our name)",
    r"(konto|geld|account|money)\b.{0,30}(leer|abgebucht|abger(ä|ae)umt|abgezogen|verschwunden|gone|emptied)",
    r"(gehackt|geknackt|verseucht|infiziert|befallen|gekapert|lahmgelegt|hacked|infected|compromised|hijacked|"
    r"breached)\b",
    r"\b(hacker|angreifer|erpresser|betr(ü|ue)ger|attackers?|scammers?|criminals?)\b.{0,60}\b(hat|haben|ist|"
    r"sind|droh\w*|schreib\w*|will|wollen|"
    r"sitz\w*|has|have|is|are|want|threaten\w*)\b",
    r"(microsoft|support|techniker|bank\w*)\b.{0,60}(angerufen|am telefon|called|on the phone)\b"
    r".{0,120}(rechner|computer|zugriff|tan|"
    r"passwort|access|password|(ü|ue)berw\w+)",
    r"(teamviewer|anydesk|fernzugriff)\b.{0,60}(installiert|gegeben|erlaubt|raufgelassen|draufgelassen|drauf|"
    r"installed)",
    r"(webs(eite|ite)|homepage|shop|internetseite|site)\b.{0,60}(fremde\w*|casino|porno\w*|viagra|chinesisch|"
    r"russisch|malware|wird umgeleitet|"
    r"redirect\w*)",
    r"(virenscanner|virenschutz|antivirus|defender)\b.{0,60}(schl(ä|ae)gt|meldet|warnt|alarm|rot|alert\w*|found)",
    r"(laptop|handy|tablet|notebook|server|rechner|phone)\b.{0,60}(gestohlen|geklaut|geraubt|verloren|stolen|lost)",
    r"(kontonummer|kontodaten|iban|bankverbindung|bank details)\b.{0,120}((ü|ue)berwiesen|bezahlt|gezahlt|"
    r"paid|transferred)",
    r"((ü|ue)berwiesen|bezahlt|gezahlt|paid|transferred)\b.{0,120}(kontonummer|kontodaten|iban|bankverbindung|"
    r"betr(ü|ue)ger|betrug|fake|bank details)",
    r"l(ö|oe)segeld",
    r"\bransom(ware)?\b",
    r"(alle?s?|dateien|server|rechner|daten|laufwerke?|files?|everything|computers?|data)\b.{0,40}(verschl(ü|"
    r"ue)sselt|encrypted|locked|gesperrt)",
    r"(verschl(ü|ue)sselt|encrypted)\b.{0,40}(dateien|server|rechner|daten|files|alles|everything)",
    r"(komische|seltsame|fremde|strange|weird)n? (datei)?(endung|extension|dateinamen)",
    r"dateien\b.{0,30}\bendung",
    r"(wurden?|sind|werden|worden|been|are being|got|are)\b.{0,30}(gehackt|angegriffen|erpresst|hacked|"
    r"attacked|blackmailed)",
    r"(hacker|jemand|fremder?|einer|somebody|someone)\b.{0,30}(ist|sind|sitzt|war|is|has)\b.{0,40}(konto|"
    r"account|postfach|mail|netz|server|system|rechner|computer|network)\w*.{0,12}(drin|eingedrungen|"
    r"eingebrochen|inside|taken)?",
    r"(insta\w*|facebook|konto|account|kanal|seite|postfach|profil|webs(eite|ite)|shop)\b.{0,40}(fremd|(ü|"
    r"ue)bernommen|gekapert|gehackt|geklaut|gestohlen|weg|taken over|hijacked|stolen|hacked)",
    r"(passwort|kennwort|password|login)\b.{0,25}(geht nicht mehr|ge(ä|ae)ndert worden|stimmt nicht mehr|"
    r"no longer works|was changed|stopped working)",
    r"(ü|ue)berwiesen\b.{0,120}(falsch|gef(ä|ae)lscht|betrug|betr(ü|ue)ger|gar ?nicht|chef|nicht echt)",
    r"(gef(ä|ae)lschte?|falsche?)\w* .{0,40}(ü|ue)berwiesen",
    r"(transferred|paid|wired)\b.{0,100}(fake|fraud|scam|boss|not (him|her|real))",
    r"(ver(ö|oe)ffentlich\w*|publish|leak)\b.{0,30}(alles|daten|everything|data|unsere|our)",
    r"(haben|have)\b.{0,20}(unsere|our)\b.{0,30}(daten|data)\b",
    r"(virus|trojaner|schadsoftware|malware)\b.{0,30}(drauf|eingefangen|auf (dem|allen|unserem)|on (the|our|all))",
    r"(link|anhang|attachment)\b.{0,60}(geklickt|ge(ö|oe)ffnet|angeklickt|clicked|opened)",
    r"(passwort|zugangsdaten|pin|tan|password)\b.{0,50}(eingegeben|eingetippt|typed in|entered)",
    r"(maus|zeiger|mouse|cursor)\b.{0,30}(von (allein|selbst|selber)|by itself|on its own)",
    r"(mails?|nachrichten|messages)\b.{0,40}(in (unserem|meinem|unsrem) namen|die (wir|ich) nicht|we did not|"
    r"in (our|my) name)",
)
# Money that somebody is told to pay: an attack only where something else says so, firms speak of paying every day.
_TO_PAY = _signs(
    r"bitcoins?|\bkrypto|\bcrypto",
    r"(sollen?|m(ü|ue)ssen?|must|have to|want us to|verlang\w*|forder\w*)\b.{0,25}(be)?(zahln?|zahlen|pay|"
    r"geld|money|euro)\b",
)
_PAYMENT = _signs(  # what one takes from customers
    r"\b(\w*kund(e|en|in|innen|schaft)|g(ä|ae)ste?n?|patient\w*|mitglied\w*|k(ä|ae)ufer\w*|customers?|clients?|guests?|"
    r"bar|bargeld|\w*karten?\w*|ec|paypal|kasse|rechnung|cash|cards?|akzeptier\w*|annehmen|accept)\b",
)
# An attack in keywords, without a verb that says it is here: each clause stands for itself.
_MALWARE = r"(?<!corona-)(?<!corona )\b(virus|viren|\w*trojaner|trojans?( horse)?|malware|ransomware|schadsoftware)\b"
_STRUCK_CLAUSE = _signs(
    r"^\W*((hilfe|help|wir haben|we have|da ist|there is)\W+)?((ein|einen|a|the|den)\W+)?"
    + _MALWARE
    + r"(\W+(gefunden|found))?"
    r"\W+(auf|on|in)\W+((dem|den|der|einem|einer|allen|unser\w+|the|our|a|all)\W+)*"
    r"(\w*(server|rechner|computer|laptop|netzwerk|network|system)n?s?|pcs?)(\W+(gefunden|entdeckt|found))?[\s.!]*$",
    r"^\W*((hilfe|help)\W+)?(alles|everything|alle \w*(daten|dateien|rechner|server)|"
    r"all (our |the )?(files|data|computers))"
    r"\W+((ist|sind|is|are)\W+)?(pl(ö|oe)tzlich\W+|suddenly\W+)?(verschl(ü|ue)sselt|encrypted)[\s.!]*$",
)
_OURS = (
    r"((der|die|das|dem|den|unser\w*|our|the|all|alle|allen)\W+)*"
    r"(\w*(server|rechner|computer|laptop|netzwerk|network|system|laufwerk)e?n?s?|pcs?|\w*(dateien|daten)|files|data|"
    r"betrieb|firma|company|webs(eite|ite)|(web|online)?-?shop)"
)
# The whole message is no more than the name of what happened; a question mark makes it a question.
_STRUCK_WHOLE = _signs(
    r"^\W*((hilfe|help|ein|einen|a|wir haben|we have)\W+)*(\w*trojaner|trojan|virus)[\s.!]*$",
    r"^\W*((hilfe|help|notfall|emergency|akut\w*|ein|einen|a|wir haben|wir hatten|we have|verdacht auf|"
    r"mein\w*|unser\w*|my|our|the|der|die|das)\W+)*"
    r"((hacker|cyber|ransomware|hacking|virus)[- ]?(angriff|attacke|attack)|"
    r"(\w*(mails?|mailbox|inbox|postfach|account|konto|kanal|seite|shop|facebook|instagram|whatsapp|paypal)\W+)"
    r"((ist|wurde|is|was|got)\W+)?(gehackt|geknackt|gekapert|hacked|hijacked|taken over)(\W+worden)?)"
    r"(\W+(auf|bei|on|in|at)\W+(uns|us|" + _OURS + r"))?"
    r"(\W+(hilfe|help|jetzt|gerade|heute|now|bitte|please|was tun\??|was jetzt\??|what now\??))*[\s.!]*$",
    r"^\W*((hilfe|help|notfall|emergency)\W+)?"
    + _OURS
    + r"\W+((ist|sind|is|are)\W+)?((pl(ö|oe)tzlich|suddenly|alle|komplett|all)\W+)?(verschl(ü|ue)sselt|encrypted)"
    r"(\W+(worden|hilfe|help|jetzt|bitte|please|was tun\??|was jetzt\??|what now\??))*[\s.!]*$",
)
_DEMAND = _signs(
    r"\b(die|sie|jemand|they|someone|somebody)\b.{0,15}\b(wollen|will|verlang\w*|forder\w*|wants?|demands?|"
    r"demanding|asks?|asking)\b.{0,25}\b(bitcoins?|geld|l(ö|oe)segeld|money|ransom|krypto\w*|crypto\w*|euros?)\b",
)
_LOCKED = _signs(r"\b(verschl(ü|ue)sselt|gesperrt|encrypted|locked)\b")
_MALWARE_NAMED = _signs(_MALWARE)
_CLAUSE = re.compile(r"(?<=[.!?,;:])\s+|\n+|\s[-–]\s")
# What one has in mind or wants to know, said in the words of an attack.
_PLANNED = _signs(
    r"\b(brauch\w*|ben(ö|oe)tig\w*) (wir|ich|man)\b|\b(do|does|should|can|may|could) (we|i|one) (need|use|accept|take|"
    r"store|keep|offer|have to)\b",
    r"\b(k(ö|oe)nn(en|te|ten)|d(ü|ue)rf(en|te|ten)|sollt?en?) (wir|ich|man)\b.{0,60}\b(annehmen|akzeptieren|nutzen|"
    r"einsetzen|anbieten|ablegen|speichern|verwenden)\b",
    r"\b(we|i) (want|plan|would like|intend|wish) to (store|keep|save|encrypt|send|accept|use|offer|protect)\b",
    r"\b(wir|ich) (wollen|will|m(ö|oe)chten?|planen?)\b.{0,60}\b(ablegen|speichern|verschl(ü|ue)sseln|annehmen|"
    r"senden|nutzen|aufbewahren)\b",
    r"\b(wie|woran|how)\b.{0,20}\b(erkenn\w*|merk\w*|detect|recogni[sz]e|notice|find out)\b",
    r"(^|[.!?,:]\s+)(sind|ist|werden|wird|are|is)\b[^.!?]{0,60}\b(verschl(ü|ue)sselt|encrypted)\b[^.!?]{0,40}\?",
    r"\b(verschl(ü|ue)sselt\w*|encrypted)\b((?!\b(und|and)\b)[^.,;!?]){0,30}\b((ü|ue)bertragen|(ver)?senden|(ver|zu)?schicken|(ab)?speichern|"
    r"ablegen|(auf|ab)bewahren|sichern|mailen|austauschen|transfer|transmission|storage|backups?)\b",
    r"\b(geht das|is that possible|does that work)\s*\?",
    r"\b(reicht das|is that (enough|sufficient)|ist das sicher|is (that|this) safe|was gilt)\b",
)
# Good practice, told as it is: data are encrypted and a copy is kept elsewhere or made again and again.
_ENCRYPTED = _signs(r"\bverschl(ü|ue)ssel\w*|\bencrypt\w*")
_COPY = (
    r"\b(\w*sicherung(en|skopien?|sb(a|ä|ae)nd\w*|splatten?)?|\w*backups?|back-ups?|(sicherheits|daten)?kopien?|"
    r"(backup )?(copy|copies))\b"
)
_SAFE = (
    r"\b(au(ß|ss)er haus|au(ß|ss)erhalb|ausw(ä|ae)rts|extern\w*|woanders|anderswo|getrennt|offline|"
    r"(anderen|anderem|zweiten|zweitem|eigenen) (ort|standort|geb(ä|ae)ude|raum|brandabschnitt|rechenzentrum)|"
    r"\w*(schlie(ß|ss)fach|bankfach|tresor|rechenzentrum|cloud)|safe|zu ?hause|"
    r"t(ä|ae)glich|w(ö|oe)chentlich|regelm(ä|ae)(ß|ss)ig|jede (nacht|woche)|jeden (tag|abend)|"
    r"off-?site|elsewhere|(another|other|second|separate) (building|site|place|location|room)|data cent(er|re)|"
    r"daily|weekly|regularly|every (night|day|week))\b"
)
_COPY_IS_SAFE = _signs(_COPY + r"[^.!?]{0,60}" + _SAFE, _SAFE + r"[^.!?]{0,60}" + _COPY)
# What turns the same words into a cry for help: the copy is struck too, out of reach or missing, or something is amiss.
_AMISS = _signs(
    r"\b(auch|ebenfalls|ebenso|sogar|selbst|too|as well|even|aber|but|trotzdem|leider|unfortunately)\b",
    r"\b(nicht|nichts|nix|kein\w*|niemand|ohne|not|no|nothing|nobody|cannot|can't|without)\b",
    r"\b(weg|kaputt|leer|defekt|zerst(ö|oe)rt|gel(ö|oe)scht|(ü|ue)berschrieben|befallen|unlesbar|gone|broken|deleted|"
    r"destroyed|lost|pl(ö|oe)tzlich|suddenly|von (allein|selbst)|fremd\w*|erpress\w*|unbekannt\w*|unknown)\b",
    r"\b(wieder(her)?stell\w*|zur(ü|ue)ckspiel\w*|einspiel\w*|restor\w*|recover\w*)\b",
)
# A standstill of computers or controls: what fails, and how.
_FAILED = _signs(
    r"\b(ge?ht|ging|gehen|l(ä|ae)uft|funktioniert|works?|working)\b.{0,25}(nichts|nix|gar nicht|garnicht|(ü|"
    r"ue)berhaupt nicht|nothing|nicht mehr|nimmer|nich mehr)",
    r"\b(nichts|nix|nothing)\b.{0,15}\b(geht|ge?ht|ging|l(ä|ae)uft|works)\b",
    r"\b(steht|stehen|liegt|standing)\b.{0,25}(still|lahm|alles|rum|herum|komplett|idle|around)",
    r"\b(kommen?|komm|komme)\b.{0,50}\b(nicht|nich|nimmer|kein\w*)\b.{0,25}(mehr|rein|ran|dran)",
    r"\b(down|tot|abgest(ü|ue)rzt|ausgefallen|zusammengebrochen|schwarz|crashed|dead)\b",
    r"l(ä|ae)sst sich nicht mehr",
    r"(cannot|can't|can not|unable to) (log ?in|access|open|reach|get in)",
)
_COMPUTERS = _signs(
    r"server|rechner|computer|\bpcs?\b|\bedv\b|\bit\b|netzwerk|\bnetz\b|internet|telefonanlage|kasse|kassen\b|"
    r"steuerung|system|warenwirtschaft|\berp\b|dateien|akten?\b|kalender|e-?mails?|postfach|bildschirm|"
    r"network|files|phones?|software|programm|datenbank|database|leitstand|anlage",
)
_NOW = _signs(
    r"\b(jetzt|gerade|grade?|eben|soeben|pl(ö|oe)tzlich|aktuell|momentan|heute|gestern|vorhin|letzte nacht|"
    r"heute nacht|(ü|ue)bers? wochenende|am wochenende|immer noch|noch immer|"
    r"vor (einer|zwei|drei|\d+|ein paar) (stunden?|minuten|tagen)|seit (heute|gestern|einer|zwei|"
    r"drei|\d+|ein paar|stunden|dem wochenende|der nacht|freitag|montag|letzter))\b",
    r"\b(hilfe|sofort|dringend|notfall|eilt|schnell|so schnell)\b",
    r"(!!|\?\?)",
    r"\b(right now|since (this|last|yesterday|monday|an hour)|this morning|today|just now|just|currently|"
    r"urgent|emergency|asap|immediately|help us|quickly|at the moment)\b",
    r"\b(wen rufe? (ich|wir)|was (soll|sollen|muss) (ich|wir) (jetzt|machen|tun)|who do (i|we) call)\b",
)
_PRESSING = _signs(
    r"\b(hilfe|sofort|dringend|notfall|eilt|so schnell|bitte schnell|schnell bitte|urgent|emergency|asap|"
    r"immediately|help)\b",
    r"\b(wen rufe? (ich|wir)|was (soll|sollen|muss) (ich|wir) (jetzt|machen|tun)|who do (i|we) call)\b",
    r"\bseit (heute|gestern|einer stunde|\d+ stunden|stunden|der nacht|dem wochenende)\b|\bheute (fr(ü|ue)h|"
    r"morgen|nacht)\b|\bthis morning\b",
)
_HERE = _signs(
    r"\b((ver)?schick(t|en)|zeigt?|zeigen|erscheint|meldet)\b|\b(ist|sind|steht|stehen|geht|haben|kommen|komm|spinnt|werden|is|are|says|shows|has|have|wurde|wurden|"
    r"habe|hab|we)\b"
)
_PAST = _signs(
    r"\b(19|20)[0-2]\d\b",
    r"\bvor (\w+ )?(ein(em|er)?|zwei|drei|vier|f(ü|ue)nf|\d+|paar|einigen|l(ä|ae)ngerer) ?(paar )?(jahr|monat|"
    r"woch|zeit)\w*",
    r"\b(letzte[snm]?|vorige[snm]?|vergangene[snm]?) (jahr|monat|sommer|winter|fr(ü|ue)hjahr|herbst)",
    r"\b(damals|fr(ü|ue)her|lange her|l(ä|ae)ngst|erledigt|(ü|ue)berstanden|l(ä|ae)uft (alles )?wieder|"
    r"wieder (alles )?(normal|im griff)|hatten wir( schon)? (mal|einmal))\b",
    r"\b(years?|months?|weeks?) ago\b|\blast (year|month|summer|winter|spring|autumn)\b|\bback then\b|"
    r"\bused to\b|\brecovered\b|\bis over\b",
)
_CALM = _signs(
    r"\b(schulung|seminar|workshop|vortrag|referent|vorf(ü|ue)hr\w*|infoabend|veranstaltung|kurs|(ü|ue)ben|"
    r"vorbeug\w*|vorsorg\w*|vorbereit\w*|sch(ü|ue)tzen|schutz vor|absichern|versicherung|masterarbeit)\b",
    r"\bwas (w(ä|ae)re|ist|passiert|mache?n? (ich|wir)|tun).{0,14}(wenn|falls)\b|\bfalls\b|\bwenn (mal|uns|"
    r"wir|einer|jemand|so|der|die|das)\b|\bwas wenn\b|\bk(ö|oe)nnten?\b.{0,40}\b(gehackt|angegriffen|"
    r"verschl(ü|ue)sselt|passieren)\b",
    r"\b(angst|sorge|sorgen|bef(ü|ue)rcht\w*|nicht will,? dass)\b",
    r"\b(nix|nichts) (passiert|weiter passiert|schlimmes)\b|\b(noch )?nie (gehackt|angegriffen|passiert)\b|"
    r"\bnicht (draufgeklickt|angeklickt|ge(ö|oe)ffnet|reingefallen|(ü|ue)berwiesen|bezahlt|eingegeben)\b|"
    r"\bzum gl(ü|ue)ck\b|\brechtzeitig\b|\bgel(ö|oe)scht\b.{0,30}\bpassiert\b|\bkeiner hat\b",
    r"\b(nachbar|bekannter?|kollege in|konkurrent|mitbewerber|kunde von uns|andere firma|zeitung|"
    r"in den nachrichten|im fernsehen)\b",
    r"\b(training|course|talk|workshop|prevent\w*|protect\w*|prepare\w*|insurance|what if|if we|in case|"
    r"afraid|worried|nothing happened|did not (click|open|pay)|never been|neighbou?r|in the news)\b",
)
_ILLNESS = _signs(r"\b(corona|grippe|noro)\w*[- ]?vir(us|en)\b")  # what people catch
# A trouble of every day, however bad, is no emergency now.
_AGAIN_AND_AGAIN = _signs(
    r"\b(dauernd|st(ä|ae)ndig|immer (wieder|mal)|jedes mal|t(ä|ae)glich|"
    r"jede[nrs]? (tag|morgen|abend|woche|nacht|schicht)|"
    r"oft|(ö|oe)fter|meistens|manchmal|seit (monaten|jahren|wochen)|always|often|every (day|week|night)|"
    r"again and again)\b"
)
_ASKS_WHETHER = re.compile(r"^[^.!?]*\b(verschl(ü|ue)sselt|encrypted)\s*\?\s*$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def urgent(text: str, likely: float | None = None) -> bool:
    """True when an attack has succeeded or computers stand still now; the past and training do not count.

    `likely` is what `signals` says; without it signs alone decide.
    """
    healthy = _ILLNESS.sub(" ", text)
    with_sign = IN_FEW_WITH_SIGN if len(text.split()) <= FEW_WORDS else URGENT_WITH_SIGN
    if (likely is None or likely > with_sign) and _signalled(healthy, likely):
        return True
    if likely is None:
        return False
    very_few = len(text.split()) <= VERY_FEW_WORDS
    if very_few and _ASKS_WHETHER.search(text):
        return False
    if (healthy != text and not _computer_is_ill(healthy)) or _is_as_it_should_be(text) or _PLANNED.search(text):
        return False
    calm = any(sign.search(text) for sign in (_PAST, _CALM, _AGAIN_AND_AGAIN))
    return likely > max(URGENT_BESIDE_CALM if calm else URGENT, IN_VERY_FEW if very_few else URGENT)


def _signalled(text: str, likely: float | None) -> bool:
    if _kept_safe(text):
        return False
    past, calm, now = (bool(sign.search(text)) for sign in (_PAST, _CALM, _NOW))
    parts = [part for part in _SENTENCE.split(text) if not (_CALM.search(part) or _PAST.search(part))]
    attacked = any(_ATTACKED.search(part) for part in parts) or _has_to_pay(text, parts, likely)
    failed = bool(_COMPUTERS.search(text)) and any(_FAILED.search(part) for part in parts)
    if attacked and failed:
        return not past or now
    planned = bool(_PLANNED.search(text))
    if _struck(text):
        return not past and not calm and not planned
    if attacked:
        return not past and (now or (not calm and not planned and bool(_HERE.search(text))))
    pressing = bool(_PRESSING.search(text)) or _computer_standstill(text)
    return failed and now and not past and not calm and pressing


def _has_to_pay(text: str, parts: list[str], likely: float | None) -> bool:
    """Somebody wants money of them, and it is no customer's payment: they locked something, or it is likely anyhow."""
    told = any(_TO_PAY.search(part) and not _PAYMENT.search(part) for part in parts)
    return told and bool((likely or 0.0) > URGENT_WITH_SIGN or _DEMAND.search(text) or _LOCKED.search(text))


def _is_as_it_should_be(text: str) -> bool:
    """Data kept safe, or customers who pay, and nothing that has struck or fails."""
    if _kept_safe(text):
        return True
    if not (_TO_PAY.search(text) and _PAYMENT.search(text)):
        return False
    return not any(sign.search(text) for sign in (_ATTACKED, _DEMAND, _LOCKED, _FAILED, _MALWARE_NAMED))


def _computer_is_ill(text: str) -> bool:
    """Whether something is amiss with a computer, in a text that speaks of people's illness as well."""
    signs = (_ATTACKED, _TO_PAY, _DEMAND, _LOCKED, _MALWARE_NAMED)
    return any(sign.search(text) for sign in signs) or _computer_standstill(text)


def _kept_safe(text: str) -> bool:
    """Somebody tells that their data are encrypted and copied to safety; without "encrypted" no sign of an attack."""
    if not (_ENCRYPTED.search(text) and _COPY_IS_SAFE.search(text)):
        return False
    rest = _ENCRYPTED.sub(" ", text)
    return not any(
        sign.search(rest) for sign in (_ATTACKED, _TO_PAY, _AMISS, _NOW, _PRESSING, _FAILED, _DEMAND, _MALWARE_NAMED)
    )


def _struck(text: str) -> bool:
    """An attack told in keywords: everything is encrypted, somebody wants money, or a virus with what it did."""
    if _STRUCK_WHOLE.search(text) or any(_STRUCK_CLAUSE.search(clause) for clause in _CLAUSE.split(text)):
        return True
    if _DEMAND.search(text) and _LOCKED.search(text):
        return True
    return bool(_MALWARE_NAMED.search(text) and _FAILED.search(text))


def _computer_standstill(text: str) -> bool:
    """A computer, network or control fails, not merely the order book or a single machine part."""
    return any(_FAILED.search(part) and _COMPUTERS.search(part) for part in _SENTENCE.split(text))
