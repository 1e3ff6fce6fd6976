import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { bareServer } from './bare-server.ts'

const { INTERCOM_BASE_URL: base, INTERCOM_ACCESS_TOKEN: token } = process.env

// Node's own fetch: bundling undici for one request would only make this server start later
serveStdio(() => bareServer(async (id) => {
  const answer = await fetch(`${base}/contacts/${id}`, { headers: { authorization: `Bearer ${token}`, 'intercom-version': '2.13' } })
  return JSON.stringify(await answer.json())
}))
