import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Refused } from '../exchange.ts'
import type { Authenticate, Identity } from '../identity.ts'
import type { Challenges } from './challenge.ts'

/** How credentials are known. Each gets their SHA-256 too, by which they are looked up: nothing keeps a credential itself. */
export interface Ways {
  /** Undefined when it is no key. */
  readonly keys?: (digest: Buffer) => Identity | Refused | undefined
  readonly tokens?: (token: string, digest: Buffer) => Identity | Refused | Promise<Identity | Refused>
}

/** Admits whoever shows a credential that one of these ways knows. It is read from the header only, never from a URL or a body. */
export const asking = ({ keys, tokens }: Ways, { unknown, malformed, invalid }: Challenges): Authenticate => ({ headers, rawHeaders }) => {
  const said = headers.authorization
  if (said === undefined || !/^bearer( |$)/i.test(said)) return timesSaid(rawHeaders) > 1 ? malformed : unknown
  const [, credential] = /^bearer +([\w.~+/-]+=*)$/i.exec(said) ?? []
  if (credential === undefined || timesSaid(rawHeaders) > 1) return malformed
  const digest = hash('sha256', credential, 'buffer')
  const found = tokens && credential.includes('.') ? tokens(credential, digest) : keys?.(digest) // no key has dots
  return found ?? invalid('is not known here')
}

/** Node keeps the first of several; what stands before this server may have gone by another. */
const timesSaid = (rawHeaders: IncomingMessage['rawHeaders']): number => rawHeaders.filter((name, place) => place % 2 === 0 && name.length === 13 && name.toLowerCase() === 'authorization').length
