import { Misuse } from './misuse.ts'

const reasons: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) => `port ${port} on ${host} is in use; stop what uses it, or choose another with --port (0: any free one)`,
  EACCES: (_, port) => `this user may not listen on port ${port}; choose one above 1023 with --port`,
  EADDRNOTAVAIL: (host) => `${host} is not an address of this machine; use --host 127.0.0.1`,
  ENOTFOUND: (host) => `there is no host ${host}; use --host 127.0.0.1`,
}

/** Starts to listen; throws {@link Misuse} when the address chosen cannot be listened on. */
export const listening = async <T>(host: string, port: number, start: () => Promise<T>): Promise<T> => {
  try {
    return await start()
  } catch (error) {
    const reason = reasons[String((error as NodeJS.ErrnoException).code)] // node's own errors carry a code
    if (reason) throw new Misuse(reason(host, port))
    throw error
  }
}
