/** Fails when a component of Mantine is used whose style sheet is not listed: nothing else would tell. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const library = join(root, 'node_modules/@mantine/core')
const modules = join(library, 'esm/components')
const LIST = 'src/shared/ui/mantine.ts'

const sheets = new Map(
  readdirSync(join(library, 'styles'))
    .filter((name) => name.endsWith('.css') && !name.endsWith('.layer.css'))
    .map((name) => [name, readFileSync(join(library, 'styles', name), 'utf8')]),
)
const listed = new Set(
  [...read(join(root, LIST)).matchAll(/core\/styles\/(\w[\w-]*\.css)/g)].map(([, name]) => name),
)
const needed = new Map()
for (const component of usedComponents())
  for (const sheet of sheetsOf(component)) needed.set(sheet, component)

const missing = [...needed].filter(([sheet]) => !listed.has(sheet))
for (const [sheet, component] of missing)
  console.error(`${LIST} lacks @mantine/core/styles/${sheet}, which ${component} needs`)
const spare = [...listed].filter((sheet) => /^[A-Z]/.test(sheet) && !needed.has(sheet))
for (const sheet of spare) console.error(`${LIST} lists @mantine/core/styles/${sheet}, which nothing needs`)
if (missing.length + spare.length > 0) process.exit(1)

/** Components that we import, and those that Mantine's other packages need. */
function usedComponents() {
  const ours = filesIn(join(root, 'src'), /\.tsx?$/)
  const theirs = ['notifications', 'spotlight'].flatMap((name) =>
    filesIn(join(root, 'node_modules/@mantine', name, 'esm'), /\.mjs$/),
  )
  const names = [...ours, ...theirs].flatMap((file) =>
    [...read(file).matchAll(/import\s*\{([^}]*)\}\s*from\s*["']@mantine\/core["']/g)].flatMap(([, list]) =>
      list.split(',').map((name) => name.trim()),
    ),
  )
  return new Set(names.filter(moduleOf))
}

/** Where a component's code is; a few lie one folder deeper. */
function moduleOf(name) {
  return [join(modules, name, `${name}.mjs`), join(modules, name, name, `${name}.mjs`)].find(existsSync)
}

/** Follows the imports of a component; each names the classes that it wears, each class is in one sheet. */
function sheetsOf(component) {
  const found = new Set()
  const seen = new Set()
  const open = [moduleOf(component)]
  for (let file = open.pop(); file; file = open.pop()) {
    if (seen.has(file) || !existsSync(file)) continue
    seen.add(file)
    const code = read(file)
    if (file.endsWith('.module.mjs')) {
      const name = /"(m_[0-9a-f]+)"/.exec(code)?.[1]
      const sheet = [...sheets].find(([, css]) => name && css.includes(`.${name}`))?.[0]
      if (sheet) found.add(sheet)
    }
    for (const [, path] of code.matchAll(/from "(\.[^"]+)"/g)) open.push(join(dirname(file), path))
  }
  return found
}

function filesIn(folder, pattern) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
}

function read(file) {
  return readFileSync(file, 'utf8')
}
