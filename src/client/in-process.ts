import { tooLarge, unpack } from './body.ts'
import { type Answer, type Call, failed, interrupted } from './call.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'
import { type Address, headersFor, type Upstream } from './upstream.ts'
import type { Wire } from './wire.ts'

/** An Intercom inside this process, through the same headers and limits as the network. It may ignore the signal. */
export const inProcess = (fetch: NonNullable<Upstream['fetch']>, address: Address, limits: Limits): Wire => ({
  send: (call) => unlessAborted(call, () => exchange(fetch, address, call, limits)),
  close: async () => {},
})

const exchange = async (fetch: NonNullable<Upstream['fetch']>, address: Address, call: Call, limits: Limits): Promise<Answer> => {
  const { method, body, ending } = call
  const request = new Request(address.origin + address.prefix + call.path, { method, headers: headersFor(address, call), body, signal: ending.signal, redirect: 'manual' })
  const response = await fetch(request)
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.length > limits.responseBytes) throw tooLarge(call, limits.responseBytes)
  return unpack(call, { status: response.status, headers: Object.fromEntries(response.headers), chunks: [bytes] }, limits)
}

const unlessAborted = (call: Call, run: () => Promise<Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    if (call.ending.reason) return reject(interrupted(call, 'not_sent'))
    const stop = () => reject(interrupted(call, 'unknown'))
    call.ending.watch(stop)
    run()
      .then(resolve, (error: unknown) => reject(error instanceof Failure ? error : failed(call, 'unavailable', { outcome: 'unknown', transient: true, cause: error })))
      .finally(() => call.ending.unwatch(stop))
  })
