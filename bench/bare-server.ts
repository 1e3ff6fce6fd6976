import { McpServer } from '@modelcontextprotocol/server'
import * as z from 'zod'

/** Fetches one contact and answers its JSON text. */
export type GetContact = (id: string) => Promise<string>

/** The least that can be called an Intercom server on the bare SDK: one tool, registered as its documentation shows. */
export const bareServer = (getContact: GetContact): McpServer => {
  const server = new McpServer({ name: 'bare', version: '1.0.0' })
  const options = { title: 'Get a contact', description: 'One user or lead by Intercom id.', inputSchema: z.object({ id: z.string() }) }
  server.registerTool('get_contact', options, async ({ id }) => ({ content: [{ type: 'text', text: await getContact(id) }] }))
  return server
}
