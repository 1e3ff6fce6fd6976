import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** The requests being answered. */
export class Flight {
  readonly #responses = new Set<ServerResponse>()
  #whenLanded: (() => void) | undefined

  /** Subscriptions and the streams of sessions do not count: they last until the server ends them. */
  add(request: IncomingMessage, response: ServerResponse): void {
    if (isSubscription(request)) return
    this.#responses.add(response)
    if (this.#whenLanded) response.setHeader('connection', 'close')
    response.once('close', () => {
      this.#responses.delete(response)
      if (this.#responses.size === 0) this.#whenLanded?.()
    })
  }

  /** From here on each answer is the last of its connection. */
  last(): void {
    for (const response of this.#responses) if (!response.headersSent) response.setHeader('connection', 'close')
  }

  async landed(): Promise<void> {
    if (this.#responses.size > 0) await new Promise<void>((resolve) => (this.#whenLanded = resolve))
  }
}

/** Whether its answer lasts until one side ends it. Of earlier revisions a head that says so says nothing of what the body asks for. */
export const isSubscription = ({ method, headers }: IncomingMessage): boolean =>
  (headers['mcp-method'] === 'subscriptions/listen' && isWithoutSessions(headers)) || (method === 'GET' && headers['mcp-session-id'] !== undefined)

/** Whether it is of a revision that has no sessions, by its own word. */
export const isWithoutSessions = (headers: IncomingHttpHeaders): boolean => (headers['mcp-protocol-version']?.toString() ?? '') >= withoutSessions

/** The first revision without sessions. */
const withoutSessions = '2026-07-28'
