import type { Locale } from '../contract/translation.ts'

/** [inferred] Every Help Center's own language, which the API does not tell. */
export const defaultLocale = 'en'

type ByLocale<T> = Readonly<Partial<Record<Locale, T>>>

/** What is written in the default language: it may stand among the translations, and what stands outside counts. */
export const inDefault = <C extends object>(written: ByLocale<C> | undefined, outside: C): C => ({ ...written?.[defaultLocale], ...outside })

/** What is kept in other languages after some were written: each is changed by itself. `content` makes one from what it was. */
export const withTranslations = <T, C>(before: ByLocale<T>, written: ByLocale<C> | undefined, content: (before: T | undefined, change: C) => T): ByLocale<T> => {
  const others = Object.entries(written ?? {}).filter(([locale]) => locale !== defaultLocale) as [Locale, C][] // they were validated
  return { ...before, ...Object.fromEntries(others.map(([locale, change]) => [locale, content(before[locale], change)])) }
}

/** [inferred] An answer tells of languages only where there is another than the default one. */
export const presentTranslations = <T>(translations: ByLocale<T>, type: string, present: (content: T, locale: Locale) => object) => {
  const entries = Object.entries(translations) as [Locale, T][] // a partial record has no entry that is undefined
  if (entries.length === 0) return {}
  return { default_locale: defaultLocale, translated_content: { type, ...Object.fromEntries(entries.map(([locale, content]) => [locale, present(content, locale)])) } }
}
