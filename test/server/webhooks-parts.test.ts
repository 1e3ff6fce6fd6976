import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, variables } from '../../src/resources/template.ts'
import { changedBy, effects } from '../../src/server/http/webhooks/changes.ts'
import { firstTimes } from '../../src/server/http/webhooks/first.ts'
import { isSigned } from '../../src/server/http/webhooks/signature.ts'
import { published } from '../../src/tools/published.ts'
import { isOperationTool } from '../../src/tools/tool.ts'
import { topics } from '../../src/workspace/topics.ts'

const resources = (await published()).filter(isOperationTool).flatMap(({ resource }) => resource ?? [])

describe('what changed', () => {
  const templates = [...new Set(effects.flatMap(([, changed]) => Object.values(changed).flat()))]

  test.each(templates)('%s is a resource that can be read', (template) => {
    expect(variables(template).length).toBeLessThanOrEqual(1)
    expect(resources.filter((resource) => match(resource, template.replace(/\{\w+\}/, 'x')))).toHaveLength(1)
  })

  test('every topic that Intercom has of contacts, companies, conversations, tickets and articles is known', () => {
    const unknown = topics.filter((topic) => !effects.some(([known]) => known.test(topic)))
    expect(unknown).toEqual(['admin.activity_log_event.created', 'ping'])
  })

  test.each<[string, string, object, readonly string[]]>([
    ['an address holds what it must', 'contact.user.updated', { type: 'contact', id: 'a', external_id: 'a/b?c' }, ['intercom://contacts/a', 'intercom://contacts/external/a%2Fb%3Fc', 'intercom://contacts/a/segments']],
    ['both spellings of a sign', 'contact.lead.added_email', { type: 'contact', id: 'a', external_id: 'a@b' }, ['intercom://contacts/a', 'intercom://contacts/external/a%40b', 'intercom://contacts/external/a@b', 'intercom://contacts/a/segments']],
    ['an event is of a person', 'event.created', { type: 'event', id: 'e', intercom_user_id: 'a' }, ['intercom://contacts/a/events', 'intercom://contacts/a']],
    ['a conversation, who is in it, and its ticket', 'conversation.user.replied', { type: 'conversation', id: '1', ticket: { type: 'ticket', id: '1' }, contacts: { type: 'contact.list', contacts: [{ type: 'contact', id: 'a' }] } }, ['intercom://conversations/1', 'intercom://contacts/a', 'intercom://tickets/1']],
    ['a part of a conversation', 'conversation_part.tag.created', { type: 'conversation_part', id: '7', conversation: { type: 'conversation', id: '1' } }, ['intercom://conversations/1']],
    ['a ticket that was a conversation', 'ticket.contact.replied', { type: 'ticket_part', ticket: { type: 'ticket', id: '1' } }, ['intercom://tickets/1', 'intercom://conversations/1']],
    ['a company that is gone', 'company.deleted', { type: 'company', id: 'c' }, ['intercom://companies/c', 'intercom://companies/c/segments']],
    ['no more than can be told', 'conversation.read', { type: 'conversation', id: '1', contacts: Array.from({ length: 600 }, (_, id) => ({ type: 'contact', id: String(id) })) }, ['intercom://conversations/1', ...Array.from({ length: 499 }, (_, id) => `intercom://contacts/${id}`)]],
  ])('%s', (_, topic, item, addresses) => {
    expect(changedBy(topic, item as Record<string, unknown>)).toEqual(addresses)
  })

  test('of anything at all: addresses of resources, or none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...topics), fc.object({ key: fc.constantFrom('type', 'id', 'external_id', 'contact', 'contacts', 'ticket', 'x'), maxDepth: 4, values: [fc.constantFrom('contact', 'ticket', 'company'), fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null)] }), (topic, item) =>
        changedBy(topic, item).every((uri) => resources.some((resource) => match(resource, uri)))),
      { numRuns: 150 },
    )
  })
})

describe('what came before', () => {
  const hour = 3_600_000
  const coming = fc.record({ id: fc.nat(5), ahead: fc.integer({ min: -13, max: 13 }), wait: fc.integer({ min: 0, max: 4 }) })

  test('is taken once, whatever comes between, however long it takes, and however little is remembered', () => {
    fc.assert(
      fc.property(fc.array(coming, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (comings, room) => {
        let now = 1e12
        const made = new Map<number, number>()
        const taken: number[] = []
        const isFirst = firstTimes(() => now, room)
        for (const { id, ahead, wait } of comings) {
          now += wait * hour
          if (!made.has(id)) made.set(id, now + ahead * hour)
          if (isFirst(String(id), made.get(id)!)) taken.push(id)
        }
        return new Set(taken).size === taken.length
      }),
      { numRuns: 2_000 },
    )
  })

  test('a memory that ends before what it remembers is old would be seen', () => {
    let now = 1e12
    const seen = new Map<string, number>()
    const forgetful = (id: string, madeAt: number) => {
      for (const [old, at] of seen) if (now - at > hour) seen.delete(old)
      if (seen.has(id) || Math.abs(now - madeAt) > 12 * hour) return false
      return Boolean(seen.set(id, now))
    }
    const [first, again] = [forgetful('a', now), (now += 2 * hour) && forgetful('a', 1e12)]
    expect([first, again]).toEqual([true, true])
  })

  test('is fresh by whichever clock, and times that are none are not', () => {
    const isFirst = firstTimes(() => 1e12)
    expect([-11.9, 11.9].map((hours) => isFirst(`${hours}`, 1e12 + hours * hour))).toEqual([true, true])
    expect([-12.1, 12.1, NaN, Infinity, -Infinity].map((hours) => isFirst(`${hours}`, 1e12 + hours * hour))).toEqual(Array(5).fill(false))
  })
})

test('a signature as Intercom makes it', () => {
  const [body, secret] = [Buffer.from('Hello, World!'), "It's a Secret to Everybody"]
  expect(isSigned(body, 'sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59', secret)).toBe(true)
  expect(isSigned(body, 'sha1=01dc10d0c83e72ed246219cdd91669667fe2ca58', secret)).toBe(false)
})
