import { ResourceNotFoundError, type Server } from '@modelcontextprotocol/server'
import { objectionTo } from '../tools/permitted.ts'
import type { OperationTool } from '../tools/tool.ts'
import { affordable, forLack } from './lack.ts'
import { contextOf, type Offer } from './offer.ts'
import { inProtocol } from './protocol-error.ts'
import { redactedAnswer } from './redacted.ts'

/** The operations that callers may use and that the token is not known to lack the permission for: their resources can be read. */
export const readable = ({ operations, permissions, caller }: Offer): (() => readonly OperationTool[]) =>
  forLack(permissions, (lacking) => affordable(operations, lacking).filter((tool) => objectionTo(tool, caller.policy) === undefined))

/** Serves resources/list, resources/templates/list and resources/read. */
export const offerResources = (offer: Offer): ((server: Server) => void) => {
  const allowed = readable(offer)
  const listed = forLack(offer.permissions, async () => (await room()).resources(allowed()))
  const templates = forLack(offer.permissions, async () => (await room()).resourceTemplates(allowed()))
  return (server) => {
    server.setRequestHandler('resources/list', async () => ({ resources: await listed() }))
    server.setRequestHandler('resources/templates/list', async () => ({ resourceTemplates: await templates() }))
    server.setRequestHandler('resources/read', async ({ params: { uri } }, { mcpReq }) => {
      const contents = await redactedAnswer(offer, uri, (known) => read(offer, known, mcpReq.signal), encodeURIComponent)
      return { contents: [{ ...contents, uri }] }
    })
  }
}

const room = () => import('../resources/resources.ts')

/** Of those that are not listed, the client tells why not. */
const read = async (offer: Offer, uri: string, signal: AbortSignal) => {
  const { mimeType, readResource } = await room()
  const text = await inProtocol(offer, async () => readResource(offer.operations, uri, await contextOf(offer, signal)), uri)
  if (text === undefined) throw new ResourceNotFoundError(uri, `There is no resource ${uri.slice(0, 200)}; resources/list and resources/templates/list say which there are.`)
  return { mimeType, text }
}
