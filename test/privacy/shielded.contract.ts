import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type { RevealRequest } from '@common-thread/platform/revealing';
import { health, hub, larkfield, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

const contact = `contact-${derivedId('shielded', 'contact')}`;

describe('an address that is confidential', () => {
  let vault: VaultUnderTest;
  let address: RevealRequest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
    const { familyId, childId } = vault.home;
    address = vault.asked(vault.home.address, 'address');
    await vault.recorder.record(contact, {
      type: 'ContactReceived',
      data: {
        hub,
        channel: 'phone',
        source: '1B',
        reference: 'CT-4F7K-29QD',
        familyId,
        childIds: [childId],
        callerDetails: 'The neighbour at number three',
      },
    });
    await vault.recorder.record(`caseload-${derivedId('shielded', 'caseload')}`, {
      type: 'CaseloadBegan',
      data: { familyId, trust: health },
    });
  });
  afterAll(() => vault.close());

  const see = (actor: Actor, purpose: 'triage' | 'look-up' | 'centre-support' | 'direct-care') =>
    vault.reveal(actor, [address], { purpose });
  const shield = (isConfidential: boolean) =>
    vault.recorder.record(
      `shielding-${vault.home.familyId}`,
      isConfidential
        ? {
            type: 'AddressMadeConfidential',
            data: { familyId: vault.home.familyId, ground: 'domestic-abuse' },
          }
        : { type: 'AddressConfidentialityEnded', data: { reason: 'no-longer-a-risk' } },
    );

  it('is hidden from the next call on, also where it was told before, and shown again when it ends', async () => {
    const everybody = [
      [workerOf(larkfield), 'centre-support'],
      [workerOf(health), 'direct-care'],
      [workerOf(hub), 'look-up'],
      [workerOf(hub), 'triage'],
    ] as const;
    const answers = async () =>
      (await Promise.all(everybody.map(([actor, purpose]) => see(actor, purpose)))).flat();
    const open = { text: '1 Gorse Lane' };
    const kept = { withheld: 'confidential' };
    expect(await answers()).toEqual([open, open, open, open]);
    await shield(true);
    await vault.core.follower.past(new Date(), 5_000);
    expect(await answers()).toEqual([kept, kept, kept, open]);
    await shield(false);
    expect(await answers()).toEqual([open, open, open, open]);
    await shield(true);
    await vault.core.follower.past(new Date(), 5_000);
  });

  it('is in the audit with who was told before, and with who was not', async () => {
    await see(workerOf(larkfield), 'centre-support');
    const { rows } = await vault.pool.query<{ outcome: string }>(
      `select i ->> 'outcome' as outcome from vault.audit, json_array_elements(items) i
       where i ->> 'field' = 'address' order by entry_id`,
    );
    const outcomes = rows.map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 4)).toEqual(['granted', 'granted', 'granted', 'granted']);
    expect(outcomes.at(-1)).toBe('confidential');
  });

  it('leaves everything else of the family to be read', async () => {
    expect(await vault.reveal(vault.worker, [vault.name()])).toEqual([{ text: 'Quillfeather' }]);
  });
});

describe('who got in touch', () => {
  let vault: VaultUnderTest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
  });
  afterAll(() => vault.close());

  it('is shown to the hub for the matter in hand, and to nobody once it is not', async () => {
    const { familyId, childId } = vault.home;
    const received = await vault.recorder.record(contact, {
      type: 'ContactReceived',
      data: {
        hub,
        channel: 'phone',
        source: '1B',
        reference: 'CT-4F7K-29QD',
        familyId,
        childIds: [childId],
        callerDetails: 'The neighbour at number three',
      },
    });
    const caller = vault.asked(received.data.callerDetails, 'callerDetails');
    const asHub = (purpose: 'triage' | 'look-up' | 'referral-feedback') =>
      vault.reveal(workerOf(hub), [caller], { purpose });
    const open = [{ text: 'The neighbour at number three' }];
    const kept = [{ withheld: 'confidential' }];
    await vault.core.follower.past(new Date(), 5_000);
    expect(await asHub('triage')).toEqual(open);
    expect(await asHub('referral-feedback')).toEqual(open);
    expect(await asHub('look-up')).toEqual(kept);
    expect(await vault.reveal(vault.worker, [caller])).toEqual([{ withheld: 'not-entitled' }]);
    await vault.recorder.record(contact, {
      type: 'FeedbackGiven',
      data: { channel: 'phone', words: 'Thank you' },
    });
    await vault.core.follower.past(new Date(), 5_000);
    expect(await asHub('triage')).toEqual(kept);
  });
});
