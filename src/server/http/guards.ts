import { localhostAllowedHostnames, validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server'
import type { IncomingMessage } from 'node:http'
import type { Refused } from './exchange.ts'

/** Where MCP is served. */
export const path = '/mcp'

/**
 * Why a request reaches nothing, or undefined when it may reach one of these paths. A web page can make a browser send requests to
 * this machine, under its own name (Origin) or one it has pointed here (Host); only known names pass.
 */
export const guard = (names: readonly string[], paths: readonly string[]): ((request: IncomingMessage) => Refused | undefined) => {
  const known = [...localhostAllowedHostnames(), ...names.map(bracketed)]
  const served = new Set(paths)
  return (request) => {
    const { headers, rawHeaders } = request
    if (hostsIn(rawHeaders) > 1) return { status: 400, message: 'A request has one Host.' }
    if (!isName(headers.host) || !validateHostHeader(headers.host, known).ok) return refused(`Host ${quoted(headers.host)} is not served here`)
    if (!validateOriginHeader(headers.origin, known).ok) return refused(`Origin ${quoted(headers.origin)} may not use this server`)
    if (!served.has(pathOf(request))) return { status: 404, message: `Nothing here; MCP is served at ${path}.` }
    if (request.method === 'TRACE') return { status: 405, message: 'Method not allowed.', headers: { allow: 'GET, POST, DELETE' } } // a web Request has no such method
    return undefined
  }
}

/** Without the query. */
export const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0]!

/** Node keeps the first; what stands before this server may have gone by another. */
const hostsIn = (rawHeaders: readonly string[]): number => rawHeaders.filter((name, place) => place % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host').length

/** A name or an address, perhaps a port, and none of what else a URL could hold at this place. */
const isName = (host = ''): boolean => /^([\w.-]+|\[[\da-f:.]+\])(:\d*)?$/i.test(host)

const refused = (what: string): Refused => ({ status: 403, message: `${what}. Use localhost, or allow the name with --allow-host.` })

const quoted = (name: string | undefined): string => JSON.stringify((name ?? '').slice(0, 100))

const bracketed = (name: string): string => (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name).toLowerCase()
