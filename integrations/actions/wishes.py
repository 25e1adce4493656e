"""A customer who asks for a person gets one, without a model being asked: in Portuguese, English and Spanish.

Only what is said in a few words and is plainly meant so; everything else the assistant understands by itself.
"""

import re
import unicodedata

LONGEST = 90  # a longer message tells a story, in which these words may stand for anything
PERSON = (
    "atendente|humano|humana|pessoa|alguem|gente|funcionario|funcionaria|operador|operadora|consultor|vendedor|vendedora"
    "|human|person|somebody|someone|agent|operator|representative|employee|people"
    "|persona|alguien|agente|operadora|empleado|asesor|asesora|representante"
)
WANT = (
    "falar|conversar|atendido|quero|queria|preciso|gostaria|chama|chame|chamar|passa|passe|transfere|transfira|transferir"
    "|talk|speak|chat|want|need|connect|transfer|get|call"
    "|hablar|quiero|quisiera|necesito|pasame|paseme|comunicame|comuniqueme|transfiere|transferir"
)
NOT = re.compile(r"\b(nao|not|no quiero|dont|don t|sem|without|sin|nunca|never|wouldnt)\b")
ALONE = re.compile(rf"^(?:{PERSON}|atendimento humano|ser humano|persona real|real person|pessoa real)$")
POLITE = re.compile(
    r"\b(por favor|pfv|pf|please|ola|oi|hi|hello|hola|bom dia|boa tarde|boa noite|ja|agora|now|ahora)\b"
)
ASKS = re.compile(rf"\b(?:{WANT})\b(?:\W+\w+){{0,5}}?\W+(?:{PERSON})\b")
REAL = re.compile(
    r"\b(?:atendimento humano|ser humano|pessoa real|real (?:person|human)|persona real|atencion humana)\b"
)


def asks_for_person(text: str) -> bool:
    words = _plain(text)
    if not words or len(words) > LONGEST or NOT.search(words):
        return False
    bare = " ".join(POLITE.sub(" ", words).split())
    return bool(ALONE.search(bare) or ASKS.search(words) or REAL.search(words))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(letter for letter in letters if not unicodedata.category(letter).startswith("M"))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())
