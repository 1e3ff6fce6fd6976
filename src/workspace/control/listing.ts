import * as z from 'zod'
import type { ControlRoute } from './route.ts'

/** What there is, and how each is asked for. */
export const listing = (routes: readonly ControlRoute[], origin: string): object => ({
  about: 'Control of this workspace, for those who test with it. Not a part of Intercom.',
  routes: routes.map((each) => ({ route: each.route, does: each.does, ...takes(each), example: curl(each, origin) })),
})

type Schema = z.core.JSONSchema.BaseSchema

/** Its fields, each with what it may be. */
const takes = ({ input }: ControlRoute) => {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input' })
  const fields = Object.entries(properties).map(([name, schema]) => {
    const field = schema as Schema // no field takes anything or nothing, which are written as true and false
    const absent = field.default === undefined ? [] : [`${JSON.stringify(field.default)} when absent`]
    return [name, [kind(field), ...absent, ...(required.includes(name) ? ['required'] : [])].join(', ')]
  })
  return fields.length > 0 && { takes: Object.fromEntries(fields) as Record<string, string> }
}

/** More words than this are not spelt out: they have a route of their own. */
const mostWords = 20

const kind = ({ enum: words = [], anyOf = [], type, items }: Schema): string => {
  if (words.length > 0 && words.length <= mostWords) return words.map((word) => JSON.stringify(word)).join(' | ')
  if (type === 'array') return `[${kind(items as Schema)}, ...]` // every list here is of one kind
  return [...anyOf.map((one) => kind(one)), ...[type ?? []].flat()].join(' | ')
}

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
