import { type Noun, operationNamed } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { Rejection } from './handler.ts'
import { type Lead, routes } from './routes.ts'

export interface Route {
  readonly noun: Noun
  readonly operation: Operation
}

/** Finds the operation of a request: the path first, then the method. `methods` are those that the path knows. */
export type Router = (method: string, path: string) => Promise<{ route: Route | undefined; methods: readonly string[] }>

/** Routes derived from the contract. Of the contract itself only the area that is asked for is loaded. */
export const router = async (): Promise<Router> => {
  const root = treeOf(await routes())
  return async (method, path) => {
    const here = found(root, path.split('/').map(decoded))
    if (!here) throw new Rejection(400, 'intercom_version_invalid', 'Requested resource is not available in current API version')
    return { route: await routeOf(here.get(method)), methods: [...here.keys()] }
  }
}

const routeOf = async (lead: Lead | undefined): Promise<Route | undefined> => {
  const operation = lead && (await operationNamed(lead.noun, lead.name))
  return operation && { noun: lead.noun, operation }
}

/** What may follow a part of a path, and where paths end: their operations by method. */
interface Branch {
  readonly fixed: Map<string, Branch>
  variable?: Branch
  readonly leads: Map<string, Lead>
}

const branch = (): Branch => ({ fixed: new Map(), leads: new Map() })

const treeOf = (leads: readonly Lead[]): Branch => {
  const root = branch()
  for (const lead of leads) {
    const [method = '', path = ''] = lead.route.split(' ')
    path.split('/').reduce(next, root).leads.set(method, lead)
  }
  return root
}

const next = (from: Branch, part: string): Branch => {
  if (part.startsWith('{')) return (from.variable ??= branch())
  const known = from.fixed.get(part) ?? branch()
  from.fixed.set(part, known)
  return known
}

/** [inferred] A fixed part goes before a variable one, whatever the method: /contacts/search is never a contact. */
const found = (from: Branch | undefined, [part, ...rest]: readonly (string | undefined)[]): Branch['leads'] | undefined => {
  if (!from || part === undefined) return undefined
  const along = (next: Branch | undefined) => (rest.length > 0 ? found(next, rest) : next && next.leads.size > 0 ? next.leads : undefined)
  return along(from.fixed.get(part)) ?? (part === '' ? undefined : along(from.variable))
}

/** Malformed percent-encoding names nothing. */
const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
