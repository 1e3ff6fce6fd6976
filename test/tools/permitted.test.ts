import { describe, expect, test } from 'vitest'
import { everything, type Policy } from '../../src/client/policy.ts'
import type { Effect } from '../../src/contract/operation.ts'
import { objectionTo, refusalOf, runBy } from '../../src/tools/permitted.ts'
import { isOperationTool, type OperationTool } from '../../src/tools/tool.ts'
import { whyNot } from '../../src/tools/unlisted.ts'
import { tools } from './policies.ts'

const named = (name: string) => tools.find(({ tool }) => tool.name === name)!
const operations = tools.filter(isOperationTool)
const running = (name: string): OperationTool => operations.find(({ tool }) => tool.name === name)!

const may = (...effects: Effect[]): Policy => ({ ...everything, effects: new Set(effects) })

describe('of each tool, what a policy leaves', () => {
  test.each<[string, Effect[], string | undefined]>([
    ['get_team', ['read'], undefined],
    ['get_team', ['write'], 'This server may not read from Intercom, as get_team would (--read-only, --allow)'],
    ['create_tag', ['read', 'send', 'destroy'], 'This server may not change anything in Intercom, as create_tag would (--read-only, --allow)'],
    ['delete_tag', ['read'], 'This server is read-only, and delete_tag would delete or hide anything in Intercom (--read-only, --allow)'],
    ['reply_ticket', ['read', 'write'], undefined], // it can be a note
    ['reply_ticket', ['read', 'destroy'], 'This server may not send anything to customers, as reply_ticket would (--read-only, --allow)'],
    ['who_is_customer', ['read'], undefined],
    ['who_is_customer', ['write', 'send'], 'This server may not read from Intercom, as who_is_customer would (--read-only, --allow)'],
    ['find_operation', ['read'], undefined],
    ['call_read_operation', ['read'], undefined],
    ['call_read_operation', ['send'], 'This server may not read from Intercom, as call_read_operation would (--read-only, --allow)'],
    ['call_write_operation', ['read', 'write'], undefined],
    ['call_write_operation', ['read', 'send'], 'This server may not change anything in Intercom, as call_write_operation would (--read-only, --allow)'],
    ['call_destructive_operation', ['read', 'send'], undefined],
    ['call_destructive_operation', ['read', 'destroy'], undefined],
    ['call_destructive_operation', ['read', 'write'], 'This server may not send anything to customers, as call_destructive_operation would (--read-only, --allow)'],
  ])('%s, where calls may %j', (name, effects, said) => {
    expect(objectionTo(named(name), may(...effects))).toBe(said)
    expect(refusalOf(named(name), may(...effects))?.advice).toEqual(said && expect.stringContaining(said))
  })
})

describe('of an executor, what it is to run is judged first', () => {
  const refused = (executor: string, run: string, ...effects: Effect[]) => {
    const failure = refusalOf(named(executor), may(...effects), running(run))
    return failure && `${failure.code} ${failure.outcome} ${failure.operation} ${failure.effect}`
  }

  test.each<[string, string, Effect[], string | undefined]>([
    ['call_destructive_operation', 'delete_tag', ['read'], 'policy_denied not_sent delete_tag destroy'],
    ['call_destructive_operation', 'delete_tag', ['read', 'destroy'], undefined],
    ['call_destructive_operation', 'delete_tag', ['read', 'send'], 'policy_denied not_sent delete_tag destroy'],
    ['call_destructive_operation', 'reply_ticket', ['read', 'write'], 'policy_denied not_sent reply_ticket send'], // as a note, another executor has it
    ['call_write_operation', 'reply_ticket', ['read', 'write'], undefined],
    ['call_write_operation', 'reply_ticket', ['read', 'send'], 'policy_denied not_sent reply_ticket write'],
    ['call_read_operation', 'reply_ticket', ['read', 'write'], undefined], // another's: it says so itself
    ['call_read_operation', 'reply_ticket', ['read'], 'policy_denied not_sent reply_ticket send'],
    ['call_write_operation', 'get_team', ['read'], 'policy_denied not_sent call_write_operation write'], // the operation is allowed, this way is not
  ])('%s runs %s, where calls may %j', (executor, run, effects, expected) => expect(refused(executor, run, ...effects)).toBe(expected))

  test('which is what its arguments name', () => {
    const executor = named('call_read_operation')
    expect(runBy(executor, { operation: 'get_team' }, operations)?.tool.name).toBe('get_team')
    for (const args of [undefined, null, {}, { operation: 5 }, { operation: 'nope' }]) expect(runBy(executor, args, operations)).toBeUndefined()
    expect(runBy(named('search'), { operation: 'get_team' }, operations)).toBeUndefined()
  })
})

describe('why a tool cannot be called by its name', () => {
  const why = (name: string, listed: readonly string[], policy: Policy = everything, args: unknown = {}) =>
    whyNot(name, args, { tools: tools.filter(({ tool }) => listed.includes(tool.name)), published: tools, operations, caller: { policy } })

  test('there is none of that name', () => {
    expect(why('get_teem', ['get_team'])).toBe('There is no tool "get_teem". Did you mean "get_team"?')
    expect(why('get_teem', ['search'])).toBe('There is no tool "get_teem". tools/list tells which there are.')
    expect(why('x'.repeat(99), [])).toBe(`There is no tool "${'x'.repeat(64)}". tools/list tells which there are.`)
  })

  test('it is not listed, but an executor that is runs it', () => {
    expect(why('get_team', ['call_read_operation'])).toBe('The tool get_team is not listed here. Call it with call_read_operation {"operation": "get_team", "input": {…}}.')
    expect(why('delete_tag', ['call_destructive_operation'])).toContain('Call it with call_destructive_operation {"operation": "delete_tag"')
  })

  test('it is not listed, and nothing listed runs it', () => {
    for (const name of ['get_team', 'search']) {
      expect(why(name, ['call_write_operation'])).toBe(
        `The tool ${name} is not listed here (--toolsets, --tools). The person who set that can change it; over HTTP, the headers X-MCP-Toolsets and X-MCP-Tools ask for others.`,
      )
    }
  })

  test('the policy forbids it, or every way to it, or what an executor was to run', () => {
    expect(why('delete_tag', ['call_read_operation'], may('read'))).toMatch(/^This server is read-only, and delete_tag would/)
    expect(why('get_team', ['call_read_operation'], { ...everything, denied: new Set(['call_read_operation']) })).toMatch(/^This server does not allow call_read_operation/)
    expect(why('call_write_operation', [], may('read', 'write'), { operation: 'delete_tag' })).toMatch(/^This server may not delete or hide anything in Intercom, as delete_tag would/)
  })
})
