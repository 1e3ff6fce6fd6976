import { regions } from '../client/upstream.ts'
import { suggestion } from '../tools/nearest.ts'
import { allRules } from '../tools/rules.ts'
import { levels } from './log.ts'
import { isLoopback } from '../workspace/loopback.ts'
import { Misuse, sentence } from './misuse.ts'
import { flagOf, saidOutside, type Sources, variableOf } from './policy.ts'

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
}

interface Setting<T = unknown> extends Entry {
  readonly read: Reader<T>
}

const maybe = <T>(read: (text: string) => T): Reader<T | undefined> => (text) => (text === undefined ? undefined : read(text))

const oneOf = <T extends string>(names: readonly T[], initial: T): Reader<T> => (text = initial) => {
  const found = names.find((name) => name === text.trim().toLowerCase())
  if (found === undefined) throw new Error(`${JSON.stringify(text)} is not one of ${names.join(', ')}`)
  return found
}

/** A token as it is pasted, perhaps with the word Bearer before it. */
export const token = (text: string): string => {
  const found = text.replace(/^Bearer\s+/i, '')
  if (!/^[\x21-\x7e]+$/.test(found)) throw new Error('it holds a space or a character no token has; paste the token alone')
  return found
}

/** An empty text mostly comes of a variable that is not set; it must not mean "in memory", or "every address". */
export const filled = (text: string): string => {
  if (text.trim() === '') throw new Error('it is empty')
  return text
}

/** http is for this machine only: a token must not cross a network in the open. */
const baseUrl = (text: string): string => {
  const url = /^\S+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined // it would drop a line break
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`${JSON.stringify(text)} is not a URL like https://host`)
  if (url.username || url.password || url.search || url.hash) throw new Error('leave out user, password, query and fragment')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new Error(`use https for ${url.hostname}; http is only for this machine`)
  return url.href.replace(/\/$/, '')
}

const table = {
  token: {
    env: 'INTERCOM_ACCESS_TOKEN',
    about: 'access token of your Intercom app; without one, a simulated workspace answers',
    secret: true,
    read: maybe(token),
  },
  region: {
    env: 'INTERCOM_REGION',
    flag: '--region <region>',
    about: 'where your workspace is hosted: us (default), eu or au',
    read: oneOf(Object.keys(regions) as (keyof typeof regions)[], 'us'), // Object.keys forgets which keys
  },
  baseUrl: {
    env: 'INTERCOM_BASE_URL',
    about: 'another Intercom to talk to, such as one served by "intercom-mcp workspace"',
    read: maybe(baseUrl),
  },
  workspaceFile: {
    env: 'INTERCOM_WORKSPACE_FILE',
    flag: '--workspace-file <path>',
    about: 'file that keeps the simulated workspace; in memory by default',
    path: true,
    read: maybe(filled),
  },
  policy: {
    env: 'INTERCOM_MCP_POLICY',
    flag: '--policy <path>',
    about: 'JSON file that says these things too, such as {"read_only": true}; each only narrows the others',
    path: true,
    read: maybe(filled),
  },
  stateDir: {
    env: 'INTERCOM_MCP_STATE_DIR',
    flag: '--state-dir <path>',
    about: 'folder in which confirmations and idempotency keys outlive the process, and that processes may share; in memory by default',
    path: true,
    read: maybe(filled),
  },
  audit: {
    env: 'INTERCOM_MCP_AUDIT',
    flag: '--audit <path>',
    about: 'file that gets a line of JSON for each attempted write, or stderr; none by default',
    path: true,
    read: maybe(filled),
  },
  logLevel: {
    env: 'INTERCOM_MCP_LOG_LEVEL',
    flag: '--log-level <level>',
    about: `what to log on stderr: ${levels.join(', ')} (default warn)`,
    read: oneOf(levels, 'warn'),
  },
} as const satisfies Record<string, Setting>

/** Everything that can be set, read and checked. */
export type Settings = { readonly [K in keyof typeof table]: ReturnType<(typeof table)[K]['read']> } & {
  /** Who says what callers may do; nobody wins, each only narrows the others. */
  readonly sources: Sources
}

/** For help: every variable and every flag, with what it is about. */
export const entries: readonly Entry[] = [
  ...allRules.map(([, rule]) => ({ env: variableOf(rule), flag: flagOf(rule), about: rule.about })),
  ...Object.values<Entry>(table),
]

/** Reads all settings: a flag (under its camelCase name) wins over the environment. Throws {@link Misuse}. */
export const settings = (flags: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): Settings => {
  refuseUnknown(env)
  const read = Object.entries<Setting>(table).map(([name, entry]) => [name, one(entry, flags[name], env[entry.env])])
  const sources = { files: [env[table.policy.env]?.trim(), flags.policy].filter(Boolean).map(String), said: saidOutside(flags, env) }
  const found = { ...Object.fromEntries(read), sources } as Settings // each entry was read by its own reader
  if (found.baseUrl && !found.token)
    throw new Misuse('INTERCOM_BASE_URL is set, but INTERCOM_ACCESS_TOKEN is not; set it to a token of that workspace')
  if (found.workspaceFile !== undefined && found.token !== undefined)
    throw new Misuse('INTERCOM_ACCESS_TOKEN means your own Intercom, a workspace file means the simulated one; leave out one of the two')
  return found
}

/** A misspelt variable would leave its setting unsaid, and everything allowed. */
const refuseUnknown = (env: Readonly<Record<string, string | undefined>>): void => {
  const names = entries.map((entry) => entry.env)
  const unknown = Object.keys(env).find((name) => name.startsWith('INTERCOM_MCP_') && !names.includes(name) && env[name]?.trim())
  if (unknown !== undefined) throw new Misuse(`unknown variable ${unknown}.${suggestion(unknown, names)} intercom-mcp --help tells which there are`)
}

const one = (entry: Setting, flag: unknown, variable: string | undefined): unknown => {
  const text = flag === undefined ? variable?.trim() || undefined : String(flag)
  try {
    return entry.read(text)
  } catch (error) {
    throw new Misuse(`${flag === undefined ? entry.env : entry.flag?.split(' ')[0]}: ${sentence(error)}`)
  }
}
