/** One menu: its tree on the left, the chosen option below, a phone that walks it on the right. */
import { Alert, Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Menu } from '@/shared/api/types'
import { useQueues } from '@/shared/directory/queries'
import { useErrorText } from '@/shared/i18n/errors'
import { useTranslation } from '@/shared/i18n/translate'
import { useCan } from '@/shared/session/store'
import { IconPlus, IconWarning } from '@/shared/ui/icons'
import { Page } from '@/shared/ui/Page'
import { Section } from '@/shared/ui/Section'
import { toast } from '@/shared/ui/toast'
import { VariableField } from '@/shared/variables/VariableField'
import { DeleteMenu } from './DeleteMenu'
import { LeaveMenu } from './LeaveMenu'
import classes from './menus.module.css'
import { OptionEditor } from './OptionEditor'
import { OptionTree } from './OptionTree'
import { type MenuValues, useSaveMenu } from './queries'
import { Simulator } from './Simulator'
import { addOption, changeOption, draftOf, newOption, optionAt, type Place, removeOption } from './tree'

interface MenuBuilderProps {
  menu: Menu | null
  onSaved: (menu: Menu) => void
  onClose: () => void
}

export function MenuBuilder({ menu, onSaved, onClose }: MenuBuilderProps) {
  const { t } = useTranslation(['automation', 'common'])
  const canWrite = useCan('automation.write')
  const errorText = useErrorText()
  const queues = useQueues()
  const save = useSaveMenu(menu)
  const [values, setValues] = useState<MenuValues>({
    name: menu?.name ?? '',
    text: menu?.text ?? '',
    options: draftOf(menu),
  })
  const [isDirty, setDirty] = useState(false)
  const [chosen, setChosen] = useState<Place | null>(null)
  function change(changes: Partial<MenuValues>): void {
    setValues((now) => ({ ...now, ...changes }))
    setDirty(true)
  }
  function add(parent: Place): void {
    const level = parent.length === 0 ? values.options : (optionAt(values.options, parent)?.options ?? [])
    change({ options: addOption(values.options, parent, newOption()) })
    setChosen([...parent, level.length])
  }
  function submit(): void {
    save.mutate(values, {
      onSuccess: (saved) => {
        setDirty(false)
        setValues((now) => ({ ...now, options: draftOf(saved) }))
        void toast({ message: t('saved', { name: saved.name }) })
        onSaved(saved)
      },
    })
  }
  const option = chosen && optionAt(values.options, chosen)
  const actions = canWrite && (
    <>
      {menu && <DeleteMenu menu={menu} onDone={onClose} />}
      <Button onClick={submit} loading={save.isPending} disabled={!isDirty || !values.name.trim()}>
        {t('common:save')}
      </Button>
    </>
  )
  return (
    <Page
      title={menu?.name ?? t('menus.add')}
      back={<LeaveMenu isDirty={isDirty && canWrite} onLeave={onClose} />}
      actions={actions}
    >
      {save.isError && (
        <Alert color="red" icon={<IconWarning size={18} />} role="alert" mb="md">
          {errorText(save.error)}
        </Alert>
      )}
      <div className={classes.builder}>
        <fieldset className={classes.tree} disabled={!canWrite}>
          <Section title={t('menus.beginning')}>
            <div className={classes.fields}>
              <TextInput
                label={t('name')}
                description={t('menus.nameHint')}
                value={values.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <VariableField
                label={t('menus.above')}
                description={t('menus.aboveHint')}
                value={values.text}
                onChange={(text) => change({ text })}
              />
            </div>
          </Section>
          <Section
            title={t('menus.options')}
            description={t('menus.optionsHint')}
            aside={
              values.options.length === 0 && queues.length > 0 ? (
                <Button variant="default" size="xs" onClick={() => change({ options: optionsOf(queues) })}>
                  {t('menus.fromQueues')}
                </Button>
              ) : undefined
            }
          >
            {values.options.length === 0 && <p className={classes.none}>{t('menus.noOptions')}</p>}
            <OptionTree
              options={values.options}
              chosen={chosen}
              onChoose={setChosen}
              onChange={(options) => change({ options })}
              onAdd={add}
            />
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} />}
              onClick={() => add([])}
              mt="sm"
            >
              {t('menus.addOption')}
            </Button>
          </Section>
          {option && (
            <OptionEditor
              key={option.key}
              option={option}
              place={chosen}
              onChange={(changes) => change({ options: changeOption(values.options, chosen, changes) })}
              onRemove={() => {
                setChosen(null)
                change({ options: removeOption(values.options, chosen) })
              }}
            />
          )}
        </fieldset>
        <Simulator values={values} />
      </div>
    </Page>
  )
}

function optionsOf(queues: { id: number; name: string }[]) {
  return queues.map(({ id, name }) => newOption({ title: name, kind: 'queue', queue: id }))
}
