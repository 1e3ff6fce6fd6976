import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { flagOf, keyOf, variableOf } from '../../src/cli/policy.ts'
import { headerOf } from '../../src/server/http/selection.ts'
import { allRules } from '../../src/tools/rules.ts'

const page = readFileSync('docs/policy.md', 'utf8')

/** As people write headers: `X-MCP-Max-Items`. */
const spelt = (header: string): string => header.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace('Mcp', 'MCP')

test('docs/policy.md lists every rule as each source spells it', async () => {
  const rows = allRules.map(([, rule]) => `| \`${flagOf(rule)}\` | \`${variableOf(rule)}\` | \`${keyOf(rule.name)}\` | \`${spelt(headerOf(rule))}\` | ${rule.about} |`)
  const table = ['| flag | variable | key in the file | header | meaning |', '| --- | --- | --- | --- | --- |', ...rows, ''].join('\n')
  const made = page.replace(/(<!-- made by [^>]*-->\n)[^]*(<!-- end -->)/, (_, begin: string, end: string) => begin + table + end)
  await expect(made).toMatchFileSnapshot('../../docs/policy.md')
})
