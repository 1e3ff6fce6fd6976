import type { Access } from './access.ts'
import type { Store } from './store.ts'

/** Who may ask: those the workspace was opened with, and what was added or changed since, which the database keeps. */
export interface Tokens {
  readonly all: () => readonly Access[]
  /** Adds a token, or gives a known one other permissions. */
  readonly keep: (access: Access) => void
  /** Takes back what `keep` did; false when it did nothing to that token. */
  readonly forget: (token: string) => boolean
}

const setting = 'tokens'

export const tokensOf = (store: Store, initial: readonly Access[]): Tokens => {
  let text: string | undefined
  let all = initial
  const kept = (): readonly Access[] => JSON.parse(store.setting(setting) ?? '[]') as Access[] // only `write` writes it
  const write = (accesses: readonly Access[]): void => store.set(setting, JSON.stringify(accesses))
  const others = (token: string) => kept().filter((access) => access.token !== token)
  return {
    all: () => {
      const present = store.setting(setting)
      if (present !== text) all = merged(initial, kept())
      text = present
      return all
    },
    keep: (access) => write([...others(access.token), access]),
    forget: (token) => {
      const before = kept().length
      write(others(token))
      return kept().length < before
    },
  }
}

/** One that was changed stays in its place. */
const merged = (initial: readonly Access[], kept: readonly Access[]): readonly Access[] => [
  ...initial.map((access) => kept.find(({ token }) => token === access.token) ?? access),
  ...kept.filter(({ token }) => initial.every((access) => access.token !== token)),
]
