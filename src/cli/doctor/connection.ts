import type { Client } from '../../client/client.ts'
import { Failure } from '../../client/failure.ts'
import { identifyAdmin } from '../../contract/admins.ts'
import type { Output } from '../../contract/operation.ts'
import { cut } from '../../view/fit.ts'
import { plain } from '../../view/plain.ts'
import type { Connection } from './report.ts'

/** Milliseconds that the first answer may take. */
const deadlineMs = 15_000

export interface Asked {
  readonly client: Client
  /** What a person calls the other side. */
  readonly to: string
  /** The region the server was told, where that matters: it also decides where links lead. */
  readonly region?: string
  /** Tells of the other regions, one of which may accept the token; undefined where there are none. */
  readonly elsewhere?: () => Promise<string>
  readonly now: () => number
}

/** Whether Intercom can be reached and accepts the token, and who and what that is: one read of /me. */
export const connection = async ({ client, to, region, elsewhere, now }: Asked): Promise<Connection> => {
  const began = now()
  try {
    const me = await client.call(identifyAdmin, {}, { fresh: true, deadlineMs })
    return { to, accepted: true, ...about(me), ms: now() - began, requestsLeft: client.left(), notes: misled(me, region) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { to, ms: now() - began, ...(await refused(error, elsewhere)) }
  }
}

const about = ({ id, name, app }: Output<typeof identifyAdmin>): Pick<Connection, 'workspace' | 'admin'> => ({
  admin: { id, name: onOneLine(name) },
  ...(app && { workspace: { name: onOneLine(app.name), id: app.id_code ?? undefined, region: app.region ?? undefined } }),
})

/** A name as it fits a terminal, whoever chose it. */
const onOneLine = (name: string | null | undefined): string | undefined => (name ? cut(plain(name).replace(/\s+/g, ' ').trim(), 60) : undefined)

const misled = ({ app }: Output<typeof identifyAdmin>, region?: string): string[] => {
  const theirs = app?.region?.toLowerCase()
  return region && theirs && theirs !== region ? [`The workspace is in the region ${theirs}: set INTERCOM_REGION=${theirs}, so that links lead to its inbox.`] : []
}

const refused = async (failure: Failure, elsewhere: Asked['elsewhere']): Promise<Pick<Connection, 'accepted' | 'problem' | 'notes'>> => {
  if (failure.code === 'permission_missing') return { accepted: true, notes: ['Who the token belongs to is not known: it may not read that.'] }
  if (failure.code !== 'unauthorized') return { problem: [failure.advice, ...untrusted(failure)].join(' '), notes: [] }
  return { accepted: false, problem: failure.advice, notes: elsewhere ? [await elsewhere()] : [] }
}

/** Node's codes for a certificate that cannot be trusted. */
const untrusted = ({ note = '' }: Failure): string[] =>
  /CERT|SELF_SIGNED|VERIFY/.test(note) ? ['Its certificate is not trusted here: if a proxy of yours stands between, give Node its certificate by NODE_EXTRA_CA_CERTS.'] : []

/** The region among these that accepts the token, in a sentence. Asks each for /me. */
export const regionOf = async (clients: ReadonlyMap<string, Client>): Promise<string> => {
  const answers = await Promise.all([...clients].map(async ([region, client]) => ({ region, accepts: await accepts(client) })))
  const found = answers.find((answer) => answer.accepts)
  if (found) return `The region ${found.region} accepts it: set INTERCOM_REGION=${found.region}.`
  return `No other region accepts it either (${answers.map(({ region }) => region).join(', ')}).`
}

const accepts = async (client: Client): Promise<boolean> => {
  try {
    await client.call(identifyAdmin, {}, { deadlineMs })
    return true
  } catch (error) {
    return error instanceof Failure && error.code === 'permission_missing'
  } finally {
    await client.close()
  }
}
