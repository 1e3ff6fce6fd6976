import { plain } from './plain.ts'

/** Choices that are named; more of them are counted. */
const most = 12

/** What one can choose from, where there is a choice: `{ one_of: ['Low', 'High'], more_choices: 3 }`. */
export const choices = (all: readonly string[] | null | undefined): Record<string, unknown> => {
  if (!all?.length) return {}
  return { one_of: all.slice(0, most).map(plain), ...(all.length > most && { more_choices: all.length - most }) }
}
