/** The glossary: a page of its own at `?glossary`, or `?glossary=term`. It needs no engine. */
import { useEffect, useState } from 'preact/hooks';
import { matches } from '../../glossary/search.js';
import { all, topics } from '../../glossary/terms.js';
import { language, t } from '../../i18n/index.js';
import { theme } from '../../settings.js';
import './glossary.css';

/** @typedef {import('../../glossary/terms.js').Term} Term */

/** @param {[string, string]} pair */
const said = (pair) => pair[language.value === 'zh' ? 1 : 0];

/** The entry that the address asks for. */
const asked = new URLSearchParams(location.search).get('glossary') ?? '';

export default function Glossary() {
  const [typed, setTyped] = useState('');
  const [target, setTarget] = useState(location.hash.slice(1) || asked);
  const found = typed.trim() ? all.filter((term) => matches(term, typed.trim())) : all;
  useEffect(() => {
    document.title = t('glossaryTitle');
  }, [language.value]);
  useEffect(() => {
    const follow = () => setTarget(location.hash.slice(1));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => document.getElementById(target)?.scrollIntoView(), [target]);
  /** A term that the search hides is shown again before it is gone to. */
  const go = () => setTyped('');
  const chapters = topics
    .map(({ topic, terms }) => ({ topic, terms: terms.filter((term) => found.includes(term)) }))
    .filter(({ terms }) => terms.length);
  return (
    <div class="glossary">
      <div class="top" role="banner">
        <a class="back" href={location.pathname}>
          ← {t('glossaryBack')}
        </a>
        <input
          type="search"
          aria-label={t('glossarySearch')}
          placeholder={t('glossarySearch')}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <span class="found" role="status">
          {t('glossaryFound', { n: found.length, all: all.length })}
        </span>
        <select aria-label={t('theme')} value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value)}>
          <option value="system">{t('themeSystem')}</option>
          <option value="light">{t('themeLight')}</option>
          <option value="dark">{t('themeDark')}</option>
        </select>
        <button type="button" id="language" onClick={() => (language.value = language.value === 'zh' ? 'en' : 'zh')}>
          {t('language')}
        </button>
      </div>
      <nav aria-label={t('glossaryContents')}>
        {chapters.map(({ topic, terms }) => (
          <section key={topic}>
            <h2>{t(topic)}</h2>
            <ul>
              {terms.map((term) => (
                <li key={term.id}>
                  <a href={`#${term.id}`} aria-current={term.id === target ? 'true' : undefined}>
                    {said(term.name)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <main>
        <h1>{t('glossary')}</h1>
        <p class="intro">{t('glossaryIntro')}</p>
        {asked && !all.some(({ id }) => id === asked) && <p class="intro">{t('glossaryUnknown', { typed: asked })}</p>}
        {!found.length && (
          <p>
            {t('glossaryNothing', { typed })}{' '}
            <button type="button" onClick={go}>
              {t('glossaryClear')}
            </button>
          </p>
        )}
        {chapters.map(({ topic, terms }) => (
          <section key={topic}>
            <h2>{t(topic)}</h2>
            {terms.map((term) => (
              <Entry key={term.id} term={term} current={term.id === target} go={go} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

/** @param {{term: Term, current: boolean, go: () => void}} props */
function Entry({ term, current, go }) {
  const other = term.name[language.value === 'zh' ? 0 : 1];
  const related = (term.see ?? []).map((id) => /** @type {Term} */ (all.find((one) => one.id === id)));
  return (
    <article id={term.id} class={current ? 'current' : ''}>
      <h3>
        {said(term.name)} {other !== said(term.name) && <span lang={language.value === 'zh' ? 'en' : 'zh-CN'}>{other}</span>}
      </h3>
      <p>{said(term.text)}</p>
      {term.formula && <p class="formula">{typeof term.formula === 'string' ? term.formula : said(term.formula)}</p>}
      <p class="where">
        <b>{t('whereSeen')}</b> {said(term.where)}
      </p>
      {related.length > 0 && (
        <p class="see">
          <b>{t('seeAlso')}</b>{' '}
          {related.map((one) => (
            <a key={one.id} href={`#${one.id}`} onClick={go}>
              {said(one.name)}
            </a>
          ))}
        </p>
      )}
    </article>
  );
}
