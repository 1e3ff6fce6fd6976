import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Workspace } from '../../src/workspace/workspace.ts'

/** What a webhook was told, oldest first. */
export type Told = () => Promise<{ topic: string; item: unknown }[]>

/** Subscribes a webhook to topics of a workspace, which delivers nothing by itself, and gives what would be posted to it. */
export const told = async ({ control }: Workspace, topics: readonly string[]): Promise<Told> => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const answer = await control(new Request(`http://workspace.localhost/_workspace/webhooks${path}`, { method, ...sent }))
    return (await answer.json()) as Record<string, unknown>
  }
  const { id } = await answering((url) => ask('POST', '', { url, topics }))
  return async () => (await ask('GET', `/${String(id)}/deliveries?limit=1000`)).deliveries as Awaited<ReturnType<Told>> // the control's own shape
}

/** A URL that answers, as it must when a webhook is subscribed, and never again. */
const answering = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
  const server = createServer((_, response) => response.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`) // it listens on a port
  } finally {
    server.close()
  }
}
