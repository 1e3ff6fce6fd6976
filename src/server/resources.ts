import { ResourceNotFoundError, type Server } from '@modelcontextprotocol/server'
import { contextOf, type Offer } from './offer.ts'
import { once } from './once.ts'
import { inProtocol } from './protocol-error.ts'

/** Serves resources/list, resources/templates/list and resources/read. */
export const offerResources = (offer: Offer): ((server: Server) => void) => {
  const listed = once(async () => (await room()).resources(offer.operations))
  const templates = once(async () => (await room()).resourceTemplates(offer.operations))
  return (server) => {
    server.setRequestHandler('resources/list', async () => ({ resources: await listed() }))
    server.setRequestHandler('resources/templates/list', async () => ({ resourceTemplates: await templates() }))
    server.setRequestHandler('resources/read', async ({ params: { uri } }, { mcpReq }) => read(offer, uri, mcpReq.signal))
  }
}

const room = () => import('../resources/resources.ts')

const read = async (offer: Offer, uri: string, signal: AbortSignal) => {
  const { mimeType, readResource } = await room()
  const text = await inProtocol(offer, async () => readResource(offer.operations, uri, await contextOf(offer, signal)), uri)
  if (text === undefined) throw new ResourceNotFoundError(uri, `There is no resource ${uri.slice(0, 200)}; resources/list and resources/templates/list say which there are.`)
  return { contents: [{ uri, mimeType, text }] }
}
