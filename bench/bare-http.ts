import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'
import { bareServer } from './bare-server.ts'

const pool = new Pool(process.env.INTERCOM_BASE_URL!)
const headers = { authorization: `Bearer ${process.env.INTERCOM_ACCESS_TOKEN}`, accept: 'application/json', 'intercom-version': '2.13' }

const getContact = async (id: string): Promise<string> => {
  const { body } = await pool.request({ method: 'GET', path: `/contacts/${id}`, headers })
  return JSON.stringify(await body.json())
}

const answer = toNodeHandler(createMcpHandler(() => bareServer(getContact)))
const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => console.error(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`))
