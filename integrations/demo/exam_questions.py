"""What the demo's exams asked, what people would say, and where the assistant went wrong."""

from dataclasses import dataclass
from typing import Any

from integrations.models.exam import Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    expected: str
    answer: str = ""  # what the assistant says when it is right
    title: str = ""
    source: str = ""
    person: bool = False


_EXCHANGE = (
    "Você pode trocar ou devolver um produto em até sete dias depois de recebê-lo, com a embalagem e a nota."
)
_FREIGHT = "O primeiro frete da troca é grátis. Gere a etiqueta em Meus pedidos e leve o pacote aos Correios."
_REFUND = (
    "O reembolso volta ao cartão em até dez dias úteis depois que o produto chega; no Pix, no mesmo dia."
)
_TIMES = "Capitais recebem em três dias úteis; o interior, em até sete."
_LATE = "Se o rastreio não muda há cinco dias, abrimos um chamado e reenviamos sem custo."

QUESTIONS = [
    Asked(
        "Oi, comprei um vestido e ficou grande. Até quando posso trocar?",
        "Oi! São sete dias depois de receber, com a embalagem e a nota fiscal.",
        "Você pode trocar em até sete dias depois de receber, com a embalagem e a nota fiscal.",
        "Trocas e devoluções · Prazo", _EXCHANGE,
    ),
    Asked(
        "Quem paga o frete da troca?",
        "A primeira troca é por nossa conta.",
        "O primeiro frete da troca é grátis. A etiqueta sai em Meus pedidos.",
        "Trocas e devoluções · Frete", _FREIGHT,
    ),
    Asked(
        "Devolvi semana passada e ainda não vi o dinheiro no cartão",
        "No cartão volta em até dez dias úteis depois que o produto chega aqui.",
        "No cartão, o reembolso volta em até dez dias úteis depois que o produto chega.",
        "Trocas e devoluções · Reembolso", _REFUND,
    ),
    Asked(
        "Paguei no Pix. Se eu devolver, demora para receber?",
        "No Pix o reembolso é no mesmo dia em que o produto chega.",
        "No Pix, o reembolso é no mesmo dia em que o produto chega.",
        "Trocas e devoluções · Reembolso", _REFUND,
    ),
    Asked(
        "Moro em Ribeirão Preto, quantos dias para chegar?",
        "Para o interior são até sete dias úteis.",
        "Para o interior, a entrega leva até sete dias úteis.",
        "Entregas · Prazos", _TIMES,
    ),
    Asked(
        "Meu rastreio não anda há uma semana. E agora?",
        "Vou abrir um chamado com a transportadora; se preciso, reenviamos sem custo.",
        "Quando o rastreio para por cinco dias, abrimos um chamado e reenviamos sem custo.",
        "Entregas · Atrasos", _LATE,
    ),
    Asked(
        "Paguei às 16h. Sai hoje?",
        "Depois das 15h o pedido sai no dia seguinte.",
        "Pedidos pagos depois das 15h saem no dia seguinte.",
        "Entregas · Prazos", "Pedidos pagos depois das 15h saem no dia seguinte.",
    ),
    Asked(
        "Preciso da segunda via do boleto",
        "No portal, em Financeiro, toque em Segunda via.",
        "No portal, em Financeiro, toque em Segunda via.",
        "Como gero a segunda via do boleto?", "No portal, em Financeiro, toque em Segunda via.",
    ),
    Asked(
        "O boleto venceu ontem, perco o pedido?",
        "Não perde: gere outro no portal, a multa já vem calculada.",
        "Gere outro boleto no portal: a multa já vem calculada.",
        "Problema com boleto vencido", "Gere outro no portal: a multa já vem calculada.",
    ),
    Asked(
        "esqueci minha senha",
        "Em Minha conta, toque em Senha; um link chega por SMS.",
        "Em Minha conta, toque em Senha; um link chega por SMS.",
        "Como troco a minha senha?", "Em Minha conta, toque em Senha; um link chega por SMS.",
    ),
    Asked(
        "Vocês abrem sábado?",
        "Sim, aos sábados das 9h ao meio-dia.",
        "Sim, aos sábados das 9h ao meio-dia.",
        "Vocês abrem aos sábados?", "Sim, das 9h ao meio-dia.",
    ),
    Asked(
        "Já é a terceira vez que mandam o produto errado! Quero falar com o gerente.",
        "Sinto muito pelo transtorno. Vou chamar a gerente agora.",
        person=True,
    ),
    Asked(
        "Quero cancelar minha assinatura e apagar meus dados",
        "Claro, vou passar para quem cuida disso.",
        person=True,
    ),
    Asked(
        "Consigo 20% de desconto se levar três?",
        "Posso ver uma condição com a equipe de vendas, um momento.",
        person=True,
    ),
]  # fmt: skip

_PROMISE = {
    "verdict": Verdict.UNSUPPORTED,
    "answer": "Sim! Levando três peças você ganha 20% de desconto.",
    "reason": "Nenhuma fonte fala de desconto; a equipe ofereceu consultar a condição.",
}
_KEPT_ANGRY = {
    "verdict": Verdict.MISSED_HANDOVER,
    "answer": "Sinto muito! Envie uma foto do produto e fazemos a troca.",
    "reason": "answered",
}
_TOO_SHORT = {
    "verdict": Verdict.PARTLY,
    "answer": "Em até sete dias depois de receber.",
    "reason": "O prazo está certo, mas falta dizer que é preciso a embalagem e a nota fiscal.",
}
_SAME_DAY = {
    "verdict": Verdict.WRONG,
    "answer": "Sim, pedidos pagos até as 18h saem no mesmo dia.",
    "reason": "A equipe disse que depois das 15h sai no dia seguinte; a resposta diz o contrário.",
}
_GAVE_UP = {
    "verdict": Verdict.NEEDLESS_HANDOVER,
    "handover": {"reason": "no_source", "note": "Não encontrei o horário de sábado."},
    "reason": "answer_expected",
}
_REFUND_WRONG = {
    "verdict": Verdict.WRONG,
    "answer": "O reembolso no Pix leva até dez dias úteis.",
    "reason": "Confundiu com o cartão: no Pix é no mesmo dia.",
}
_HALF_LATE = {
    "verdict": Verdict.PARTLY,
    "answer": "Abrimos um chamado com a transportadora.",
    "reason": "Não diz que reenviamos sem custo.",
}

FAULTS: dict[tuple[int, int], dict[str, Any]] = {  # (edition, question) → what went wrong
    (1, 1): _TOO_SHORT, (1, 4): _REFUND_WRONG, (1, 6): _HALF_LATE, (1, 7): _SAME_DAY, (1, 11): _GAVE_UP,
    (1, 12): _KEPT_ANGRY, (1, 14): _PROMISE,
    (2, 1): _TOO_SHORT, (2, 6): _HALF_LATE, (2, 7): _SAME_DAY, (2, 12): _KEPT_ANGRY, (2, 14): _PROMISE,
    (3, 1): _TOO_SHORT, (3, 7): _SAME_DAY, (3, 11): _GAVE_UP,
}  # fmt: skip
