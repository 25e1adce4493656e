"""The words of the demo's quick replies, macros, promised messages and ratings."""

from typing import Any

REPLIES: dict[str, list[tuple[str, str, str, str]]] = {  # folder, shortcut, title, text
    "aurora": [
        ("Vendas", "vitrine", "Foto do vestido da coleção",
         "{{firstName}}, este é o vestido da coleção nova. Temos do P ao GG, e hoje o frete é por nossa conta. 💛"),
        ("Vendas", "pix", "Chave do Pix",
         "Nossa chave Pix é o CNPJ *12.345.678/0001-90*, em nome de {{name_company}}. "
         "Assim que pagar, mande o comprovante por aqui."),
        ("Vendas", "parcelas", "Parcelamento",
         "Parcelamos em até *6x sem juros* no cartão, com parcela mínima de R$ 50."),
        ("Vendas", "tamanhos", "Tabela de medidas",
         "P: busto 84, cintura 66\nM: busto 90, cintura 72\nG: busto 96, cintura 78\nGG: busto 104, cintura 86"),
        ("Entrega", "prazo", "Prazo de entrega",
         "Para capitais a entrega leva até 3 dias úteis; demais cidades, até 7. "
         "O código de rastreio chega por e-mail no dia do envio."),
        ("Entrega", "rastreio", "Onde está meu pedido",
         "{{ms}}, {{firstName}}! Vou consultar a transportadora e já volto com a posição do seu pedido."),
        ("Trocas", "troca", "Como trocar",
         "Você tem 30 dias para trocar, {{firstName}}. Gero a etiqueta de devolução agora; "
         "é só levar o pacote a uma agência dos Correios."),
        ("Trocas", "estorno", "Prazo do estorno",
         "O estorno cai em até 2 faturas no cartão, ou em 3 dias úteis no Pix."),
        ("", "oi", "Saudação",
         "{{ms}}, {{firstName}}! Aqui é {{userName}}, da {{name_company}}. Como posso ajudar?"),
        ("", "obrigado", "Agradecimento",
         "Obrigado pelo contato, {{firstName}}! Seu protocolo é {{protocol}}. 😊"),
        ("mine", "volto", "Volto depois do almoço",
         "{{firstName}}, vou confirmar com o estoque e respondo ainda hoje, combinado?"),
    ],
    "sol": [
        ("Citas", "mapa", "Cómo llegar", "{{firstName}}, estamos en la calle Mayor, 12. La parada de metro es Sol."),
        ("Citas", "confirmar", "Confirmar cita",
         "{{ms}}, {{firstName}}. Le confirmo su cita. Si no puede venir, avísenos con 24 horas, por favor."),
        ("Citas", "ayunas", "Venga en ayunas",
         "Para la analítica venga en ayunas de 8 horas; puede beber agua."),
        ("Facturación", "factura", "Pedir factura",
         "Para enviarle la factura necesito su *NIF* y la dirección fiscal."),
        ("", "hola", "Saludo", "{{ms}}, {{firstName}}. Le atiende {{userName}}, de {{name_company}}."),
        ("", "gracias", "Despedida", "Gracias por su confianza, {{firstName}}. Que tenga un buen día."),
        ("mine", "vuelvo", "Vuelvo enseguida", "{{firstName}}, lo consulto con el médico y le escribo hoy mismo."),
    ],
}  # fmt: skip

MACROS: dict[str, list[tuple[str, list[dict[str, Any]]]]] = {
    "aurora": [
        ("Pedido entregue", [
            {"kind": "reply", "body": "Que bom que chegou, {{firstName}}! Qualquer coisa, é só chamar. 💛"},
            {"kind": "add_tags", "tag": "Resolvido"},
            {"kind": "close", "silent": False},
        ]),
        ("Abrir troca", [
            {"kind": "quick_reply", "quick_reply": "troca"},
            {"kind": "add_tags", "tag": "Troca"},
            {"kind": "note", "body": "Etiqueta de devolução pedida por {{userName}}."},
            {"kind": "transfer", "queue": "trocas", "agent": None, "note": ""},
        ]),
        ("Cliente irritado", [
            {"kind": "assign_to_me"},
            {"kind": "priority", "priority": "urgent"},
            {"kind": "reply", "body": "{{firstName}}, sinto muito pelo transtorno. Vou resolver isso pessoalmente."},
            {"kind": "note", "body": "Avisar a supervisão antes de encerrar."},
        ]),
        ("Esperar o comprovante", [
            {"kind": "quick_reply", "quick_reply": "pix"},
            {"kind": "snooze", "minutes": None, "days": 1, "time": "09:00"},
        ]),
    ],
    "sol": [
        ("Cita confirmada", [
            {"kind": "quick_reply", "quick_reply": "confirmar"},
            {"kind": "add_tags", "tag": "Confirmada"},
            {"kind": "close", "silent": True},
        ]),
        ("Pasar a facturación", [
            {"kind": "note", "body": "Pide factura, revisado por {{userName}}."},
            {"kind": "transfer", "queue": "facturacion", "agent": None, "note": ""},
        ]),
    ],
}  # fmt: skip

PROMISES: dict[str, list[tuple[int, str, str]]] = {  # days from today, rhythm, text
    "aurora": [
        (1, "", "{{ms}}, {{firstName}}! Conseguiu pagar o Pix? Guardei as peças até hoje à noite."),
        (2, "", "Oi, {{firstName}}! Seu pedido chegou direitinho?"),
        (
            3,
            "week",
            "{{firstName}}, as novidades da semana chegaram. Quer que eu separe algo no seu tamanho?",
        ),
    ],
    "sol": [
        (1, "", "{{ms}}, {{firstName}}. Le recordamos su cita de mañana. ¿La confirma?"),
        (5, "month", "{{firstName}}, ya puede pedir hora para su revisión mensual."),
    ],
}

COMMENTS: dict[str, dict[int, list[str]]] = {
    "aurora": {
        5: [
            "Atendimento rápido e muito educado, adorei!",
            "Resolveu na hora, obrigada!",
            "Vocês são demais 💛",
        ],
        4: ["Foi bom, só demorou um pouquinho.", "Gostei, mas o site podia mostrar o prazo."],
        3: ["Resolveu, mas precisei explicar duas vezes."],
        2: ["Demorou muito para responder."],
        1: ["Meu pedido ainda não chegou e ninguém sabe dizer onde está."],
    },
    "sol": {
        5: ["Muy amables y rápidos.", "Todo perfecto, gracias."],
        4: ["Bien, aunque tuve que esperar un poco."],
        3: ["Correcto."],
        2: ["Tardaron en contestar."],
        1: ["No me dieron cita en la fecha que pedí."],
    },
}
