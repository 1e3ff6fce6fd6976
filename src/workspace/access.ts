import { allOperations } from '../contract/nouns.ts'
import { permissionsOf } from '../contract/operation.ts'
import { Rejection } from './handler.ts'

/** What a token may do: everything, only read, or what these permissions of Intercom's Developer Hub allow. */
export type Permissions = 'all' | 'reading' | readonly string[]

export interface Access {
  /** What people call the token, where it must not be shown. */
  readonly name: string
  readonly token: string
  readonly permissions: Permissions
}

/** The access that an Authorization header gives. Throws Intercom's 401. */
export const accessOf = (header: string | null, accesses: readonly Access[]): Access => {
  const found = named(header, accesses)
  if (!found) throw new Rejection(401, 'unauthorized', 'Access Token Invalid')
  return found
}

/** The access whose token an Authorization header names. */
export const named = (header: string | null, accesses: readonly Access[]): Access | undefined => {
  const token = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1]
  return accesses.find((access) => access.token === token)
}

/** Every permission that some operation needs. */
export const allPermissions = async (): Promise<string[]> => [...new Set((await allOperations()).flatMap(({ operation }) => permissionsOf(operation.permission)))].sort()

/** [inferred] How Intercom 2.13 refuses a token that lacks a permission: its newest pages say 403, older clients report 401. */
export type MissingPermission = 403 | 401

/** Throws when the token lacks the permission, or one of several. */
export const permit = ({ permissions }: Access, permission: string, refusal: MissingPermission): void => {
  const lacking = permissionsOf(permission).find((one) => !allows(permissions, one))
  if (lacking !== undefined) throw refusals[refusal](lacking)
}

const allows = (permissions: Permissions, permission: string): boolean => {
  if (permissions === 'all') return true
  // Intercom's names tell: "Read tickets" only reads, "Read and write AI content" does not
  return permissions === 'reading' ? /^Read (?!and write)/.test(permission) : permissions.includes(permission)
}

const refusals: Readonly<Record<MissingPermission, (permission: string) => Rejection>> = {
  403: (permission) => new Rejection(403, 'forbidden', `You do not have the required scope (${scopeOf(permission)}) to access this resource`),
  401: () => new Rejection(401, 'token_unauthorized', 'Not authorized to access resource'),
}

/** [inferred] Technical names, as far as texts of Intercom show them; the others are formed from the permission alike. */
const scopes: Readonly<Record<string, string>> = {
  'Read and list users and companies': 'read_users_companies',
  'Read one user and one company': 'read_single_user',
  'Write users and companies': 'write_users_companies',
  'Read one admin': 'read_single_admin',
  'Read and write AI content': 'read_write_ai_content',
}

const scopeOf = (permission: string): string => scopes[permission] ?? permission.toLowerCase().replace(/\W+/g, '_')
