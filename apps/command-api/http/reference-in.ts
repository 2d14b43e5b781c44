import type { DomainEvent } from '@common-thread/eventing/event-shapes';

/** The reference among recorded events, to tell whoever quotes it on the telephone. */
export function referenceIn(events: readonly DomainEvent[]): { reference?: string } {
  for (const { data } of events) {
    if (typeof data.reference === 'string') return { reference: data.reference };
  }
  return {};
}
