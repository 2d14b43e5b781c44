import type { GivenFact, HeldTelling } from '@common-thread/platform/subject-access';
import type { ToldFact } from '@common-thread/platform/tellings';

/** Who was told the facts of a copy, by the relay's own record; nobody who would be named by it. */
export function tellingsOf(
  told: readonly ToldFact[],
  given: readonly GivenFact[],
): readonly HeldTelling[] {
  const facts = new Map(given.map((fact) => [fact.eventId, fact]));
  return told.flatMap(({ eventId, grade, recipient, toldAt, withdrawn }) => {
    const fact = facts.get(eventId);
    if (!fact) return [];
    // Where one of several is left unnamed, whoever is not in the list is the one.
    const isHub = recipient.endsWith('.safeguarding-hub');
    const who = fact.hasSource && !isHub ? {} : { recipient };
    return [{ ...who, toldAt, nth: fact.nth, grade, withdrawn }];
  });
}
