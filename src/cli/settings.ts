import { regions } from '../client/upstream.ts'
import { suggestion } from '../tools/nearest.ts'
import { allRules } from '../tools/rules.ts'
import { formats, levels } from './log.ts'
import { httpEntries } from './http-settings.ts'
import { Misuse } from './misuse.ts'
import { flagOf, saidOutside, type Sources, variableOf } from './policy.ts'
import { baseUrl, type Entry, filled, maybe, oneOf, readAll, type Readings, type Setting, token } from './setting.ts'

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
    about: 'file that gets a line of JSON for each attempted write, or stderr, or redis; none by default',
    path: true,
    read: maybe(filled),
  },
  logLevel: {
    env: 'INTERCOM_MCP_LOG_LEVEL',
    flag: '--log-level <level>',
    about: `what to log on stderr: ${levels.join(', ')} (default warn)`,
    read: oneOf(levels, 'warn'),
  },
  logFormat: {
    env: 'INTERCOM_MCP_LOG_FORMAT',
    flag: '--log-format <format>',
    about: 'how to log: text (default), or json for one object a line',
    read: oneOf(formats, 'text'),
  },
} as const satisfies Record<string, Setting>

/** Everything that can be set, read and checked. */
export type Settings = Readings<typeof table> & {
  /** Who says what callers may do; nobody wins, each only narrows the others. */
  readonly sources: Sources
}

/** For help: every variable and every flag, with what it is about. */
export const entries: readonly Entry[] = [
  ...allRules.map(([, rule]) => ({ env: variableOf(rule), flag: flagOf(rule), about: rule.about })),
  ...Object.values<Entry>(table),
]

/**
 * Reads all settings: a flag (under its camelCase name) wins over the environment. `elsewhere` is the setting by which access tokens
 * come from elsewhere, if any does. Throws {@link Misuse}.
 */
export const settings = (flags: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>, elsewhere?: string): Settings => {
  refuseUnknown(env)
  const sources = { files: [env[table.policy.env]?.trim(), flags.policy].filter(Boolean).map(String), said: saidOutside(flags, env) }
  const found = { ...readAll(table, flags, env), sources }
  if (elsewhere !== undefined) refuseOwn(found, elsewhere)
  else if (found.baseUrl && !found.token)
    throw new Misuse('INTERCOM_BASE_URL is set, but INTERCOM_ACCESS_TOKEN is not; set it to a token of that workspace')
  if (found.workspaceFile !== undefined && found.token !== undefined)
    throw new Misuse('INTERCOM_ACCESS_TOKEN means your own Intercom, a workspace file means the simulated one; leave out one of the two')
  return found
}

/** A caller whose own token got lost on the way would work in the wrong workspace. */
const refuseOwn = ({ token: own, workspaceFile }: Settings, elsewhere: string): void => {
  if (own !== undefined) throw new Misuse(`with ${elsewhere}, INTERCOM_ACCESS_TOKEN is not used; leave out one of the two`)
  if (workspaceFile !== undefined) throw new Misuse(`with ${elsewhere}, a workspace file is not used; leave out one of the two`)
}

/** A misspelt variable would leave its setting unsaid, and everything allowed. */
const refuseUnknown = (env: Readonly<Record<string, string | undefined>>): void => {
  const names = [...entries, ...httpEntries].map(({ env: name }) => name)
  const unknown = Object.keys(env).find((name) => name.startsWith('INTERCOM_MCP_') && !names.includes(name) && env[name]?.trim())
  if (unknown !== undefined) throw new Misuse(`unknown variable ${unknown}.${suggestion(unknown, names)} intercom-mcp --help tells which there are`)
}
