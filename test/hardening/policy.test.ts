import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everything, narrowed, objection, type Policy } from '../../src/client/policy.ts'
import type { Effect } from '../../src/contract/operation.ts'
import { cases, tally } from './figures.ts'

const effects: readonly Effect[] = ['read', 'write', 'send', 'destroy']
const names = ['get_ticket', 'list_tags', 'create_tag', 'who_is_customer']

const set = <T>(items: readonly T[]): fc.Arbitrary<ReadonlySet<T>> => fc.subarray([...items]).map((some) => new Set(some))
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })
const limit = maybe(fc.integer({ min: 1, max: 200 }))

const policies: fc.Arbitrary<Policy> = fc.record({ effects: set(effects), offered: maybe(set(names)), denied: set(names), confirm: set(effects), pageItems: limit, items: limit })

const deeds = fc.record({ name: fc.constantFrom(...names), effect: fc.constantFrom(...effects), supporting: fc.boolean() })

type Merge = (one: Policy, other: Policy) => Policy

const figure = tally('Of several policies none widens another')

/** What must hold of two policies that both hold, made one. */
const laws = (merge: Merge) =>
  fc.property(policies, policies, policies, deeds, (one, two, three, deed) => {
    expect(merge(one, one)).toEqual(one)
    expect(merge(one, two)).toEqual(merge(two, one))
    expect(merge(merge(one, two), three)).toEqual(merge(one, merge(two, three)))
    const both = merge(one, two)
    const allowed = [one, two].every((policy) => objection(policy, deed) === undefined)
    expect(objection(both, deed) === undefined).toBe(allowed)
    expect(both.confirm).toEqual(new Set([...one.confirm, ...two.confirm]))
    expect(both.pageItems ?? Infinity).toBe(Math.min(one.pageItems ?? Infinity, two.pageItems ?? Infinity))
    expect(both.items ?? Infinity).toBe(Math.min(one.items ?? Infinity, two.items ?? Infinity))
  })

test('two policies allow what both allow, in whatever order and however often they are said', () => {
  const runs = cases(2_000, 100_000)
  fc.assert(laws(narrowed), { numRuns: runs, seed: 7 })
  figure.held(runs)
})

test('a merge in which the last one wins breaks these laws', () => {
  const lastWins: Merge = (one, other) => ({ ...one, ...other })
  expect(fc.check(laws(lastWins), { numRuns: 200, seed: 7 }).failed).toBe(true)
})

test('what is left unsaid changes nothing', () => {
  const neutral = fc.property(policies, (policy) => {
    expect(narrowed(policy, {})).toEqual(policy)
    expect(narrowed(everything, policy)).toEqual(policy)
  })
  fc.assert(neutral, { seed: 7 })
})

test('an objection tells the toolset, where it is known', () => {
  const toolsetOf = new Map([['create_tag', 'tags']])
  const deed = { name: 'create_tag', effect: 'write' } as const
  expect(objection(narrowed(everything, { offered: new Set(), toolsetOf }), deed)).toBe('This server does not offer create_tag (--toolsets tags or --tools create_tag would)')
  expect(objection(narrowed(everything, { offered: new Set() }), deed)).toBe('This server does not offer create_tag (--toolsets, --tools)')
})
