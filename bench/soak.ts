import { setTimeout } from 'node:timers/promises'
import type { Programs } from './bundle.ts'
import { type Child, listening, type Usage } from './child.ts'
import { keyIn } from './keys.ts'
import { type Line } from './report.ts'
import { visitor } from './visits.ts'

/** How many clients are at it at once. */
const width = 16

/** The first part of the time does not count: caches fill, and V8 compiles. */
const settling = 1 / 3

interface Sample extends Usage {
  /** Minutes since the soak began. */
  readonly at: number
}

/** Whether the memory of a server grows while it serves clients of both eras, those that err, and those that go away. */
export const soak = async (programs: Programs, minutes: number): Promise<Line[]> => {
  const upstream = await listening(programs.upstream, { observed: false })
  const { key, file } = keyIn(programs.folder)
  const env = { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'bench', INTERCOM_MCP_CONFIRM: 'never' }
  const server = await listening(programs.ours, { observed: true, collected: true, args: ['http', '--port', '0', '--keys', file, '--sessions', '50'], env })
  const began = performance.now()
  const passed = () => (performance.now() - began) / 60_000
  const { visit, visits, failures, leave } = visitor(server.url, key)
  let turn = 0
  const client = async (until: number) => {
    while (passed() < until) await visit(turn++)
  }
  const samples: Sample[] = []
  while (passed() < minutes) {
    const until = passed() + minutes / 60
    await Promise.all(Array.from({ length: width }, () => client(until)))
    samples.push({ ...(await atRest(server)), at: passed() })
    process.stderr.write(`\r  ${passed().toFixed(1)}/${minutes} minutes, ${(samples.at(-1)!.rss / 1e6).toFixed(0)} MB`)
  }
  process.stderr.write('\n')
  await Promise.all([leave(), server.stop(), upstream.stop()])
  for (const failure of failures.slice(0, 5)) console.error(failure)
  return rows(`soak of ${minutes} minutes`, samples, visits(), failures.length)
}

/** The least while it has nothing to do: V8 gives what it collected back a while later, which moves the memory by 40 MB up and down. */
const atRest = async ({ usage }: Child): Promise<Usage> => {
  let least = await usage()
  for (let look = 0; look < 5; look += 1) {
    await setTimeout(300)
    const now = await usage()
    if (now.rss < least.rss) least = now
  }
  return least
}

const rows = (what: string, samples: readonly Sample[], visits: number, failed: number): Line[] => {
  const settled = samples.filter(({ at }) => at > samples.at(-1)!.at * settling)
  const growth = (of: 'rss' | 'heap') => slope(settled.map((sample) => [sample.at, sample[of] / 1e6]))
  return [
    { row: `${what}: memory grows`, unit: 'MB/min', ours: growth('rss'), judged: 'value', bound: { atMost: 1 } },
    { row: `${what}: heap after collection grows`, unit: 'MB/min', ours: growth('heap'), judged: 'value', bound: { atMost: 1 } },
    { row: `${what}: memory at the end`, unit: 'MB', ours: samples.at(-1)!.rss / 1e6, judged: 'value' },
    { row: `${what}: visits`, unit: 'visits', ours: visits, judged: 'value' },
    { row: `${what}: not answered as they should be`, unit: 'visits', ours: failed, judged: 'value', bound: { atMost: 0 } },
  ]
}

/** Of the straight line nearest to the points. */
const slope = (points: readonly (readonly [x: number, y: number])[]): number => {
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  return mean(points.map((point) => (point[0] - x) * (point[1] - y))) / mean(points.map((point) => (point[0] - x) ** 2))
}
