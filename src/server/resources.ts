import { type CompleteRequestParams, type CompleteResult, ProtocolError, ProtocolErrorCode, ResourceNotFoundError, type Server } from '@modelcontextprotocol/server'
import { Failure } from '../client/failure.ts'
import { contextOf, defect, type Offer } from './offer.ts'

/** Serves resources/list, resources/templates/list, resources/read, and completion of template variables. */
export const offerResources = (offer: Offer): ((server: Server) => void) => {
  const listed = once(async () => (await room()).resources(offer.operations))
  const templates = once(async () => (await room()).resourceTemplates(offer.operations))
  return (server) => {
    server.setRequestHandler('resources/list', async () => ({ resources: await listed() }))
    server.setRequestHandler('resources/templates/list', async () => ({ resourceTemplates: await templates() }))
    server.setRequestHandler('resources/read', async ({ params: { uri } }, { mcpReq }) => read(offer, uri, mcpReq.signal))
    server.setRequestHandler('completion/complete', async ({ params }, { mcpReq }) => complete(offer, params, mcpReq.signal))
  }
}

const room = () => import('../resources/resources.ts')

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

const read = async (offer: Offer, uri: string, signal: AbortSignal) => {
  const { mimeType, readResource } = await room()
  const text = await told(offer, uri, async () => readResource(offer.operations, uri, await contextOf(offer, signal)))
  if (text === undefined) throw new ResourceNotFoundError(uri, `There is no resource ${uri.slice(0, 200)}; resources/list and resources/templates/list say which there are.`)
  return { contents: [{ uri, mimeType, text }] }
}

/** As many values as the protocol allows in one answer, saying how many more there were. */
const complete = async (offer: Offer, { ref, argument }: CompleteRequestParams, signal: AbortSignal): Promise<CompleteResult> => {
  const template = ref.type === 'ref/resource' ? ref.uri : ''
  const values = await told(offer, template, async () => (await room()).complete(offer.operations, template, argument.name, argument.value, await contextOf(offer, signal)))
  if (!values) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Nothing to complete for ${argument.name.slice(0, 64)}: name a resource template and its variable.`)
  return { completion: { values: values.slice(0, 100), total: values.length, hasMore: values.length > 100 } }
}

/** An error in the protocol's terms, with the advice a tool would give. */
const told = async <T>(offer: Offer, uri: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') throw new ResourceNotFoundError(uri, error.advice)
    if (error instanceof Failure) throw new ProtocolError(error.code === 'invalid_input' ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError, error.advice)
    offer.onError(error)
    throw new ProtocolError(ProtocolErrorCode.InternalError, defect)
  }
}
