import * as z from 'zod'
import { type Access, allPermissions } from '../access.ts'
import { Rejection } from '../handler.ts'
import { secret } from '../ids.ts'
import { alike } from './alike.ts'
import { controlRoute } from './route.ts'
import type { Workings } from './workings.ts'

const Permissions = z.union([z.enum(['all', 'reading']), z.array(z.string())], {
  error: 'it must be "all", "reading" or a list of permissions in Intercom\'s words',
})

/** A misspelt permission would lock everyone out without saying why. */
const known = async (permissions: Access['permissions']): Promise<void> => {
  if (typeof permissions === 'string') return
  const all = await allPermissions()
  const wrong = permissions.find((permission) => !all.includes(permission))
  if (wrong !== undefined)
    throw new Rejection(400, 'parameter_invalid', `permissions: there is no permission "${wrong}"; there are: ${alike(wrong, all)}`, 'permissions')
}

const tokenNamed = ({ tokens }: Workings, name: string): Access => {
  const found = tokens.all().find((access) => access.name === name)
  if (found) return found
  const names = tokens.all().map((access) => access.name).join(', ')
  throw new Rejection(404, 'not_found', `There is no token ${name}; there are: ${names}`)
}

const add = ({ name, token, permissions }: Access, { tokens }: Workings): Access => {
  const taken = tokens.all().find((access) => access.name === name || access.token === token)
  if (taken) throw new Rejection(409, 'conflict', `There is the token ${taken.name} already; PUT /_workspace/tokens/${taken.name} changes what it may do`)
  tokens.keep({ name, token, permissions })
  return { name, token, permissions }
}

export const tokenRoutes = [
  controlRoute({
    route: 'GET /_workspace/tokens',
    does: 'Lists the access tokens and what each may do.',
    input: z.strictObject({}),
    example: {},
    handle: (_, { tokens }) => ({ tokens: tokens.all() }),
  }),
  controlRoute({
    route: 'POST /_workspace/tokens',
    does: 'Adds an access token, invented unless given, that may do everything ("all"), only read ("reading"), or what a list of permissions allows.',
    input: z.strictObject({
      name: z.string().regex(/^[\w-]{1,64}$/, 'it must be letters, digits, _ or -'),
      permissions: Permissions.default('all'),
      token: z.string().regex(/^[\x21-\x7e]+$/, 'it must have no spaces').optional(),
    }),
    example: { name: 'tickets-only', permissions: ['Read tickets', 'Write tickets'] },
    handle: async ({ name, permissions, token }, workings) => {
      await known(permissions)
      return workings.store.transaction('write', () => add({ name, permissions, token: token ?? secret(workings.random) }, workings))
    },
  }),
  controlRoute({
    route: 'PUT /_workspace/tokens/{name}',
    does: 'Sets what a token may do.',
    input: z.strictObject({ name: z.string(), permissions: Permissions }),
    example: { name: 'main', permissions: ['Read tickets'] },
    handle: async ({ name, permissions }, workings) => {
      await known(permissions)
      return workings.store.transaction('write', () => {
        const changed = { ...tokenNamed(workings, name), permissions }
        workings.tokens.keep(changed)
        return changed
      })
    },
  }),
  controlRoute({
    route: 'DELETE /_workspace/tokens/{name}',
    does: 'Takes away a token that was added; one the workspace began with may again do what it could then.',
    input: z.strictObject({ name: z.string() }),
    example: { name: 'tickets-only' },
    handle: ({ name }, workings) =>
      workings.store.transaction('write', () => {
        workings.tokens.forget(tokenNamed(workings, name).token)
        return { tokens: workings.tokens.all() }
      }),
  }),
]
