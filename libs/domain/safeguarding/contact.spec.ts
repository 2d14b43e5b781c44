import { given } from '@common-thread/eventing/given-when-then';
import { referenceOf } from '../reference-number.js';
import { contact } from './contact.js';
import {
  contactId,
  familyId,
  maya,
  tom,
  asked,
  call,
  referralId,
  referred,
  received,
  receivedByReferral,
  linked,
  rated,
  rerated,
  decided,
  told,
  inError,
  withdrawn,
} from './contact.examples.js';

const nothing = { events: [], refused: undefined };

describe('receiving a contact', () => {
  it('records it with a reference of its own', () => {
    expect(given(contact, []).when(asked('ReceiveContact', call)).events).toEqual([
      { type: 'ContactReceived', data: { ...call, reference: referenceOf(contactId) } },
    ]);
  });

  it("keeps the referral's reference, family and children where one opened it", () => {
    const { events } = given(contact, []).when(asked('ReceiveContact', referred));
    expect(events).toEqual([{ type: 'ContactReceived', data: referred }]);
    expect(given(contact, [receivedByReferral]).state().linked).toMatchObject({ familyId });
  });

  const neighbour = {
    ...call,
    source: '1B',
    callerDetails: 'Mr Hill',
    wishesAnonymity: true,
  } as const;

  it('keeps apart that a member of the public asked to stay anonymous', () => {
    const { events } = given(contact, []).when(asked('ReceiveContact', neighbour));
    const { wishesAnonymity: _, ...told } = neighbour;
    expect(events).toEqual([
      { type: 'ContactReceived', data: { ...told, reference: expect.any(String) as string } },
      { type: 'AnonymityRequested', data: { source: '1B' } },
    ]);
    const plain = { ...neighbour, wishesAnonymity: false };
    expect(given(contact, []).when(asked('ReceiveContact', plain)).events).toHaveLength(1);
  });

  it('records nothing when it answers that referral already, and is refused otherwise', () => {
    const again = given(contact, [receivedByReferral]).when(asked('ReceiveContact', referred));
    expect(again).toEqual(nothing);
    for (const past of [[received], [received, withdrawn(received.id)]]) {
      expect(given(contact, past).when(asked('ReceiveContact', call)).refused).toBe(
        'contact/already-received',
      );
    }
  });

  const { concern: _, ...silent } = call;
  it.each([
    [
      'for anyone but a hub',
      { ...call, hub: 'fairholme-health.health-visiting' },
      'recipient/other-audience',
    ],
    ['about nothing', silent, 'contact/concern-missing'],
    ['with a family and no child', { ...call, familyId }, 'contact/family-without-children'],
    [
      'with a child and no family',
      { ...call, childIds: [maya] },
      'contact/family-without-children',
    ],
    ['with no child in its list', { ...call, familyId, childIds: [] }, 'list/empty'],
    ['by a referral that names nobody', { ...call, referralId }, 'contact/referral-incomplete'],
    [
      'by a referral of nobody we know',
      { ...call, referralId, familyId, childIds: [maya] },
      'contact/referral-incomplete',
    ],
    [
      'from somebody anonymous who is named',
      { ...call, source: '9', callerDetails: 'Mr Hill' } as const,
      'contact/anonymous-yet-named',
    ],
    [
      'from a professional who would stay anonymous',
      { ...call, callerDetails: 'Mr Hill', wishesAnonymity: true } as const,
      'contact/not-a-member-of-the-public',
    ],
    [
      'from somebody who would stay anonymous and is nobody',
      { ...call, source: '1B', wishesAnonymity: true } as const,
      'contact/nobody-to-keep',
    ],
    ['with a blank description', { ...call, describedAs: ' ' }, 'text/blank'],
    ['with a narrative too long', { ...call, concern: 'x'.repeat(20_001) }, 'text/too-long'],
  ])('is refused %s', (_name, data, code) => {
    expect(given(contact, []).when(asked('ReceiveContact', data)).refused).toBe(code);
  });

  it('points at the part that is missing', () => {
    const pointerOf = (part: { familyId: string } | { childIds: string[] }) =>
      contact.decide(asked('ReceiveContact', { ...call, ...part }), contact.initialState);
    expect(pointerOf({ familyId })).toMatchObject({ pointer: '/childIds' });
    expect(pointerOf({ childIds: [maya] })).toMatchObject({ pointer: '/familyId' });
  });

  it('takes a contact without words from an extract', () => {
    const imported = asked('ReceiveContact', silent, { imported: true });
    expect(given(contact, []).when(imported).events).toHaveLength(1);
  });
});

describe('linking a contact', () => {
  const link = asked('LinkContact', { familyId, childIds: [maya] });
  const linkOther = asked('LinkContact', { familyId, childIds: [maya, tom] });

  it('records family and children, at any time until it is in error', () => {
    for (const past of [[received], [received, rated, decided, told]]) {
      expect(given(contact, past).when(link).events).toEqual([
        { type: 'ContactLinked', data: linked.data },
      ]);
    }
    expect(given(contact, [received, inError]).when(link).refused).toBe('contact/in-error');
  });

  it('records nothing when it is linked so, and is refused until that link is withdrawn', () => {
    for (const past of [[received, linked], [receivedByReferral]]) {
      expect(given(contact, past).when(link)).toEqual(nothing);
      expect(given(contact, past).when(linkOther).refused).toBe('contact/already-linked');
    }
    const past = [received, linked, withdrawn(linked.id)];
    expect(given(contact, past).when(linkOther).events).toHaveLength(1);
  });

  it('is refused without a child and before the contact', () => {
    const childless = asked('LinkContact', { familyId, childIds: [] });
    expect(given(contact, [received]).when(childless).refused).toBe('list/empty');
    expect(given(contact, []).when(link).refused).toBe('contact/not-received');
  });
});

describe('rating a contact', () => {
  const rate = (rating: 'amber' | 'red', reason = 'Injury seen.') =>
    asked('RateContact', { rating, reason });

  it('rates it at first and re-rates it after, each with its reason', () => {
    expect(given(contact, [received]).when(rate('amber')).events).toEqual([
      { type: 'ContactRated', data: { rating: 'amber', reason: 'Injury seen.' } },
    ]);
    expect(given(contact, [received, rated]).when(rate('red')).events).toEqual([
      { type: 'ContactRerated', data: { ...rerated.data, reason: 'Injury seen.' } },
    ]);
  });

  it('records nothing when it is rated so already', () => {
    expect(given(contact, [received, rated]).when(rate('amber'))).toEqual(nothing);
    expect(given(contact, [received, rated, rerated]).when(rate('red'))).toEqual(nothing);
  });

  it.each([
    ['without a reason', [received], rate('red', ' '), 'contact/reason-missing'],
    [
      'without one where nothing changes',
      [received, rated],
      rate('amber', ''),
      'contact/reason-missing',
    ],
    ['once it is decided', [received, rated, decided], rate('red'), 'contact/already-decided'],
    ['once it is in error', [received, inError], rate('red'), 'contact/in-error'],
    ['before it is received', [], rate('red'), 'contact/not-received'],
    [
      'on a day before it was received',
      [received],
      asked(
        'RateContact',
        { rating: 'red', reason: 'Injury seen.' },
        { occurredAt: '2026-01-04T09:00:00.000Z' },
      ),
      'occurrence/before-it-began',
    ],
  ])('is refused %s', (_, past, command, code) => {
    expect(given(contact, past).when(command).refused).toBe(code);
  });
});

describe('a contact recorded in error', () => {
  const error = asked('RecordContactInError', { reason: 'duplicate' });

  it('is closed, once, whatever had been done with it', () => {
    for (const past of [[received], [received, rated, decided, told]]) {
      expect(given(contact, past).when(error).events).toEqual([
        { type: 'ContactRecordedInError', data: { reason: 'duplicate' } },
      ]);
    }
    expect(given(contact, [received, inError]).when(error)).toEqual(nothing);
    expect(given(contact, []).when(error).refused).toBe('contact/not-received');
  });
});

describe('withdrawing', () => {
  const withdraw = (withdraws: string) =>
    asked('WithdrawRecord', { withdraws, reason: 'wrong-family' });
  const past = [received, linked, rated, decided, inError];

  it('withdraws a link by itself, once, also of a contact in error', () => {
    expect(given(contact, past).when(withdraw(linked.id)).events).toEqual([
      { type: 'RecordWithdrawn', data: { withdraws: linked.id, reason: 'wrong-family' } },
    ]);
    const after = given(contact, [...past, withdrawn(linked.id)]);
    expect(after.state().linked).toBeUndefined();
    expect(after.when(withdraw(linked.id))).toEqual(nothing);
  });

  it('withdraws with its reception all that followed, the reception first', () => {
    const { events } = given(contact, past).when(withdraw(received.id));
    expect(events.map(({ data }) => data)).toEqual(
      past.map(({ id }) => ({ withdraws: id, reason: 'wrong-family' })),
    );
    const state = given(contact, [...past, ...events]).state();
    expect({ ...state, withdrawn: [] }).toEqual(contact.initialState);
  });

  it('withdraws nothing again with the reception', () => {
    const { events } = given(contact, [...past, withdrawn(linked.id)]).when(withdraw(received.id));
    expect(events.map(({ data }) => data)).toEqual(
      [received, rated, decided, inError].map(({ id }) => ({
        withdraws: id,
        reason: 'wrong-family',
      })),
    );
  });

  it('is refused for a rating, a decision, and a link that came with the referral', () => {
    for (const id of [rated.id, decided.id]) {
      expect(given(contact, past).when(withdraw(id)).refused).toBe(
        'withdrawal/nothing-to-withdraw',
      );
    }
    const byReferral = given(contact, [receivedByReferral, rated]);
    expect(byReferral.when(withdraw(receivedByReferral.id)).events).toHaveLength(2);
  });
});
