import { Metadata, status, type StatusObject } from '@grpc/grpc-js';

/** How the server refuses a call: a status, and in its trailers the name that the client knows. */
export type Refusal = Partial<StatusObject> & { readonly code: status; readonly message: string };

function refusal(
  code: status,
  message: string,
  exception?: string,
  about: Readonly<Record<string, string>> = {},
): Refusal {
  const metadata = new Metadata();
  if (exception !== undefined) metadata.set('exception', exception);
  for (const [key, value] of Object.entries(about)) metadata.set(key, value);
  return { code, message, details: message, metadata };
}

export const accessDenied = (): Refusal =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', 'access-denied');

export const streamDeleted = (stream: string): Refusal =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, 'stream-deleted', {
    'stream-name': stream,
  });

export const appendTooLarge = (bytesMax: number): Refusal =>
  refusal(
    status.INVALID_ARGUMENT,
    `Maximum Append Size of ${bytesMax} Exceeded.`,
    'maximum-append-size-exceeded',
    { 'maximum-append-size': String(bytesMax) },
  );

/** These have no name of their own. */
export const invalidPosition = (): Refusal =>
  refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const invalidCount = (count: string): Refusal =>
  refusal(status.INVALID_ARGUMENT, `'${count}' is not a valid count`);

export const notHere = (): Refusal => refusal(status.UNIMPLEMENTED, 'the double does not do this');
