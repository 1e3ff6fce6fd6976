import { archive } from './export-archive.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import { anySent, type Timeframe } from './outbound.ts'
import { type Collection, sql } from './store.ts'

/** Work that goes on by itself: how far it is follows from the time. */
export interface ExportDocument extends Timeframe {
  readonly id: string
  readonly requested_at: number
  readonly canceled_at: number | null
}

export const dataExports: Collection<ExportDocument> = {
  table: 'data_export',
  columns: { requested_at: 'INTEGER', canceled_at: 'INTEGER' },
  facts: ({ requested_at, canceled_at }) => ({ requested_at, canceled_at }),
  indexed: ['requested_at'],
}

/** [inferred] Seconds an export waits, and then takes. At Intercom it may be hours. */
const waits = 2
const takes = 8

/** Seconds its file can be had from when it is completed. */
const lasts = 2 * 86_400

type Status = 'pending' | 'in_progress' | 'completed' | 'no_data' | 'canceled'

const completedAt = ({ requested_at }: ExportDocument): number => requested_at + waits + takes

const statusOf = (job: ExportDocument, { store, now }: Call): Status => {
  if (job.canceled_at !== null) return 'canceled'
  if (now < job.requested_at + waits) return 'pending'
  if (now < completedAt(job)) return 'in_progress'
  return anySent(store, job) ? 'completed' : 'no_data'
}

const isActive = (status: Status): boolean => status === 'pending' || status === 'in_progress'

const present = (job: ExportDocument, call: Call) => {
  const status = statusOf(job, call)
  const done = status === 'completed'
  return {
    job_identifier: job.id,
    job_identfier: job.id, // as the reference spells it
    status,
    download_url: done ? call.url(`/download/content/data/${job.id}`) : '',
    download_expires_at: done ? String(completedAt(job) + lasts) : '',
  }
}

const jobOf = ({ store }: Call, id: string): ExportDocument => {
  const job = store.get(dataExports, id)
  if (!job) throw new Rejection(404, 'not_found', 'The requested resource does not exist.')
  return job
}

/** 16 small letters and digits, as Intercom's are. */
const newJobId = ({ newId }: Call): string => BigInt(`0x${newId()}`).toString(36).slice(-16).padStart(16, '0')

const requireNoneActive = (call: Call): void => {
  const recent = call.store.find(dataExports, { where: sql`requested_at BETWEEN ${call.now - waits - takes} AND ${call.now} AND canceled_at IS NULL` })
  if (recent.some((job) => isActive(statusOf(job, call))))
    throw new Rejection(429, 'rate_limit_exceeded', 'Exceeded rate limit of 1 pending message data export jobs')
}

/** [inferred] Of the two published texts of a 404, which stands for what, and that it tells why. */
const noFile = (why: string): Rejection => new Rejection(404, 'not_found', `Object not found: ${why}.`)

export const handlers: Handlers<'data-export'> = {
  create_data_export: ({ created_at_after: after, created_at_before: before }, call) => {
    if (after > before) throw new Rejection(400, 'parameter_invalid', 'created_at_after must not be later than created_at_before', 'created_at_after') // [inferred]
    requireNoneActive(call)
    return present(call.store.put(dataExports, { id: newJobId(call), after, before, requested_at: call.now, canceled_at: null }), call)
  },

  get_data_export: ({ job_identifier }, call) => present(jobOf(call, job_identifier), call),

  cancel_data_export: ({ job_identifier }, call) => {
    const job = jobOf(call, job_identifier)
    const status = statusOf(job, call)
    if (status === 'canceled') return present(job, call)
    if (!isActive(status)) throw new Rejection(400, 'job_closed', 'The export has ended already and cannot be canceled') // [inferred]
    return present(call.store.put(dataExports, { ...job, canceled_at: call.now }), call)
  },

  download_data_export: ({ job_identifier }, call) => {
    const job = jobOf(call, job_identifier)
    const status = statusOf(job, call)
    if (status !== 'completed') throw noFile(`the job is ${status}, and only a completed one has a file`)
    if (call.now > completedAt(job) + lasts) throw noFile('it was kept for two days')
    const packed = archive(call.store, job, completedAt(job))
    return { content_type: 'application/octet-stream', filename: `${job.id}.tar.gz`, size: packed.length, data: packed.toString('base64') }
  },
}
