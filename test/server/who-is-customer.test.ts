import { describe, expect, test } from 'vitest'
import { clients, transports } from './connect.ts'

const { targets, matrix } = transports()

describe.each(matrix('SDK v2 speaking 2025-11-25', 'SDK v2 speaking only 2026-07-28'))('$kind over $transport', ({ transport, kind }) => {
  test('learns who a customer is, in both forms', async () => {
    const client = await clients[kind]!(await targets[transport]!())
    await client.listTools() // a client that knows the output schema checks the answer by it
    const { content, structuredContent, isError } = await client.callTool({ name: 'who_is_customer', arguments: { customer: 'maren@cedarcove.example', sections: ['tickets'] } })
    await client.close()
    expect(isError).not.toBe(true)
    expect(structuredContent).toMatchObject({ customer: { name: 'Maren Okafor', tickets: expect.arrayContaining([expect.objectContaining({ type: 'Booking problem' })]) as unknown[] } })
    expect(content).toMatchObject([{ type: 'text', text: expect.stringMatching(/name: Maren Okafor[^]*type: Booking problem[^]*completeness: /) as string }])
  })
})
