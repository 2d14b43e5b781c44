import type { StoredEvent } from '@common-thread/eventing/event-log';
import type { Happening } from '../../disclosure/county/happening.js';

/**
 * What the log of a run holds, as the invariants of disclosure see it: whose each stream is and who asked,
 * read off the events by name, without the product's own fold.
 */
export function happeningsOf(log: readonly StoredEvent[]): Happening[] {
  const first = new Map<string, Happening>();
  return log.map((event, nth) => {
    const { id, type, streamId, data, metadata } = event;
    const begun = first.get(streamId);
    const happening: Happening = {
      id,
      serial: nth + 1,
      type: type as Happening['type'], // of the catalogue: the codec wrote it
      streamId,
      people: peopleIn(data),
      data,
      occurred: 0,
      recorded: 0,
      ...asked(streamId, data, begun),
      ...(metadata.imported ? { imported: true } : {}),
    };
    if (!begun) first.set(streamId, happening);
    return happening;
  });
}

function asked(
  streamId: string,
  data: StoredEvent['data'],
  begun: Happening | undefined,
): Partial<Happening> {
  const text = (field: string) => (typeof data[field] === 'string' ? data[field] : undefined);
  const target = text('withdraws') ?? text('corrects');
  const inherited = target === undefined && !streamId.startsWith('contact-') ? begun : undefined;
  const family = text('familyId') ?? inherited?.family;
  const isReferral = streamId.startsWith('referral-');
  const owner =
    begun?.owner ??
    text('provider') ??
    text('trust') ??
    text('hub') ??
    (isReferral && text('from'));
  const referrer = begun?.referrer ?? text('referrer') ?? (isReferral && text('from'));
  return {
    ...(owner ? { owner } : {}),
    ...(referrer ? { referrer } : {}),
    ...(family === undefined ? {} : { family }),
    ...(target === undefined ? {} : { target }),
    ...(streamId.startsWith('contact-') && text('referralId') ? { answersReferral: true } : {}),
  };
}

function peopleIn(data: StoredEvent['data']): string[] {
  const named = ['personId', 'relatedPersonId', 'childId', 'personIds', 'childIds'];
  return named.flatMap((field) => data[field] ?? []).filter((id) => typeof id === 'string');
}
