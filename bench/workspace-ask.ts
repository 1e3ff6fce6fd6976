// Asks a workspace's file what its users ask, and prints how long that took: workspace-ask <file> <contacts|conversations>
import { existsSync, readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openWorkspace, type Workspace } from '../src/workspace/workspace.ts'
import { median } from './medians.ts'
import { morning, type Questions, questions } from './workspace-questions.ts'

/** How often each question is asked. */
const runs = 15

/** Milliseconds, but for `memory` (bytes) and `counted` (documents). `turn` is CPU time, and so is not what other processes took. */
export interface Asked {
  readonly open: number
  readonly first: number
  readonly get: number
  readonly threeFilters: number
  readonly page: number
  readonly nested: number
  readonly turn: number
  readonly delay: number
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

const scheduling = '/proc/thread-self/schedstat'

/** Milliseconds of CPU that this thread took so far; where only Linux could tell, those of all threads, the collector's too. */
const cpu: () => number = existsSync(scheduling)
  ? () => Number(readFileSync(scheduling, 'latin1').split(' ')[0]) / 1e6
  : () => (process.cpuUsage().user + process.cpuUsage().system) / 1000

/** Begins to watch the event loop; what it gives tells the CPU that the longest turn since then took. */
const watchTurns = (): (() => number) => {
  let longest = 0
  let last = cpu()
  const turn = () => {
    const now = cpu()
    longest = Math.max(longest, now - last)
    last = now
    next = setImmediate(turn)
  }
  let next = setImmediate(turn)
  return () => {
    clearImmediate(next)
    return longest
  }
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
  for (let run = runs; run < runs + 5; run++)
    for (const work of [() => ask('GET', `${path}/${idOf(run)}`), () => search(threeFilters(run)), () => search(nested(run)), nextPage]) await work()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const longestTurn = watchTurns()
  const asked: Asked = {
    open,
    first,
    get: await medianOf((run) => ask('GET', `${path}/${idOf(run)}`)),
    threeFilters: await medianOf((run) => search(threeFilters(run))),
    page: await medianOf(nextPage),
    nested: await medianOf((run) => search(nested(run))),
    counted: (await search(threeFilters(0))).total_count,
    delay: delay.max / 1e6,
    turn: longestTurn(),
    memory: process.memoryUsage().rss,
  }
  workspace.close()
  return asked
}

const [file = '', kind = ''] = process.argv.slice(2)
void measure(file, questions[kind]!).then((asked) => console.log(JSON.stringify(asked)))
