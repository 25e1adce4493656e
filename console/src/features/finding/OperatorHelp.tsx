/** The operators: as keys under the field, and explained while nothing is looked for. */
import { useTranslation } from '@/shared/i18n/translate'
import { OPERATORS } from './operators'
import classes from './search.module.css'

export function OperatorKeys({ onChoose }: { onChoose: (word: string) => void }) {
  const { t } = useTranslation('finding')
  return (
    <div className={classes.keys}>
      {OPERATORS.map((operator) => {
        const word = t(`search.words.${operator}`)
        return (
          <button
            key={operator}
            type="button"
            title={t(`search.help.${operator}`)}
            onClick={() => onChoose(word)}
          >
            {word}:
          </button>
        )
      })}
    </div>
  )
}

export function OperatorHelp() {
  const { t } = useTranslation('finding')
  return (
    <div className={classes.help}>
      <p>{t('search.intro')}</p>
      <dl>
        {OPERATORS.map((operator) => (
          <div key={operator}>
            <dt>
              {t(`search.words.${operator}`)}:{t(`search.examples.${operator}`)}
            </dt>
            <dd>{t(`search.help.${operator}`)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('search.phraseExample')}</dt>
          <dd>{t('search.phrase')}</dd>
        </div>
        <div>
          <dt>#123</dt>
          <dd>{t('search.number')}</dd>
        </div>
      </dl>
    </div>
  )
}
