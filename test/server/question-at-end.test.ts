import { afterEach, expect, test } from 'vitest'
import { hello, Program } from '../cli/program.ts'

const capable = { ...hello, params: { ...hello.params, capabilities: { elicitation: {} } } }
const reply = { name: 'call_destructive_operation', arguments: { operation: 'reply_conversation', input: { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810101', body: 'Hi' } } }

let program: Program
afterEach(() => void program.child.kill('SIGKILL'))

const question = async (): Promise<{ id: number }> => {
  program = new Program(['--confirm', 'all'])
  program.send(capable, { method: 'notifications/initialized' }, { id: 2, method: 'tools/call', params: reply })
  for (;;) {
    const asked = program.answers().find(({ method }) => method === 'elicitation/create')
    if (asked) return asked as { id: number } // a request has one
    await new Promise((resolve) => program.child.stdout.once('data', resolve))
  }
}

const exit = async () => {
  const began = performance.now()
  const code = await program.ended()
  return { code, soon: performance.now() - began < 15_000 }
}

test('a question that nobody can answer any more does not keep the program', async () => {
  await question()
  program.child.stdin.end()
  expect(await exit()).toEqual({ code: 0, soon: true })
})

test('what a person agreed to before the end is done and answered', async () => {
  const { id } = await question()
  program.send({ id, result: { action: 'accept', content: {} } })
  program.child.stdin.end()
  expect(await exit()).toEqual({ code: 0, soon: true })
  expect(program.answers().find((answer) => answer.id === 2)).toMatchObject({ result: { structuredContent: expect.any(Object) as object } })
})
