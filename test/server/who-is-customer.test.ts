import { afterAll, describe, expect, test } from 'vitest'
import { Program } from '../cli/program.ts'
import { clients, type Target } from './connect.ts'

const server = new Program(['http', '--port', '0'])
const targets: Record<string, () => Promise<Target>> = {
  stdio: async () => ({ args: [] }),
  'Streamable HTTP': async () => ({ url: await server.said(/serving MCP at (\S+)/) }),
}
afterAll(async () => {
  server.child.kill()
  await server.ended()
})

const matrix = Object.keys(targets).flatMap((transport) => ['SDK v2 speaking 2025-11-25', 'SDK v2 speaking only 2026-07-28'].map((kind) => ({ transport, kind })))

describe.each(matrix)('$kind over $transport', ({ transport, kind }) => {
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
