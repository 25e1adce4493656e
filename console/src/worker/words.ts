/** What a push says, in the three languages. The worker has no access to the texts of the console. */

export interface Pushed {
  kind: string
  language?: string
  ticket?: number | null
  number?: number | null
  contact?: string
  by?: string
  text?: string
}

type Words = Record<string, (pushed: Pushed) => string>

const ENGLISH: Words = {
  assigned: () => 'A ticket is yours now',
  mentioned: ({ by }) => `${by || 'Somebody'} mentioned you`,
  joined: ({ by }) => `${by || 'Somebody'} added you to a ticket`,
  new_ticket: () => 'A ticket waits in the queue',
  woken: () => 'A snoozed ticket is back',
  failed: () => 'A message of yours did not arrive',
  rated: () => 'A customer rated your service',
  sla_warned: () => 'A deadline is near',
  sla_breached: () => 'A deadline was missed',
  template: () => 'WhatsApp refused or stopped a template',
  finished: () => 'A job is done',
  message: () => 'New message',
  test: () => 'This is what a notification looks like.',
}

const PORTUGUESE: Words = {
  assigned: () => 'Um ticket agora é seu',
  mentioned: ({ by }) => `${by || 'Alguém'} mencionou você`,
  joined: ({ by }) => `${by || 'Alguém'} incluiu você em um ticket`,
  new_ticket: () => 'Um ticket espera na fila',
  woken: () => 'Um ticket adiado voltou',
  failed: () => 'Uma mensagem sua não chegou',
  rated: () => 'Um cliente avaliou o atendimento',
  sla_warned: () => 'Um prazo está acabando',
  sla_breached: () => 'Um prazo foi perdido',
  template: () => 'O WhatsApp recusou ou parou um modelo',
  finished: () => 'Uma tarefa terminou',
  message: () => 'Nova mensagem',
  test: () => 'É assim que uma notificação aparece.',
}

const SPANISH: Words = {
  assigned: () => 'Un ticket ahora es tuyo',
  mentioned: ({ by }) => `${by || 'Alguien'} te mencionó`,
  joined: ({ by }) => `${by || 'Alguien'} te sumó a un ticket`,
  new_ticket: () => 'Un ticket espera en la cola',
  woken: () => 'Volvió un ticket pospuesto',
  failed: () => 'Un mensaje tuyo no llegó',
  rated: () => 'Un cliente calificó la atención',
  sla_warned: () => 'Un plazo está por vencer',
  sla_breached: () => 'Se venció un plazo',
  template: () => 'WhatsApp rechazó o detuvo una plantilla',
  finished: () => 'Terminó una tarea',
  message: () => 'Mensaje nuevo',
  test: () => 'Así se ve una notificación.',
}

const LANGUAGES: Record<string, Words> = { en: ENGLISH, 'pt-BR': PORTUGUESE, es: SPANISH }

/** The customer's name above, what happened below; a message speaks for itself. */
export function wordsOf(pushed: Pushed): { title: string; body: string } {
  const words = LANGUAGES[pushed.language ?? ''] ?? PORTUGUESE
  const what = (words[pushed.kind] ?? words.finished)?.(pushed) ?? ''
  const said = pushed.text ?? ''
  if (pushed.kind === 'message') return { title: pushed.contact ?? '', body: said || what }
  const title = pushed.contact ? `${pushed.contact} · #${pushed.number}` : 'Helpdesk'
  return { title, body: said ? `${what}: ${said}` : what }
}
