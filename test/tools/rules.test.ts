import { describe, expect, test } from 'vitest'
import { nouns } from '../../src/contract/nouns.ts'
import { BadRule, type Narrowing, rules, type Said, understood } from '../../src/tools/rules.ts'
import { tools } from './policies.ts'

const meant = (said: Said): Narrowing => understood(said, ({ name }) => `--${name}`, tools)

/** How a source that says this is refused. */
const refusal = (said: Said): string => {
  try {
    return `taken: ${JSON.stringify(meant(said))}`
  } catch (error) {
    if (!(error instanceof BadRule)) throw error
    return error.message
  }
}

const all = tools.map(({ tool }) => tool.name)
const operations = tools.filter(({ noun }) => noun in nouns).map(({ tool }) => tool.name)
const sorted = (names: Iterable<string> | undefined) => names && [...names].toSorted()

describe('one source', () => {
  test('that says nothing narrows nothing', () => expect(meant({})).toEqual({ policy: {} }))

  test.each(['true', '1', 'yes', 'on', ' TRUE '])('read-only, said as %j', (text) => expect(sorted(meant({ readOnly: text }).policy.effects)).toEqual(['read']))

  test.each(['false', '0', 'no', 'off', ' Off '])('not read-only, said as %j', (text) => {
    expect(sorted(meant({ readOnly: text }).policy.effects)).toEqual(['destroy', 'read', 'send', 'write'])
  })

  test.each([
    ['read', ['read']],
    ['write', ['read', 'write']],
    [' Send,,destroy, send', ['destroy', 'read', 'send']],
  ])('allows %j, and reads always', (text, effects) => expect(sorted(meant({ allow: text }).policy.effects)).toEqual(effects))

  test.each([
    ['all', ['destroy', 'send']],
    ['send', ['send']],
    [' NEVER ', []],
  ])('wants confirmed: %s', (text, effects) => {
    expect(sorted(meant({ confirm: text }).policy.confirm)).toEqual(effects)
    expect(meant({ confirm: text }).confirms).toBe(true)
  })

  test('limits pages and lists', () => {
    expect(meant({ maxPageItems: ' 999999999 ', maxItems: '1' }).policy).toMatchObject({ pageItems: 999_999_999, items: 1 })
  })

  test('shows pseudonyms of some kinds', () => {
    const { redacted, confirms } = meant({ redact: 'phones,emails' })
    expect([redacted, confirms]).toEqual([['phones', 'emails'], undefined])
  })

  test('excludes tools', () => expect(meant({ excludeTools: 'search,get_team' }).policy.denied).toEqual(new Set(['search', 'get_team'])))

  test.each(['default', 'tags,all', 'finder'])('every tool may be called by its name, by finding it or by executing it: %s', (toolsets) => {
    expect(meant({ toolsets }).policy.offered).toBeUndefined()
    expect(meant({ toolsets }).toolsets).toEqual(toolsets.split(','))
  })

  test('toolsets of single areas offer nothing else, and tell where all else is', () => {
    const { policy, toolsets } = meant({ toolsets: 'teams' })
    expect([sorted(policy.offered), toolsets]).toEqual([['get_team', 'list_teams'], ['teams']])
    expect(policy.toolsetOf).toEqual(new Map(tools.map(({ noun, tool }) => [tool.name, noun])))
  })

  test('tools by name offer nothing else, and tell where all else is', () => {
    const { policy, tools: named } = meant({ tools: 'search, get_team' })
    expect([sorted(policy.offered), named]).toEqual([['get_team', 'search'], ['search', 'get_team']])
    expect(policy.toolsetOf?.get('get_tag')).toBe('tags')
  })

  test.each([
    ['call_read_operation', ['read']],
    ['call_write_operation', ['write']],
    ['call_destructive_operation', ['send', 'destroy']],
  ])('%s brings what it runs, and nothing else', (executor, effects) => {
    const runs = tools.flatMap((tool) => ('effect' in tool && effects.includes(tool.effect) ? [tool.tool.name] : []))
    expect(sorted(meant({ tools: executor }).policy.offered)).toEqual([executor, ...runs].toSorted())
  })

  test('all that it says holds at once', () => {
    const { policy } = meant({ readOnly: 'true', allow: 'write', toolsets: 'teams,tags', tools: 'get_team,get_ticket', excludeTools: 'get_tag' })
    expect(policy).toMatchObject({ effects: new Set(['read']), offered: new Set(['get_team']), denied: new Set(['get_tag']) })
  })
})

describe('what nobody can hold to is refused by name', () => {
  test.each<[Said, string]>([
    [{ readOnly: 'maybe' }, '--read-only: "maybe" is neither true nor false'],
    [{ readOnly: 'untrue' }, '--read-only: "untrue" is neither true nor false'],
    [{ readOnly: 'trueish' }, '--read-only: "trueish" is neither true nor false'],
    [{ readOnly: 'notoff' }, '--read-only: "notoff" is neither true nor false'],
    [{ readOnly: 'offer' }, '--read-only: "offer" is neither true nor false'],
    [{ readOnly: 'x'.repeat(99) }, `--read-only: "${'x'.repeat(64)}" is neither true nor false`],
    [{ allow: 'read,sned' }, '--allow: unknown effect "sned". Did you mean "send"? Effects: read, write, send, destroy'],
    [{ allow: ' , ' }, '--allow: name at least one effect'],
    [{ toolsets: 'x'.repeat(99) }, `--toolsets: unknown toolset "${'x'.repeat(64)}". Toolsets: default, all, finder, overview, ${Object.keys(nouns).join(', ')}`],
    [{ tools: 'get_tiket' }, '--tools: unknown tool "get_tiket". Did you mean "get_ticket"? find_operation and docs/tools.md tell which there are'],
    [{ excludeTools: 'zzzzzzzz' }, '--exclude-tools: unknown tool "zzzzzzzz". find_operation and docs/tools.md tell which there are'],
    [{ tools: '' }, '--tools: name at least one tool'],
    [{ confirm: 'sometimes' }, '--confirm: "sometimes" is not one of all, send, never'],
    [{ confirm: 'y'.repeat(99) }, `--confirm: "${'y'.repeat(64)}" is not one of all, send, never`],
    [{ redact: 'email' }, '--redact: unknown kind "email". Did you mean "emails"? Kinds: emails, phones, names, bodies'],
    [{ maxItems: '0' }, '--max-items: "0" is not a whole number from 1'],
    [{ maxItems: '1.5' }, '--max-items: "1.5" is not a whole number from 1'],
    [{ maxItems: 'x1' }, '--max-items: "x1" is not a whole number from 1'],
    [{ maxPageItems: '1000000000' }, '--max-page-items: "1000000000" is not a whole number from 1'],
    [{ maxPageItems: 'z'.repeat(99) }, `--max-page-items: "${'z'.repeat(64)}" is not a whole number from 1`],
  ])('%j', (said, expected) => expect(refusal(said)).toBe(expected))
})

test('every rule can be said as its kind has it, and tells what it is about', () => {
  for (const rule of Object.values(rules)) {
    expect(rule.about).not.toBe('')
    expect(['takes' in rule, rule.name]).toEqual([rule.kind !== 'switch', rule.name])
  }
  expect(Object.values(rules).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'read-only switch', 'allow names', 'toolsets names', 'tools names', 'exclude-tools names',
    'max-page-items number', 'max-items number', 'confirm word', 'redact names',
  ])
  expect(all.length).toBeGreaterThan(operations.length)
})
