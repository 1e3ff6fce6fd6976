import type { Readable, Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { LineReader } from '../../src/server/line-reader.ts'

/** A JSON-RPC message as it came. */
export interface Message {
  readonly jsonrpc: string
  readonly id: string | number | null
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

const notJson = -32700
const invalidRequest = -32600

/** Milliseconds: more than a call is given. */
const deadline = 60_000

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a line must be answered at once: an error of such a code; nothing; or anything, where it is a message. */
const due = (line: Buffer): typeof notJson | typeof invalidRequest | 'nothing' | 'anything' => {
  const text = line.toString('utf8')
  if (text.trim() === '') return 'nothing'
  const value = parsed(text)
  if (value === undefined) return notJson
  return isRecord(value) && value.jsonrpc === '2.0' ? 'anything' : invalidRequest
}

/** The far end of a server that speaks in lines. */
export class Lines {
  readonly #input: Writable
  readonly #messages: Message[] = []
  readonly #waiting = new Map<unknown, () => void>()
  #pings = 0

  constructor(input: Writable, output: Readable) {
    this.#input = input
    const lines = new LineReader(100 * 1024 * 1024, (line) => this.#take(JSON.parse(line!) as Message)) // what is no JSON fails the test
    output.on('data', (chunk: Buffer | string) => lines.push(Buffer.from(chunk)))
  }

  #take(message: Message): void {
    this.#messages.push(message)
    this.#waiting.get(message.id)?.()
  }

  write(bytes: Buffer | string): void {
    this.#input.write(bytes)
  }

  /** The answer to this id; throws when none comes in time. */
  async answer(id: string | number): Promise<Message> {
    const found = () => this.#messages.find((message) => message.id === id && !('method' in message))
    if (!found()) {
      const late = new AbortController()
      await Promise.race([new Promise<void>((resolve) => this.#waiting.set(id, resolve)), setTimeout(deadline, undefined, { signal: late.signal })])
      late.abort()
      this.#waiting.delete(id)
    }
    const answer = found()
    if (!answer) throw new Error(`${JSON.stringify(id)} was not answered`)
    return answer
  }

  /** Sends one line and then a ping; gives what was answered before the ping. Throws when the ping is not answered: then the connection is dead. */
  async after(line: Buffer): Promise<Message[]> {
    const before = this.#messages.length
    const id = `ping-${this.#pings++}`
    this.write(Buffer.concat([line, Buffer.from(`\n${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })}\n`)]))
    const { error } = await this.answer(id)
    if (error) throw new Error(`a ping was refused: ${error.message}`)
    return this.#messages.splice(before).filter((message) => message.id !== id)
  }

  /** Throws when a line is not answered as is its due, or the connection does not live on. */
  async judge(line: Buffer): Promise<void> {
    const owed = due(line)
    const answers = await this.after(line)
    if (owed === 'anything') return
    const codes = answers.map(({ error }) => error?.code)
    const errors = codes.filter((code) => code === notJson || code === invalidRequest)
    if (owed === 'nothing' ? errors.length > 0 : errors.length !== 1 || errors[0] !== owed) throw new Error(`it was answered with ${JSON.stringify(answers)}, not ${owed}`)
  }
}
