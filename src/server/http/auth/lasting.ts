import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Authenticate, type Identity, isRefused } from '../identity.ts'
import type { Tenant } from '../tenant.ts'

/** Milliseconds between looks: so long a stream outlives the credential it was asked for with. */
const between = 5_000

/** Ends an answer that lasts once its request would not be admitted any more, or with other rights. */
export const endWithCredential = (authenticate: Authenticate, { key }: Identity, request: IncomingMessage, response: ServerResponse): void => {
  const look = async (): Promise<void> => {
    const found = await authenticate(request)
    const holds = isRefused(found) ? found.status === 503 : found.key === key // while the issuer is away, nobody can tell
    if (!holds) response.destroy()
  }
  const looking = setInterval(() => void look().catch(() => response.destroy()), between).unref()
  response.once('close', () => clearInterval(looking))
}

/** Ends an answer that lasts with its tenant, whatever else was forgotten of its caller by then; what ends it properly comes first. */
export const endWithTenant = ({ whenOver }: Tenant, response: ServerResponse): void =>
  void response.once('close', whenOver(() => void setImmediate(() => response.destroy())))
