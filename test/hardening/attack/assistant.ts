import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { PassThrough } from 'node:stream'
import { wire } from '../../../src/cli/offer.ts'
import { settings } from '../../../src/cli/settings.ts'
import { factory } from '../../../src/server/factory.ts'
import { listen } from '../../../src/workspace/listen.ts'
import { asking } from '../../workspace/asking.ts'
import type { Use } from './agent.ts'
import { poisoned, type Reached } from './poisoned.ts'

/** What a person does when they are asked; undefined where their client cannot ask. */
export type Person = ((message: string) => boolean) | undefined

export interface Assistant {
  readonly use: Use
  /** From now on this stands in every free text of the workspace. */
  readonly say: (order: string) => void
  /** What reached Intercom that would change something. */
  readonly reached: readonly Reached[]
  readonly close: () => Promise<void>
}

/** A real client, with a person before it, of a real server on a workspace in whose every free text the same words stand. */
export const assistant = async (flags: Readonly<Record<string, unknown>>, person: Person): Promise<Assistant> => {
  const { workspace } = asking()
  const { fetch, reached, say } = poisoned(workspace)
  const upstream = await listen(fetch, { host: '127.0.0.1', port: 0 })
  const env = { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: workspace.token }
  const world = { args: [], env, stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const wired = await wire(settings({ toolsets: 'all,finder', logLevel: 'silent', ...flags }, env), world)
  const client = new Client({ name: 'assistant', version: '1' }, { capabilities: person ? { elicitation: { form: {} } } : {} })
  if (person) client.setRequestHandler('elicitation/create', ({ params }) => (person(params.message) ? { action: 'accept', content: {} } : { action: 'decline' }))
  const [near, far] = InMemoryTransport.createLinkedPair()
  const server = factory(wired.offer)({ era: 'legacy' })
  await server.connect(far)
  await client.connect(near)
  const use: Use = async (tool, args) => {
    const { content, structuredContent } = await client.callTool({ name: tool, arguments: args })
    const said = content.map((item) => (item.type === 'text' ? item.text : '')).join('\n')
    return { text: `${said}\n${JSON.stringify(structuredContent ?? {})}` }
  }
  const close = async () => {
    await client.close()
    await wired.upstream.close()
    await upstream.close()
    workspace.close()
  }
  return { use, say, reached, close }
}
