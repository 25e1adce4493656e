"""What the product says to customers by itself, in the company's language, until the company writes its own."""

from tenants.models import Company
from tenants.models.company import Language

PHRASES: dict[str, dict[str, str]] = {
    "greeting.morning": {"pt-BR": "Bom dia", "en": "Good morning", "es": "Buenos días"},
    "greeting.afternoon": {"pt-BR": "Boa tarde", "en": "Good afternoon", "es": "Buenas tardes"},
    "greeting.evening": {"pt-BR": "Boa noite", "en": "Good evening", "es": "Buenas noches"},
    "greeting.night": {"pt-BR": "Boa madrugada", "en": "Good evening", "es": "Buenas noches"},
    "example.queue": {"pt-BR": "Suporte", "en": "Support", "es": "Soporte"},
    "moment": {"pt-BR": "{date} às {hour}", "en": "{date} at {hour}", "es": "{date} a las {hour}"},
    "queue.sales": {"pt-BR": "Vendas", "en": "Sales", "es": "Ventas"},
    "queue.support": {"pt-BR": "Suporte", "en": "Support", "es": "Soporte"},
    "queue.finance": {"pt-BR": "Financeiro", "en": "Billing", "es": "Finanzas"},
    "queue.administration": {"pt-BR": "Administrativo", "en": "Administration", "es": "Administración"},
    "queue.general": {"pt-BR": "Geral", "en": "General", "es": "General"},
    "out_of_hours": {
        "pt-BR": "Olá! No momento estamos fora do horário de atendimento. Deixe sua mensagem e responderemos "
        "assim que abrirmos.",
        "en": "Hello! We are closed at the moment. Leave your message and we will answer as soon as we open.",
        "es": "¡Hola! En este momento estamos fuera del horario de atención. Deje su mensaje y responderemos "
        "en cuanto abramos.",
    },
    "acceptance": {
        "pt-BR": "{{ms}}! Meu nome é {{userName}} e vou continuar o seu atendimento.",
        "en": "{{ms}}! My name is {{userName}} and I will help you from here.",
        "es": "¡{{ms}}! Mi nombre es {{userName}} y continuaré con su atención.",
    },
    "transfer": {
        "pt-BR": "Seu atendimento foi transferido para {{queue}}. Em breve alguém continua com você.",
        "en": "Your conversation was passed on to {{queue}}. Somebody will be with you soon.",
        "es": "Su atención fue transferida a {{queue}}. En breve alguien continuará con usted.",
    },
    "position": {
        "pt-BR": "Sua posição na fila de atendimento é:",
        "en": "Your position in the queue is:",
        "es": "Su posición en la fila de atención es:",
    },
    "farewell": {
        "pt-BR": "Atendimento {{protocol}} encerrado. Obrigado pelo contato!",
        "en": "Conversation {{protocol}} is closed. Thank you for contacting us!",
        "es": "Atención {{protocol}} finalizada. ¡Gracias por contactarnos!",
    },
    "vacation": {
        "pt-BR": "Estamos em férias coletivas. Sua mensagem foi registrada e será respondida na nossa volta.",
        "en": "We are on a company holiday. We have your message and will answer when we are back.",
        "es": "Estamos de vacaciones colectivas. Registramos su mensaje y responderemos a nuestro regreso.",
    },
    "audio_refusal": {
        "pt-BR": "Não conseguimos ouvir mensagens de áudio neste canal. Por favor, escreva a sua mensagem.",
        "en": "We cannot listen to voice messages here. Please write your message.",
        "es": "No podemos escuchar mensajes de audio en este canal. Por favor, escriba su mensaje.",
    },
    "call_refusal": {
        "pt-BR": "Não atendemos chamadas neste número. Por favor, escreva a sua mensagem.",
        "en": "We do not take calls on this number. Please write your message.",
        "es": "No atendemos llamadas en este número. Por favor, escriba su mensaje.",
    },
    "consent": {
        "pt-BR": "Olá! Para atender você, precisamos tratar os seus dados pessoais.",
        "en": "Hello! To help you, we need to process your personal data.",
        "es": "¡Hola! Para atenderle, necesitamos tratar sus datos personales.",
    },
    "consent.question": {
        "pt-BR": "Estou ciente sobre o tratamento dos meus dados pessoais.",
        "en": "I agree to the processing of my personal data.",
        "es": "Acepto el tratamiento de mis datos personales.",
    },
    "consent.refused": {
        "pt-BR": "Tudo bem. Sem o seu consentimento não podemos continuar, e o atendimento foi encerrado.",
        "en": "That is fine. Without your consent we cannot go on, so this conversation is closed.",
        "es": "De acuerdo. Sin su consentimiento no podemos continuar y la atención fue finalizada.",
    },
    "rating.csat": {
        "pt-BR": "Como você avalia o atendimento de {{userName}}?",
        "en": "How would you rate the help of {{userName}}?",
        "es": "¿Cómo califica la atención de {{userName}}?",
    },
    "rating.nps": {
        "pt-BR": "De 0 a 10, quanto você recomendaria a {{name_company}} a um amigo?",
        "en": "From 0 to 10, how likely are you to recommend {{name_company}} to a friend?",
        "es": "De 0 a 10, ¿cuánto recomendaría {{name_company}} a un amigo?",
    },
    "rating.choices": {
        "pt-BR": "Péssimo|Ruim|Regular|Bom|Ótimo",
        "en": "Very bad|Bad|Fair|Good|Excellent",
        "es": "Pésimo|Malo|Regular|Bueno|Excelente",
    },
    "rating.unknown": {
        "pt-BR": "Não entendi. Responda só com o número.",
        "en": "I did not understand. Please answer with the number only.",
        "es": "No entendí. Responda solo con el número.",
    },
    "rating_comment": {
        "pt-BR": "Quer contar o motivo da sua nota? Pode escrever aqui.",
        "en": "Would you like to tell us why? You can write it here.",
        "es": "¿Quiere contarnos el motivo de su nota? Puede escribirlo aquí.",
    },
    "rating_thanks": {
        "pt-BR": "Obrigado pela sua avaliação!",
        "en": "Thank you for your rating!",
        "es": "¡Gracias por su calificación!",
    },
    "choose": {"pt-BR": "Escolher", "en": "Choose", "es": "Elegir"},
    "yes": {"pt-BR": "Sim", "en": "Yes", "es": "Sí"},
    "no": {"pt-BR": "Não", "en": "No", "es": "No"},
    "menu.choose": {
        "pt-BR": "Escolha uma das opções:",
        "en": "Choose one of the options:",
        "es": "Elija una de las opciones:",
    },
    "menu.unknown": {
        "pt-BR": "Não entendi. Responda com o número de uma das opções.",
        "en": "I did not understand. Answer with the number of one of the options.",
        "es": "No entendí. Responda con el número de una de las opciones.",
    },
    "menu.back": {
        "pt-BR": "Voltar para o menu principal",
        "en": "Back to the main menu",
        "es": "Volver al menú principal",
    },
    "menu.exit": {
        "pt-BR": "Encerrar atendimento",
        "en": "End the conversation",
        "es": "Finalizar la atención",
    },
    "menu.exit_word": {"pt-BR": "Sair", "en": "Exit", "es": "Salir"},
    "menu.waiting": {
        "pt-BR": "Pronto! Você está na fila de {{queue}}. Em breve alguém atende você.",
        "en": "Done! You are in the queue {{queue}}. Somebody will be with you soon.",
        "es": "¡Listo! Está en la fila de {{queue}}. En breve alguien le atenderá.",
    },
}


def phrase(key: str, language: str) -> str:
    """In this language; in English when a language has no words for it."""
    found = PHRASES[key]
    return found.get(language) or found[Language.ENGLISH]


def text_of(company: Company, occasion: str) -> str:
    """What the company says on this occasion: its own words, or ours."""
    own = str(company.option(f"{occasion}_text") or "").strip()
    return own or phrase(occasion, company.language)
