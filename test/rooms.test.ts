import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { expect, test } from 'vitest'

/** Which room may import which. Acyclic: each names only rooms above it. */
const mayImport: Record<string, string[]> = {
  contract: [],
  client: ['contract'],
  workspace: ['contract'], // never the client: the simulator must not be able to cheat
  view: ['contract'],
  tools: ['contract', 'client', 'view'],
  resources: ['contract', 'client', 'view'],
  server: ['contract', 'client', 'view', 'tools', 'resources'],
  redis: ['contract', 'client', 'view', 'tools', 'server'],
  cli: ['contract', 'client', 'workspace', 'view', 'tools', 'resources', 'server', 'redis'],
}

const src = join(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const roomOf = (file: string) => file.split(sep)[0]!
const importsOf = (file: string) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)].map(([, target]) => target!)
const roomsOf = (file: string) =>
  importsOf(file).filter((target) => /^\..*\.ts$/.test(target)).map((target) => roomOf(relative(src, join(src, dirname(file), target))))

test('the table of rooms is acyclic, and every file is in one of them', () => {
  const order = Object.keys(mayImport)
  for (const [room, others] of Object.entries(mayImport))
    for (const other of others) expect(order.indexOf(other), `${room} -> ${other}`).toBeLessThan(order.indexOf(room))
  expect([...new Set(files.map(roomOf))].sort()).toEqual(order.sort())
})

test.each(Object.entries(mayImport))('%s imports only what it may', (room, others) => {
  const found = files.filter((file) => roomOf(file) === room).flatMap((file) => roomsOf(file).map((other) => `${file} -> ${other}`))
  expect(found.filter((line) => ![room, ...others].some((other) => line.endsWith(` -> ${other}`)))).toEqual([])
})

test('the contract needs zod and nothing else', () => {
  const packages = files.filter((file) => roomOf(file) === 'contract').flatMap(importsOf).filter((target) => !target.startsWith('.'))
  expect([...new Set(packages)]).toEqual(['zod'])
})

test('no file or folder is a drawer for whatever fits nowhere', () => {
  const drawers = ['utils', 'util', 'helpers', 'helper', 'common', 'lib', 'types', 'misc', 'shared']
  const names = files.flatMap((file) => [...dirname(file).split(sep), basename(file, '.ts')])
  expect(names.filter((name) => drawers.includes(name))).toEqual([])
})
