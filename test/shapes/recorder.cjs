// Writes down what the workspaces of this process answer: one line of JSON each, the same answer once. Loaded by the tests themselves
// and, through NODE_OPTIONS, by every program they start. Not in the long forms of tests, whose millions of answers are like those of the short ones.
const { createHash } = require('node:crypto')
const { subscribe } = require('node:diagnostics_channel')
const { appendFileSync } = require('node:fs')
const { threadId } = require('node:worker_threads')

const folder = process.env.ANSWERS_FOLDER
const written = new Set()

/** How Intercom's own client names itself. */
const isOfficial = ({ headers }) => headers.get('x-fern-sdk-name') === 'intercom-client'

const record = ({ operation, request, status, body }) => {
  const line = JSON.stringify({ operation: operation?.operationId, status, official: isOfficial(request), body })
  const hash = createHash('sha1').update(line).digest('base64')
  if (written.has(hash)) return
  written.add(hash)
  appendFileSync(`${folder}/${process.pid}-${threadId}.jsonl`, `${line}\n`)
}

if (folder && process.env.LONG !== '1') subscribe('intercom-mcp:answer', record)
