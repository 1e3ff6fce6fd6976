import { afterEach, beforeEach } from 'vitest'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../../src/workspace/workspace.ts'

/** 2025-11-22 15:26:40 UTC, a Saturday morning in New York. */
export const morning = 1_763_825_200

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The body as JSON; undefined when it is empty. Tests look into it freely. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export interface Asking {
  readonly workspace: Workspace
  /** One request with the full token, unless `headers` say otherwise; the body goes as JSON, or as it is when it is text. */
  readonly ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  readonly clock: { seconds: number }
}

/** A workspace in this process whose clock stands where the test puts it, and whose chance repeats itself. */
export const asking = (options: Partial<WorkspaceOptions> = {}): Asking => {
  const clock = { seconds: morning }
  const problems: unknown[] = []
  const workspace = openWorkspace({
    now: () => clock.seconds * 1000,
    random: repeatable(),
    report: (error) => problems.push(error),
    ...options,
  })
  const ask: Asking['ask'] = async (method, path, body, headers = {}) => {
    const response = await workspace.fetch(request(workspace.token, method, path, body, headers))
    if (response.status >= 500 && problems.length > 0) throw problems[0]
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }
  return { workspace, ask, clock }
}

/** A workspace of its own for each test of a file. Its clock and itself are read from what this gives when they are needed, not before. */
export const newForEachTest = (): Asking => {
  let room: Asking
  beforeEach(() => {
    room = asking()
  })
  afterEach(() => room.workspace.close())
  return {
    ask: (...request) => room.ask(...request),
    get clock() {
      return room.clock
    },
    get workspace() {
      return room.workspace
    },
  }
}

/** How an answer refuses: "404 not_found: Resource Not Found". */
export const refused = ({ status, body }: Answer): string => `${status} ${body.errors[0].code}: ${body.errors[0].message}`

const request = (token: string, method: string, path: string, body: unknown, headers: Record<string, string>): Request =>
  new Request(`http://workspace.localhost${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })

/** The same numbers every time. */
export const repeatable = (state = 1) => (): number => {
  state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
}
