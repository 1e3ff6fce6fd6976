import { type Input, type Operation, type Output } from '../../src/contract/operation.ts'
import { encode } from '../../src/contract/wire.ts'
import { openWorkspace, type WorkspaceOptions } from '../../src/workspace/workspace.ts'

/** 22 November 2026, 17:42 UTC, a Sunday noon in the workspace's New York. */
export const start = 1_795_369_333

/** A workspace whose clock stands still until the test moves it, asked as any HTTP client asks it. */
export const opened = (options: Partial<WorkspaceOptions> = {}) => {
  let now = start
  let drawn = 0
  const random = () => (drawn = (drawn * 16_807 + 11) % 2_147_483_647) / 2_147_483_647
  const workspace = openWorkspace({ now: () => now * 1000, random, ...options })
  const headers = { authorization: `Bearer ${workspace.token}`, 'content-type': 'application/json', 'intercom-version': '2.13' }

  /** Status and body of `send('PUT /tickets/1', {...})`. */
  const send = async (route: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    const [method, path] = route.split(/ (.*)/s)
    const request = new Request(`http://workspace.test${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
    const response = await workspace.fetch(request)
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  const sendOperation = (operation: Operation, input: Record<string, unknown>) => {
    const { method, path, body } = encode(operation, input)
    return send(`${method} ${path}`, body)
  }

  return {
    send,
    /** What an operation answers, held to the contract. Throws when it is refused. */
    ask: async <O extends Operation>(operation: O, input: Input<O>): Promise<Output<O>> => {
      const { status, body } = await sendOperation(operation, input)
      if (status !== (operation.status ?? 200)) throw new Error(`${operation.name}: ${status} ${JSON.stringify(body)}`)
      return operation.output.parse(body ?? {}) as Output<O> // the schema of this very operation
    },
    /** How an operation is refused: "404 ticket_not_found: Ticket not found". The input may be what the types forbid. */
    refusal: async (operation: Operation, input: Record<string, unknown>): Promise<string> => {
      const { status, body } = await sendOperation(operation, input)
      const [error] = (body as { errors?: { code: string; message: string }[] } | undefined)?.errors ?? []
      return error ? `${status} ${error.code}: ${error.message}` : `${status}`
    },
    /** Lets time pass, in seconds. */
    later: (seconds: number) => (now += seconds),
    now: () => now,
  }
}

/** People, teammates and kinds of ticket of the seed that tests name. */
export const maren = { id: '66f0c3d1a7b24e1000000001', external_id: 'usr_1042', email: 'maren@cedarcove.example' } as const
export const ines = '4810101'
export const tobias = '4810102'
export const productFixes = '5530003'
export const question = '1'
export const bookingProblem = '2'
export const bug = '4'
export const incident = '5'
export const states = { submitted: '2501', in_progress: '2502', waiting: '2503', resolved: '2504', with_engineering: '2505' } as const
