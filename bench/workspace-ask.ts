// Asks a workspace's file what its users ask, and prints how long that took: workspace-ask <file> <contacts|conversations>
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openWorkspace, type Workspace } from '../src/workspace/workspace.ts'
import { median } from './medians.ts'
import { morning, type Questions, questions } from './workspace-questions.ts'

/** How often each question is asked. */
const runs = 15

/** Milliseconds, but for `memory` (bytes) and `counted` (documents). */
export interface Asked {
  readonly open: number
  readonly first: number
  readonly get: number
  readonly threeFilters: number
  readonly page: number
  readonly nested: number
  readonly stall: number
  readonly memory: number
  readonly counted: number
}

interface Listed {
  readonly total_count: number
  readonly pages: { readonly next?: { readonly starting_after: string } }
}

type Ask = (method: string, path: string, body?: object) => Promise<Listed>

const asking = (workspace: Workspace): Ask => async (method, path, body) => {
  const headers = { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json' }
  const request = new Request(`http://workspace.test${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  await nextTurn() // as it would come from a socket
  const response = await workspace.fetch(request)
  const answer = (await response.json()) as Listed
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer
}

const timed = async <T>(work: () => Promise<T> | T): Promise<{ took: number; result: T }> => {
  const began = performance.now()
  const result = await work()
  return { took: performance.now() - began, result }
}

const medianOf = async (work: (run: number) => Promise<unknown>): Promise<number> => {
  const took: number[] = []
  for (let run = 0; run < runs; run++) took.push((await timed(() => work(run))).took)
  return median(took)
}

const measure = async (file: string, { path, idOf, threeFilters, nested }: Questions): Promise<Asked> => {
  const { took: open, result: workspace } = await timed(() => openWorkspace({ file, now: () => morning * 1000, random: Math.random, rateLimit: 1_000_000 }))
  const ask = asking(workspace)
  const search = (query: object) => ask('POST', `${path}/search`, { query, pagination: { per_page: 50 } })
  let cursor: string | undefined
  const nextPage = async () => {
    const { pages } = await ask('GET', `${path}?per_page=50${cursor ? `&starting_after=${cursor}` : ''}`)
    cursor = pages.next?.starting_after
  }
  const { took: first } = await timed(() => ask('GET', '/me'))
  // an area's own code is loaded and compiled at its first requests
  await ask('GET', `${path}/${idOf(runs)}`)
  await Promise.all([threeFilters, nested].map((query) => search(query(runs))))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const asked: Asked = {
    open,
    first,
    get: await medianOf((run) => ask('GET', `${path}/${idOf(run)}`)),
    threeFilters: await medianOf((run) => search(threeFilters(run))),
    page: await medianOf(nextPage),
    nested: await medianOf((run) => search(nested(run))),
    counted: (await search(threeFilters(0))).total_count,
    stall: delay.max / 1e6,
    memory: process.memoryUsage().rss,
  }
  workspace.close()
  return asked
}

const [file = '', kind = ''] = process.argv.slice(2)
void measure(file, questions[kind]!).then((asked) => console.log(JSON.stringify(asked)))
