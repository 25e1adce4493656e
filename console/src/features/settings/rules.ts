/** Which of the company's settings are shown where. */
import type { SettingSchema } from '@/shared/api/types'

/** The sections of the rules page, in order. */
const SECTIONS = {
  acts: ['undo_seconds', 'undo_send_seconds', 'required_tag', 'agents_see_unqueued', 'signature'],
  routing: ['agent_capacity', 'assign_to_busy', 'owner_first'],
  whatsapp: ['groups', 'qr_devices', 'cost_currency'],
  ai: ['ai_transcribe', 'ai_learn', 'exam_on_change'],
  silence: [
    'inactivity_minutes',
    'inactivity_warning',
    'inactivity_warning_template',
    'inactivity_close_minutes',
    'inactivity_closing',
    'inactivity_closing_template',
    'inactivity_after',
  ],
} as const

/** What has a page of its own: hours, automatic texts, privacy, ratings. */
const ELSEWHERE =
  /^(hours|greet_|out_of_hours|acceptance|transfer|farewell|position|vacation|menu_|choices_as_|accept_audio|audio_|accept_calls|call_|consent|mask_numbers|keep_removed_text|rating)/

export type RuleSection = keyof typeof SECTIONS | 'other'

/** Each section with its settings; one that this build does not know is shown last, in the server's words. */
export function sectionsOf(schema: SettingSchema[]): [RuleSection, SettingSchema[]][] {
  const known = new Set<string>(Object.values(SECTIONS).flat())
  const named = Object.entries(SECTIONS).map(
    ([name, keys]) =>
      [name, keys.flatMap((key) => schema.filter((setting) => setting.key === key))] as [
        RuleSection,
        SettingSchema[],
      ],
  )
  const others = schema.filter(({ key }) => !known.has(key) && !ELSEWHERE.test(key))
  return [...named, ['other', others] as [RuleSection, SettingSchema[]]].filter(
    ([, settings]) => settings.length > 0,
  )
}
