/**
 * Puts the emoji names of our three languages where the picker fetches them: from our own address, not a CDN, and
 * no more of them than it reads, which is half.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

for (const language of ['pt', 'en', 'es']) {
  const source = join(root, 'node_modules', 'emojibase-data', language)
  const target = join(root, 'public', 'emoji', language)
  mkdirSync(target, { recursive: true })
  cpSync(join(source, 'messages.json'), join(target, 'messages.json'))
  const all = JSON.parse(readFileSync(join(source, 'data.json'), 'utf8'))
  writeFileSync(join(target, 'data.json'), JSON.stringify(all.filter(isShown).map(asRead)))
}

/** What belongs to no group is a part of others: the letters of flags. */
function isShown({ group }) {
  return group !== undefined
}

function asRead({ emoji, label, group, subgroup, version, tags, skins }) {
  const tones = skins?.map(({ tone, emoji }) => ({ tone, emoji }))
  return { emoji, label, group, subgroup, version, tags, skins: tones }
}
