import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Misuse } from '../../src/cli/misuse.ts'
import { flagOf, keyOf, narrowings, saidOutside, type Source, variableOf } from '../../src/cli/policy.ts'
import { rules } from '../../src/tools/rules.ts'
import { tools } from '../tools/policies.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
const filed = (content: unknown): string => {
  const path = join(folder, `policy-${(files += 1)}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** How the person who wrote this is told that it does not do. */
const misuse = async (path: string, said: readonly Source[] = []): Promise<string> => {
  const error: unknown = await narrowings({ files: [path], said }, tools).then(() => 'taken', (error: unknown) => error)
  expect(error).toBeInstanceOf(Misuse)
  return (error as Misuse).message
}

describe('a policy file', () => {
  const keys = 'read_only, allow, toolsets, tools, exclude_tools, max_page_items, max_items, confirm, redact'

  test.each<[unknown, string]>([
    [{ read_onyl: true }, `read_onyl: there is no such key. Did you mean "read_only"? Keys: ${keys}`],
    [{ ['x'.repeat(99)]: true }, `${'x'.repeat(99)}: there is no such key. Keys: ${keys}`],
    [{ read_only: 'yes' }, 'read_only: use true or false'],
    [{ allow: ['read', 'sned'] }, 'allow: unknown effect "sned". Did you mean "send"? Effects: read, write, send, destroy'],
    [{ allow: ['read', 5] }, 'allow.1: use texts'],
    [{ tools: ['get_tiket'] }, 'tools: unknown tool "get_tiket". Did you mean "get_ticket"? find_operation and docs/tools.md tell which there are'],
    [{ toolsets: [] }, 'toolsets: name at least one'],
    [{ exclude_tools: 'get_ticket' }, 'exclude_tools: use a list of texts'],
    [{ max_items: 0 }, 'max_items: "0" is not a whole number from 1'],
    [{ max_items: 1.5 }, 'max_items: use a whole number'],
    [{ max_page_items: '5' }, 'max_page_items: use a whole number'],
    [{ confirm: true }, 'confirm: use a text'],
    [{ confirm: 'sometimes' }, 'confirm: "sometimes" is not one of all, send, never'],
    [[], 'use one object'],
    ['null', 'use one object'],
    ['{', 'it is not JSON from here on'],
  ])('%j is refused with the file, the line, the key and what it may have meant', async (content, expected) => {
    const path = filed(content)
    expect(await misuse(path)).toBe(`${path}:1: ${expected}`)
  })

  test.each<[string, string]>([
    ['{\n  "allow": ["read"],\n  "read_only": "yes"\n}', '3: read_only: use true or false'],
    ['{\n  "allow": [\n    "read",\n    "sned"\n  ]\n}', '2: allow: unknown effect "sned". Did you mean "send"? Effects: read, write, send, destroy'],
    ['{\n  "tools": [\n    "get_tag",\n    5\n  ]\n}', '4: tools.1: use texts'],
    ['{\n\n  "read_only": true,\n  "read_only": false\n}', '4: read_only is given twice; give it once'],
    ['{\n  "read_only": true\n  "allow": ["read"]\n}', '3: it is not JSON from here on'],
    ['read_only: true', '1: it is not JSON from here on'],
    ["{\n  'read_only': true,\n  \"max_items\": 5\n}", '2: it is not JSON from here on'],
    ['{\n  "read_only": True,\n  "max_items": 5,\n  "tools": []\n}', '2: it is not JSON from here on'],
    ['{\n  // mine\n  "read_only": true\n}', '2: it is not JSON from here on'],
    ['{\n  "tools": [\n    "get_tag\n  ]\n}', '3: it is not JSON from here on'],
    ['{\n  "read_only": true\n}\n}', '4: it is not JSON from here on'],
    ['{\n  "read_only": true,\n\n', '2: it is not JSON from here on'],
  ])('%j is refused with its line', async (content, expected) => {
    const path = filed(content)
    expect(await misuse(path)).toBe(`${path}:${expected}`)
  })

  test('may begin with the mark that some editors put there', async () => {
    expect(await narrowings({ files: [filed('\uFEFF{"max_items": 5}')], said: [] }, tools)).toMatchObject([{ policy: { items: 5 } }])
  })

  test('that is not there is told', async () => {
    expect(await misuse(join(folder, 'none.json'))).toMatch(/none\.json: the policy file cannot be read: ENOENT/)
  })

  test('that is a folder is named', async () => {
    expect(await misuse(folder)).toMatch(/^.*intercom-mcp[^:]*: the policy file cannot be read: EISDIR/)
  })

  test('says all that flags can', async () => {
    const said = { read_only: true, allow: ['read', 'send'], toolsets: ['tags', 'teams'], tools: ['get_team'], exclude_tools: ['get_tag'], max_page_items: 5, max_items: 50, confirm: 'never', redact: ['emails', 'names'] }
    const [inFile] = await narrowings({ files: [filed(said)], said: [] }, tools)
    const flags = { readOnly: true, allow: ['read', 'send'], toolsets: 'tags,teams', tools: 'get_team', excludeTools: 'get_tag', maxPageItems: '5', maxItems: 50, confirm: 'never', redact: 'emails,names' }
    const [, byFlags] = await narrowings({ files: [], said: saidOutside(flags, {}) }, tools)
    expect(inFile).toEqual(byFlags)
    expect(inFile).toMatchObject({ policy: { effects: new Set(['read']), offered: new Set(['get_team']), denied: new Set(['get_tag']), pageItems: 5, items: 50 }, redacted: ['emails', 'names'] })
  })
})

describe('what is said outside of files', () => {
  test('stands after them, the environment before the flags', async () => {
    const said = saidOutside({ maxItems: 3 }, { INTERCOM_MCP_MAX_ITEMS: ' 2 ', INTERCOM_MCP_TOOLS: ' ' })
    const found = await narrowings({ files: [filed({ max_items: 1 })], said }, tools)
    expect(found.map(({ policy }) => policy.items)).toEqual([1, 2, 3])
    expect(found.map(({ tools: named }) => named)).toEqual([undefined, undefined, undefined])
  })

  test('is refused by the name it has there', async () => {
    expect(await misuse(filed({}), saidOutside({ maxItems: 'x' }, {}))).toBe('--max-items: "x" is not a whole number from 1')
    expect(await misuse(filed({}), saidOutside({}, { INTERCOM_MCP_READ_ONLY: 'maybe' }))).toBe('INTERCOM_MCP_READ_ONLY: "maybe" is neither true nor false')
  })

  test('what is no fault of what was said is not told as one', async () => {
    const broken = { said: { tools: 'search' }, named: () => { throw new RangeError('broken') } }
    await expect(narrowings({ files: [], said: [broken] }, [])).rejects.toBeInstanceOf(RangeError)
  })

  test('has the names that help tells', () => {
    const { readOnly, excludeTools } = rules
    expect([flagOf(readOnly), flagOf(excludeTools)]).toEqual(['--read-only', '--exclude-tools <names>'])
    expect([variableOf(readOnly), variableOf(excludeTools)]).toEqual(['INTERCOM_MCP_READ_ONLY', 'INTERCOM_MCP_EXCLUDE_TOOLS'])
    expect(keyOf('max-page-items')).toBe('max_page_items')
  })
})
