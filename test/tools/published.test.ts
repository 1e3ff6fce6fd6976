import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { published } from '../../src/tools/published.ts'
import { isOperationTool, type PublishedTool } from '../../src/tools/tool.ts'
import { listed, toolsetNames } from '../../src/tools/toolsets.ts'

const tools = await published()
const tokens = (value: unknown): number => encode(JSON.stringify(value)).length
const keysWithin = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => [key, ...keysWithin(item)]) : []

test('every operation is one tool', async () => {
  const operations = await allOperations()
  expect(tools.filter(isOperationTool).map(({ tool }) => tool.name)).toEqual(operations.map(({ operation }) => operation.name))
  expect(new Set(tools.map(({ tool }) => tool.name)).size).toBe(tools.length)
})

describe.each(tools.map((tool): [string, PublishedTool] => [tool.tool.name, tool]))('%s', (name, published) => {
  test('reads as published', async () => {
    await expect(`${JSON.stringify(published.tool, null, 2)}\n`).toMatchFileSnapshot(`../golden/tools/${name}.json`)
  })

  test('is within what clients accept', () => {
    const { tool } = published
    expect(name).toMatch(/^[a-z_]{1,64}$/)
    expect(tool.title.length).toBeGreaterThan(0)
    expect(Buffer.byteLength(tool.description)).toBeLessThanOrEqual(2048)
    expect(Object.values(tool.annotations).every((hint) => typeof hint === 'boolean')).toBe(true)
    for (const schema of [tool.inputSchema, tool.outputSchema]) {
      expect(schema.type).toBe('object')
      expect(Object.keys(schema)).not.toEqual(expect.arrayContaining(['anyOf']))
      expect(keysWithin(schema).filter((key) => ['$schema', '$ref', '$defs', 'oneOf', 'allOf'].includes(key))).toEqual([])
    }
  })
})

test('the default list is small', () => {
  const list = listed(tools, ['default'])
  expect(list.length).toBeLessThanOrEqual(20)
  expect(tokens({ tools: list.map(({ tool }) => tool) })).toBeLessThanOrEqual(6000)
})

test('the tools people ask for by name are listed by default', () => {
  const names = listed(tools, ['default']).map(({ tool }) => tool.name)
  expect(names).toEqual(
    expect.arrayContaining(['who_is_customer', 'get_account', 'search_contacts', 'get_contact_by_external_id', 'search_conversations', 'get_conversation', 'search_tickets']),
  )
  expect(names).toEqual(
    expect.arrayContaining(['create_ticket', 'search_articles', 'get_article', 'upsert_external_page', 'describe_workspace', 'search', 'fetch']),
  )
})

test('every toolset lists something, and together the areas list everything', () => {
  for (const name of toolsetNames) expect(listed(tools, [name]).length, name).toBeGreaterThan(0)
  const areas = toolsetNames.filter((name) => name !== 'default' && name !== 'all')
  expect(listed(tools, areas)).toEqual(tools)
  expect(listed(tools, ['all'])).toEqual(tools.filter(({ noun }) => noun !== 'finder'))
})
