import type { Programs } from './bundle.ts'
import { listening } from './child.ts'
import { idOf, repeat } from './load.ts'
import { medians } from './medians.ts'
import type { Line } from './report.ts'

const [batch, width] = [500, 8]

/** Time of one call from a TypeScript program: ours, bare undici, Intercom's official client. */
export const client = async (programs: Programs, runs: number): Promise<Line[]> => {
  const upstream = await listening(programs.upstream, { observed: false })
  const { createClient, getContact, IntercomClient, Pool } = (await import(programs.library)) as typeof import('./library.ts')
  const ours = createClient({ upstream: { baseUrl: upstream.url, token: 'bench' } })
  const pool = new Pool(upstream.url, { connections: width })
  const official = new IntercomClient({ token: 'bench', environment: upstream.url, version: '2.13' })
  // What our client sends, so that the upstream reads the same request from both
  const headers = { authorization: 'Bearer bench', accept: 'application/json', 'accept-encoding': 'gzip', 'intercom-version': '2.13', 'user-agent': 'intercom-mcp' }
  const time = async (work: (serial: number) => Promise<unknown>) => {
    const began = performance.now()
    await repeat(batch, width, work)
    return (performance.now() - began) / batch
  }
  const took = await medians(runs, {
    ours: () => time((serial) => ours.call(getContact, { id: idOf(serial) })),
    bare: () => time(async (serial) => (await pool.request({ method: 'GET', path: `/contacts/${idOf(serial)}`, headers })).body.json()),
    official: () => time((serial) => official.contacts.find({ contact_id: idOf(serial) })),
  })
  await Promise.all([ours.close(), pool.close()])
  await upstream.stop()
  const rate = (ms: number) => 1000 / ms
  return [
    { row: 'call(operation, input), time', unit: 'ms', ours: took.ours, reference: { name: 'bare undici', value: took.bare }, judged: 'ratio', bound: { atMost: 1.2 } },
    { row: 'call(operation, input), rate', unit: 'calls/s', ours: rate(took.ours), reference: { name: 'intercom-client 7.0.3', value: rate(took.official) }, judged: 'ratio', bound: { atLeast: 3 } },
  ]
}
