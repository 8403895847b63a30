"""What people call the parts of their tables, in the languages we have met them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

__all__ = [
    "Part",
    "are_directions",
    "is_bare",
    "is_burden",
    "is_named",
    "lean",
    "likes_less",
    "plain",
    "says_amount",
    "says_first_is_best",
    "says_good",
    "says_importance",
]

Part = Literal[
    "weight", "total", "subtotal", "sum", "rank", "index", "unit", "direction", "note", "option", "criterion",
    "segment", "rater", "respondent", "wave", "outcome", "survey weight", "score", "size", "group", "derived",
    "technical", "evaluation", "worst", "best", "extreme", "baseline", "priority",
]  # fmt: skip
"""What a line, or a column of records, may be by its name."""

_POINTS_AT = (
    r"(points?|pts?|pkt|punkte?|puntos?|punten|punti|pontos|poeng|poang|point|pisteet|punkty|body)"
    r"( (at|for|from|if|bei|ab|pour|bij|a|con|em))?"
)

_WHOLE: dict[str, str] = {
    "weight": r"(relative |rel |criteria |criterion |customer |avg |average |importance )?"
    r"(weight|weights|weighting|weightage|weight factor|wt|wgt|imp|importance|cust imp|"
    r"customer imp|importance rating|relative importance|"
    r"factor|faktor|gew|gw|gewicht|gewichte|gewichtung|gewichtungen|gewichtungsfaktor|wichtigkeit|bedeutung|weging|"
    r"wegingsfactor|belang|"
    r"poids|ponderation|coefficient|coef|peso|pesos|ponderacion|importancia|importanza|vikt|viktning|vaegt|vagt|vekt|"
    r"vekting|paino|painoarvo|waga( kryterium)?|vaha|suly|tezina|agirlik)"
    r"( factor| percent| pct| in| points)?",
    "priority": r"(customer )?priority|priority level|how important|prioritat|priorite|prioridad|prioriteit|"
    r"moscow|relevance|relevanz",
    "subtotal": r"(sub ?total|zwischensumme|sous total)\b.*",
    "sum": r"(grand |sub ?|weighted |gesamt|zwischen)?(total|totals|sum|summe|summa|somme|suma|totaal|totale|totalt|"
    r"gesamt|gesamtsumme|gesamtergebnis|gesamtpunkte|razem|celkem|spolu|ukupno|osszesen|toplam|yhteensa|i alt|"
    r"samlet|kokku|insgesamt|total general|total geral|total ponder(e|ado|ato|ada))",
    "total": r"(weighted |overall |final |technical |total |grand |net |gesamt)?"
    r"(total|totals|sum|score|scores|result|weighted|overall|average|mean|sum product|sumproduct|"
    r"importance score|avg|final|points|poeng|poang|punkte|punti|puntos|punten|bottom line|endwert|"
    r"(notes?|score|totale?|somme|summe|nota|punteggio|media|puntuacion|suma|totaal|cijfer|wynik|sum|"
    r"soucet|hodnoceni|karakter|poang|betyg) (ponderee?|ponderad[oa]|ponderat[oa]|pesat[oa]|gewichtet|"
    r"gewogen|wazon[ya]|vazen[ey]|vaegtet|viktad|vektet)|(gewogen|gewichtete[rs]?|vaegtet|viktad|vagd|vektet|vazeny|"
    r"vazena) (totaal|score|som|cijfer|gemiddelde|summe|gesamtnote|note|punkte|sum|total|poang|summa|soucet|prumer)|"
    r"technical importance|absolute importance|weighted (score|sum|total|average|mean|rating|ratings|grade|marks?)|"
    r"total (weighted )?(score|points|value)|"
    r"total weighted|points total|importance total|"
    r"summe|gesamt|gesamtpunkte|gesamtpunktzahl|gesamtwert|gesamtnutzen|gesamtsumme|gesamtergebnis|nutzwert|"
    r"gesamtnote|gesamturteil|gesamtbewertung|gesamtscore|"
    r"ergebnis|punktsumme|punktzahl|wert|mittelwert|durchschnitt|gewichtete summe|total pondere|"
    r"note (globale|finale|totale)|"
    r"somme|moyenne|resultat|puntuacion|puntuacion total|total ponderado|suma|media|promedio|resultado|"
    r"totaal|totaalscore|gemiddelde|summa|totale|punteggio|"
    r"rice|rice score|ice|ice score|wsjf|wsjf score|cd3|product|priority score|priority|utility|"
    r"value score|index|razem|celkem|spolu|ukupno|osszesen|toplam|yhteensa|i alt|samlet|kokku|insgesamt|totalt|"
    r"keskiarvo|srednia|prumer|gennemsnitt?|medelvarde|indice|indeks)"
    r"|(sum|total|totals|count|number|anzahl|summe|nombre|suma|somme|numero|aantal|som)( (of|der|de|the|van))*"
    r" ?((\+|-|s|0|o|=|plus|minus|pluses|minuses|positives?|negatives?|same|better|worse)( s)? ?){1,2}(than datum)?"
    r"|\+|-|pluses|minuses|positives|negatives|net( score| total| result| value)?",
    "rank": r"(prioridade|miejsce|sija|plassering|placering|locul|helyezes|sorrend|kolejnosc|"
    r"ordre|ordine|reihenfolge|volgorde|"
    r"rank|ranking|rang|rangfolge|platz|platzierung|place|position|posizione|classifica|puesto|orden|plats|"
    r"classement|posicion)( .*)?",
    "index": r"(lobenr|lopnr|lopenummer|lopnummer|lp|poradi|sorszam|sira|sira no|rad|raekke|"
    r"no|nr|id|number|n|num|numero|lfd|lfd nr|pos|item|key|ref|row|line|zeile|uuid|guid|record|"
    r"(nr|no|num|numero|n|nummer|number|no of) (oferty|offerte|offre|oferta|tilbud|anbud|offer)|"
    r"ordre (de (test|passage|presentation|degustation))|test order|order of (test|tasting|presentation)|"
    r"(test|praesentations|prasentations|verkostungs)?reihenfolge|orden (de )?(prueba|cata|presentacion)|"
    r"ordine (di )?(assaggio|prova|presentazione)|(test|proef)volgorde|kolejnosc (testu|prezentacji)|"
    r"plz|postleitzahl|zip|zip code|postcode|postal code|code postal|codigo postal|"
    r".* (id|uuid|guid|nr)|(id|uuid|guid|record|case|row|line|entry|response|serial|running) .*(no|nr|number|id))",
    "unit": r"(unit|units|unit of measure|einheit|einheiten|unite|unites|unidad|unidades|eenheid)",
    "direction": r"(direction( of (improvement|optimi[sz]ation|preference))?|"
    r"(verbesserungs|optimierungs)richtung|min max|max min|goal|objective|richtung|optimierung|better|preference|"
    r"sens|direccion)",
    "worst": r"(worst|worst case|lowest|schlechtester wert|"
    r"schlechtester?|pire|peor|pior|peggiore|borne (basse|inferieure)|"
    r"darligste?|darligst|samsta?|huonoin|slechtst|slechtste|"
    r"najgorszy|nejhorsi|0 " + _POINTS_AT + ")",
    "best": r"(best|best case|ideal|highest|bester wert|beste[rs]?|ideal point|"
    r"mejor|meilleur|borne (haute|superieure)|melhor|migliore|basta?|bast|bedste?|paras|najlepszy|"
    r"nejlepsi|(1|5|10|100) " + _POINTS_AT + ")",
    "extreme": r"(min|max|minimum|maximum|minimo|maximo|massimo|maximal\w*|theoretical max\w*)"
    r"( (possible|score|points|value|attainable|moglich|mogliche|erreichbar|punktzahl|punkte|posible|possibile))*"
    r"|(punti|punkte|points|puntos|pontos|punten|score|scores|marks|pts|pisteet|poeng|poang|body|punkty) "
    r"(max\w*|possible|moglich|possibili|posibles)"
    r"|(best possible|perfect|ideal|full)( (score|points|offer|option|solution|marks))?",
    "group": r"(grupo de \w+|groupe de \w+|gruppo di \w+|"
    r"group|category|categories|gruppe|kategorie|hauptkriterium|categorie|categoria|grupo|"
    r"theme|cluster|area|"
    r"bereich|main criterion|criteria group|pillar|perspective)",
    "wave": r"(wave|welle|date|datum|fecha|timestamp|time stamp|month|year|quarter|zeitstempel|"
    r"submitted|submitted at|"
    r"vaga|vague|ola|ondata|onda|runde|omgang|golf|fala|vlna|period|periode|"
    r"survey date|survey wave|(date|datum|fecha|timestamp) .*|"
    r".* (date|datum|fecha|timestamp))",
    "survey weight": r"(survey weight|design weight|sampling weight|expansion factor|survey wt|weight survey|"
    r"respondent weight|poids (redr\w*|client|individuel)|redressement|gewichtungsfaktor|"
    r"hochrechnungsfaktor|fallgewicht|personengewicht|(poids|coefficient) de redressement|"
    r"poids (d )?enquete|peso muestral|factor de (expansion|ponderacion)|ponderador)",
    "outcome": r"(rebuy|repurchase|nps|overall|loyalty|intention|.*(satisfaction|satisfied|"
    r"recommend\w*|zufriedenheit|"
    r"weiterempfehlung|satisfaccion|recomendacion|would buy|purchase intent|likelihood to buy).*)",
    "score": r"(score|scores|rating|ratings|value|values|points|punkte|bewertung|wertung|punktzahl|"
    r"note|notes|nota|marks?|answers?|antwort|response|"
    r"puntuacion|valor|valeur|wert|mean rating|mean|grade|mark|raw|raw score|cijfer|poang|betyg|karakter|"
    r"bedommelse|pisteet|arvosana|ocena|punkty|hodnoceni|body|pontszam|ertekeles|puan|pontuacao|pontos|voto|"
    r"punteggio|giudizio|beoordeling|waardering|punten|waarde|oordeel|punti|valore|puntos|ponto|pontos|"
    r"poeng|point|vaerdi|verdi|varde|hodnota|body|wartosc|punktow|liczba punktow)",
    "derived": r"(weighted|weighted (score|value|rating|points)|gewichtet|gewichtete punkte|"
    r"gewichteter wert|pondere|"
    r"ponderado|w x s|score x weight|weight x score|teilnutzen|contribution|result|total|produkt)",
    "size": r"((number|no|nr|n|n o|num|numero|anzahl|nombre|aantal|antal) (of |der |de |di |d |van |av )?)?"
    r"(size|sizes|customers|clients|clientes|clienti|klanten|kunden|anzahl|nombre|numero|aantal|"
    r"effectif|effectifs|part( de marche| des ventes| du ca| des clients)?|osuus \w+|udzial w \w+|andel av \w+|"
    r"cuota|cuota de mercado|quota|aandeel|anteil|share|"
    r"share of customers|market share|revenue|sales|umsatz|omzet|ventas|ingresos|fatturato|chiffre d affaires|ca|"
    r"population|count|n|people|users|volume|tamano|grosse|taille|sample|respondents|households|members)",
    "note": r"(n|count|base|notes?|comments?|remarks?|bemerkung(en)?|kommentar(e)?|rationale|source|"
    r"quelle|fonte|fuente|bron|"
    r"eta|idade|alder|leeftijd|wiek|vek|kor|yas|medelalder|sexo|sesso|genre|kon|geschlecht|geslacht|born|birth year|"
    r"year of birth|geburtsjahr|medelalder|durchschnittsalter|average age|"
    r"description|continue|proceed|decision|verdict|entscheidung|weiter|must have( met)?|mandatory|"
    r"beschreibung|owner|status|comentarios?|observaciones|commentaires?|remarques?|age|alter|gender|"
    r"edad|link|url|reasons?|why|justification|begrundung(en)?|anmerkung(en)?|opmerking(en)?|toelichting|evidence|"
    r".*\b(comments?|remarks?|notes|kommentare?|bemerkung(en)?|comentarios?|commentaires?))",
}
_WITHIN: dict[str, str] = {
    "option": r"(produto|tuote|termek|vyrobek|"
    r"option|message( line)?|claim|slogan|vendor|supplier|product|alternative|alternativ|variant|concept|offer|"
    r"proposition|proposal|bid|sku|artikel|"
    r"idea|opportunity|opportunitie|feature|epic|initiative|brand|candidate|solution|tool|plan|entry|competitor|rival|provider|"
    r"project|backlog|"
    r"scenario|model|company|"
    r"lieferant|anbieter|angebot|variante|produkt|marke|funktion|losung|vorschlag|idee|"
    r"opcion|oferta|proveedor|alternativa|producto|tarea|marca|offre|produit|fournisseur|site|choix|"
    r"optie|leverancier|aanbod|offerta|offerte|opzione|fornitore|prodotto|bundle|package|paket|bidder|tender|venue|destination|applicant|contractor|tariff|tarif)"
    r"(s|n|e|es|en)?|erbjudande|forslag|tilbud|losning|ehdotus|vaihtoehto|tarjous|propozycja|oferty?|pomysl|"
    r"wariant|dostawca|produkty?|nabidka|varianta|reseni|ajanlat|secenek|teklif|proposta|propostas|fornecedor|"
    r"alternativas?|initiativer?",
    "criterion": r"(criterion|criteria|kriterium|kriterien|critere|criteres|criterio|criterios|factor|"
    r"factors|attribute|"
    r"attributes|attribut|dimension|driver|drivers|requirement|requirements|aspecto|aspectos|aspekt|capability|capabilities|discipline|disciplines|"
    r"disziplin|measure|metric|metrics|indicator|indicators|kpi|kpis|lens|questions?|frage|statement|what we asked|"
    r"merkmal|merkmale|needs|need|anforderung|anforderungen|aspect|eigenschaft|caracteristica|criteri|fattore|fattori|"
    r"value discipline|eigenschaften|wants|whats|kriterie|kriterier|kriteeri|kriteerit|nakokulma|kryterium|"
    r"kryteria|kriteria|szempont|olcut|criterios?|faktorer|egenskap|egenskaper|fattore di scelta|paramet(er|re|ro)|"
    r"esigenz[ae]|bisogn[oi]|exigences?|besoins?|necesidad(es)?|requisit[aio]s?|\w*anforderung(en)?|bedurfnis(se)?|"
    r"behov|krav|eis(en)?|wens(en)?|potrzeb[ay]|wymagani[ae])",
    "segment": r"(segment|segments|segmento|segmentos|kundensegment|kundensegmente|"
    r"(kunden|ziel|besucher|nutzer|leser|gaste|alters|mitglieder|wahler|kaufer|publikums)gruppen?|cibles?|publico|colectivo|profile?|perfil|profilo|profiel|"
    r"household( type)?|haushaltstyp|haushalt|hogar|tipo de (hogar|cliente|familia)|type de (foyer|client|menage)|"
    r"tipo (di )?(cliente|famiglia)|kundentyp|klanttype|kundtyp|typ (klienta|zakaznika)|typologie|"
    r"tipologia|life stage|lebensphase|"
    r"customer type|customer group|customer segment|target group|market|markets|markt|region|persona|"
    r"audience|cohort|"
    r"customer tier|clientele|kundschaft|traveller type|passenger type|visitor type|"
    r"branche|industry|clientele|clienteles|clientela|client type|clientes?|klant(groep)?|marche|mercado|"
    r"mercato|mercati|segmenti|doelgroep|kundgrupp|malgrupp|malgruppe|kundetype|kundegruppe|kohderyhma|"
    r"asiakasryhma|grupa (docelowa|klientow)|segmenty?|cilova skupina|celcsoport|hedef kitle|publico|"
    r"grupo de clientes|pubblico)",
    "rater": r"(rater|raters|judge|judges|evaluator|evaluators|reviewer|reviewers|assessor|assessors|"
    r"expert|experts|scorer|"
    r"voter|taster|tasters|verkoster|degustateur|degustateurs|assaggiatore|assaggiatori|"
    r"bewerter|gutachter|juror|juroren|evaluador|evaluadores|evaluateur|juge|panelist|scored by|"
    r"rated by|"
    r"evaluated by|bewertet von|panel member|jury|jury member|stakeholder|scored|beoordelaar|evaluatore|giudice)",
    "respondent": r"(respondent|respondents|respondent id|participant|response id|interview|"
    r"teilnehmer|befragte|befragter|"
    r"encuestado|repondant|intervistato|intervistati|respondentti|vastaaja|svarperson|ankietowany|inquirido|"
    r"id (cliente|klant|kunde|client|persona|participante|risposta|respuesta|reponse|osoby)|"
    r"^id$|respid|^resp$|resp id|proband|interviewee|(customer|user|case|panel|person) id)",
    "technical": r"(technical|engineering|hows|design requirement|technisch|technische|tecnico|technique)",
    "evaluation": r"(competitive|evaluation|benchmark|benchmarking|assessment|perception|wettbewerb|"
    r"wettbewerbsvergleich|"
    r"competencia|concurrence|competitiva|concorrenza|concorrenti|valutazion[ei]|concurrentie|beoordeling|"
    r"avaliac(ao|oes)|evaluacion|evaluation des clients|kundenbewertung|bewertung)",
    "baseline": r"(baseline|datum|reference|referenz|today|status quo)",
}
_COST = (
    r"(cost|costs|workload|work load|burden|"
    r"price|prices|risk|risks|time|effort|duration|delay|lead time|fee|rent|expense|"
    r"commute|distance|"
    r"emissions|footprint|complexity|latency|downtime|defects|complaints|tco|loan|weight|noise|"
    r"kosten|preis|preise|risiko|aufwand|dauer|miete|lieferzeit|gebuhr|komplexitat|"
    r"cout|prix|risque|loyer|delai|duree|coste|costes|precio|riesgo|plazo|esfuerzo|alquiler|"
    r"churn|consumption|verbrauch|job size|anschaffungskosten|betriebskosten)"
)
_GOOD = (
    r"(low|fair|good|attractive|affordab\w*|fit|worthiness|advantage|efficien\w*|saving|savings|"
    r"reduction|competitive\w*|"
    r"gunstig\w*|niedrig\w*|gering\w*|performance|value|control|fairness|on time|time to value|quick\w*|fast|"
    r"short|score|leistung|"
    r"nutzen|less|reduced|baj[oa]|faible|avoid\w*|management|mitigation|quality|security|"
    r"leistungsverhaltnis|qualite prix|qualita prezzo|calidad precio|qualidade preco|prijs kwaliteit\w*|"
    r"criticality|manage)"
)
_LESS = (
    r"(less is better|lower is better|lower better|min|minimise|minimize|minimum|minimieren|"
    r"weniger ist besser|less|lower|the (less|lower) the better|weniger|niedriger|kleiner|moins|plus bas|"
    r"(cuanto |a )?menos( es mejor)?|menor( es mejor)?|minder|lager|meno|minore|mniej|farre|mindre|[▼▽⬇⇩])"
)
_MORE = (
    r"(more is better|higher is better|higher better|max|maximise|maximize|maximum|maximieren|"
    r"mehr ist besser|more|higher|the (more|higher) the better|mehr|hoher|grosser|(cuanto |a )?mas( es mejor)?|"
    r"mayor( es mejor)?|plus|plus haut|meer|hoger|piu|maggiore|mais|maior|wiecej|fler|mer|[▲△⬆⇧])"
)


_NEITHER = ("○", "●", "◯", "◎", "-", "–", "=")
"""What stands for a target rather than for a direction."""


_CHINESE: dict[str, str] = {
    "weight": "权重|權重|比重|加权",
    "total": "Σ|∑|Ø|综合得分|加权得分|综合评分|总得分|总分|得分|合计|总计|總分|合計",
    "rank": "名次|排名|排序|順位",
    "index": "序号|编号|番号",
    "note": "备注|说明|備考",
}
"""The same in Chinese and Japanese letters, which `plain` does not keep."""


_IMPORTANT = (
    r"\b(importan\w*|wichtig\w*|belang(rijk)?\w*|viktig\w*|vigtig\w*|tarke\w*|wazn\w*|dulezit\w*|fontos\w*)\b"
)
_NOT_AT_ALL = (
    r"\b[01] ?[=:–-]? ?(not at all|none|geen|keine?|ingen|zadn\w*|ningun\w*|nenhum\w*|nessun\w*|"
    r"pas du tout|aucun|gar nicht|uberhaupt nicht|nada|per niente|niente|"
    r"helemaal niet|inte alls|slet ikke|ikke|wcale|vubec|de modo nenhum)\b"
)
"""Said beside the low end of a scale that measures how much there is of something."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that no accent makes of others."""


@lru_cache(20_000)
def plain(text: str) -> str:
    """Text as names are compared: small letters without accents and punctuation, "RespondentID" as two words.

    Examples
    --------
    >>> plain("Gewichtung (in %)"), plain("Sum of +"), plain("Total pondéré:"), plain("RespondentID")
    ('gewichtung in', 'sum of +', 'total pondere', 'respondent id')
    """
    apart = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])|_", " ", text)
    bare = (
        unicodedata.normalize("NFKD", apart.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9+=-]+|-(?=[a-z])", " ", bare).strip()


@lru_cache(20_000)
def lean(text: str) -> str:
    """The same without what stands in brackets and without ranges of numbers: the bare name of a line.

    Examples
    --------
    >>> lean("Commute (min)"), lean("Importance 1-5"), lean("Marks out of 10")
    ('commute', 'importance', 'marks')
    """
    bare = re.sub(r"\(.*?\)|\[.*?\]|%", " ", text)
    return " ".join(re.sub(r"\d+ ?(-|to|bis) ?\d+|(out of|von|sur) \d+", " ", plain(bare)).split())


@lru_cache(50_000)
def is_named(part: Part, text: str) -> bool:
    """Whether a name says that its line is of a kind.

    Examples
    --------
    >>> is_named("weight", "Gewichtung (%)"), is_named("weight", "Weight (kg)"), is_named("option", "Lieferant")
    (True, False, True)
    >>> is_named("total", "Weighted total"), is_named("total", "Price score"), is_named("total", "Sum of +")
    (True, False, True)
    """
    if part == "weight" and re.search(r"[(\[]\s*(kg|g|lb|lbs|t|oz)\s*[)\]]", text.casefold()):
        return False
    if text.strip() == "#":
        return part == "index"
    if text.strip(" :：") in _CHINESE.get(part, "").split("|") and not text.isascii():
        return True
    name = lean(text) or plain(text)
    if part in _WHOLE:
        return re.fullmatch(_WHOLE[part], name) is not None
    return re.search(rf"\b{_WITHIN[part]}\b", name) is not None


def is_bare(part: Part, text: str) -> bool:
    """Whether a name is that of a kind and nothing more.

    Examples
    --------
    >>> is_bare("option", "Offer"), is_bare("option", "Offer 1"), is_bare("option", "Concept A")
    (True, False, False)
    """
    return re.fullmatch(_WITHIN[part], plain(text)) is not None


_TRUE_BURDEN = (
    r"(risk|risks|effort|complexity|defects|complaints|emissions|footprint|churn|downtime|delay|noise|"
    r"risiko|aufwand|komplexitat|risque|riesgo|esfuerzo)"
)


def is_burden(text: str) -> bool:
    """Whether a name is that of a burden even where people judge: a risk of 5 may be a high one.

    Examples
    --------
    >>> is_burden("Risk"), is_burden("Price"), is_burden("Risk management")
    (True, False, False)
    """
    return likes_less(text) and re.search(rf"\b{_TRUE_BURDEN}\b", lean(text)) is not None


@lru_cache(50_000)
def likes_less(text: str) -> bool:
    """Whether a name is that of a burden, of which less is better, unless it says that it is a good thing.

    Examples
    --------
    >>> likes_less("Price"), likes_less("Low running cost"), likes_less("Commute (min)"), likes_less("Support")
    (True, False, True, False)
    """
    return re.search(rf"\b{_COST}\b", lean(text)) is not None and not says_good(text)


_FIRST = re.compile(
    r"\b1( st)? ?(=|is|being|ist|es|est) ?(the )?(best|top|very good|excellent|most|strongest|sehr gut|beste|mejor|"
    r"meilleur)|\b(lowest|lower|low|fewest|least)( (total|score|scores|points|number|sum|is|are))* "
    r"(wins?|better|best)\b|"
    r"\b(sum of ranks?|rank sum|rangsumme|schulnoten?|suma de rangos)\b"
)


def says_first_is_best(text: str) -> bool:
    """Whether a text says that numbers are ranks or marks of which 1 is the best.

    Examples
    --------
    >>> says_first_is_best("Ranks (1 = best)"), says_first_is_best("Schulnoten"), says_first_is_best("5 is best")
    (True, True, False)
    >>> says_first_is_best("0 = worst, 1 = best")
    False
    """
    return _FIRST.search(plain(text)) is not None and "0 =" not in text


def says_good(text: str) -> bool:
    """Whether a name says that what it counts is good, such as a low cost."""
    return re.search(rf"\b{_GOOD}\b", plain(text)) is not None


def says_importance(text: str) -> bool:
    """Whether a name asks how important something is, rather than how good.

    Examples
    --------
    >>> says_importance("Hoe belangrijk vindt u ..."), says_importance("Importance (1-10)"), says_importance("Basic")
    (True, True, False)
    """
    return is_named("weight", text) or re.search(_IMPORTANT, plain(text)) is not None


def says_amount(text: str) -> bool:
    """Whether a name says that its scale tells how much there is, from not at all on: more may be better or worse.

    Examples
    --------
    >>> says_amount("Greasy feel (1 = not at all, 10 = very)"), says_amount("Taste (1-10)")
    (True, False)
    """
    return re.search(_NOT_AT_ALL, plain(text)) is not None and not says_good(text)


def are_directions(texts: Sequence[str]) -> bool:
    """Whether texts say which direction is better, some of them perhaps that it is neither.

    Examples
    --------
    >>> are_directions(["max", "min", "○"]), are_directions(["max", "EUR"]), are_directions([])
    (True, False, False)
    """
    return all(said_direction(text) or text in _NEITHER for text in texts) and any(map(said_direction, texts))


def said_direction(text: str) -> str:
    """``"less"`` or ``"more"`` where a text says which is better, blank where it says neither."""
    name = plain(text) or text.strip()
    if re.fullmatch(_LESS, name) or "↓" in text or "lower is better" in name or "less is better" in name:
        return "less"
    return "more" if re.fullmatch(_MORE, name) or "↑" in text or "higher is better" in name else ""
