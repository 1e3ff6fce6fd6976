import type { Challenges } from '../server/http/auth/challenge.ts'
import type { Ways } from '../server/http/auth/asking.ts'
import { anybody, type Authenticate } from '../server/http/identity.ts'
import type { Route } from '../server/http/serve.ts'
import { published } from '../tools/published.ts'
import { isLoopback } from '../workspace/loopback.ts'
import type { HttpSettings } from './http-settings.ts'
import type { KnownTenant } from './keys-file.ts'
import type { Log } from './log.ts'
import { Misuse, sentence } from './misuse.ts'

/** How callers are told apart. */
export interface Authentication {
  readonly authenticate: Authenticate
  /** What tells clients how to be admitted. */
  readonly routes: Readonly<Record<string, Route>>
  readonly close: () => void
}

type Said = Pick<HttpSettings, 'keys' | 'publicUrl' | 'oauthIssuer' | 'oauthAudience' | 'oauthTenantClaim'>

/** Opens what was set. Throws Misuse, also when nobody would be asked where others than this machine can call. */
export const openAuthentication = async (said: Said, host: string, log: Log, isTenant?: KnownTenant): Promise<Authentication> => {
  const provider = providerIn(said)
  if (said.keys === undefined && !provider) return nobodyAsked(host)
  const [{ asking }, { challenges }, { metadataRoutes, metadataUrl }] = await Promise.all([
    import('../server/http/auth/asking.ts'),
    import('../server/http/auth/challenge.ts'),
    import('../server/http/auth/resource-metadata.ts'),
  ])
  const told = challenges(provider && metadataUrl(provider.resource))
  const [keys, tokens] = await Promise.all([said.keys === undefined ? undefined : keysIn(said.keys, told, log, isTenant), provider && tokensOf(provider, told, log)])
  return {
    authenticate: asking({ keys: keys?.known, tokens }, told),
    routes: provider ? metadataRoutes(provider) : {},
    close: () => keys?.close(),
  }
}

const nobodyAsked = (host: string): Authentication => {
  if (!isLoopback(host)) throw new Misuse(`--host ${host}: others could call, and nobody would be asked who they are; give --keys or --oauth-issuer, or listen on 127.0.0.1 behind a proxy that asks`)
  return { authenticate: anybody, routes: {}, close: () => {} }
}

/** An identity provider, and what it says who may do what with. */
interface Provider {
  readonly issuer: string
  readonly resource: string
  readonly audience: string[]
  readonly tenantClaim: string
}

const providerIn = ({ publicUrl: resource, oauthIssuer: issuer, oauthAudience, oauthTenantClaim }: Said): Provider | undefined => {
  if (issuer === undefined && (oauthAudience ?? oauthTenantClaim) !== undefined) throw new Misuse(`${oauthAudience === undefined ? '--oauth-tenant-claim' : '--oauth-audience'} says nothing without --oauth-issuer`)
  if (issuer === undefined) return undefined
  if (resource === undefined) throw new Misuse('--oauth-issuer needs --public-url, the URL clients use, such as https://mcp.example.com/mcp: access tokens are for one server')
  return { issuer, resource, audience: oauthAudience === undefined ? spellingsOf(resource) : [oauthAudience], tenantClaim: oauthTenantClaim ?? 'tenant' }
}

/** A URL without a path is the same with a slash at its end, as clients may ask for a token for it. */
const spellingsOf = (url: string): string[] => (new URL(url).pathname === '/' ? [url, `${url}/`] : [url])

const keysIn = async (file: string, told: Challenges, log: Log, isTenant?: KnownTenant): Promise<{ readonly known: Ways['keys']; readonly close: () => void }> => {
  const [{ keys }, { openKeys }] = await Promise.all([import('../server/http/auth/keys.ts'), import('./keys.ts')])
  const { current, close } = await openKeys(file, await published(), log, isTenant)
  return { known: keys(current, Date.now, told), close }
}

const tokensOf = async ({ issuer, audience, tenantClaim }: Provider, told: Challenges, log: Log): Promise<Ways['tokens']> => {
  const { tokens } = await import('../server/http/auth/tokens.ts')
  const onTrouble = (error: unknown) => log('warn', `access tokens may not be checked: ${sentence(error)}`)
  return tokens({ issuer, audience, tenantClaim, tools: await published(), challenges: told, now: Date.now, clock: performance.now.bind(performance), onTrouble })
}
