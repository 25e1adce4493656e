/** Puts the emoji names of our three languages where the picker fetches them: from our own address, not a CDN. */
import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

for (const language of ['pt', 'en', 'es']) {
  const target = join(root, 'public', 'emoji', language)
  mkdirSync(target, { recursive: true })
  for (const file of ['data.json', 'messages.json']) {
    cpSync(join(root, 'node_modules', 'emojibase-data', language, file), join(target, file))
  }
}
