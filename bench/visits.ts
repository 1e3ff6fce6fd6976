import { once } from 'node:events'
import { connect } from 'node:net'
import { Pool } from 'undici'
import { idOf, ids } from './load.ts'
import { type Asking, bodyOf, headersOf } from './requester.ts'

/** What a visit does; resolves with what was wrong with the answer, if anything was. */
type Visit = (turn: number) => Promise<string | undefined>

const call = (era: Asking['era'], name: string, args: object): Asking => ({ era, method: 'tools/call', params: { name, arguments: args } })
const contact = (era: Asking['era'], id: string): Asking => call(era, 'get_contact', { id })

/** Visits a server the way clients do, well and badly, each turn another way. */
export const visitor = (url: string, key: string) => {
  const { origin, host, hostname, port, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections: 64 })
  const post = async (headers: Record<string, string>, body: string, signal?: AbortSignal) => {
    const answer = await pool.request({ method: 'POST', path, headers, body, signal })
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
  }
  const ask = (asking: Asking, turn: number, more: Record<string, string> = {}, signal?: AbortSignal) => post({ ...headersOf(asking, key), ...more }, bodyOf(asking, turn), signal)

  /** A visit of one request, whose answer has this status and these words in it. */
  const expecting = (status: number, words: string, asking: (turn: number) => Asking): Visit => async (turn) => {
    const answer = await ask(asking(turn), turn)
    return answer.status === status && answer.text.includes(words) ? undefined : `${JSON.stringify(asking(turn))}: ${answer.status} ${answer.text.slice(0, 300)}`
  }

  const goingAway: Visit = async (turn) => {
    const gone = AbortSignal.timeout(20)
    return ask(contact('2026-07-28', ids.slow), turn, {}, gone).then(() => 'answered though nobody waited', () => undefined)
  }

  const breakingOff: Visit = async () => {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(`POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"jsonrpc":`)
    socket.destroySoon()
    await once(socket, 'close')
    return undefined
  }

  const notJson: Visit = async () => statusIs(400, await post(headersOf({ era: '2025-11-25', method: '', params: {} }, key), '{'))
  const withoutKey: Visit = async (turn) => statusIs(401, await ask(contact('2026-07-28', idOf(turn)), turn, { authorization: 'Bearer wrong' }))

  /** Every second one is never ended: the server has to. */
  const session: Visit = async (turn) => {
    const hello = await ask({ era: '2025-11-25', method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'soak', version: '1' } } as object }, 1)
    const own = { 'mcp-session-id': String(hello.headers['mcp-session-id']) }
    const answers = [await ask({ era: '2025-11-25', method: 'tools/list', params: {} }, 2, own), await ask(contact('2025-11-25', idOf(turn)), 3, own)]
    if (turn % 2 === 0) await pool.request({ method: 'DELETE', path, headers: { ...headersOf({ era: '2025-11-25', method: '', params: {} }, key), ...own } }).then(({ body }) => body.dump())
    return answers.map((answer) => statusIs(200, answer)).find(Boolean)
  }

  const visits: readonly Visit[] = [
    expecting(200, 'Ada Lovelace', (turn) => contact('2026-07-28', idOf(turn))),
    expecting(200, 'Ada Lovelace', (turn) => contact('2025-11-25', idOf(turn))),
    expecting(200, 'find_operation', () => ({ era: '2026-07-28', method: 'tools/list', params: {} })),
    session,
    expecting(200, 'Intercom found nothing', () => contact('2026-07-28', ids.missing)),
    expecting(200, 'is not an argument', () => call('2025-11-25', 'search_contacts', { bogus: true })),
    expecting(200, 'Ada Lovelace', (turn) => call('2026-07-28', 'call_write_operation', { operation: 'update_contact', input: { id: idOf(turn), name: `Ada ${turn}` } })),
    notJson,
    withoutKey,
    goingAway,
    breakingOff,
  ]
  const failures: string[] = []
  let made = 0
  const visit = async (turn: number): Promise<void> => {
    made += 1
    const problem = await visits[turn % visits.length]!(turn).catch(String)
    if (problem !== undefined) failures.push(problem)
  }
  return { visit, visits: () => made, failures, leave: () => pool.close() }
}

const statusIs = (wanted: number, { status, text }: { status: number; text: string }): string | undefined => (status === wanted ? undefined : `${status}, not ${wanted}: ${text.slice(0, 300)}`)
