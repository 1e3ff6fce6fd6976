import { DataExport } from '../contract/data-export.ts'
import { File } from '../contract/shape.ts'
import type { Kind } from './kind.ts'

export const dataExport: Kind = {
  name: 'data_export',
  plural: 'data_exports',
  by: 'workspace',
  schema: DataExport,
  headline: ['job_identifier', 'status'],
  brief: ['job_identifier', 'status'],
  hidden: ['job_identfier', 'download_url'], // the one is the identifier again, the other opens only with the token
  times: 'minute',
}

export const file: Kind = {
  name: 'file',
  plural: 'files',
  schema: File,
  headline: ['filename', 'size'],
  brief: ['filename', 'size'],
  times: 'minute',
}
