import type { PublishedTool } from '../../../tools/tool.ts'
import type { Refused } from '../exchange.ts'
import type { Identity } from '../identity.ts'
import type { Challenges } from './challenge.ts'
import { effectScopes } from './effect-scopes.ts'
import { lacking, narrowingOf, needed, rightsOf } from './scopes.ts'
import { BadToken, type Claims } from './verified.ts'

/** What claims are read with. */
export interface Reading {
  /** The claim that names the tenant. */
  readonly tenantClaim: string
  readonly tools: readonly PublishedTool[]
  readonly challenges: Challenges
}

/** Who a token speaks for, and what its scopes leave them; refused when they leave nothing. Throws {@link BadToken}. */
export const callerOf = (claims: Claims, { tenantClaim, tools, challenges }: Reading): Identity | Refused => {
  const principal = `oauth:${textOf(claims, 'sub', true)}`
  const tenant = textOf(claims, tenantClaim)
  const rights = rightsOf(scopesOf(claims))
  if (!rights) return challenges.insufficient(effectScopes, `The access token allows nothing here: it needs one of the scopes ${effectScopes.join(', ')}.`)
  const narrowing = narrowingOf(rights, tools)
  return {
    principal,
    tenant,
    narrowing,
    key: JSON.stringify([principal, tenant, rights]),
    withheld: (called) => (lacking(rights, narrowing, called) ? challenges.insufficient(needed(rights, called, tools)!, tooLittle(called.tool)) : undefined),
  }
}

const tooLittle = ({ tool }: PublishedTool): string => `The access token's scopes do not allow this call of ${tool.name}. Ask for a token with the scopes named in WWW-Authenticate.`

/** Most characters of a claim that becomes a part of names. */
const longest = 255

function textOf(claims: Claims, name: string, required: true): string
function textOf(claims: Claims, name: string): string | undefined
function textOf(claims: Claims, name: string, required = false): string | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined
  if (value === undefined && !required) return undefined
  if (typeof value !== 'string' || value === '' || value.length > longest) throw new BadToken(`has no text of 1 to ${longest} characters as its claim ${name}`)
  return value
}

/** As RFC 9068 has them, or in the claim that some providers use instead; as one text, or as a list. */
const scopesOf = ({ scope, scp }: Claims): string[] => [scope ?? scp].flat().flatMap((text) => (typeof text === 'string' ? text.split(' ') : []))
