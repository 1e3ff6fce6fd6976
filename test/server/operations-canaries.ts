import { createServer } from 'node:http'
import { listen } from './operations.ts'

/** Texts that stand for what nobody but the caller may see, each wherever something of its kind can stand. */
const canary = { token: 'tok_kanarieaa', id: '66kanariebb', email: 'kanariecc@example.com', name: 'Kanariedd Lovelace', body: 'kanarieee pays late', argument: 'kanarieff', tool: 'kanariegg', key: 'kanariehh', uri: 'kanarieii', error: 'kanariejj is not a field', requestId: 'kanariekk@example.com', trace: 'kanariell' }

const words = Object.values(canary)

/** Which of them a text holds. */
export const canariesIn = (text: string): string[] => words.filter((word) => text.toLowerCase().includes(/kanarie[a-l]{2}/.exec(word.toLowerCase())![0]))

/** An Intercom full of canaries, and requests that carry more of them. */
export const seeded = async () => {
  const contact = { type: 'contact', id: canary.id, email: canary.email, name: canary.name, external_id: canary.id }
  const intercom = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').setHeader('x-request-id', canary.requestId)
    if (request.method === 'GET' && request.url?.startsWith('/contacts/')) return void response.end(JSON.stringify(contact))
    response.writeHead(request.method === 'GET' ? 404 : 422).end(JSON.stringify({ type: 'error.list', errors: [{ code: 'parameter_invalid', message: canary.error, field: canary.argument }] }))
  })
  const headers = { authorization: `Bearer ${canary.key}`, traceparent: canary.trace, 'x-request-id': canary.requestId, 'user-agent': canary.key }
  const call = (name: string, args: object) => ({ method: 'tools/call', params: { name, arguments: args, _meta: { traceparent: canary.trace } }, headers })
  return {
    canaries: words,
    /** Messages within a session that nobody waits for. */
    unasked: [
      { id: 0, result: { action: 'accept', content: { [canary.argument]: canary.body } } },
      { method: 'notifications/progress', params: { progressToken: canary.key, progress: 1, message: canary.body } },
      { method: 'notifications/cancelled', params: { requestId: canary.id, reason: canary.body } },
      { method: 'notifications/cancelled', params: { requestId: { [canary.argument]: canary.id } } },
    ],
    env: { INTERCOM_BASE_URL: await listen(intercom), INTERCOM_ACCESS_TOKEN: canary.token },
    requests: [
      call('get_contact', { id: canary.id }),
      call('get_contact', { [canary.argument]: canary.argument }),
      call('create_note', { contact_id: canary.id, body: canary.body, idempotency_key: canary.key }),
      call('update_contact', { id: canary.id, name: canary.name }),
      call(canary.tool, {}),
      call('find_operation', { query: canary.argument }),
      { method: 'resources/read', params: { uri: `intercom://contacts/${canary.id}` }, headers },
      { method: 'resources/read', params: { uri: `intercom://${canary.uri}/1` }, headers },
      { method: 'prompts/get', params: { name: canary.argument, arguments: { contact: canary.name } }, headers },
      { method: canary.argument, params: {}, headers },
    ],
  }
}
