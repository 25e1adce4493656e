/** Fails when what /inbox needs before it can be used weighs more than the budget, after compression. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 240
/** With the thread, which is fetched right behind the list. */
const BUDGET_WITH_THREAD_KB = 285
const ENTRY = 'index.html'
const INBOX = 'src/features/inbox/InboxPage.tsx'
const THREAD = 'src/features/inbox/thread/ThreadPane.tsx'
const LANGUAGES = ['portuguese', 'english', 'spanish'].map((name) => `src/app/texts/${name}.ts`)

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'))
const sizes = new Map()

// The inbox may be a chunk of its own or part of the entry.
const inbox = [ENTRY, ...[INBOX].filter((name) => name in manifest)]
const isOver = [
  report('inbox', inbox, BUDGET_KB),
  report('inbox and thread', [...inbox, THREAD], BUDGET_WITH_THREAD_KB),
]
if (isOver.includes(true)) {
  console.error('Over the budget. `node scripts/check-budget.mjs --list` shows what weighs how much.')
  process.exit(1)
}

/** Adds the texts of the heaviest language: only the chosen one is loaded. */
function report(title, names, budget) {
  const base = filesOf(names)
  const ofLanguage = (name) => weigh([...filesOf([name])].filter((file) => !base.has(file)))
  const texts = Math.max(...LANGUAGES.map(ofLanguage))
  const scripts = weigh([...base].filter((file) => file.endsWith('.js')))
  const styles = weigh([...base].filter((file) => file.endsWith('.css')))
  const total = scripts + styles + texts
  if (process.argv.includes('--list'))
    for (const file of [...base].sort((one, other) => size(other) - size(one)))
      console.log(`${kB(size(file)).padStart(7)}  ${file}`)
  console.log(
    `${title}: ${kB(scripts)} scripts + ${kB(texts)} texts + ${kB(styles)} styles = ${kB(total)} of ${budget} kB gzipped`,
  )
  return total > budget * 1000
}

/** These parts of the manifest and everything they import without waiting. */
function filesOf(names, files = new Set(), seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    const part = manifest[name]
    if (!part) throw new Error(`The build has no ${name}; was it renamed?`)
    for (const file of [part.file, ...(part.css ?? [])]) files.add(file)
    filesOf(part.imports ?? [], files, seen)
  }
  return files
}

function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(dist + file)).length)
  return sizes.get(file)
}

function weigh(files) {
  return files.reduce((sum, file) => sum + size(file), 0)
}

function kB(bytes) {
  return (bytes / 1000).toFixed(1)
}
