import { Rejection } from './handler.ts'

/** The answer to what never reaches the workspace, in the shape of Intercom's errors. */
export const refused = (status: number, code: string, message: string): Response =>
  Response.json(new Rejection(status, code, message).body(null), { status })
