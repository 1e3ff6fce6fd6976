import { createInterface } from 'node:readline'
import { type Child, start, type Start } from './child.ts'

/** An MCP session over stdio, spoken without an SDK so that only the server's work is measured. */
export interface Session extends Child {
  readonly request: (method: string, params: object) => Promise<Record<string, unknown>>
}

const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } }

/** Spawns a server and gets as far as its list of tools, as every client does first. */
export const open = async (program: string, options: Start): Promise<Session> => {
  const child = start(program, options)
  child.process.stderr!.resume()
  const waiting = new Map<number, (answer: Answer) => void>()
  createInterface(child.process.stdout!).on('line', (line) => {
    const answer = JSON.parse(line) as Answer
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  const send = (message: object) => child.process.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  let last = 0
  const request = async (method: string, params: object) => {
    const id = ++last
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve))
    send({ id, method, params })
    return resultOf(await answer)
  }
  await request('initialize', hello)
  send({ method: 'notifications/initialized' })
  await request('tools/list', {})
  return { ...child, request }
}

interface Answer {
  readonly id: number
  readonly result?: Record<string, unknown>
}

const resultOf = (answer: Answer): Record<string, unknown> => {
  if (!answer.result || answer.result.isError === true) throw new Error(`the server failed: ${JSON.stringify(answer)}`)
  return answer.result
}
