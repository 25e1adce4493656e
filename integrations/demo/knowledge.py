"""What the demo's company knows: two documents, some answers, and two that wait for a person."""

from typing import Any

from integrations.actions import answers, documents
from tenants.models import Company

EXCHANGES = """# Trocas e devoluções

## Prazo
Você pode trocar ou devolver um produto em até sete dias depois de recebê-lo, com a embalagem e a nota fiscal.

## Frete
O primeiro frete da troca é grátis. Gere a etiqueta em Meus pedidos e leve o pacote a uma agência dos Correios.

## Reembolso
O reembolso volta ao cartão em até dez dias úteis depois que o produto chega; no Pix, no mesmo dia.
"""
DELIVERY = """# Entregas

## Prazos
Capitais recebem em três dias úteis; o interior, em até sete. Pedidos pagos depois das 15h saem no dia seguinte.

## Atrasos
Se o rastreio não muda há cinco dias, abrimos um chamado com a transportadora e reenviamos sem custo.
"""
ANSWERS = [
    (
        "Como gero a segunda via do boleto?",
        "No portal, em Financeiro, toque em Segunda via.",
        "financeiro",
        "human",
    ),
    ("Problema com boleto vencido", "Gere outro no portal: a multa já vem calculada.", "financeiro", "human"),
    ("Como troco a minha senha?", "Em Minha conta, toque em Senha; um link chega por SMS.", "suporte", "ai"),
    ("Vocês abrem aos sábados?", "Sim, das 9h ao meio-dia.", "geral", "human"),
    ("Dá para retirar na loja?", "Sim, em duas horas depois do pagamento aprovado.", "vendas", "pending"),
    ("Emitem nota para CNPJ?", "Sim, informe o CNPJ antes de pagar.", "vendas", "pending"),
]


def seed(company: Company) -> None:
    """Once, with the company's other data; the worker reads and embeds it."""
    nobody: dict[str, Any] = {"by": None, "user": None}
    documents.add_text(EXCHANGES, "Trocas e devoluções", sector="vendas", **nobody)
    documents.add_text(DELIVERY, "Entregas", sector="vendas", **nobody)
    for question, answer, sector, validated in ANSWERS:
        answers.create(
            question=question, answer=answer, sector=sector, validated_by=validated,
            is_learned=validated == "pending", **nobody,
        )  # fmt: skip
