import { derivedId } from '@common-thread/eventing/identifiers';
import { health, hub, household, larkfield, workerOf } from './county.js';
import { Erasing } from './erasing.js';
import { MovedClock } from './moved-clock.js';
import { VaultUnderTest } from './vault-under-test.js';

const LARKFIELD = 'larkfield-centres';
const HUB = 'fairholme-hub';
const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });

describe('the list of what is due', () => {
  let clock: MovedClock;
  let vault: VaultUnderTest;
  let erasing: Erasing;

  beforeEach(async () => {
    clock = new MovedClock();
    vault = await VaultUnderTest.open(clock);
    erasing = new Erasing(vault.recorder, clock, vault.core);
  });
  afterEach(() => vault.close());

  /** As it is at noon on a day of the calendar, or now where that is later. */
  async function listOn(day: string) {
    clock.aheadMs = Math.max(clock.aheadMs, Date.parse(`${day}T12:00:00Z`) - Date.now());
    await erasing.caughtUp();
    const read = await vault.core.erasures.due(officer);
    return read!.answer;
  }

  /** Larkfield’s work with the family is over. */
  async function closed(registration = vault.home.registration): Promise<void> {
    const data = { reason: 'moved-away' } as const;
    const recording = { controller: LARKFIELD };
    await vault.recorder.record(
      registration,
      { type: 'CentreRegistrationEnded', data },
      recording,
    );
    await erasing.caughtUp();
  }

  it('holds nothing while the work goes on, however long ago it began', async () => {
    expect((await listOn('2090-01-01')).due).toEqual([]);
  });

  it('says what is due a year ahead, by which rule, and no birthday', async () => {
    await closed();
    const { childId, familyId } = vault.home;
    expect((await listOn('2053-02-28')).due).toEqual([]);
    // Born on 29 February 2024: due on 1 March 2054, which is the first of a month itself.
    const { due, until } = await listOn('2053-03-02');
    expect(until).toBe('2054-03-02');
    expect(due).toEqual([
      {
        personId: childId,
        familyIds: [familyId],
        holder: LARKFIELD,
        recordClasses: ['identity'],
        isOpen: false,
        due: { from: '2054-03-01', kind: 'early-help-contact-or-need', countedFrom: 'born' },
        holds: [],
      },
    ]);
  });

  it('tells no day of a month but the first', async () => {
    const other = await household(vault.recorder, 'other', { dateOfBirth: '2020-05-17' });
    await closed(other.registration);
    const { due } = await listOn('2050-06-01');
    expect(due.map(({ due: { from } }) => from)).toEqual(['2050-06-01']);
    expect(JSON.stringify(due)).not.toContain('-05-17');
  });

  it('counts an enquiry of the hub from its closing, and puts what is longest due first', async () => {
    const contactId = derivedId('due', 'contact');
    const { familyId, childId } = vault.home;
    const reference = 'CT-4F7K-29QD';
    const contact = { hub, channel: 'phone', source: '9', reference } as const;
    await vault.recorder.record(`contact-${contactId}`, {
      type: 'ContactReceived',
      data: { ...contact, familyId, childIds: [childId], concern: 'Seen alone in the street' },
    });
    const outcomes = ['child-protection-enquiry' as const];
    await vault.recorder.record(`contact-${contactId}`, {
      type: 'ContactDecided',
      data: { outcomes, rationale: 'Both stories differ.', decidedBy: 'hub-manager-1' },
    });
    await closed();
    expect((await listOn('2070-01-01')).due.map(({ holder }) => holder)).toEqual([LARKFIELD]);
    await vault.recorder.record(`contact-${contactId}`, {
      type: 'FeedbackGiven',
      data: { channel: 'phone', words: 'An enquiry was made.' },
    });
    const { due } = await listOn('2070-01-01');
    expect(
      due.map(({ holder, due: { from, countedFrom } }) => [holder, from, countedFrom]),
    ).toEqual([
      [LARKFIELD, '2054-03-01', 'born'],
      [HUB, '2061-02-01', 'closed'],
    ]);
    expect(due[1]?.recordClasses).toEqual(['contact', 'identity']);
  });

  it('keeps an adult as long as the last child they belong with', async () => {
    const adult = derivedId('due', 'adult');
    const { familyId } = vault.home;
    const person = { personId: adult, kind: 'adult', givenName: 'Bryony' } as const;
    await vault.recorder.record(
      `person-${adult}`,
      { type: 'PersonRegistered', data: { ...person, dateOfBirth: '1990-01-01' } },
      { controller: LARKFIELD },
    );
    await vault.recorder.record(`membership-${derivedId('due', 'adult')}`, {
      type: 'MembershipBegan',
      data: { familyId, personId: adult, position: 'parent' },
    });
    await closed();
    const { due } = await listOn('2054-03-01');
    expect(due.map(({ personId }) => personId).sort()).toEqual([adult, vault.home.childId].sort());
  });

  it('marks what a legal hold keeps and what is proposed, and drops what was carried out', async () => {
    await closed();
    const { childId } = vault.home;
    const stream = `erasure-${childId}`;
    const ground = 'litigation';
    await vault.recorder.record(stream, { type: 'LegalHoldPlaced', data: { ground } });
    expect((await listOn('2054-03-02')).due).toMatchObject([{ holds: [ground] }]);
    const lifted = { ground, reason: 'concluded' } as const;
    await vault.recorder.record(stream, { type: 'LegalHoldLifted', data: lifted });
    const proposalId = await erasing.proposed(childId, LARKFIELD);
    expect((await listOn('2054-03-02')).due).toMatchObject([{ holds: [], proposalId }]);
    await erasing.confirmed(childId, proposalId);
    await erasing.carriedOut();
    const list = await vault.core.erasures.due(officer);
    expect(list?.answer).toMatchObject({ due: [], notCounted: 0 });
  });

  it('says how much cannot be counted, because nobody knows when somebody was born', async () => {
    const unborn = await household(vault.recorder, 'unborn', { dateOfBirth: '' });
    const other = await household(vault.recorder, 'other', { dateOfBirth: '30/02/2020' });
    await closed(unborn.registration);
    await closed(other.registration);
    expect(await listOn('2090-01-01')).toMatchObject({ due: [], more: 0, notCounted: 2 });
  });

  it('is in the audit, with everybody whose birth was opened for it, once', async () => {
    await closed();
    const { childId } = vault.home;
    await listOn('2054-03-02');
    await listOn('2054-03-02');
    const entries = await vault.stores.audit.read({ subject: childId, limit: 10 });
    expect(entries.map(({ kind, page }) => `${kind} ${page}`)).toEqual([
      'audit erasures-due',
      'audit erasures-due',
      'derive retention',
    ]);
  });

  it('is for the hub’s officers alone', async () => {
    const others = [
      workerOf(hub),
      workerOf(larkfield, { role: 'information-governance' }),
      workerOf(health),
    ];
    for (const other of others) {
      expect(await vault.core.erasures.due(other)).toBeUndefined();
      expect(await vault.core.erasures.of(other, vault.home.childId)).toBeUndefined();
    }
  });

  it('has a page a person: who holds which keys until when, and what was decided', async () => {
    const { childId, familyId } = vault.home;
    const before = await vault.core.erasures.of(officer, childId);
    expect(before?.answer).toEqual({
      personId: childId,
      familyIds: [familyId],
      kept: [{ holder: LARKFIELD, recordClasses: ['identity'], isOpen: true }],
      keys: [{ recordClass: 'identity', controller: HUB, keys: 1, holders: [HUB, LARKFIELD] }],
      holds: [],
      erasures: [],
    });
    await closed();
    const proposalId = await erasing.erased(childId, LARKFIELD);
    const after = await vault.core.erasures.of(officer, childId);
    expect(after?.answer.keys).toMatchObject([{ holders: [HUB] }]);
    expect(after?.answer.kept).toMatchObject([{ recordClasses: [], isOpen: false }]);
    expect(after?.answer.erasures).toMatchObject([{ proposalId, keysDestroyed: 0 }]);
    expect(await vault.core.erasures.of(officer, derivedId('nobody'))).toBeUndefined();
  });
});
