/** The sections of a list with their rows, or of a choice of products. */
import { useTranslation } from '@/shared/i18n/translate'
import { Add, Group, Remove } from './ChoiceFields'
import { Counted } from './Counted'
import { type Choice, idsIn, newChoice, newSection, rowsOf, type Section } from './draft'
import { useForm } from './form'
import classes from './interactive.module.css'

export function SectionFields() {
  const { t } = useTranslation('interactive')
  const { draft, most, change, problemAt } = useForm()
  const { sections, kind } = draft
  const isList = kind === 'list'
  const room = isList ? (most.rows ?? 10) : (most.products ?? 30)
  const count = isList
    ? rowsOf(sections)
    : sections.reduce((sum, { products }) => sum + idsIn(products).length, 0)
  const put = (place: number, patch: Partial<Section>) =>
    change({ sections: sections.map((one, at) => (at === place ? { ...one, ...patch } : one)) })
  return (
    <>
      {sections.map((section, place) => (
        <Group
          key={section.key}
          label={
            sections.length > 1 ? t('sectionN', { number: place + 1 }) : t(isList ? 'rows' : 'productIds')
          }
        >
          {sections.length > 1 && (
            <div className={classes.line} data-labelled>
              <Counted
                label={t('sectionTitle')}
                place={`content.sections.${place}.title`}
                value={section.title}
                longest={most.section_title}
                onChange={(title) => put(place, { title })}
              />
              <Remove
                isOff={false}
                label={t('removeSection', { number: place + 1 })}
                onClick={() => change({ sections: sections.toSpliced(place, 1) })}
              />
            </div>
          )}
          {isList ? (
            <Rows
              section={section}
              at={`content.sections.${place}.rows`}
              isFull={count >= room}
              onChange={(rows) => put(place, { rows })}
            />
          ) : (
            <Counted
              isLong
              isBare
              label={t('productIds')}
              description={t('productIdsHelp')}
              place={`content.sections.${place}.products`}
              value={section.products}
              onChange={(products) => put(place, { products })}
            />
          )}
        </Group>
      ))}
      <p className={classes.total} data-over={count > room || undefined} role="status">
        {t(isList ? 'rowsOf' : 'productsOf', { count, most: room })}
        {problemAt('content.sections') && ` ${t('problems.too_many', { count: room })}`}
      </p>
      <Add
        isOff={sections.length >= (most.sections ?? 10) || (isList && count >= room)}
        label={t('addSection')}
        onClick={() => change({ sections: [...sections, newSection()] })}
      />
    </>
  )
}

interface RowsProps {
  section: Section
  at: string
  isFull: boolean
  onChange: (rows: Choice[]) => void
}

function Rows({ section: { rows }, at, isFull, onChange }: RowsProps) {
  const { t } = useTranslation('interactive')
  const { most } = useForm()
  return (
    <>
      {rows.map((row, place) => (
        <div key={row.key} className={classes.line}>
          <div className={classes.row}>
            <Counted
              isBare
              label={t('rowN', { number: place + 1 })}
              placeholder={t('rowN', { number: place + 1 })}
              place={`${at}.${place}.title`}
              value={row.title}
              longest={most.title}
              onChange={(title) => onChange(rows.with(place, { ...row, title }))}
            />
            <Counted
              isBare
              label={t('descriptionN', { number: place + 1 })}
              placeholder={t('description')}
              place={`${at}.${place}.description`}
              value={row.description}
              longest={most.description}
              onChange={(description) => onChange(rows.with(place, { ...row, description }))}
            />
          </div>
          <Remove
            isOff={rows.length === 1}
            label={t('removeN', { number: place + 1 })}
            onClick={() => onChange(rows.toSpliced(place, 1))}
          />
        </div>
      ))}
      <Add isOff={isFull} label={t('addRow')} onClick={() => onChange([...rows, newChoice()])} />
    </>
  )
}
