import { rmSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { bundle, type Programs } from './bundle.ts'
import { call } from './call.ts'
import { client } from './client.ts'
import { http } from './http.ts'
import { memory, stdio } from './stdio.ts'
import { type Line, table } from './report.ts'
import { soak } from './soak.ts'
import { size } from './size.ts'
import { workspace } from './workspace.ts'

const options = { json: { type: 'boolean' }, runs: { type: 'string', default: '15' }, minutes: { type: 'string', default: '10' } } as const
const { values, positionals } = parseArgs({ allowPositionals: true, options })

/** Groups of rows, by the name that selects them. */
const groups: Record<string, (programs: Programs, runs: number) => Promise<Line[]>> = { stdio, memory, size, http, call, client, workspace, soak: (programs) => soak(programs, Number(values.minutes)) }

/** Those that run unless others are named: these take minutes. */
const usual = Object.keys(groups).filter((name) => name !== 'workspace' && name !== 'soak')

const unknown = positionals.filter((name) => !Object.hasOwn(groups, name))
if (unknown.length > 0 || !/^[1-9]\d*$/.test(values.runs) || !(Number(values.minutes) > 0)) {
  console.error(`usage: npm run bench -- [${Object.keys(groups).join('|')}]... [--runs N] [--minutes N] [--json]`)
  process.exit(2)
}

const machine = { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model ?? 'unknown', runs: Number(values.runs) }
const programs = await bundle()
const lines: Line[] = []
try {
  for (const name of positionals.length > 0 ? positionals : usual) {
    console.error(`measuring ${name} …`)
    lines.push(...(await groups[name]!(programs, machine.runs)))
  }
} finally {
  rmSync(programs.folder, { recursive: true, force: true })
}
console.log(values.json ? JSON.stringify({ ...machine, lines }, null, 2) : table(machine, lines))
