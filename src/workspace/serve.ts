import { type Listening, listen } from './listen.ts'
import type { Workspace } from './workspace.ts'

/** Serves a workspace over HTTP, with its control for programs of this machine, and posts its webhooks. Rejects as {@link listen} does. */
export const serve = async (workspace: Workspace, where: { port?: number; host?: string } = {}): Promise<Listening> => {
  const { url, port, close } = await listen(workspace.fetch, { ...where, control: workspace.control })
  const stop = await workspace.deliver()
  return {
    url,
    port,
    close: async () => {
      await Promise.all([close(), stop()])
    },
  }
}
