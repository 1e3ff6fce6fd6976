import type { Cost, Form } from './agents.ts'
import type { Task } from './task.ts'

/** What came of one task. */
export interface Outcome extends Pick<Task, 'question' | 'answer'> {
  readonly area: string
  /** The forms of results that our side read. */
  readonly forms: readonly Form[]
  readonly ours: Cost
  readonly raw: Cost
}

type Side = 'ours' | 'raw'

const number = (value: number): string => value.toLocaleString('en-US')
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}

const share = (outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): string => `${Math.round((100 * outcomes.filter(holds).length) / outcomes.length)} %`

/** Tokens of the lists of tools, which every session pays first. */
type Lists = Readonly<Record<Side, number>>

const summary = (outcomes: readonly Outcome[], lists: Lists): string[] => {
  const both = (name: string, of: (side: Side) => number | string): string => `| ${[name, ...(['ours', 'raw'] as const).map(of).map((value) => (typeof value === 'number' ? number(value) : value))].join(' | ')} |`
  const each = (side: Side, what: keyof Cost) => outcomes.map((outcome) => outcome[side][what])
  return [
    '| | this server | raw operations |',
    '| --- | ---: | ---: |',
    both('tools listed, in tokens', (side) => lists[side]),
    both('calls a task, median', (side) => median(each(side, 'calls'))),
    both('tokens a task, median', (side) => Math.round(median(each(side, 'tokens')))),
    both('calls in all', (side) => sum(each(side, 'calls'))),
    both('tokens in all', (side) => sum(each(side, 'tokens'))),
    both('answered in one call', (side) => share(outcomes, (outcome) => outcome[side].calls === 1)),
    both('answered in 1,000 tokens', (side) => share(outcomes, (outcome) => outcome[side].tokens <= 1000)),
  ]
}

const said = (fact: unknown): string => (fact === true ? 'yes' : String(fact)).replaceAll('|', '\\|')
const shown = (answer: Task['answer']): string => (Array.isArray(answer) ? answer : [answer]).map(said).join(', ')

const row = ({ question, answer, forms, ours, raw }: Outcome, index: number): string =>
  `| ${[index + 1, question, shown(answer), forms.join(', '), ours.calls, number(ours.tokens), raw.calls, number(raw.tokens)].join(' | ')} |`

/** docs/evidence.md */
export const page = (outcomes: readonly Outcome[], lists: Lists): string =>
  [
    '# Evidence',
    '',
    `What people in support ask, put to this server and to Intercom's operations as they are: ${outcomes.length} tasks over the simulated workspace,`,
    'each with one answer that both ways must give. No model takes part. A task is replayed as the calls a good agent would make, ids taken',
    'from the question or from an answer before; see `test/evidence/tasks/`.',
    '',
    '- **This server** is the built program over stdio with its default list of tools. The answer is read from one form of each result alone:',
    '  the text or the structured content (data). That form is counted.',
    "- **Raw operations** are one tool for each of the 133, as a server has them that passes Intercom's JSON on. Counted is that JSON, compact;",
    "  filters, page sizes and the order of calls are chosen to keep it small. Their list is this server's own, which is terse.",
    '- **Tokens** are those of the names and arguments of the calls and of their results, by the o200k encoding.',
    '',
    'Made by `test/evidence/evidence.test.ts`, which fails when this page is out of date. `npm run golden` writes it anew. The workspace and the',
    'server live on one day, so that nothing here depends on when it runs.',
    '',
    '## In sum',
    '',
    ...summary(outcomes, lists),
    '',
    '## Task by task',
    '',
    '| # | question | answer | read from | calls | tokens | raw calls | raw tokens |',
    '| ---: | --- | --- | --- | ---: | ---: | ---: | ---: |',
    ...outcomes.map(row),
    '',
  ].join('\n')
