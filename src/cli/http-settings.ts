import { type Entry, maybe, readAll, type Readings, type Setting } from './setting.ts'

/** A name or an address, as a Host header holds it before the port. */
const hostName = (text: string): string => {
  if (/^([\w.-]+|[\da-f:.]+|\[[\da-f:.]+\])$/i.test(text)) return text
  throw new Error(`${JSON.stringify(text)} is not a host name; give the name alone, such as mcp.example.com`)
}

const table = {
  allowHost: {
    env: 'INTERCOM_MCP_ALLOW_HOST',
    flag: '--allow-host <name>',
    about: 'another name clients may reach this server under; several with commas, or by giving it again',
    repeatable: true,
    read: maybe((text) => text.split(',').map((name) => hostName(name.trim()))),
  },
} as const satisfies Record<string, Setting>

/** What can be set of serving over HTTP only. */
export type HttpSettings = Readings<typeof table>

/** For help. */
export const httpEntries: readonly Entry[] = Object.values<Entry>(table)

/** Reads them. Throws Misuse. */
export const httpSettings = (flags: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): HttpSettings => readAll(table, flags, env)
