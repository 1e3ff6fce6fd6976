import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Filed } from './json-file.ts'
import { Misuse, sentence } from './misuse.ts'
import { token } from './setting.ts'

/** A JSON file that holds secrets, or says where they are. */
export interface Keeper {
  /** Files are named from here. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly place: Filed<unknown>['place']
  /** Told of each file before it is read. */
  readonly meet: (file: string) => void
}

/** A secret itself, the variable that holds it, or the file. */
export interface Ways {
  readonly itself?: string
  readonly variable?: string
  readonly file?: string
}

/** The secret that stands at `path` as `key`, `key_variable` or `key_file`. Throws {@link Misuse} that never repeats it. */
export const secretAt = async (keeper: Keeper, path: readonly string[], key: string, ways: Ways): Promise<string> => {
  const spelt = { itself: key, variable: `${key}_variable`, file: `${key}_file` }
  const [way, another] = (Object.keys(spelt) as (keyof Ways)[]).filter((each) => ways[each] !== undefined) // Object.keys forgets which keys
  if (way === undefined || another) throw new Misuse(`${keeper.place(another ? [...path, spelt[another]] : path)}: give one of ${Object.values(spelt).join(', ')}`)
  try {
    return token((await read[way](ways[way]!, keeper)).trim())
  } catch (error) {
    throw new Misuse(`${keeper.place([...path, spelt[way]])}: ${sentence(error)}`)
  }
}

const read: Readonly<Record<keyof Ways, (said: string, keeper: Keeper) => string | Promise<string>>> = {
  itself: (text) => text,
  variable: (name, { env }) => {
    const text = env[name]
    if (!text?.trim()) throw new Error(`the variable ${JSON.stringify(name)} is not set; set it, or give another`)
    return text
  },
  file: async (name, { folder, meet }) => {
    const file = resolve(folder, name)
    meet(file)
    return readFile(file, 'utf8').catch((error: unknown) => {
      throw new Error(`the file cannot be read: ${sentence(error)}`)
    })
  },
}
