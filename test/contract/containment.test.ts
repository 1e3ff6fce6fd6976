import { describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { encode, match, UnsafeSegment } from '../../src/contract/wire.ts'
import { sample } from './generate.ts'

/** Some reading of these, by a URL parser or a proxy before Intercom, is empty, a dot segment, or breaks the request line. */
const refused = [
  '', '.', '..', './', '../', '/..', '/.', '\\..', '..\\', '.\\', './.', '../..', 'a/..', 'a/../b', 'a\\..\\b', '/../', '//..',
  '%2e', '%2E', '%2e%2e', '%2E%2e', '.%2e', '%2e.', '..%2f', '..%2F', '%2e%2e%2f', '%2f..', '%5c..', '..%5C', 'a%2f..%2fb',
  '%252e', '%252e%252e', '%25252e%25252e', '%25%32%65', '%%32%65%%32%65', '%252e%252e%252f', '..%252f', '%252f%252e%252e',
  '..;', '..;/', '..;x=1', '.;', '%2e%2e;a', '..%3b', ' ..', '.. ', ' . ', '%20..', '..%20',
  '．．', '．', '․․', '․', '‥', '..／', '..＼', '．％2e', '％2e％2e', '﹒﹒',
  '\0', 'a\0b', '..\0', '\r\n', 'a\r\nHost: evil.example', 'a\nb', '\t', 'a\tb', '.\t.', '\u0085', '\x7f', '\x1b[2J',
  '\ud800', 'a\udc00', '\udfff\ud800', '%00', '%0d%0a', 'a'.repeat(1001), 'x'.repeat(10_240), '../'.repeat(300),
]

/** Odd, but one segment however it is read: it must arrive as it was given. */
const contained = [
  '...', '....', '.a', 'a.', 'a..b', '..a', 'a..', '~', '-', '_', '*', '!', "'", '(', '$', '&', '=', '+', ',', ':', '@', '"', '<', '|', '^', '`', '{id}', '[0]',
  'a/b', '/', 'a//b', 'a\\b', '?', 'a?b=c', '#', 'a#b', ';', 'a;b=1', ' ', 'a b', '%', '%%', '%zz', '%2', '100%', '%2f', '%252f', '%5c', '%3f', '%23', '%u002e', '%c0%ae%c0%ae',
  'https://evil.example/', '//evil.example', 'evil.example:80', 'user:pass@evil.example', 'javascript:alert(1)', 'file:///etc/passwd',
  '0', '-1', 'null', 'undefined', 'true', '__proto__', 'constructor', 'search', 'merge', 'find_by_external_id', '*/*',
  'é', 'ü', '日本', '👩‍👩‍👧', 'e\u0301', 'ﬁ', '\u200b', '\u202e', '\ufeff', '\ufffd', "' OR 1=1 --", '<script>', '${x}', '{{x}}', '$(id)', 'a'.repeat(1000),
]

const notText = [undefined, null, true, {}, ['..'], () => '..', { toString: () => '..' }]

const parametersOf = ({ route }: Operation): string[] => [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
const places = (await allOperations()).flatMap(({ operation }) => {
  const input = sample(operation)
  return parametersOf(operation).map((parameter) => ({ operation, parameter, input, name: operation.name }))
})

test('there are enough hostile values, and no value twice', () => {
  expect(refused.length).toBeGreaterThanOrEqual(64)
  expect(contained.length).toBeGreaterThanOrEqual(64)
  expect(new Set([...refused, ...contained]).size).toBe(refused.length + contained.length)
})

describe.each(places)('$name: $parameter', ({ operation, parameter, input }) => {
  const request = (value: unknown) => encode(operation, { ...input, [parameter]: value })
  const others = Object.fromEntries(parametersOf(operation).map((name) => [name, String(input[name])]))

  test('refuses what could reach another endpoint', () => {
    for (const value of refused) expect(() => request(value), JSON.stringify(value)).toThrow(UnsafeSegment)
  })

  test('refuses what is not text or a number', () => {
    for (const value of notText) expect(() => request(value)).toThrow(UnsafeSegment)
  })

  test('keeps everything else one segment, unchanged', () => {
    for (const value of contained) {
      const url = new URL(request(value).path, 'https://api.intercom.io')
      expect(url, value).toMatchObject({ host: 'api.intercom.io', hash: '' })
      expect(url.pathname.split('/'), value).toHaveLength(operation.route.split('/').length)
      expect(match(operation, url.pathname), value).toEqual({ ...others, [parameter]: value })
    }
  })
})
