import { type Listening } from '../../src/workspace/listen.ts'
import { serve } from '../../src/workspace/serve.ts'
import type { WorkspaceOptions } from '../../src/workspace/workspace.ts'
import { type Answer, type Asking, asking } from './asking.ts'

export interface Served extends Asking {
  readonly server: Listening
  /** One request over HTTP, with the full token: 'POST /_workspace/clock' controls, 'POST /contacts' is Intercom's. */
  readonly send: (route: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  readonly stop: () => Promise<void>
}

/** A workspace on a port, as the command serves it, whose real clock stands where the test puts it. */
export const served = async (options: Partial<WorkspaceOptions> = {}): Promise<Served> => {
  const room = asking({ remember: 100, ...options })
  const server = await serve(room.workspace)
  const send: Served['send'] = async (route, body, headers = {}) => {
    const [method, path] = route.split(' ')
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${room.workspace.token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }
  const stop = async () => {
    await server.close()
    room.workspace.close()
  }
  return { ...room, server, send, stop }
}

/** Runs with a served workspace, and ends it. */
export const withServed = async (options: Partial<WorkspaceOptions>, test: (room: Served) => Promise<void>): Promise<void> => {
  const room = await served(options)
  try {
    await test(room)
  } finally {
    await room.stop()
  }
}
