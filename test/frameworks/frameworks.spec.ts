import { beforeAll, describe, expect, it } from 'vitest'
import { aiSdk } from './ai-sdk.ts'
import type { Connected } from './framework.ts'
import { langchain } from './langchain.ts'
import { openaiAgents } from './openai-agents.ts'
import { connect, endAll, http, transports } from './reach.ts'

endAll()

/** To the one open conversation about helmets in the simulated workspace, by a teammate of it. */
const reply = { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810102', body: '<p>It was us. They are boots now.</p>' }

const tokenIn = (text: string): string | undefined => /confirm_token \\*"([\w-]+)/.exec(text)?.[1]
const cursorIn = (text: string): string | undefined => /next_cursor: ([\w-]+)/.exec(text)?.[1]
const contactsIn = (text: string): string[] => [...new Set(text.match(/66f0c3d1a7b24e1\w+/g))]

const frameworks = [aiSdk, langchain, openaiAgents]

describe.each(frameworks)('$name', (framework) => {
  describe.each(transports)('over %s', (_, serve) => {
    let agent: Connected
    beforeAll(async () => {
      agent = await connect(framework, await serve([]))
    })

    it('offers a model the default tools as they were published', async () => {
      const tools = await agent.tools()
      expect(Object.keys(tools)).toHaveLength(20)
      expect(tools.search_contacts!.description).toContain('Users and leads by any filters')
      expect(tools.search_contacts!.parameters).toMatchObject({ type: 'object', properties: { per_page: expect.anything(), starting_after: expect.anything() } })
    })

    it('takes the schemas of all operations', async () => {
      const tools = await (await connect(framework, await serve(['--toolsets', 'all']))).tools()
      expect(Object.keys(tools).length).toBeGreaterThan(130)
      for (const [name, { parameters }] of Object.entries(tools)) expect(parameters, name).toMatchObject({ type: 'object' })
    })

    it('answers a question', async () => {
      const told = await agent.call('who_is_customer', { customer: 'Priyanka Desai' })
      expect(told).toMatchObject({ failed: false, text: expect.stringContaining('Riverbend Rafting Collective') })
    })

    it('follows a cursor to the next page', async () => {
      const first = await agent.call('search_contacts', { per_page: 2 })
      const second = await agent.call('search_contacts', { per_page: 2, starting_after: cursorIn(first.text) })
      expect(contactsIn(first.text)).toHaveLength(2)
      expect(contactsIn(second.text)).toHaveLength(2)
      expect(contactsIn(second.text)).not.toEqual(contactsIn(first.text))
    })

    it('reads what was wrong', async () => {
      const told = await agent.call('get_conversation', { id: '999999999' })
      expect(told).toEqual({ text: expect.stringContaining('Intercom found nothing for get_conversation'), failed: framework.seesFailures })
    })

    it('reads why a write is refused', async () => {
      const reading = await connect(framework, await serve(['--read-only']))
      expect(Object.keys(await reading.tools())).not.toContain('reply_conversation')
      const told = await reading.call('call_read_operation', { operation: 'create_tag', input: { name: 'VIP' } })
      expect(told.text).toContain('--read-only')
    })

    it('reads a preview first, and sends with its token once', async () => {
      const preview = await agent.call('reply_conversation', reply)
      expect(preview.text).toContain('Priyanka Desai')
      const agreed = { ...reply, confirm_token: tokenIn(preview.text) }
      expect((await agent.call('reply_conversation', agreed)).failed).toBe(false)
      const again = await agent.call('reply_conversation', agreed)
      expect(again.text).toContain('used')
      const { text } = await agent.call('get_conversation', { id: reply.id })
      expect(text.split('They are boots now.').length - 1).toBe(framework.readsBoth ? 2 : 1)
    })
  })

  it('tells whoever connects over HTTP without a key how to be admitted', async () => {
    const reached = await http([], { authorization: '' })
    await expect(connect(framework, reached)).rejects.toThrow(/Say who calls: send a key|requires authorization \(HTTP 401\)/)
  })

  it('is held, over HTTP, to the headers it sends', async () => {
    const narrowed = await connect(framework, await http([], { 'x-mcp-toolsets': 'tickets', 'x-mcp-readonly': 'true' }))
    const names = Object.keys(await narrowed.tools())
    expect(names).toContain('get_ticket')
    expect(names).not.toContain('create_ticket')
    expect(names).not.toContain('get_conversation')
  })
})

describe.each(frameworks.filter(({ asks }) => asks))('$name, which can ask a person', (framework) => {
  it.each(transports)('asks over %s, and sends only what they agree to', async (_, serve) => {
    const questions: string[] = []
    let agrees = false
    const asking = await connect(framework, await serve([]), (question) => {
      questions.push(question)
      return agrees
    })
    const declined = await asking.call('reply_conversation', reply)
    expect(declined.text).toMatch(/declined|did not agree|not agree/)
    agrees = true
    expect((await asking.call('reply_conversation', reply)).text).toContain('They are boots now.')
    expect(questions).toEqual([expect.stringContaining('Priyanka Desai'), expect.stringContaining('Priyanka Desai')])
  })
})
