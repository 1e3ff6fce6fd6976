import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { variableOf } from '../../src/cli/policy.ts'
import { allRules } from '../../src/tools/rules.ts'
import { run } from './program.ts'

test.each([[['--help']], [['stdio', '--help']], [['http', '--help']], [['workspace', '--help']]])('%j explains itself with examples', async (args) => {
  const { code, stdout, stderr } = await run(args)
  expect(stdout).toMatch(/Usage: intercom-mcp/)
  expect(stdout).toMatch(/Examples:\n {2}\S/)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('help lists every variable that is read', async () => {
  const { stdout } = await run(['--help'])
  const read = [...readFileSync('src/cli/settings.ts', 'utf8').matchAll(/env: '(\w+)'/g)].map(([, name]) => name!)
  read.push(...allRules.map(([, rule]) => variableOf(rule)))
  expect(read.length).toBeGreaterThan(14)
  for (const name of read) expect(stdout).toContain(name)
})

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})
