/** Starts the console: texts, session, router. */
import '@fontsource-variable/inter'
import '@/shared/ui/mantine'
import '@/shared/ui/tokens.css'
import '@/shared/ui/styles.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { restoreSession } from './app/session'
import { textFiles } from './app/texts'
import { fetchMoreTexts, startTexts } from './shared/i18n'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  await Promise.all([startTexts(textFiles), restoreSession()])
  createRoot(root).render(<App />)
  // Behind the first screen, so that going to another one waits for nothing.
  void fetchMoreTexts().catch(() => undefined)
}

void start()
