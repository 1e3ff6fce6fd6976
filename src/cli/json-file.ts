import { readFile } from 'node:fs/promises'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'
import { suggestion } from '../tools/nearest.ts'
import { Misuse, sentence } from './misuse.ts'

/** What a JSON file says, and where. */
export interface Filed<T> {
  readonly value: T
  /** Where a key stands, to begin a complaint with: `tenants.json:3: tenants.acme.region`. */
  readonly place: (path: readonly PropertyKey[]) => string
}

/** Reads a file as `schema` has it. Throws {@link Misuse}, which names the file, the line and the key at fault. */
export const readJson = async <S extends z.ZodType>(file: string, what: string, schema: S): Promise<Filed<z.output<S>>> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Misuse(`${file}: ${what} cannot be read: ${sentence(error)}`)
  })
  return parseJson(file, text.replace(/^\uFEFF/, ''), schema) // a mark that some editors begin files with
}

/** The same, of a file's text. */
const parseJson = <S extends z.ZodType>(file: string, text: string, schema: S): Filed<z.output<S>> => {
  const read = parsed(file, text)
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, logLevel: 'silent' }) // YAML knows where everything stands, and JSON is YAML
  const at = (offset: number): string => `${file}:${lineCounter.linePos(offset).line}: `
  const place = (path: readonly PropertyKey[]): string => `${at(offsetOf(document, path))}${path.join('.')}`
  const twice = document.errors.find(({ code }) => code === 'DUPLICATE_KEY')
  if (twice) throw new Misuse(`${at(twice.pos[0])}${keyFrom(text.slice(twice.pos[0]))} is given twice; give it once`)
  const { success, data, error } = schema.safeParse(read)
  if (success) return { value: data, place }
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]! // a misspelt key tells more than that the right one is not there
  throw new Misuse(complaint(issue, schema, place))
}

/** The key that a text begins with, as it is spelt there. */
const keyFrom = (text: string): string => /^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]?.slice(0, 100) ?? 'a key'

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Misuse(`${file}:${brokenLine(text.trimEnd().split('\n'))}: it is not JSON from here on`)
  }
}

/** The line, from 1 on, after which nothing could make these JSON: V8 mostly says where it stopped reading, but not of every mistake. */
const brokenLine = (lines: readonly string[]): number => {
  let [sound, broken] = [0, lines.length]
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1
    if (isJsonSoFar(`${lines.slice(0, middle).join('\n')}\n`)) sound = middle
    else broken = middle
  }
  return broken
}

/** Whether a text is the beginning of JSON, or all of it. */
const isJsonSoFar = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    const message = sentence(error)
    return message.startsWith('Unexpected end') || /at position (\d+)/.exec(message)?.[1] === String(text.length)
  }
}

/** Where the key stands, or else what was to hold it. */
const offsetOf = (document: Document, path: readonly PropertyKey[]): number => {
  for (let length = path.length; length > 0; length -= 1) {
    const holder = document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    const pair = isPairs(holder) ? holder.items.find((item) => isNode(item.key) && String(item.key) === String(key)) : undefined
    const found: unknown = pair?.key ?? document.getIn(path.slice(0, length), true)
    if (isNode(found) && found.range) return found.range[0]
  }
  return 0
}

const isPairs = (node: unknown): node is { items: { key?: unknown }[] } => isNode(node) && 'items' in node && Array.isArray(node.items)

const complaint = (issue: z.core.$ZodIssue, schema: z.ZodType, place: Filed<unknown>['place']): string => {
  if (issue.code !== 'unrecognized_keys') return `${place(issue.path)}${issue.path.length > 0 ? ': ' : ''}${issue.message}`
  const [key = ''] = issue.keys
  const known = keysAt(z.toJSONSchema(schema, { io: 'input' }), issue.path)
  return `${place([...issue.path, key]).slice(0, 500)}: there is no such key.${suggestion(key, known)} Keys: ${known.join(', ')}`
}

interface Described {
  readonly properties?: Readonly<Record<string, Described>>
  readonly additionalProperties?: Described | boolean
  readonly items?: Described
}

/** The keys an object takes that stands at this path. */
const keysAt = (schema: object, path: readonly PropertyKey[]): string[] => {
  let at = schema as Described | undefined // zod made it
  for (const key of path) at = at?.properties?.[String(key)] ?? at?.items ?? (typeof at?.additionalProperties === 'object' ? at.additionalProperties : undefined)
  return Object.keys(at?.properties ?? {})
}
