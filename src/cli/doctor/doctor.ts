import { whereToTick } from '../../client/advice.ts'
import { regions } from '../../client/upstream.ts'
import { Misuse, sentence } from '../misuse.ts'
import { wire, type Wired } from '../offer.ts'
import { type Settings, settings } from '../settings.ts'
import { version } from '../version.ts'
import type { World } from '../world.ts'
import { connection, regionOf } from './connection.ts'
import type { Off, Report } from './report.ts'
import { inText } from './text.ts'
import { toldBy } from './told.ts'

export interface DoctorFlags {
  readonly [name: string]: unknown
  readonly json?: boolean
  readonly tryRegions?: boolean
}

/** Milliseconds after which a person is told that it goes on. */
const moment = 1_000

/** Prints what would keep the server from working, and what is off in it and why. Throws when something does keep it. */
export const doctor = async ({ json = false, tryRegions = false, ...flags }: DoctorFlags, world: World): Promise<void> => {
  const told = setTimeout(() => world.stderr.write('intercom-mcp: asking Intercom what the token may do; this takes a few seconds\n'), moment)
  const report = await examine(flags, tryRegions, world).finally(() => clearTimeout(told))
  world.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : inText(report))
  if (!report.ok) throw new Error(`${report.problems.length === 1 ? 'one thing keeps' : `${report.problems.length} things keep`} the server from working; the report says which`)
}

type Flags = Readonly<Record<string, unknown>>

const examine = async (flags: Flags, tryRegions: boolean, world: World): Promise<Report> => {
  const report: Report = { ok: true, version, node: process.version, settings: toldBy(flags, world.env), problems: tooOld(), next: [] }
  try {
    const read = settings(flags, world.env)
    const wired = await wire({ ...read, logLevel: 'silent' }, world) // what goes wrong stands in the report
    const found = await findOut(wired, read, tryRegions)
    await wired.upstream.close()
    const problems = [...report.problems, ...(found.connection.problem === undefined ? [] : [found.connection.problem])]
    return { ...report, ...found, ok: problems.length === 0, problems, next: steps(found) }
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    return { ...report, ok: false, problems: [...report.problems, `${sentence(error)}.`] }
  }
}

/** As package.json has it. */
const least = [20, 18, 1] as const

const tooOld = (): string[] => {
  const [major = 0, minor = 0, patch = 0] = process.versions.node.split('.').map(Number)
  const enough = major > least[0] || (major === least[0] && (minor > least[1] || (minor === least[1] && patch >= least[2])))
  return enough ? [] : [`Node ${process.version} is too old: install ${least.join('.')} or newer.`]
}

const findOut = async ({ offer, upstream }: Wired, read: Settings, tryRegions: boolean) => {
  const client = await upstream.open()
  const connected = await connection({ client, to: upstream.name, region: read.token && read.region, elsewhere: elsewhere(read, tryRegions), now: Date.now })
  if (connected.problem !== undefined) return { connection: connected }
  const { permissions } = await import('./probes.ts')
  const known = await permissions(client, Date.now)
  const { tools } = await import('./tools.ts')
  return { connection: connected, permissions: known, tools: await tools(offer, read.sources, client.permissions) }
}

/** The token is shown to Intercom's other hosts only where that was asked for, and it was meant for one of them. */
const elsewhere = ({ token, baseUrl, region }: Settings, tryRegions: boolean): (() => Promise<string>) | undefined => {
  if (token === undefined || baseUrl !== undefined) return undefined
  return async () => {
    if (!tryRegions) return 'A token of another region is not accepted either: intercom-mcp doctor --try-regions asks the others.'
    const { createClient } = await import('../../client/client.ts')
    const others = Object.entries(regions).filter(([name]) => name !== region)
    return regionOf(new Map(others.map(([name, url]) => [name, createClient({ upstream: { baseUrl: url, token } })])))
  }
}

const steps = ({ tools, connection: { notes } }: Pick<Report, 'tools'> & Required<Pick<Report, 'connection'>>): string[] => [...ticking(tools?.off ?? []), ...notes]

/** What would bring back what Intercom refuses, the most first. What was set to be off needs nobody. */
const ticking = (off: readonly Off[]): string[] => {
  const lacking = off.filter(({ by }) => by === 'permission').sort((one, other) => other.tools.length - one.tools.length)
  const each = lacking.map(({ because, tools: { length } }) => `${because} (${length} ${length === 1 ? 'tool' : 'tools'})`)
  return each.length ? [`Tick in ${whereToTick}, as far as you want these tools back: ${each.join(', ')}.`] : []
}
