import { derivedId } from '@common-thread/eventing/identifiers';
import type {
  SubjectAccessAsked,
  SubjectAccessPack,
} from '@common-thread/platform/subject-access';
import { dueOn } from '../../apps/vault/subject-access/requests.js';
import { NoCopy } from '../../apps/vault/subject-access/subject-access.js';
import { BesideHousehold } from './beside-household.js';
import type { Household } from './county.js';
import { household, hub, larkfield, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });

describe('a copy of what is held about somebody', () => {
  let vault: VaultUnderTest;
  let beside: BesideHousehold;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
    beside = new BesideHousehold(vault.recorder);
  });
  afterAll(() => vault.close());
  afterEach(() => {
    vault.faults.at = undefined;
  });

  async function copyOf(home: Household, change: Partial<SubjectAccessAsked> = {}) {
    await vault.core.follower.past(new Date(), 5_000);
    return vault.core.subjectAccess.copyFor(officer, {
      personId: home.childId,
      askedBy: 'parent',
      receivedOn: '2026-03-02',
      reason: 'A parent asked; passport seen.',
      seriousHarm: [],
      ...change,
    });
  }

  const forThePerson = ({ asOf: _, request: __, withheld: ___, ...copy }: SubjectAccessPack) =>
    JSON.stringify(copy);
  const reasons = ({ withheld }: SubjectAccessPack) =>
    withheld.map(({ name, field, reason }) => [name, field, reason].filter(Boolean).join(' '));

  it('gives what is theirs and withholds what is others’, with the reason of each', async () => {
    const home = await household(vault.recorder, 'whole');
    const { siblingId, contactId } = await beside.withSibling(home, 'whole');
    await beside.secret(home, 'whole');
    const { pack } = await copyOf(home);
    const copy = forThePerson(pack);
    expect(pack.held.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'person.registered',
        'membership.began',
        'registration.began',
        'session.attended',
        'contact.received',
        'contact.rated',
      ]),
    );
    for (const own of ['Quillfeather', 'Played happily.', 'Left alone in', 'Young and alone.']) {
      expect(copy).toContain(own);
    }
    for (const others of [
      'Bramble',
      'squabbled',
      'Thistle',
      'Unexplained',
      'Gorse',
      'referral.',
    ]) {
      expect(copy).not.toContain(others);
    }
    for (const id of [siblingId, contactId, home.familyId, home.childId, 'fairholme-health']) {
      expect(copy).not.toContain(id);
    }
    expect(copy).not.toContain('personIds');
    expect(reasons(pack)).toEqual(
      expect.arrayContaining([
        'session.attended note other-people',
        'session.attended personIds other-people',
        'membership.began address other-people',
        'contact.received source source',
        'contact.received callerDetails source',
        'referral.raised serious-harm',
      ]),
    );
    const kept = await vault.pool.query<{ withheld: unknown }>(
      'select withheld from vault.subject_access_packs where request_id = $1',
      [pack.request.requestId],
    );
    expect(kept.rows).toEqual([{ withheld: pack.withheld }]);
  });

  it('gives their own address to whoever asks for themselves, and to nobody else', async () => {
    const home = await household(vault.recorder, 'address');
    expect(forThePerson((await copyOf(home)).pack)).not.toContain('Gorse');
    const own = (await copyOf(home, { askedBy: 'self' })).pack;
    expect(forThePerson(own)).toContain('1 Gorse Lane');
  });

  it('leaves out a contact that a professional says would do serious harm', async () => {
    const home = await household(vault.recorder, 'harm');
    await beside.withSibling(home, 'harm');
    const { pack } = await copyOf(home, { seriousHarm: ['CT-7H2M-19QX'] });
    expect(pack.held.filter(({ name }) => name.startsWith('contact.'))).toEqual([]);
    expect(reasons(pack)).toContain('contact.rated serious-harm');
    await expect(copyOf(home, { seriousHarm: ['CT-0000-0000'] })).rejects.toThrow('CT-0000-0000');
  });

  it('shows the headings of what was taken back, and nothing it said', async () => {
    const home = await household(vault.recorder, 'taken back');
    const { registration } = home;
    const missed = await beside.record(
      registration,
      {
        type: 'ChildNotBrought',
        data: {
          childId: home.childId,
          activity: 'weaning',
          placeId: 'oak',
          note: 'Not this one.',
        },
      },
      'larkfield-centres',
    );
    await beside.record(
      registration,
      { type: 'RecordWithdrawn', data: { withdraws: missed.id, reason: 'wrong-person' } },
      'larkfield-centres',
    );
    const { pack } = await copyOf(home);
    const fact = pack.held.find(({ name }) => name === 'child.not-brought');
    expect(fact).toMatchObject({ fields: {} });
    expect(fact?.notGiven.map(({ reason }) => reason)).toContain('recorded-in-error');
  });

  it('is, but for its own request, the same to the byte where a restricted family is theirs too', async () => {
    const plain = await household(vault.recorder, 'plain');
    const before = (await copyOf(plain)).pack;
    const other = await household(vault.recorder, 'other of plain');
    await beside.record(`membership-${derivedId('second', 'plain')}`, {
      type: 'MembershipBegan',
      data: {
        familyId: other.familyId,
        personId: plain.childId,
        position: 'child',
        address: '7 Hidden Reach',
      },
    });
    await beside.record(
      other.registration,
      {
        type: 'SessionAttended',
        data: { personIds: [plain.childId], activity: 'weaning', placeId: 'oak', note: 'Hidden.' },
      },
      'larkfield-centres',
    );
    await vault.core.follower.past(new Date(), 5_000);
    const line = `family/${other.familyId}`;
    await vault.reveal(workerOf(larkfield), [vault.asked(other.address, 'address', line)], {
      about: [line],
    });
    await beside.restrict(other.familyId);
    const after = (await copyOf(plain)).pack;
    expect(forThePerson(after)).toBe(forThePerson(before));
    expect(reasons(before)).not.toContain('membership.began restricted');
    expect(reasons(after)).toEqual(
      expect.arrayContaining(['membership.began restricted', 'session.attended restricted']),
    );
  });

  it('is made of nobody whose record is restricted, and says whom to speak to', async () => {
    const home = await household(vault.recorder, 'all restricted');
    await beside.restrict(home.familyId);
    await expect(copyOf(home)).rejects.toThrow('speak to the service manager');
    const { rows } = await vault.pool.query(
      `select from vault.audit_subjects s join vault.audit e using (entry_id)
       where s.subject = $1 and e.purpose = 'subject-access'`,
      [home.childId],
    );
    expect(rows).toEqual([]);
  });

  it('opens each text under the request, with the audit entry before it', async () => {
    const home = await household(vault.recorder, 'audited');
    const { pack } = await copyOf(home);
    const entries = await vault.core.audit.read({ subject: home.childId, limit: 10 });
    expect(entries.map(({ kind, page }) => `${kind} ${page}`)).toEqual([
      'reveal subject-access/copy',
      'subject-access subject-access/request',
    ]);
    const grounds = new Set(
      entries[0]!.items.map(({ ground, outcome }) => `${outcome} ${ground}`),
    );
    expect([...grounds]).toEqual([`granted subject-access:${pack.request.requestId}`]);
    expect(entries[0]).toMatchObject({ asker: { id: 'officer-1' }, purpose: 'subject-access' });
  });

  it('is one request however often it is made, and says when it is due', async () => {
    const home = await household(vault.recorder, 'again');
    const { pack: first, packId } = await copyOf(home);
    const { pack: second } = await copyOf(home);
    const { requestId } = first.request;
    expect(await vault.core.subjectAccess.keeping.taken(officer, requestId, packId)).toBe(true);
    expect(second.request).toEqual(first.request);
    expect(forThePerson(second)).toBe(forThePerson(first));
    const listed = await vault.core.subjectAccess.keeping.list(officer);
    const theirs = listed?.answer.filter(({ personId }) => personId === home.childId);
    expect(theirs?.map(({ dueOn: due, madeAt }) => [due, madeAt !== undefined])).toEqual([
      ['2026-04-02', true],
    ]);
  });

  it('is another request for another reason: each parent who asks on one day is answered', async () => {
    const home = await household(vault.recorder, 'two parents');
    const mothers = await copyOf(home, { reason: 'A mother; her passport was seen.' });
    const fathers = await copyOf(home, { reason: 'A father; his licence was seen.' });
    const again = await copyOf(home, { reason: 'A mother;  her passport was seen. ' });
    expect(fathers.pack.request.requestId).not.toBe(mothers.pack.request.requestId);
    expect(again.pack.request).toEqual(mothers.pack.request);
    expect([mothers, fathers, again].map(({ isNew }) => isNew)).toEqual([true, true, false]);
  });

  it('killed after the audit leaves an entry for what was never given, and no copy', async () => {
    const home = await household(vault.recorder, 'killed');
    vault.faults.at = 'audit-committed';
    await expect(copyOf(home)).rejects.toThrow('killed');
    vault.faults.at = undefined;
    const listed = await vault.core.subjectAccess.keeping.list(officer);
    const theirs = listed?.answer.find(({ personId }) => personId === home.childId);
    expect(theirs?.madeAt).toBeUndefined();
    expect((await copyOf(home)).pack.held.length).toBeGreaterThan(0);
  });

  it('is made for an officer of a hub and nobody else, of somebody who is known', async () => {
    const home = await household(vault.recorder, 'refused');
    for (const actor of [
      workerOf(hub),
      workerOf(hub, { role: 'hub-manager' }),
      workerOf(larkfield, { role: 'information-governance' }),
    ]) {
      const asked = { personId: home.childId, askedBy: 'self', receivedOn: '2026-03-02' } as const;
      const made = vault.core.subjectAccess.copyFor(actor, {
        ...asked,
        reason: 'none',
        seriousHarm: [],
      });
      await expect(made).rejects.toThrow(NoCopy);
      expect(await vault.core.subjectAccess.keeping.list(actor)).toBeUndefined();
    }
    const nobody = derivedId('nobody');
    await expect(copyOf({ ...home, childId: nobody })).rejects.toThrow('Nobody of the record');
  });

  it.each([
    ['2026-03-02', '2026-04-02'],
    ['2026-01-31', '2026-03-02'],
    ['2024-01-31', '2024-02-29'],
    ['2026-02-13', '2026-03-13'],
    ['2026-04-02', '2026-05-04'],
  ])('received on %s it is due on %s', (received, due) => {
    expect(dueOn(received)).toBe(due);
  });
});
