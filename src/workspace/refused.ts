/** The answer to what never reaches the workspace, in the shape of Intercom's errors. */
export const refused = (status: number, code: string, message: string): Response =>
  Response.json({ type: 'error.list', request_id: null, errors: [{ code, message }] }, { status })
