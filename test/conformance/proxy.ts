import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What stands before a server and adds a credential to each request, since the suite knows of none. All else goes through as it is, Host and Origin too. */
export const withCredential = async (server: URL, authorization: string) => {
  const proxy = createServer((incoming, outgoing) => {
    const { url: path, method, headers } = incoming
    const onward = request({ host: server.hostname, port: server.port, path, method, headers: { ...headers, authorization } }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers).flushHeaders()
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}${server.pathname}`,
    close: () => {
      proxy.close()
      proxy.closeAllConnections()
    },
  }
}
