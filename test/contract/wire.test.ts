import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allOperations, nouns, operationsOf, type Noun } from '../../src/contract/nouns.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { decode, encode, UnsafeSegment, type WireRequest } from '../../src/contract/wire.ts'
import { inputs, sample } from './generate.ts'

const operations = (await allOperations()).map(({ operation }) => operation)

/** A request as it arrives: through a URL parser and JSON, like over a real connection. */
const arrive = ({ path, body }: WireRequest) => {
  const url = new URL(path, 'http://intercom.test')
  return { path: url.pathname, query: url.searchParams, body: body && (JSON.parse(JSON.stringify(body)) as unknown) }
}

const written = (operation: Operation): string => {
  const { method, path, body } = encode(operation, sample(operation))
  return [`### ${operation.name}`, `${method} ${path}`, ...(body ? [JSON.stringify(body, null, 2)] : [])].join('\n')
}

describe('the literal request of each operation', () => {
  test.each(Object.keys(nouns) as Noun[])('%s', async (noun) => {
    const requests = (await operationsOf(noun)).map(written)
    await expect(`${requests.join('\n\n')}\n`).toMatchFileSnapshot(`../golden/wire/${noun}.http`)
  })

  test.each(operations)('$name: the example is a valid input with every field', (operation) => {
    expect(operation.input.parse(sample(operation))).toEqual(sample(operation))
    expect(Object.keys(sample(operation)).sort()).toEqual(Object.keys(operation.input.shape).sort())
  })
})

const canBeSent = (operation: Operation) => (input: Record<string, unknown>): boolean => {
  try {
    return encode(operation, input).path !== ''
  } catch (error) {
    if (error instanceof UnsafeSegment) return false // containment.test.ts holds which these are
    throw error
  }
}

describe('decode undoes encode', () => {
  test.each(operations)('$name', (operation) => {
    fc.assert(
      fc.property(inputs(operation).filter(canBeSent(operation)), (input) => {
        expect(decode(operation, arrive(encode(operation, input)))).toEqual(input)
      }),
      { seed: 213 },
    )
  })
})
