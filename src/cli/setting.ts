import { isLoopback } from '../workspace/loopback.ts'
import { Misuse, sentence } from './misuse.ts'

/** Reads a setting's text, undefined when it is not given. Throws an Error that says what is expected. */
type Reader<T> = (text: string | undefined) => T

/** One thing that can be set. */
export interface Entry {
  readonly env: string
  /** As the command line spells it, where it may be given there too; it wins over the environment. */
  readonly flag?: string
  readonly about: string
  /** Never shown. */
  readonly secret?: true
  /** Of a file, so that its meaning depends on the folder. */
  readonly path?: true
  /** May be given several times: its texts come joined by commas. */
  readonly repeatable?: true
}

/** A thing that can be set, and how its text is read. */
export interface Setting<T = unknown> extends Entry {
  readonly read: Reader<T>
}

export const maybe = <T>(read: (text: string) => T): Reader<T | undefined> => (text) => (text === undefined ? undefined : read(text))

export const oneOf = <T extends string>(names: readonly T[], initial: T): Reader<T> => (text = initial) => {
  const found = names.find((name) => name === text.trim().toLowerCase())
  if (found === undefined) throw new Error(`${JSON.stringify(text)} is not one of ${names.join(', ')}`)
  return found
}

/** A token as it is pasted, perhaps with the word Bearer before it. */
export const token = (text: string): string => {
  const found = filled(text).replace(/^Bearer\s+/i, '')
  if (!/^[\x21-\x7e]+$/.test(found)) throw new Error('it holds a space or a character no token has; paste the token alone')
  return found
}

/** An empty text mostly comes of a variable that is not set; it must not mean "in memory", or "every address". */
export const filled = (text: string): string => {
  if (text.trim() === '') throw new Error('it is empty')
  return text
}

/** http is for this machine only: a token must not cross a network in the open. */
export const baseUrl = (text: string): string => {
  const url = /^\S+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined // it would drop a line break
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${JSON.stringify(text)} is not a URL like https://host`)
  if (url.username || url.password || /[?#]/.test(text)) throw new Error('leave out user, password, query and fragment')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new Error(`use https for ${url.hostname}; http is only for this machine`)
  return url.href.replace(/\/$/, '')
}

/** What all settings of a table are read as. */
export type Readings<T extends Readonly<Record<string, Setting>>> = { readonly [K in keyof T]: ReturnType<T[K]['read']> }

/** Reads a table of settings: a flag (under its camelCase name) wins over the environment. Throws {@link Misuse}, which names where it stands. */
export const readAll = <T extends Readonly<Record<string, Setting>>>(table: T, flags: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): Readings<T> =>
  Object.fromEntries(Object.entries(table).map(([name, entry]) => [name, one(entry, flags[name], env[entry.env])])) as Readings<T> // each was read by its own reader

const one = (entry: Setting, flag: unknown, variable: string | undefined): unknown => {
  const text = flag === undefined ? variable?.trim() || undefined : String(flag)
  try {
    return entry.read(text)
  } catch (error) {
    throw new Misuse(`${flag === undefined ? entry.env : entry.flag?.split(' ')[0]}: ${sentence(error)}`)
  }
}
