import type { ControlRoute } from './route.ts'

/** What there is, and how each is asked for. */
export const listing = (routes: readonly ControlRoute[], origin: string): object => ({
  about: 'Control of this workspace, for those who test with it. Not a part of Intercom.',
  routes: routes.map((each) => ({ route: each.route, does: each.does, example: curl(each, origin) })),
})

const curl = ({ route, example }: ControlRoute, origin: string): string => {
  const [method = '', template = ''] = route.split(' ')
  const { path, rest } = filled(template, example)
  const url = `${origin}${path}`
  if (method === 'GET') return `curl '${url}${query(rest)}'`
  if (method === 'DELETE') return `curl -X DELETE ${url}`
  return `curl -X ${method} ${url} -H 'Content-Type: application/json' -d '${JSON.stringify(rest)}'`
}

const query = (fields: Record<string, unknown>): string => {
  const text = new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

const filled = (template: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } => {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])))
  return { path, rest: Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name))) }
}
