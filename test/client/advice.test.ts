import { expect, test } from 'vitest'
import { type Code, Failure, type FailureDetail } from '../../src/client/failure.ts'

const noon = Date.UTC(2026, 0, 1, 12)
const read = { operation: 'get_contact', effect: 'read', outcome: 'rejected' } as const
const write = { operation: 'update_contact', effect: 'write', outcome: 'rejected' } as const
const lost = { ...write, outcome: 'unknown' } as const
const said = (message: string, code?: string, field?: string) => ({ upstream: { message, code, field } })

test.each<[Code, FailureDetail, string]>([
  ['invalid_input', { ...read, outcome: 'not_sent', note: 'id must be one part of a path' }, 'get_contact cannot be called with this input: id must be one part of a path. Correct it and call again.'],
  ['policy_denied', { ...write, outcome: 'not_sent', note: 'This server is read-only' }, 'This server is read-only. The person who set that can change it; calling again will not help. Nothing was sent.'],
  ['policy_denied', { ...write, outcome: 'not_sent', note: 'This server cannot keep keys now', cause: new Error('no space left') }, 'This server cannot keep keys now. Call again later; if that stays so, tell whoever runs this server. Nothing was sent.'],
  ['unconfirmed', { ...write, outcome: 'not_sent' }, "update_contact needs a person's confirmation, and has none. Nothing was sent."],
  ['permission_missing', { ...write, permission: 'Write users' }, 'The access token lacks the permission "Write users", which update_contact needs. Tick it in Intercom\'s Developer Hub > your app > Configure > Authentication, then call again. Nothing was changed.'],
  ['permission_missing', { ...read, permission: 'Read users', retryAt: noon + 1 }, 'The access token lacks the permission "Read users", which get_contact needs. Tick it in Intercom\'s Developer Hub > your app > Configure > Authentication, then call again after 12:00:01 UTC.'],
  ['unauthorized', read, "Intercom does not accept the access token. Set INTERCOM_ACCESS_TOKEN to the one shown in Intercom's Developer Hub > your app > Configure > Authentication, and INTERCOM_REGION to its workspace's region (us, eu or au)."],
  ['plan_restricted', { ...read, ...said('Upgrade') }, 'The workspace\'s Intercom plan does not include this: "Upgrade". Calling again will not help until the plan changes.'],
  ['not_found', { ...read, ...said('User Not Found.') }, 'Intercom found nothing for get_contact: "User Not Found". Check the id, or find the object through a list or search; what is archived or merged is not found.'],
  ['not_found', { ...read, note: 'Begin anew.' }, 'Intercom found nothing for get_contact. Begin anew.'],
  ['conflict', write, 'Something with these details exists already. Find it, and change that one instead. Nothing was changed.'],
  ['conflict', { ...write, existing: '5' }, 'Something with these details exists already. Its id is 5: change that one instead. Nothing was changed.'],
  ['conflict', { ...write, existing: '5', ...said('An archived one') }, 'Something with these details exists already: "An archived one". Its id is 5; it is archived: unarchive it, then change it. Nothing was changed.'],
  ['rejected', { ...write, status: 400 }, 'Intercom refused update_contact (400). Correct the input and call again. Nothing was changed.'],
  ['rejected', { ...write, status: 422, ...said('Bad', 'data_invalid', 'email') }, 'Intercom refused update_contact (422, data_invalid, field email): "Bad". Correct the input and call again. Nothing was changed.'],
  ['rejected', { ...write, status: 400, ...said('', 'a code, and more') }, 'Intercom refused update_contact (400, "a code, and more"). Correct the input and call again. Nothing was changed.'],
  ['rejected', { ...write, status: 400, ...said('', 'x'.repeat(60), 'y'.repeat(61)) }, `Intercom refused update_contact (400, ${'x'.repeat(60)}, field "${'y'.repeat(60)}…"). Correct the input and call again. Nothing was changed.`],
  ['rejected', { ...read, status: 429 }, 'Intercom refused get_contact (429). Call again when what runs has ended, or cancel that first.'],
  ['rejected', { ...read, status: 400, ...said('', 'scroll_exists') }, 'Intercom refused get_contact (400, scroll_exists). It ends with its last page, or a minute after its last call: begin anew then.'],
  ['rejected', { ...write, status: 400, ...said('', 'tag_has_dependent_objects') }, "Intercom refused update_contact (400, tag_has_dependent_objects). Segments are changed in Intercom's own pages only; calling again will not help before. Nothing was changed."],
  ['rejected', { ...write, status: 400, ...said('', 'contact_company_limit_exceeded') }, 'Intercom refused update_contact (400, contact_company_limit_exceeded). Take the contact out of another company first. Nothing was changed.'],
  ['rate_limited', { ...write, outcome: 'not_sent' }, "Intercom's rate limit is used up. The call did not run; call again in a few seconds. Nothing was sent."],
  ['rate_limited', { ...read, retryAt: noon }, "Intercom's rate limit is used up. The call did not run; call again after 12:00:00 UTC."],
  ['unreachable', { ...write, outcome: 'not_sent', note: 'ECONNREFUSED' }, 'There is no connection to Intercom: ECONNREFUSED. Check the network, and INTERCOM_REGION or INTERCOM_BASE_URL. Nothing was sent.'],
  ['unreachable', { outcome: 'not_sent' }, 'There is no connection to Intercom. Check the network, and INTERCOM_REGION or INTERCOM_BASE_URL.'],
  ['unavailable', { ...read, outcome: 'not_committed', status: 503, ...said('Busy') }, 'Intercom gave no proper answer to get_contact (503): "Busy". Call again later.'],
  ['unavailable', { ...read, outcome: 'not_committed', note: 'ECONNRESET', retryAt: noon }, 'Intercom gave no proper answer to get_contact (connection lost: ECONNRESET). Call again after 12:00:00 UTC.'],
  ['unavailable', { ...write, outcome: 'committed', status: 500 }, 'Intercom gave no proper answer to update_contact (500). It did take effect: do not repeat it.'],
  ['unavailable', { ...write, outcome: 'not_committed', status: 500 }, 'Intercom gave no proper answer to update_contact (500). Call again later. It did not take effect, as reading back showed.'],
  ['unavailable', { ...lost, status: 500 }, 'Intercom gave no proper answer to update_contact (500). It may or may not have taken effect. Look in Intercom before repeating it, since it could happen twice.'],
  ['unavailable', { ...lost, status: 500, check: 'get_contact' }, 'Intercom gave no proper answer to update_contact (500). It may or may not have taken effect. Look with get_contact before repeating it, since it could happen twice.'],
  ['unavailable', { ...lost, status: 500, idempotent: true }, 'Intercom gave no proper answer to update_contact (500). It may or may not have taken effect. Repeat it: running it twice does the same as once.'],
  ['unavailable', { ...lost, status: 500, keyed: true }, 'Intercom gave no proper answer to update_contact (500). It may or may not have taken effect. Look in Intercom: with that key it is never sent twice.'],
  ['unavailable', { ...lost, status: 500, keyed: true, check: 'get_contact' }, 'Intercom gave no proper answer to update_contact (500). It may or may not have taken effect. Repeat it with the same idempotency key: with that key it is looked for, and never sent twice.'],
  ['timeout', { ...lost, idempotent: true, check: 'get_contact' }, 'update_contact had no answer in time. It may or may not have taken effect. Look with get_contact, or repeat it: running it twice does the same as once.'],
  ['timeout', { ...read, outcome: 'not_committed' }, 'get_contact had no answer in time. Call again later.'],
  ['timeout', { ...read, operation: 'scroll_companies', outcome: 'unknown' }, 'scroll_companies had no answer in time. The scroll may have moved on without this page: wait a minute, then begin anew.'],
  ['cancelled', { ...write, outcome: 'not_sent' }, 'update_contact was cancelled. Nothing was sent.'],
  ['cancelled', { outcome: 'not_sent', note: 'the client is closed' }, 'the call was cancelled: the client is closed.'],
  ['too_large', { ...read, outcome: 'not_committed', note: 'more than 977 KiB' }, 'The answer to get_contact is too large (more than 977 KiB). Ask for less: a smaller per_page, a narrower filter or a shorter timeframe.'],
  ['bad_answer', { ...read, outcome: 'not_committed', note: 'it is empty' }, 'The answer to get_contact could not be read: it is empty. If that stays so, check that INTERCOM_BASE_URL is the address of the API, and what stands between.'],
  ['redirected', { ...read, status: 302 }, "The server answered get_contact with a redirect (302), which is never followed. Set INTERCOM_REGION or INTERCOM_BASE_URL to the API's own address."],
])('%s, %o', (code, detail, sentence) => {
  expect(new Failure(code, detail).advice).toBe(sentence)
})

test.each([
  ['two\nlines\u2028and\ttabs', 'two lines and tabs'],
  ['  spaces around . . ', 'spaces around'],
  ['"quoted"', "'quoted'"],
  ['a\u202eb\u200bc', 'a b c'],
  ['x'.repeat(160), 'x'.repeat(160)],
  ['x'.repeat(161), `${'x'.repeat(160)}…`],
  [`${'x'.repeat(159)} y`, `${'x'.repeat(159)}…`],
])('what Intercom says is quoted in one short line: %j', (message, quoted) => {
  expect(new Failure('plan_restricted', { ...read, upstream: { message } }).advice).toContain(`not include this: "${quoted}". Calling`)
})

test('more can become known of a failure, and nothing known is lost', () => {
  const cause = new Error('why')
  const failure = new Failure('unavailable', { ...lost, status: 500, cause }).with({ outcome: 'committed' })
  expect(failure).toMatchObject({ ...lost, name: 'Failure', code: 'unavailable', status: 500, outcome: 'committed', cause })
  expect(failure.advice).toContain('It did take effect')
})
