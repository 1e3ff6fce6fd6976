import { InMemoryServerEventBus, type ServerEvent, type ServerEventBus } from '@modelcontextprotocol/server'
import { match } from '../../resources/template.ts'
import { type Offer, redactionOf } from '../offer.ts'
import { forLack } from '../lack.ts'
import { readable } from '../resources.ts'
import { mostWatched } from './subscriptions.ts'
import { spelt } from './webhooks/changes.ts'

/** What one caller may hear of a tenant's changes. */
export interface Hearing {
  /** Tells of lists, and of the resources they may read: also by the addresses they know where values are kept from them. */
  readonly bus: ServerEventBus
  /** Whether this is the address of a resource they may read. */
  readonly mayWatch: (uri: string) => boolean
  /** A request as they may make it: to watch what they may not read is left out. */
  readonly asked: (body?: Body) => Body | undefined
}

interface Body {
  readonly parsedBody?: unknown
}

/** The changes of `all` as those callers hear them to whom this is offered. */
export const hearing = (offer: Offer, all: ServerEventBus): Hearing => {
  const allowed = readable(offer)
  const resources = forLack(offer.permissions, () => new Set(allowed().map(({ resource }) => resource)))
  const mayRead = (resource: string | undefined) => resource !== undefined && resources().has(resource)
  const mayWatch = (uri: string) => mayRead(resourceAt(uri, offer))
  const own = new InMemoryServerEventBus(offer.onError)
  const tell = (event: ServerEvent): void => {
    if (event.kind === 'resource_updated' && !mayRead(resourceOf(event, offer))) return
    own.publish(event)
    if (event.kind !== 'resource_updated' || offer.redacted.size === 0) return
    inTheirWords(event.uri, offer).then((uris) => uris.forEach((uri) => own.publish({ kind: 'resource_updated', uri })), offer.onError)
  }
  return { bus: { publish: (event) => all.publish(event), subscribe: joining(own, () => all.subscribe(tell)) }, mayWatch, asked: (body) => body && withoutUnreadable(body, mayWatch) }
}

/** Lets listeners join a bus, which begins with the first of them and ends with the last: an event is judged once for all of them. */
const joining = (own: InMemoryServerEventBus, begin: () => () => void): ServerEventBus['subscribe'] => {
  let end = () => {}
  return (listener) => {
    if (own.listenerCount === 0) end = begin()
    const leave = own.subscribe(listener)
    return () => {
      leave()
      if (own.listenerCount === 0) end()
    }
  }
}

const resourceAt = (uri: string, { operations }: Offer): string | undefined => operations.find(({ resource }) => resource !== undefined && match(resource, uri))?.resource

/** The resource that an event is of, found once for all who hear it. */
const resourceOf = (event: Updated, offer: Offer): string | undefined => {
  if (!found.has(event)) found.set(event, resourceAt(event.uri, offer))
  return found.get(event)
}

type Updated = Extract<ServerEvent, { kind: 'resource_updated' }>

const found = new WeakMap<Updated, string | undefined>()

/** The addresses that a resource has besides, for callers who know pseudonyms for what is in them. */
const inTheirWords = async (uri: string, offer: Offer): Promise<readonly string[]> => {
  const redaction = await redactionOf(offer)
  const [, start = '', last = ''] = /^(.*\/)([^/]*)$/.exec(uri) ?? []
  const known = redaction?.leaving(decodeURIComponent(last)) ?? ''
  return spelt(known).map((segment) => start + segment).filter((other) => other !== uri)
}

const withoutUnreadable = (body: Body, mayWatch: Hearing['mayWatch']): Body => {
  const { parsedBody } = body
  if (!isListening(parsedBody)) return body
  const { params, ...rest } = parsedBody
  const resourceSubscriptions = params.notifications.resourceSubscriptions.filter((uri) => typeof uri !== 'string' || mayWatch(uri)).slice(0, mostWatched)
  return { ...body, parsedBody: { ...rest, params: { ...params, notifications: { ...params.notifications, resourceSubscriptions } } } }
}

interface Listening {
  readonly params: { readonly notifications: { readonly resourceSubscriptions: readonly unknown[] } }
}

/** Whether a request asks to watch resources. */
const isListening = (body: unknown): body is Listening => {
  const { method, params } = (body ?? {}) as { readonly method?: unknown; readonly params?: Partial<Listening['params']> } // whatever it is, it may lack them
  return method === 'subscriptions/listen' && Array.isArray(params?.notifications?.resourceSubscriptions)
}
