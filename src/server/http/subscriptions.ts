import { ProtocolError, ProtocolErrorCode, type Server, type ServerEvent } from '@modelcontextprotocol/server'

/** Most resources that one session, or one request, may watch. */
export const mostWatched = 500

/** Longest address of one, in characters. */
const longest = 2_000

/** Lets the client of one session watch the resources it may. Returns how to tell it what changed: of resources only those it watches. */
export const offerSubscriptions = (server: Server, mayWatch: (uri: string) => boolean): ((event: ServerEvent) => Promise<void>) => {
  const watched = new Set<string>()
  server.registerCapabilities({ resources: { subscribe: true } })
  server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
    if (uri.length > longest) throw refused(`an address has at most ${longest} characters`)
    if (!mayWatch(uri)) throw refused('no resource that may be read here has this address; resources/templates/list says which there are')
    if (watched.size >= mostWatched && !watched.has(uri)) throw refused(`a session may watch ${mostWatched} resources; unsubscribe from others first`)
    watched.add(uri)
    return {}
  })
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    watched.delete(uri)
    return {}
  })
  return async (event) => {
    if (event.kind !== 'resource_updated') return lists[event.kind](server)
    if (watched.has(event.uri)) await server.sendResourceUpdated({ uri: event.uri })
  }
}

const refused = (why: string): ProtocolError => new ProtocolError(ProtocolErrorCode.InvalidParams, `resources/subscribe: ${why}`)

type ListChange = Exclude<ServerEvent['kind'], 'resource_updated'>

const lists: Readonly<Record<ListChange, (server: Server) => Promise<void>>> = {
  tools_list_changed: (server) => server.sendToolListChanged(),
  resources_list_changed: (server) => server.sendResourceListChanged(),
  prompts_list_changed: (server) => server.sendPromptListChanged(),
}
