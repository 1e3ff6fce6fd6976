import { IntercomClient, IntercomError } from 'intercom-client'
import type { Making } from './histories-live.ts'

type Write = (client: IntercomClient, input: never) => PromiseLike<unknown> // our inputs have the same names as its requests

/** What Intercom's own client calls a few of the writes. */
const called: Readonly<Record<string, Write>> = {
  create_contact: (client, input) => client.contacts.create(input),
  create_note: (client, input) => client.notes.create(input),
  create_ticket: (client, input) => client.tickets.create(input),
  reply_conversation: (client, { id, ...body }: { id: string }) => client.conversations.reply({ conversation_id: id, body: body as never }),
  reply_ticket: (client, { id, ...body }: { id: string }) => client.tickets.reply({ ticket_id: id, body: body as never }),
}

export const officialWrites = Object.keys(called)

/** Intercom's own client, with the retries it makes by default. It knows no outcomes but success and failure. */
export const official: Making = ({ upstream: { baseUrl, token } }) => {
  const client = new IntercomClient({ token, environment: baseUrl, version: '2.13', timeoutInSeconds: 5 })
  return {
    call: async ({ history: { operation, input } }) => {
      try {
        await called[operation.name]!(client, input as never)
        return 'success'
      } catch (error) {
        if (error instanceof IntercomError || error instanceof TypeError) return 'unknown'
        throw error
      }
    },
    close: async () => {},
  }
}
