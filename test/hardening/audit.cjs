// Loaded first by every program that a test starts. A server that keeps no audit log of its own keeps one here, and beside it what its
// embedded workspace was made to change, so that the two can be compared when all tests have run.
const { subscribe } = require('node:diagnostics_channel')
const { appendFileSync, writeFileSync } = require('node:fs')
const path = require('node:path')

const { argv, env, pid } = process
const [, program = '', command = ''] = argv
const folder = env.AUDIT_FOLDER

const isServer = path.basename(program) === 'intercom-mcp.js' && command !== 'workspace' && command !== 'doctor' && !/^(--help|-h|--version|-V|help)$/.test(argv.at(-1))
const isEmbedded = env.INTERCOM_BASE_URL === undefined // what another workspace went through is not seen here
const hasItsOwn = env.INTERCOM_MCP_AUDIT !== undefined || argv.some((word) => word.startsWith('--audit'))

const note = ({ operation, request, status }) => {
  if (operation === undefined || operation.effect === 'read' || status >= 300) return
  if (request.headers.get('user-agent') === 'intercom-mcp') appendFileSync(`${folder}/${pid}.changes`, `${operation.name}\n`)
}

if (folder && isServer && isEmbedded && !hasItsOwn) {
  env.INTERCOM_MCP_AUDIT = `${folder}/${pid}.lines`
  subscribe('intercom-mcp:answer', note)
  process.on('exit', () => writeFileSync(`${folder}/${pid}.ended`, '')) // not so one that was killed, whose last line may be missing
}
