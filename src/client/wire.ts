import type { Dispatcher, Pool } from 'undici'
import { tooLarge, unpack, type RawAnswer } from './body.ts'
import { type Answer, type Call, failed, interrupted, type Send } from './call.ts'
import type { Failure } from './failure.ts'
import type { Limits } from './limits.ts'
import { Pieces } from './pieces.ts'
import { type Address, headersFor } from './upstream.ts'

/** The way to Intercom: one exchange at a time, and an end. */
export interface Wire {
  readonly send: Send<Answer>
  readonly close: () => Promise<void>
}

/** Intercom over the network. undici is loaded by the first call, since most of a start would be spent on it. */
export const network = (address: Address, limits: Limits): Wire => {
  let opened: Promise<Pool> | undefined
  const pool = () => (opened ??= open(address.origin, limits.connections))
  return {
    send: async (call) => unpack(call, await exchange(await pool(), address, call, limits.responseBytes), limits),
    close: async () => (await opened)?.close(),
  }
}

const open = async (origin: string, connections: number): Promise<Pool> => {
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js')
  // The call's own deadline bounds headers and body; undici's timers would only cost.
  return new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0 })
}

const exchange = (pool: Pool, address: Address, call: Call, limit: number): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    if (call.ending.reason) return reject(interrupted(call, 'not_sent'))
    const { method, body } = call
    const request = { method, path: address.prefix + call.path, headers: headersFor(address, call), body }
    pool.dispatch(request, new Exchange(call, limit, resolve, reject))
  })

/**
 * One request and its answer. undici calls `onRequestStart` when a connection is there and nothing is written yet: a request
 * that fails before was provably not sent. Redirects need no care: undici's core follows none.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #call: Call
  readonly #limit: number
  readonly #resolve: (answer: RawAnswer) => void
  readonly #reject: (failure: Failure) => void
  readonly #body = new Pieces()
  readonly #stop = () => this.#fail(interrupted(this.#call, this.#controller ? 'unknown' : 'not_sent'))
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #headers: Answer['headers'] = {}
  #over = false

  constructor(call: Call, limit: number, resolve: (answer: RawAnswer) => void, reject: (failure: Failure) => void) {
    this.#call = call
    this.#limit = limit
    this.#resolve = resolve
    this.#reject = reject
    call.ending.watch(this.#stop)
  }

  onRequestStart(controller: Dispatcher.DispatchController) {
    if (this.#over) return controller.abort(new Error('nobody waits for the answer')) // before a byte was written
    this.#controller = controller
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Answer['headers']) {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    if (Number(headers['content-length']) > this.#limit) this.#fail(tooLarge(this.#call, this.#limit))
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer) {
    this.#body.add(chunk)
    if (this.#body.size > this.#limit) this.#fail(tooLarge(this.#call, this.#limit))
  }

  onResponseEnd() {
    this.#finish()
    this.#resolve({ status: this.#status, headers: this.#headers, chunks: this.#body.all })
  }

  onResponseError(_: Dispatcher.DispatchController, { message, code }: NodeJS.ErrnoException) {
    this.#finish()
    this.#reject(this.#lost(Object.assign(new Error(message), { code }))) // undici's own holds what the server sent
  }

  #lost(cause: NodeJS.ErrnoException): Failure {
    if (!this.#controller) return failed(this.#call, 'unreachable', { outcome: 'not_sent', transient: true, note: cause.code, cause })
    if (!this.#status) return failed(this.#call, 'unavailable', { outcome: 'unknown', transient: true, note: cause.code, cause })
    return failed(this.#call, 'bad_answer', { outcome: 'unknown', transient: true, note: 'it broke off', status: this.#status, cause })
  }

  #fail(failure: Failure) {
    this.#finish()
    this.#reject(failure)
    this.#controller?.abort(failure)
  }

  /** Whatever comes after the first end changes nothing: a promise is settled once. */
  #finish() {
    this.#over = true
    this.#call.ending.unwatch(this.#stop)
  }
}
