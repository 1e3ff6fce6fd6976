import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure, serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

/** The export that the seed holds ready. */
const ready = { job_identifier: 'k7q2m9x4w0f3v8pt' }

test('an export is started, looked at, alone at its time, and canceled', async () => {
  const { dataExport } = served.client
  const asked = { created_at_after: 0, created_at_before: Math.floor(Date.now() / 1000) }
  const { job_identifier, status } = (await dataExport.create(asked)) as { job_identifier: string; status: string } // the client's type has the published misspelling
  expect(status).toBe('pending')
  expect(await failure(dataExport.create(asked))).toMatchObject({ statusCode: 429, body: { errors: [{ message: 'Exceeded rate limit of 1 pending message data export jobs' }] } })
  expect(await dataExport.find({ job_identifier })).toMatchObject({ job_identfier: job_identifier, download_url: '' })
  expect(await dataExport.cancel({ job_identifier })).toMatchObject({ status: 'canceled' })
  await expect(dataExport.find({ job_identifier: 'nothing' })).rejects.toMatchObject({ statusCode: 404 })
  await expect(dataExport.cancel({ job_identifier: 'nothing' })).rejects.toMatchObject({ statusCode: 404 })
})

test('a completed one is downloaded', async () => {
  const { dataExport } = served.client
  const { download_url } = await dataExport.find(ready)
  // the client gives no file back, so its raw answer tells that there was one
  const { rawResponse } = await dataExport.download(ready, { headers: { accept: 'application/octet-stream' } }).withRawResponse()
  expect(rawResponse.headers.get('content-disposition')).toContain(`${ready.job_identifier}.tar.gz`)
  const response = await fetch(download_url!, { headers: { authorization: `Bearer ${served.token}`, accept: 'application/octet-stream' } })
  expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString('latin1')).toMatch(/^receipts_\d{8}_\d{6}\.csv\0/)
  await dataExport.download(ready)
  await expect(dataExport.download(ready, { headers: { accept: 'application/json' } })).rejects.toMatchObject({ statusCode: 406 })
  await expect(dataExport.download({ job_identifier: 'nothing' })).rejects.toMatchObject({ statusCode: 404 })
})

test('exports of reports, which came with a later version, are not there', async () => {
  const { dataExport } = served.client
  const asked = { ...ready, app_id: 'a', client_id: 'b' }
  await expect(dataExport.exportReportingData(asked)).rejects.toMatchObject({ statusCode: 400 })
  await expect(dataExport.downloadReportingDataExport(asked)).rejects.toMatchObject({ statusCode: 400 })
})
