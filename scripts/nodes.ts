import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'

/** Newer Node releases than the one the tests run on. The packages carry nothing but the binary. */
const releases = ['22.23.3', '24.9.0']
const server = resolve(import.meta.dirname, '../dist/intercom-mcp.js')

/** Puts one Node release into a folder and answers the path of its binary. */
const install = (release: string, folder: string): string => {
  const name = `node-${process.platform}-${process.arch}`
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--silent', `${name}@${release}`], { stdio: 'inherit' })
  return join(folder, 'node_modules', name, 'bin/node')
}

/** The shortest useful session: initialize, list the tools, call one on the embedded workspace. Throws when a step fails. */
const session = async (node: string): Promise<string> => {
  const client = new Client({ name: 'nodes', version: '1.0.0' })
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('INTERCOM_'))) as Record<string, string>
  await client.connect(new StdioClientTransport({ command: node, args: [server], env, stderr: 'inherit' }))
  const { tools } = await client.listTools()
  const answer = await client.callTool({ name: 'search_contacts', arguments: { query: { field: 'role', operator: '=', value: 'user' } } })
  await client.close()
  if (tools.length === 0 || answer.isError === true) throw new Error(`unexpected answer: ${JSON.stringify(answer)}`)
  return `${tools.length} tools listed, search_contacts answered`
}

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-nodes-'))
try {
  for (const release of releases) {
    const node = install(release, join(folder, release))
    console.log(`node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}: ${await session(node)}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
