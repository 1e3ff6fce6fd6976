// Runs every test in its long form and prints what the hardening tests tried as one table; a whole run writes it into
// docs/security.md too. Words after the command choose test files: `npm run hardening -- test/hardening/faults`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from '../test/hardening/figures.ts'

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/security.md')
const chosen = process.argv.slice(2)

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-hardening-'))
const record = join(folder, 'figures.jsonl')

const run = (command: string, args: readonly string[]): boolean => {
  console.error(`\n${[command, ...args].join(' ')}\n`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, LONG: '1', HARDENING_FIGURES: record } })
  return status === 0
}

const figures = (): Figure[] => (existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Figure) : [])

/** Files that try the same claim make one row. */
const summed = (all: readonly Figure[]): Figure[] => {
  const rows = new Map<string, Figure>()
  for (const { claim, tried, failed } of all) {
    const { tried: before, failed: broken } = rows.get(claim) ?? { tried: 0, failed: 0 }
    rows.set(claim, { claim, tried: before + tried, failed: broken + failed })
  }
  return [...rows.values()].sort((one, other) => one.claim.localeCompare(other.claim))
}

const number = (value: number): string => value.toLocaleString('en-US')

const table = (rows: readonly Figure[]): string =>
  ['| claim | cases tried | failures |', '| --- | ---: | ---: |', ...rows.map(({ claim, tried, failed }) => `| ${claim} | ${number(tried)} | ${number(failed)} |`)].join('\n')

const [begin, end] = ['<!-- figures -->', '<!-- /figures -->']

const write = (text: string): void => {
  const [before, rest = ''] = readFileSync(page, 'utf8').split(begin)
  writeFileSync(page, `${before}${begin}\n\n${text}\n\n${end}${rest.split(end)[1]}`)
}

const tested = run('npx', ['vitest', 'run', ...chosen])
const mutated = chosen.length > 0 || run('npm', ['run', '--silent', 'mutation'])
const rows = summed(figures())
rmSync(folder, { recursive: true })

console.log(table(rows))
if (chosen.length === 0) write(table(rows))
if (!tested || !mutated || rows.length === 0 || rows.some(({ failed }) => failed > 0)) process.exit(1)
