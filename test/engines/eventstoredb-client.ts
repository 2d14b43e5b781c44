import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { EventData } from '@eventstore/db-client';
import { derivedId } from '@common-thread/eventing/identifiers';

/** A plain client of a server, as the adapter does without its guards. */
export function plainClient(connectionString: string): EventStoreDBClient {
  return EventStoreDBClient.connectionString(connectionString);
}

/** Invented events; equal names give equal ids. */
export function plainEvents(...names: readonly string[]): EventData[] {
  return names.map((name) =>
    jsonEvent({ id: derivedId('double', name), type: 'Happened', data: { name } }),
  );
}

/** Everything a reading gives, by name. */
export async function namesIn(reading: AsyncIterable<unknown>): Promise<string[]> {
  const names: string[] = [];
  for await (const resolved of reading) names.push(nameIn(resolved));
  return names;
}

export function nameIn(resolved: unknown): string {
  const { event } = resolved as { readonly event?: { readonly data: { readonly name?: string } } };
  return event?.data.name ?? '';
}

/** Whether a promise is still open once everything that was under way has been done. */
export async function isOpenAfter(
  promise: Promise<unknown>,
  other: Promise<unknown>,
): Promise<boolean> {
  let isOpen = true;
  const close = () => (isOpen = false);
  promise.then(close, close);
  await other;
  return isOpen;
}
