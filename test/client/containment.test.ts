import { describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { sample } from '../contract/generate.ts'
import { connect, failureOf, serve } from './servers.ts'

/** What gets another reading from some URL parser, proxy or router. Whatever of it is sent must arrive as one segment. */
const hostile = [
  '', '.', '..', './', '../', '/..', '/.', '..\\', '\\..', '../..', 'a/..', 'a/../b', '/../', '//..', './.',
  '%2e', '%2E%2e', '.%2e', '%2e.', '..%2f', '%2e%2e%2f', '%2f..', '%5c..', 'a%2f..%2fb', '%252e%252e', '%25252e%25252e', '%252e%252e%252f',
  '..;', '..;/', '..;x=1', '%2e%2e;a', '..%3b', ' ..', '.. ', '．．', '‥', '․․', '..／', '％2e％2e',
  '\0', '..\0', '\r\n', 'a\r\nHost: evil.example', 'a\r\n\r\nGET / HTTP/1.1', '\t', '.\t.', '\ud800', '\x7f',
  '...', 'a/b', '/', '//', '//evil.example', 'https://evil.example/', 'user:pass@evil.example', '?', '?a=b', '#', '#a', 'a;b=1', '&', ' ', 'a b',
  '%', '%%', '%zz', '%00', '%2f', '%252f', '%3f', '%23', '%c0%ae%c0%ae', 'null', 'undefined', 'NaN', '__proto__', '*', '{id}', '日本', '👩‍👩‍👧', '\u202e', 'x'.repeat(1000), 'x'.repeat(10_240),
]

const parametersOf = ({ route }: Operation): string[] => [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
const places = (await allOperations()).flatMap(({ operation }) => parametersOf(operation).map((parameter) => ({ operation, parameter, name: operation.name })))

test('at least 64 values, none twice', () => {
  expect(new Set(hostile).size).toBe(hostile.length)
  expect(hostile.length).toBeGreaterThanOrEqual(64)
})

describe('on the wire', () => {
  test.each(places)('$name: $parameter is one segment or is not sent', async ({ operation, parameter }) => {
    const { baseUrl, arrived } = await serve(() => ({ status: 404, body: {} }))
    const client = connect(baseUrl)
    const input = sample(operation)
    const [, template = ''] = operation.route.split(' ')
    for (const value of hostile) {
      const failure = await failureOf(client.call(operation, { ...input, [parameter]: value }))
      const request = arrived.pop()
      expect(failure.code, JSON.stringify(value)).toBe(request ? 'not_found' : 'invalid_input')
      if (!request) expect(failure.outcome).toBe('not_sent')
      else expect(unfilled(request, template, { ...input, [parameter]: value })).toBe(operation.route)
      expect(arrived).toEqual([])
    }
  })
})

/** The route of a request, read as a router would: segments split first, then decoded. */
const unfilled = ({ method, path }: { method: string; path: string }, template: string, input: Record<string, unknown>): string => {
  const segments = path.split('?')[0]!.split('/')
  const names = template.split('/')
  expect(segments).toHaveLength(names.length)
  const route = names.map((name, index) => (name.startsWith('{') && decodeURIComponent(segments[index]!) === String(input[name.slice(1, -1)]) ? name : segments[index]))
  return `${method} ${route.join('/')}`
}
