import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allOperations } from '../src/contract/nouns.ts'
import type { Operation } from '../src/contract/operation.ts'
import { prompts } from '../src/resources/prompt-texts.ts'
import { published } from '../src/tools/published.ts'
import { listed } from '../src/tools/toolsets.ts'

const operations = await allOperations()
const tools = await published()
const byDefault = new Set(listed(tools, ['default']).map(({ tool }) => tool.name))

/** Those that are no operation. */
const composed = (noun: string, heading: string): string =>
  [`## ${heading}`, '', '| tool | what it does |', '| --- | --- |', ...tools.filter((each) => each.noun === noun).map(({ tool: { name, description } }) => `| \`${name}\` • | ${description} |`)].join('\n')

const questions: string = ['## Prompts', '', '| prompt | what it is for |', '| --- | --- |', ...prompts.map(({ name, description }) => `| \`${name}\` | ${description} |`)].join('\n')

const row = ({ name, operationId, route, effect, permission, paging, resource }: Operation): string =>
  `| ${[
    `\`${name}\`${byDefault.has(name) ? ' •' : ''}`,
    operationId,
    `\`${route}\``,
    effect,
    permission,
    paging ? `${paging.style}, ${paging.default} to ${paging.max}` : '',
    resource ? `\`${resource}\`` : '',
  ].join(' | ')} |`

const section = (noun: string): string =>
  [
    `## ${noun}`,
    '',
    '| tool | Intercom operation | route | effect | permission | paging | resource |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...operations.filter((each) => each.noun === noun).map(({ operation }) => row(operation)),
  ].join('\n')

test('docs/tools.md is what the contract says', async () => {
  const nouns = [...new Set(operations.map(({ noun }) => noun))]
  const page = [
    '# Tools',
    '',
    `Made from the contract by the tests (\`npm run golden\`). ${operations.length} operations; • marks the ${byDefault.size} tools listed by default.`,
    'Effects: `read` changes nothing, `write` changes the workspace, `send` can reach a customer, `destroy` removes or hides something.',
    'Published schemas: `test/golden/tools/`.',
    '',
    composed('overview', 'Whole questions'),
    '',
    composed('finder', 'Every operation from a short list'),
    '',
    questions,
    '',
    ...nouns.flatMap((noun) => [section(noun), '']),
  ]
  await expect(page.join('\n')).toMatchFileSnapshot('../docs/tools.md')
})

test('AGENTS.md stays short', () => {
  expect(readFileSync('AGENTS.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(50)
})
