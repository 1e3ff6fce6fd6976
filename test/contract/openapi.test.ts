import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { allOperations } from '../../src/contract/nouns.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { encode } from '../../src/contract/wire.ts'
import { differences, lenient } from './differences.ts'
import { inputSchema, sample } from './generate.ts'
import { flatten, readOpenApi, type Properties, type Published, type Schema } from './published.ts'

// Intercom's document is not ours to publish, so a checkout may be without it
const file = resolve(import.meta.dirname, '../../../shared/intercom/openapi-2.13.yaml')
const missing = !existsSync(file)
const published = missing ? new Map<string, Published>() : readOpenApi(file)
const operations = missing ? [] : (await allOperations()).map(({ operation }) => operation)

/** Our side of the comparison, split the way {@link encode} splits it. */
const ours = (operation: Operation): Pick<Published, 'query' | 'body' | 'answer'> => {
  const { path, body } = encode(operation, sample(operation))
  const input = inputSchema(operation)
  const part = (names: Iterable<string>): Properties => {
    const wanted = new Set(names)
    const properties = Object.fromEntries(Object.entries(input.properties ?? {}).filter(([name]) => wanted.has(name)))
    return flatten({ properties, required: input.required?.filter((name) => wanted.has(name)) })
  }
  return {
    query: part(new URL(path, 'http://intercom.test').searchParams.keys()),
    body: part(Object.keys(body ?? {})),
    answer: flatten(z.toJSONSchema(operation.output, { io: 'output' }) as Schema),
  }
}

const compare = (at: string, mine: Properties['types'], theirs: Properties['types']): string[] => {
  const lacks = (types: Properties['types'], path: string) => !Object.hasOwn(types, path)
  const differs = (path: string) => lacks(mine, path) || lacks(theirs, path) || !same(at, mine[path]!, theirs[path]!)
  const within = (path: string) => [...path.matchAll(/\.|\[\]/g)].map(({ index }) => path.slice(0, index))
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].flatMap((path) => {
    if (within(path).some(differs)) return [] // said once, at the parent
    if (lacks(theirs, path)) return [`${at} ${path} only ours`]
    if (lacks(mine, path)) return [`${at} ${path} only theirs`]
    return differs(path) ? [`${at} ${path} ours ${mine[path]!.join('|')}, theirs ${theirs[path]!.join('|')}`] : []
  })
}

/** In an answer any string will do where they publish certain ones: Intercom adds to its enums. */
const same = (at: string, mine: string[], theirs: string[]): boolean =>
  String(mine) === String(theirs) || (at.endsWith('answer') && String(mine) === 'string' && theirs.every((type) => type.startsWith('"')))

const places = ['query', 'body', 'answer'] as const
const found = operations.flatMap((operation) => {
  const theirs = published.get(operation.operationId)
  if (!theirs) return []
  const mine = ours(operation)
  return places.flatMap((place) => compare(`${operation.operationId} ${place}`, mine[place].types, theirs[place].types))
})

describe('the contract against the published OpenAPI', () => {
  test.skipIf(missing)('../shared/intercom/openapi-2.13.yaml is there, beside this checkout, and whole', () => {
    expect(published.size).toBe(133)
  })

  describe.each(operations)('$name', (operation) => {
    const theirs = published.get(operation.operationId)!
    const unnamed = (route: string) => route.replace(/\{\w+\}/g, '{}')

    test('is published under this operationId, route and status', () => {
      expect(theirs).toBeDefined()
      expect(unnamed(operation.route)).toBe(unnamed(theirs.route))
      expect(operation.status ?? 200).toBe(theirs.status)
    })

    test('requires what is required', () => {
      const mine = ours(operation)
      const [body] = lenient[operation.operationId] ?? [theirs.body.required]
      expect({ query: mine.query.required, body: mine.body.required }).toEqual({ query: theirs.query.required, body })
    })

    test('has the properties and types that are published, but for the known differences', () => {
      const lines = found.filter((line) => line.startsWith(`${operation.operationId} `))
      expect(lines.filter((line) => !differences.some(([known]) => known.test(line)))).toEqual([])
    })
  })

  test.each(missing ? [] : Object.entries(lenient))('still asks for less: %s', (operationId, [required]) => {
    expect(published.get(operationId)!.body.required).not.toEqual(required)
  })

  test.each(missing ? [] : differences)('still true: %s', (known) => {
    expect(found.filter((line) => known.test(line))).not.toEqual([])
  })
})
