import { serve } from '../../src/workspace/serve.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'

// A process of its own with a workspace in a file, for tests that kill it or run several at once: process.ts <file>
const workspace = openWorkspace({ file: process.argv[2], now: Date.now, random: Math.random, seed: 'empty', rateLimit: 1_000_000, webhookPatience: 1000 })
const { url } = await serve(workspace)
process.stdout.write(`${JSON.stringify({ url, token: workspace.token })}\n`)
