import type { Programs } from './bundle.ts'
import { listening } from './child.ts'
import { cpuOf, idOf, repeat } from './load.ts'
import { medians } from './medians.ts'
import type { Line } from './report.ts'
import { open } from './session.ts'

const batch = 300

/** CPU of one tool call over stdio, beside the CPU of the bare upstream call inside it. */
export const call = async (programs: Programs, runs: number): Promise<Line[]> => {
  const upstream = await listening(programs.upstream, { observed: false })
  const session = await open(programs.ours, { observed: true, env: { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'bench' } })
  const { Pool } = (await import(programs.library)) as typeof import('./library.ts')
  const pool = new Pool(upstream.url)
  const bareCall = async (serial: number) => (await pool.request({ method: 'GET', path: `/contacts/${idOf(serial)}` })).body.json()
  const { ours, reference } = await medians(runs, {
    ours: () => cpuOf(session, batch, 1, (serial) => session.request('tools/call', { name: 'get_contact', arguments: { id: idOf(serial) } })),
    reference: async () => {
      const before = process.cpuUsage()
      await repeat(batch, 1, bareCall)
      const { user, system } = process.cpuUsage(before)
      return (user + system) / batch / 1000
    },
  })
  await Promise.all([session.stop(), pool.close()])
  await upstream.stop()
  return [{ row: 'a tool call over stdio adds, CPU', unit: 'ms', ours, reference: { name: 'bare undici, same call', value: reference }, judged: 'difference', bound: { atMost: 1 } }]
}
