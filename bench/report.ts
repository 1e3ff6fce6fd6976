/** One row: what was measured, against what, and the bound it should keep. */
export interface Line {
  readonly row: string
  readonly unit: string
  readonly ours: number
  readonly reference?: Reference
  /** What else was measured so; nothing is judged by it. */
  readonly beside?: Reference
  /** What the bound speaks of: a ratio to the reference, a difference from it, or the number itself. */
  readonly judged: 'ratio' | 'difference' | 'value'
  /** Absent where a number is only told. */
  readonly bound?: { readonly atMost: number } | { readonly atLeast: number }
}

interface Reference {
  readonly name: string
  readonly value: number
}

/** The number that the bound is held against. */
const result = ({ ours, reference, judged }: Line): number => {
  if (judged === 'value' || !reference) return ours
  return judged === 'ratio' ? ours / reference.value : ours - reference.value
}

const kept = (line: Line, bound: NonNullable<Line['bound']>): boolean => ('atMost' in bound ? result(line) <= bound.atMost : result(line) >= bound.atLeast)

const digits = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: Math.abs(value) >= 100 ? 4 : 3 })

const cells = (line: Line): string[] => {
  const unit = line.judged === 'ratio' ? '×' : ` ${line.unit}`
  const others = [line.reference, line.beside].flatMap((other) => (other ? [`${digits(other.value)} ${line.unit} (${other.name})`] : []))
  const measured = [line.row, `${digits(line.ours)} ${line.unit}`, others.join(', '), `${digits(result(line))}${unit}`]
  if (!line.bound) return [...measured, '', '']
  const bound = 'atMost' in line.bound ? `at most ${digits(line.bound.atMost)}${unit}` : `at least ${digits(line.bound.atLeast)}${unit}`
  return [...measured, bound, kept(line, line.bound) ? 'yes' : 'NO']
}

/** The lines as a Markdown table, under a sentence that says where they were measured. */
export const table = (machine: { node: string; cores: number; cpu: string; runs: number }, lines: readonly Line[]): string => {
  const head = ['', 'ours', 'compared with', 'result', 'bound', 'kept']
  const rows = [head, head.map(() => '---'), ...lines.map(cells)]
  return [
    `Node ${machine.node}, ${machine.cores} cores (${machine.cpu}); medians of ${machine.runs} interleaved runs.`,
    '',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}
