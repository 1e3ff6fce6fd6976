import * as z from 'zod'
import { shape } from './shape.ts'

/** The languages that content of the Help Center can be kept in. */
export const locales = [
  'ar', 'bg', 'bs', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'he', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'mn',
  'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sl', 'sr', 'sv', 'tr', 'vi', 'zh-CN', 'zh-TW',
] as const

export type Locale = (typeof locales)[number]

/** Content by locale, as it is answered: the locales there are, beside a `type`. */
export const translated = <T extends z.ZodType>(content: T) =>
  shape({}, { type: z.string(), ...(Object.fromEntries(locales.map((locale) => [locale, content])) as Record<Locale, T>) }) // fromEntries forgets the keys

/** Content by locale, as it is written. A record, since naming each language would cost a model 5,000 tokens a tool. */
export const translations = <T extends z.ZodType>(content: T) => z.partialRecord(z.enum(locales), content)
