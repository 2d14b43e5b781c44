import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { Policy } from '@common-thread/disclosure/policy';
import { emptyPolicy, foldPolicy } from '@common-thread/disclosure/policy';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { derivedId } from '@common-thread/eventing/identifiers';
import { brook, hub, larkfield } from '../examples/example-county.js';
import { tagOf } from './resource-tag.js';

const familyId = derivedId('family');
const childId = derivedId('child');
const at = '2026-11-25T10:00:00.000Z';

function event(streamId: string, nth: number, type: string, data: object) {
  const id = derivedId(streamId, nth);
  const organisation = 'larkfield-centres';
  const metadata = { commandId: id, organisation, occurredAt: at, recordedAt: at };
  // Only what the policy and the tag look at.
  return { id, streamId, type, data, metadata } as RecordedCommonThreadEvent;
}

function folded(...events: readonly RecordedCommonThreadEvent[]): Policy {
  return events.reduce(foldPolicy, emptyPolicy());
}

describe('the tag of a record', () => {
  const contact = 'contact-1';
  const received = event(contact, 0, 'ContactReceived', {
    hub,
    referrer: larkfield,
    familyId,
    childIds: [childId],
  });
  const rated = event(contact, 1, 'ContactRated', { rating: 'red' });
  const decided = event(contact, 2, 'ContactDecided', { outcomes: ['advice'] });

  it('is the last event that its reader is told of, and no later one', () => {
    const policy = folded(received, rated);
    expect(tagOf(policy, hub, [received, rated])).toBe(occurrenceIdOf(rated.id, hub));
    // A referrer is told of the reception and the decision, never of the rating.
    expect(tagOf(policy, larkfield, [received, rated])).toBe(
      occurrenceIdOf(received.id, larkfield),
    );
    expect(tagOf(policy, larkfield, [received, rated, decided])).toBe(
      occurrenceIdOf(decided.id, larkfield),
    );
  });

  it('is none for a reader told of nothing, or of existence only', () => {
    const registered = event('registration-1', 0, 'CentreRegistrationBegan', {
      familyId,
      provider: brook,
    });
    const policy = folded(received, registered);
    expect(tagOf(policy, brook, [received])).toBeUndefined();
    expect(tagOf(emptyPolicy(), brook, [received])).toBeUndefined();
    expect(tagOf(policy, brook, [])).toBeUndefined();
  });

  it('moves with a withdrawal for whoever was told of what is withdrawn', () => {
    const withdrawn = event(contact, 2, 'RecordWithdrawn', { withdraws: rated.id });
    const history = [received, rated, withdrawn];
    const policy = folded(...history);
    expect(tagOf(policy, hub, history)).toBe(occurrenceIdOf(withdrawn.id, hub));
    expect(tagOf(policy, larkfield, history)).toBe(occurrenceIdOf(received.id, larkfield));
  });

  it('of a person rests on the families the person belongs to', () => {
    const registered = event('registration-1', 0, 'CentreRegistrationBegan', {
      familyId,
      provider: larkfield,
    });
    const joined = event('membership-1', 0, 'MembershipBegan', { familyId, personId: childId });
    const person = event(`person-${childId}`, 0, 'PersonRegistered', { personId: childId });
    const policy = folded(registered, joined, person);
    expect(tagOf(policy, larkfield, [person])).toBe(occurrenceIdOf(person.id, larkfield));
    expect(tagOf(policy, brook, [person])).toBeUndefined();
  });
});
