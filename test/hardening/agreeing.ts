import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { PassThrough } from 'node:stream'
import { wire } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import { createClient } from '../../src/client/client.ts'
import { contextOf, type Offer } from '../../src/server/offer.ts'
import { callTool } from '../../src/tools/call.ts'
import type { Person } from '../../src/tools/confirm/confirm.ts'
import { sealing } from '../../src/tools/confirm/seal.ts'
import { spentInMemory } from '../../src/tools/confirm/spent.ts'
import type { Exchange } from '../../src/workspace/answer.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'

/** One call of a tool by a caller who must confirm, with whatever came as their confirmation. */
export interface Attempt {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
  readonly token?: string
  readonly answer?: Person['answer']
  /** Whether a client could ask the person. */
  readonly reachable?: boolean
  readonly principal?: string
  /** Milliseconds since the beginning. */
  readonly at?: number
  readonly consent?: Consent
}

export type Consent = Awaited<ReturnType<Offer['consent']>>

/** What came of it: the question, if there was one, and whether Intercom was asked to send or destroy. */
export interface Came {
  readonly seal?: string
  readonly text: string
  readonly done: boolean
}

export const began = 1_795_369_333_000

/** Consent as a process has it that shares its key with nobody. */
export const consentWith = (key: Buffer, change: Partial<Consent> = {}): Consent => ({
  workspace: { name: 'the workspace', id: 'one' },
  seals: sealing(key),
  spent: spentInMemory(() => began),
  ...change,
})

/** A server's tools in this process, over a workspace that counts what was sent and destroyed in it. */
export const agreeing = async (consent: Consent) => {
  let drawn = 0
  const workspace = openWorkspace({ now: () => began, random: () => (drawn = (drawn * 16_807 + 11) % 2_147_483_647) / 2_147_483_647, rateLimit: 1e9 })
  const client = createClient({ upstream: { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch } })
  const world = { args: [], env: {}, stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough().resume(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const { offer } = await wire(settings({ toolsets: 'all,finder' }, {}), world)
  let done = 0
  const count = (message: unknown) => {
    const { operation, status } = message as Exchange // as the channel publishes it
    if (operation && ['send', 'destroy'].includes(operation.effect) && status < 300) done += 1
  }
  subscribe('intercom-mcp:answer', count)

  /** Of calls one after the other. */
  const attempt = async ({ tool, args, token, answer, reachable = false, principal = 'local', at = 0, consent: own = consent }: Attempt): Promise<Came> => {
    const before = done
    const called = offer.tools.find((each) => each.tool.name === tool)!
    const made: Offer = { ...offer, caller: { ...offer.caller, principal }, client: async () => client, consent: async () => own, now: () => began + at }
    const context = await contextOf(made, new AbortController().signal, { reachable, answer })
    const result = await callTool(called, token === undefined ? args : withToken(args, token), context)
    if (result instanceof Error) return { seal: result.seal, text: result.preview, done: done > before }
    return { text: result.content.map(({ text }) => text).join('\n'), done: done > before }
  }
  return {
    attempt,
    client,
    /** How often something was sent or destroyed. */
    done: () => done,
    close: async () => {
      unsubscribe('intercom-mcp:answer', count)
      await client.close()
      workspace.close()
    },
  }
}

/** An executor takes it among the operation's own arguments. */
const withToken = (args: Attempt['args'], token: string) =>
  'operation' in args ? { ...args, input: { ...(args.input as object), confirm_token: token } } : { ...args, confirm_token: token }
