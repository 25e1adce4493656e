"""Who plays in the demo: two companies in different time zones, their people, queues and numbers."""

from dataclasses import dataclass

PASSWORD = "demo-helpdesk-2026"  # noqa: S105  (printed on purpose: these people exist in demos only)
OPERATOR = ("Olivia Reis", "operator@helpdesk.example")


@dataclass(frozen=True)
class Person:
    """`queues` are the keys that the texts use."""

    name: str
    email: str
    role: str
    queues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A number at the emulator. None of these values opens anything outside of it."""

    name: str
    number: str
    verified_name: str
    phone_number_id: str
    waba_id: str
    app_id: str
    queue: str | None = None

    @property
    def app_secret(self) -> str:
        return f"demo-secret-{self.app_id}"

    @property
    def access_token(self) -> str:
        return f"EAADEMO{self.app_id}"


@dataclass(frozen=True)
class Cast:
    """`languages`: how many of ten customers speak each. `countries`: where their numbers are from."""

    key: str
    name: str
    timezone: str
    language: str
    people: tuple[Person, ...]
    queues: dict[str, tuple[str, str, str]]  # key → name, colour, greeting
    lines: tuple[Line, ...]
    languages: dict[str, int]


AURORA = Cast(
    key="aurora",
    name="Loja Aurora",
    timezone="America/Sao_Paulo",
    language="pt-BR",
    people=(
        Person("Ana Ribeiro", "ana@aurora.example", "admin"),
        Person("Sérgio Lima", "sergio@aurora.example", "supervisor"),
        Person("Bruno Costa", "bruno@aurora.example", "agent", ("vendas", "trocas")),
        Person("Camila Duarte", "camila@aurora.example", "agent", ("suporte", "trocas")),
        Person("Diego Nunes", "diego@aurora.example", "agent", ("financeiro", "vendas")),
    ),
    queues={
        "vendas": ("Vendas", "#0f766e", "Olá! Que bom ter você aqui. Como podemos ajudar?"),
        "suporte": ("Suporte", "#1d4ed8", "Oi! Conte o que aconteceu e o número do pedido."),
        "trocas": ("Trocas e devoluções", "#b45309", ""),
        "financeiro": ("Financeiro", "#6d28d9", ""),
    },
    lines=(
        Line(
            "Loja Aurora", "551140020100", "Loja Aurora", "100000000000101", "200000000000101",
            "300000000101",
        ),
        Line(
            "Aurora Atacado", "551140020200", "Aurora Atacado", "100000000000102", "200000000000101",
            "300000000101", "vendas",
        ),
    ),
    languages={"pt": 8, "es": 1, "en": 1},
)  # fmt: skip

SOL = Cast(
    key="sol",
    name="Clínica Sol",
    timezone="Europe/Madrid",
    language="es",
    people=(
        Person("Lucía Moreno", "lucia@clinicasol.example", "admin"),
        Person("Javier Ortega", "javier@clinicasol.example", "supervisor"),
        Person("Marta Gil", "marta@clinicasol.example", "agent", ("citas", "recepcion")),
        Person("Pablo Serrano", "pablo@clinicasol.example", "agent", ("recepcion", "facturacion")),
        Person("Emma Clarke", "emma@clinicasol.example", "agent", ("citas", "urgencias")),
    ),
    queues={
        "citas": ("Citas", "#0e7490", "Hola, dígame qué especialidad necesita y le busco hora."),
        "recepcion": ("Recepción", "#15803d", ""),
        "facturacion": ("Facturación", "#a21caf", ""),
        "urgencias": ("Urgencias", "#be123c", "Si es una emergencia vital, llame al 112."),
    },
    lines=(
        Line(
            "Clínica Sol", "34910600100", "Clínica Sol", "100000000000201", "200000000000201", "300000000201"
        ),
    ),
    languages={"es": 7, "en": 2, "pt": 1},
)

CASTS = (AURORA, SOL)
