import { DCLinter } from 'dclint'
import { validate } from 'dockerfile-utils'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { httpEntries } from '../src/cli/http-settings.ts'
import { entries } from '../src/cli/settings.ts'

const folder = join(import.meta.dirname, '../deploy')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

/** What the linter of Compose files says of one; its schema is always held. The order of services is told by what they are for. */
const lintOf = (file: string): string[] => {
  const linter = new DCLinter({ rules: { 'services-alphabetical-order': 0, 'service-keys-order': 0 }, quiet: true, debug: false, exclude: [] })
  const results = linter.lintFiles([file], false) as readonly { readonly messages: readonly { readonly line: number; readonly message: string }[] }[] // its declarations are not found
  return results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`))
}

interface Compose {
  readonly services: { readonly mcp: { readonly environment: Readonly<Record<string, string>> } }
}

test('the Dockerfile is one', () => {
  expect(validate(read('Dockerfile'))).toEqual([])
  expect(validate('FORM node:22\nEXPOSE many').length).toBeGreaterThan(0)
})

test('the Compose file is one', () => {
  expect(lintOf(join(folder, 'compose.yaml'))).toEqual([])
})

test('it sets what can be set', () => {
  const { services: { mcp: { environment } } } = parse(read('compose.yaml')) as Compose
  const known = [...entries, ...httpEntries].map(({ env }) => env)
  expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([])
})
