import { served } from '../workspace/served.ts'
import { open, type Session } from './session.ts'

type Document = Record<string, unknown>

/** The demo workspace with a few more conversations, on a clock that stands, and a session of all tools with it. */
export interface Room extends Session {
  readonly stop: () => Promise<void>
}

export const roomWith = async (collections: Record<string, readonly Document[]>): Promise<Room> => {
  const workspace = await served({ seed: { format: 1, base: 'demo', collections } })
  const session = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: workspace.server.url, INTERCOM_ACCESS_TOKEN: workspace.workspace.token })
  return { ...session, stop: () => session.close().then(workspace.stop) }
}

export const maren = { type: 'user', id: '66f0c3d1a7b24e1000000001', name: 'Maren Okafor', email: 'maren@cedarcove.example' }
export const ines = { type: 'admin', id: '4810101', name: 'Ines Calloway', email: 'ines@pondwick.example' }
export const dmitri = { type: 'admin', id: '4810104', name: 'Dmitri Halvorsen', email: 'dmitri@pondwick.example' }
export const fin = { type: 'bot', id: '4810100', name: 'Fin', email: 'operator@pondwick.example' }

/** 2025-11-20 09:00 UTC. */
export const began = 1_763_629_200
const minute = 60

/** A conversation as the seed of a workspace takes it, with these parts: a minute apart unless they tell when. */
export const conversation = (id: string, more: Document, parts: readonly Document[]): { readonly conversation: Document; readonly parts: Document[] } => ({
  conversation: {
    id,
    created_at: began,
    updated_at: began + parts.length * minute,
    contact_ids: [maren.id],
    source: { type: 'conversation', id: `40${id}`, delivered_as: 'customer_initiated', subject: '', body: '<p>Hello</p>', author: maren, attachments: [], url: null, redacted: false },
    ...more,
  },
  parts: parts.map((part, index) => ({ id: `${id}${String(index + 1).padStart(3, '0')}`, conversation_id: id, part_type: 'comment', state: 'open', author: maren, created_at: began + (index + 1) * minute, ...part })),
})
