/** Paths in Intercom's web app, behind the app's own address. An underscore stands for the workspace that one is logged in to. */
const inApp = (part: string, workspace: unknown, path: string): string => `/a/${part}/${typeof workspace === 'string' && workspace ? workspace : '_'}/${path}`

/** A conversation or a ticket, which share their ids. */
export const inInbox = (id: unknown, workspace?: unknown): string => inApp('inbox', workspace, `inbox/conversation/${String(id)}`)

/** `path` as the app has it: `users/66f0/all-conversations`. */
export const inApps = (path: string, workspace: unknown): string => inApp('apps', workspace, path)
