import type * as z from 'zod'
import { Rejection } from '../handler.ts'
import { bodyOf } from '../incoming.ts'
import { clockRoutes } from './clock.ts'
import { faultRoutes } from './faults.ts'
import { listing } from './listing.ts'
import { requestRoutes } from './requests.ts'
import type { ControlRoute } from './route.ts'
import { seedRoutes } from './seed.ts'
import { tokenRoutes } from './tokens.ts'
import { webhookRoutes } from './webhooks.ts'
import type { Workings } from './workings.ts'

const routes: readonly ControlRoute[] = [...seedRoutes, ...clockRoutes, ...faultRoutes, ...tokenRoutes, ...requestRoutes, ...webhookRoutes]

const root = '/_workspace'

/** As much as a seed may have. */
const mostBytes = 256 * 1024 * 1024

/** Answers requests to control the workspace. Whoever passes them on has made sure that a person or program of this machine asks. */
export const controlling =
  (workings: Workings, report: (error: unknown) => void) =>
  async (request: Request): Promise<Response> => {
    try {
      return json(200, await answer(request, workings))
    } catch (error) {
      if (error instanceof Rejection) return refusal(error)
      report(error)
      return refusal(new Rejection(500, 'server_error', `Something went wrong inside the workspace: ${error instanceof Error ? error.message : String(error)}`))
    }
  }

const json = (status: number, body: object): Response =>
  new Response(`${JSON.stringify(body, null, 2)}\n`, { status, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } })

const refusal = (error: Rejection): Response => json(error.status, error.body(null))

const answer = async (request: Request, workings: Workings): Promise<object> => {
  const { origin, pathname, searchParams } = new URL(request.url)
  const path = pathname.replace(/\/$/, '')
  const method = request.method === 'HEAD' ? 'GET' : request.method // whoever waits for a server to start asks so
  if (path === root && method === 'GET') return listing(routes, origin)
  const { route, params } = find(method, path)
  const sent = method === 'GET' || method === 'DELETE' ? Object.fromEntries(searchParams) : await bodyOf(request, mostBytes)
  return route.handle(checked(route, { ...(sent as object | undefined), ...params }), workings)
}

const find = (method: string, path: string): { route: ControlRoute; params: Record<string, string> } => {
  const here = routes.flatMap((route) => {
    const params = match(route.route.split(' ')[1]!, path)
    return params ? [{ route, params }] : []
  })
  const found = here.find(({ route }) => route.route.startsWith(`${method} `))
  if (found) return found
  if (here.length === 0 && path !== root) throw new Rejection(404, 'not_found', `There is no ${path}; GET ${root} lists what there is`)
  const methods = path === root ? 'GET' : here.map(({ route }) => route.route.split(' ')[0]).join(' or ')
  throw new Rejection(405, 'method_not_allowed', `Method ${method} is not allowed here; use ${methods}`)
}

/** The fields of a path. What needs an escape names nothing here, so none is undone. */
const match = (template: string, path: string): Record<string, string> | undefined => {
  const found = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[\\w-]+)')}$`).exec(path)
  return found ? { ...found.groups } : undefined
}

const checked = ({ input }: ControlRoute, given: object): z.output<typeof input> => {
  const result = input.safeParse(given)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]! // a failure has at least one
  const field = path.join('.')
  throw new Rejection(400, 'parameter_invalid', field === '' ? message : `${field}: ${message}`, field === '' ? undefined : field)
}
