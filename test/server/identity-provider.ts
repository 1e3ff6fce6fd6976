import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

/** An identity provider on this machine: it publishes keys, and signs whatever it is told to. */
export class IdentityProvider {
  /** As tokens name it. */
  readonly issuer: string
  /** How often each of its documents was asked for, by path. */
  readonly asked = new Map<string, number>()
  /** Answers instead of its documents. */
  instead: { status: number; headers?: Record<string, string>; body?: string } | undefined
  /** Leaves requests unanswered. */
  hangs = false
  /** Where its metadata stands. */
  movedTo = '/.well-known/oauth-authorization-server/realm'
  readonly #server: Server
  readonly #pairs = new Map<string, KeyPair>()
  readonly #strangers = new Map<string, KeyPair>()
  readonly #published = new Map<string, JWK>()

  private constructor(server: Server) {
    this.#server = server
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`
    server.on('request', ({ url = '' }, response) => {
      this.asked.set(url, (this.asked.get(url) ?? 0) + 1)
      if (this.hangs) return
      const document = this.#documents[url === this.movedTo ? 'metadata' : url]
      const { status, headers, body } = this.instead ?? { status: document ? 200 : 404, body: JSON.stringify(document?.() ?? {}) }
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })
  }

  static async start(algs: readonly string[] = ['RS256']): Promise<IdentityProvider> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const provider = new IdentityProvider(server)
    for (const alg of algs) await provider.add(alg, alg)
    return provider
  }

  /** Makes a key and publishes it. */
  async add(kid: string, alg: string): Promise<void> {
    const pair = await generateKeyPair(alg, { extractable: true })
    this.#pairs.set(kid, pair)
    this.#published.set(kid, { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' })
  }

  /** Publishes a key no more. It can still sign. */
  retire(kid: string): void {
    this.#published.delete(kid)
  }

  publicKey(kid: string): JWK {
    return this.#published.get(kid)!
  }

  /** Names the key that signed, unless the head says otherwise. */
  async sign(claims: JWTPayload, { alg = 'RS256', ...header }: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const { kid } = { kid: alg, ...header }
    return new SignJWT(claims).setProtectedHeader({ alg, ...header, kid }).sign(this.#pairs.get(kid ?? alg)!.privateKey, { crit: { x: true } })
  }

  /** By a key that is not published, whatever it is called. */
  async forge(claims: JWTPayload, header: JWTHeaderParameters = { alg: 'RS256', kid: 'RS256' }): Promise<string> {
    const stranger = this.#strangers.get(header.alg) ?? (await generateKeyPair(header.alg))
    this.#strangers.set(header.alg, stranger)
    return new SignJWT(claims).setProtectedHeader(header).sign(stranger.privateKey)
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  readonly #documents: Readonly<Record<string, () => unknown>> = {
    metadata: () => ({ issuer: this.issuer, jwks_uri: `${this.issuer}/keys` }),
    '/realm/keys': () => ({ keys: [...this.#published.values()] }),
  }
}
