import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { wire } from '../../src/cli/offer.ts'
import { keyOf, variableOf } from '../../src/cli/policy.ts'
import { settings } from '../../src/cli/settings.ts'
import { askedIn, headerOf, selectedBy } from '../../src/server/http/selection.ts'
import type { Offer } from '../../src/server/offer.ts'
import { objectionTo } from '../../src/tools/permitted.ts'
import { allRules, type RuleName, type Said } from '../../src/tools/rules.ts'
import { cases } from '../hardening/figures.ts'
import { run } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
afterAll(() => rmSync(folder, { recursive: true }))

const stream = () => new PassThrough().resume()
const world = { args: [], env: {}, stdin: new PassThrough(), stdout: stream(), stderr: stream(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }

/** What each source says; a file says it in JSON. */
interface Sources {
  readonly flags?: Said
  readonly env?: Said
  readonly file?: Said
  readonly headers?: Said
}

const inJson = { switch: (text: string) => text === 'true', names: (text: string) => text.split(','), number: Number, word: (text: string) => text }

const spelt = (said: Said, name: (key: RuleName) => string, value: (text: string, key: RuleName) => unknown = (text) => text): Record<string, unknown> =>
  Object.fromEntries((Object.entries(said) as [RuleName, string][]).map(([key, text]) => [name(key), value(text, key)]))

const rules = Object.fromEntries(allRules) as Record<RuleName, (typeof allRules)[number][1]>

let files = 0
const filed = (content: unknown): string => {
  const path = join(folder, `policy-${(files += 1)}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** The offer to a caller where all of these speak. */
const offered = async ({ flags = {}, env = {}, file, headers = {} }: Sources): Promise<Offer> => {
  const policy = file && filed(spelt(file, (key) => keyOf(rules[key].name), (text, key) => inJson[rules[key].kind](text)))
  const { offer } = await wire(settings({ ...flags, policy }, spelt(env, (key) => variableOf(rules[key])) as Record<string, string>), world)
  const asked = askedIn(spelt(headers, (key) => headerOf(rules[key])) as Record<string, string>)
  const chosen = asked === undefined || 'status' in asked ? (asked ?? offer) : selectedBy(asked, offer)
  if ('status' in chosen) throw new Error(chosen.message)
  return chosen
}

const listedIn = ({ tools }: Offer): string[] => tools.map(({ tool }) => tool.name)

describe('of flags, environment, file and headers', () => {
  test('those that speak later choose what is listed, within what all allow', async () => {
    expect(listedIn(await offered({ env: { toolsets: 'teams' }, flags: { toolsets: 'all' } }))).toEqual(['get_team', 'list_teams'])
    expect(listedIn(await offered({ file: { toolsets: 'all' }, env: { toolsets: 'teams' } }))).toEqual(['get_team', 'list_teams'])
    expect(listedIn(await offered({ flags: { toolsets: 'teams,tags' }, headers: { toolsets: 'tags', readOnly: 'true' } }))).toEqual(['get_tag', 'list_tags'])
    expect(listedIn(await offered({ flags: { tools: 'get_team,create_tag' } }))).toEqual(['create_tag', 'get_team'])
    expect(listedIn(await offered({ flags: { tools: 'get_team,create_tag', excludeTools: 'create_tag' } }))).toEqual(['get_team'])
    expect(listedIn(await offered({ file: { tools: 'get_team,create_tag' }, headers: { toolsets: 'teams' } }))).toEqual(['get_team'])
  })

  test('an executor that is named brings what it runs', async () => {
    const offer = await offered({ flags: { tools: 'find_operation,call_read_operation' } })
    expect(listedIn(offer)).toEqual(['find_operation', 'call_read_operation'])
    expect([...offer.caller.policy.offered!]).toContain('list_segments')
    expect([...offer.caller.policy.offered!]).not.toContain('create_tag')
  })

  test('the smallest limit holds, and all that anyone wants confirmed', async () => {
    const { policy } = (await offered({ flags: { maxItems: '500', confirm: 'send' }, env: { maxItems: '70', maxPageItems: '50' }, file: { maxItems: '80' }, headers: { maxPageItems: '20', confirm: 'all' } })).caller
    expect(policy).toMatchObject({ items: 70, pageItems: 20, confirm: new Set(['send', 'destroy']) })
    const trusting = await offered({ flags: { confirm: 'never' }, headers: { confirm: 'never' } })
    expect(trusting.caller.policy.confirm).toEqual(new Set())
  })

  const saids: fc.Arbitrary<Said> = fc.record(
    {
      readOnly: fc.constantFrom('true', 'false'),
      allow: fc.constantFrom('read', 'read,write', 'send', 'write,send,destroy'),
      toolsets: fc.constantFrom('default', 'all', 'tags', 'tags,teams', 'finder', 'overview,tickets'),
      tools: fc.constantFrom('get_team', 'get_team,list_tags,create_tag', 'call_read_operation', 'search,reply_ticket'),
      excludeTools: fc.constantFrom('get_team', 'create_tag,list_tags', 'call_write_operation'),
      maxItems: fc.constantFrom('5', '50'),
      maxPageItems: fc.constantFrom('5', '50'),
    },
    { requiredKeys: [] },
  )

  const sources = ['flags', 'env', 'file', 'headers'] as const
  const subsets = Array.from({ length: 2 ** sources.length }, (_, bits) => sources.filter((_source, index) => (bits >> index) % 2 === 1))

  /** What may be called at all; nothing where it is refused that nothing is left. */
  const reached = async (said: Sources): Promise<ReadonlySet<string>> => {
    const offer = await offered(said).catch((error: unknown) => {
      expect(String(error)).toMatch(/leave|is not offered here|x-mcp-tools: /)
      return undefined
    })
    return new Set(offer?.operations.filter((tool) => objectionTo(tool, offer.caller.policy) === undefined).map(({ tool }) => tool.name))
  }

  test('none widens another, in any combination', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ flags: saids, env: saids, file: saids, headers: saids }), async (all) => {
        const alone = new Map(await Promise.all(sources.map(async (source) => [source, await reached({ [source]: all[source] })] as const)))
        for (const some of subsets.filter(({ length }) => length > 1)) {
          const together = await reached(Object.fromEntries(some.map((source) => [source, all[source]])))
          for (const name of together) for (const source of some) expect(alone.get(source)!.has(name), `${name} by ${some.join()}`).toBe(true)
        }
      }),
      { numRuns: cases(3, 100), seed: 11 },
    )
  })
})

describe('what would go unheard is refused', () => {
  test.each<[string, readonly string[], Record<string, string>, string]>([
    ['a variable that is misspelt', [], { INTERCOM_MCP_READONLY: '1' }, 'unknown variable INTERCOM_MCP_READONLY. Did you mean "INTERCOM_MCP_READ_ONLY"? intercom-mcp --help tells which there are'],
    ['a limit that is said twice', ['--allow', 'read', '--allow', 'read,send'], {}, '--allow is given twice; give it once'],
    ['a file after another', ['--policy', 'a.json', '--policy', 'b.json'], {}, '--policy is given twice; give it once'],
  ])('%s', async (_, args, env, said) => {
    expect(await run(args, { env })).toMatchObject({ code: 2, stderr: `intercom-mcp: ${said}\n` })
  })

  test('an unknown variable that says nothing is nobody\'s slip', () => {
    expect(() => settings({}, { INTERCOM_MCP_READONLY: ' ' })).not.toThrow()
  })

  test('a header that is nearly one of these; others pass', () => {
    expect(askedIn({ 'x-mcp-read-only': 'true' })).toMatchObject({ status: 400, message: expect.stringMatching(/^x-mcp-read-only is no header of this server\. Did you mean "x-mcp-readonly"\? Headers: x-mcp-readonly, /) })
    expect(askedIn({ 'x-mcp-proxy-auth': 'x', 'mcp-protocol-version': '2025-11-25' })).toBeUndefined()
  })
})

describe('a policy file', () => {
  test('of the flag and of the environment both hold', async () => {
    const { offer } = await wire(settings({ policy: filed({ toolsets: ['tags', 'teams'] }) }, { INTERCOM_MCP_POLICY: filed({ read_only: true }) }), world)
    expect(listedIn(offer)).toEqual(['get_tag', 'list_tags', 'get_team', 'list_teams'])
  })
})
