/** Starts the console: texts, session, router. */
import '@fontsource-variable/inter'
import '@/shared/ui/mantine'
import '@/shared/ui/tokens.css'
import '@/shared/ui/styles.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { restoreSession } from './app/session'
import { loadTexts } from './app/texts'
import { startTexts } from './shared/i18n'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  await Promise.all([startTexts(loadTexts), restoreSession()])
  createRoot(root).render(<App />)
}

void start()
