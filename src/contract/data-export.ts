import * as z from 'zod'
import { operation } from './operation.ts'
import { File, shape, Timestamp, TimestampText } from './shape.ts'

/** Work that Intercom does in its own time: gathering what became of the messages of a timeframe. */
export const DataExport = shape(
  { status: z.string().describe('pending | in_progress | failed | completed | no_data | canceled') },
  {
    job_identifier: z.string(),
    // published under this name; answered under the one above
    job_identfier: z.string(),
    download_url: z.string(),
    download_expires_at: TimestampText,
  },
)

const permission = 'Export message data'
const job_identifier = z.string().describe('From create_data_export.')

export const getDataExport = operation({
  name: 'get_data_export',
  operationId: 'getDataExport',
  title: 'Get a data export',
  description: 'How far an export is: pending, in_progress, completed (download it within two days), no_data, canceled or failed.',
  asked: 'status progress job ready done finished check still running far dump pending completed download url fail when link expire yet extract look identifier csv available poll result',
  route: 'GET /export/content/data/{job_identifier}',
  effect: 'read',
  permission,
  input: z.strictObject({ job_identifier }),
  output: DataExport,
  resource: 'intercom://data-exports/{job_identifier}',
})

export const createDataExport = operation({
  name: 'create_data_export',
  operationId: 'createDataExport',
  title: 'Start a data export',
  description:
    'Begins to gather who was sent which message in a timeframe, and how they reacted, as CSV files. It takes a while: ask get_data_export until it is completed, then download_data_export. A workspace runs one export at a time.',
  asked: 'start request message content sent delivery statistics opens clicks time range bulk download job campaign new dump extract csv report date pull last month kick off warehouse receipts analytics outbound order email performance numbers quarter',
  route: 'POST /export/content/data',
  effect: 'write',
  permission,
  input: z.strictObject({
    created_at_after: Timestamp.describe('Messages sent from this moment on, in unix seconds.'),
    created_at_before: Timestamp.describe('Messages sent up to this moment, included.'),
  }),
  output: DataExport,
})

export const cancelDataExport = operation({
  name: 'cancel_data_export',
  operationId: 'cancelDataExport',
  title: 'Cancel a data export',
  description: 'Stops an export that is pending or in progress. Another can be started at once.',
  asked: 'stop abort running job dump wrong dates kill extract call off takes long longer needed halt message pending blocks new one discontinue end started mistake drop queued',
  route: 'POST /export/cancel/{job_identifier}',
  effect: 'destroy',
  idempotent: true,
  permission,
  input: z.strictObject({ job_identifier }),
  output: DataExport,
  readBack: { operation: getDataExport, input: ({ job_identifier }) => ({ job_identifier }), happened: (_, found) => found?.status === 'canceled' },
  about: (input) => [{ operation: getDataExport, input }],
})

export const downloadDataExport = operation({
  name: 'download_data_export',
  operationId: 'downloadDataExport',
  title: 'Download a data export',
  description: 'The archive of a completed export: one CSV file for each kind of fact (receipts, replies, bounces …), those without rows left out. Shown are the names and sizes of its files and the first rows of each.',
  asked: 'fetch file zip archive csv finished gzip messages save load obtain dump retrieve contents unzip statistics open extract pull down grab completed job receive bring disk',
  route: 'GET /download/content/data/{job_identifier}',
  effect: 'read',
  permission: 'Export content data',
  input: z.strictObject({ job_identifier }),
  output: File,
  file: 'application/octet-stream',
})
