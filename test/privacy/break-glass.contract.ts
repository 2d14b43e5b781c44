import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type { GlassAsked } from '@common-thread/platform/break-glass';
import { VaultStale } from '../../apps/vault/following/log-follower.js';
import type { Household } from './county.js';
import { household, hub, larkfield, workerOf } from './county.js';
import { MovedClock } from './moved-clock.js';
import { VaultUnderTest } from './vault-under-test.js';

const MINUTE = 60_000;
const triage = workerOf(hub);
const manager = workerOf(hub, { id: 'manager-1', role: 'hub-manager' });
const officer = workerOf(hub, { id: 'officer-1', role: 'information-governance' });
const text = [{ text: 'Quillfeather' }];
const restricted = [{ withheld: 'restricted' }];

describe('breaking glass', () => {
  const clock = new MovedClock();
  let vault: VaultUnderTest;
  let nth = 0;

  beforeAll(async () => {
    vault = await VaultUnderTest.open(clock);
  });
  afterAll(() => vault.close());
  afterEach(() => {
    vault.faults.at = undefined;
    vault.log.store.reachable = true;
  });

  /** A family that is restricted, of which the hub has a matter in hand. */
  async function restrictedFamily(speakTo: 'service-manager' | 'hub-manager' = 'service-manager') {
    nth += 1;
    const home = await household(vault.recorder, `glass ${nth}`);
    const { familyId } = home;
    await vault.recorder.record(`contact-${derivedId('glass contact', nth)}`, {
      type: 'ContactReceived',
      data: { hub, channel: 'phone', source: '6', reference: 'CT-7H2M-19QX', familyId },
    });
    await vault.recorder.record(`restriction-${familyId}`, {
      type: 'FamilyRestricted',
      data: {
        familyId,
        hub,
        ground: 'witness-protection',
        authority: 'director',
        speakTo,
        reviewOn: '2026-03-01',
      },
    });
    await caughtUp();
    return home;
  }

  const asked = ({ familyId }: Household, change: Partial<GlassAsked> = {}): GlassAsked => ({
    familyId,
    reason: 'risk-of-harm',
    words: 'The police are at the door.',
    key: derivedId('key', nth),
    ...change,
  });

  const reveal = (actor: Actor, { familyId, child }: Household) =>
    vault.reveal(actor, [vault.asked(child.familyName, 'familyName', `family/${familyId}`)], {
      purpose: 'triage',
      about: [`family/${familyId}`],
    });

  const open = (actor: Actor, home: Household, change: Partial<GlassAsked> = {}) =>
    vault.core.breakingGlass.open(actor, asked(home, change));

  /** Everything acknowledged by now is folded. */
  const caughtUp = () => vault.core.follower.past(clock.now(), 5_000);

  it('opens one restricted family to whoever broke it, on that ground', async () => {
    const home = await restrictedFamily();
    expect(await reveal(manager, home)).toEqual(restricted);
    const glass = await open(manager, home);
    expect(await reveal(manager, home)).toEqual(text);
    expect(await reveal(triage, home)).toEqual(restricted);
    const [entry] = await vault.core.audit.read({
      subject: home.childId,
      actor: 'manager-1',
      limit: 1,
    });
    expect(entry?.items).toMatchObject([
      { outcome: 'granted', ground: `break-glass:${glass!.glassId}` },
    ]);
  });

  it('is needed for a second family again', async () => {
    const [first, second] = [await restrictedFamily(), await restrictedFamily()];
    await open(manager, first, { key: derivedId('first') });
    expect(await reveal(manager, first)).toEqual(text);
    expect(await reveal(manager, second)).toEqual(restricted);
    await open(manager, second, { key: derivedId('second') });
    expect(await reveal(manager, second)).toEqual(text);
  });

  it('is not needed by the post whom others are to speak to', async () => {
    const home = await restrictedFamily('hub-manager');
    expect(await reveal(manager, home)).toEqual(text);
    expect(await reveal(triage, home)).toEqual(restricted);
  });

  it('ends by itself: at 60 minutes the next call is refused', async () => {
    const home = await restrictedFamily();
    const glass = await open(triage, home);
    const lastsMs = Date.parse(glass!.endsAt) - Date.parse(glass!.openedAt);
    expect(lastsMs).toBe(60 * MINUTE);
    clock.aheadMs += 59 * MINUTE;
    await caughtUp();
    expect(await reveal(triage, home)).toEqual(text);
    clock.aheadMs += MINUTE;
    await caughtUp();
    expect(await reveal(triage, home)).toEqual(restricted);
  });

  it('lasts no longer than asked, and ends by hand', async () => {
    const home = await restrictedFamily();
    const short = await open(triage, home, { minutes: 5, key: derivedId('short') });
    expect(Date.parse(short!.endsAt) - Date.parse(short!.openedAt)).toBe(5 * MINUTE);
    const { glassId } = short!;
    expect(await vault.core.breakingGlass.end(workerOf(hub, { id: 'other' }), glassId)).toBe(
      false,
    );
    expect(await reveal(triage, home)).toEqual(text);
    expect(await vault.core.breakingGlass.end(triage, glassId)).toBe(true);
    expect(await reveal(triage, home)).toEqual(restricted);
  });

  it('is one grant for one key, however often it is asked', async () => {
    const home = await restrictedFamily();
    const first = await open(triage, home);
    clock.aheadMs += MINUTE;
    const again = await open(triage, home);
    expect(again).toMatchObject({ glassId: first!.glassId, endsAt: first!.endsAt });
    const { rows } = await vault.pool.query(
      `select 1 from vault.audit where kind = 'break-glass' and $1 = any(about)`,
      [`family/${home.familyId}`],
    );
    expect(rows).toHaveLength(1);
  });

  it.each([workerOf(larkfield), officer, workerOf(larkfield, { role: 'hub-manager' })])(
    'is for triage and managers of a hub, not for %j',
    async (actor) => {
      expect(await open(actor, await restrictedFamily())).toBeUndefined();
    },
  );

  describe('while the vault is behind the log', () => {
    it('is offered all the same, and opens what the vault knew', async () => {
      const night = workerOf(hub, { id: 'night-1' });
      const home = await restrictedFamily();
      vault.log.store.reachable = false;
      clock.aheadMs += MINUTE;
      await expect(reveal(night, home)).rejects.toThrow(VaultStale);
      await open(night, home);
      expect(await reveal(night, home)).toEqual(text);
      expect(await reveal(night, vault.home)).toEqual([{ withheld: 'not-entitled' }]);
      clock.aheadMs += 60 * MINUTE;
      await expect(reveal(night, home)).rejects.toThrow(VaultStale);
    });
  });

  describe('killed', () => {
    const count = async (familyId: string) => {
      const { rows } = await vault.pool.query<{ grants: number; entries: number }>(
        `select (select count(*)::int from vault.break_glass where family_id = $1) as grants,
           (select count(*)::int from vault.audit
            where kind = 'break-glass' and $2 = any(about)) as entries`,
        [familyId, `family/${familyId}`],
      );
      return rows[0];
    };

    it('between grant and answer has both the grant and its entry', async () => {
      const home = await restrictedFamily();
      vault.faults.at = 'glass-broken';
      await expect(open(triage, home)).rejects.toThrow('killed');
      expect(await count(home.familyId)).toEqual({ grants: 1, entries: 1 });
    });

    it('where the entry cannot be written has neither', async () => {
      const home = await restrictedFamily();
      await vault.pool.query('alter table vault.audit_subjects rename to away');
      try {
        await expect(open(triage, home)).rejects.toMatchObject({ name: 'VaultUnavailable' });
      } finally {
        await vault.pool.query('alter table vault.away rename to audit_subjects');
      }
      expect(await count(home.familyId)).toEqual({ grants: 0, entries: 0 });
      expect(await reveal(triage, home)).toEqual(restricted);
    });
  });

  describe('is reviewed', () => {
    it('by an officer or a manager, told at once who, why and what was opened under it', async () => {
      const home = await restrictedFamily();
      const glass = await open(triage, home);
      await reveal(triage, home);
      for (const reviewer of [officer, manager]) {
        const list = await vault.core.breakingGlass.list(reviewer);
        expect(list?.find(({ glassId }) => glassId === glass!.glassId)).toMatchObject({
          by: triage.id,
          familyId: home.familyId,
          reason: 'risk-of-harm',
          words: 'The police are at the door.',
          isOpen: true,
          opened: ['familyName'],
          calls: 1,
        });
      }
      const { breakingGlass } = vault.core;
      expect(await breakingGlass.review(triage, glass!.glassId, 'justified')).toBeUndefined();
      expect(await breakingGlass.review(officer, glass!.glassId, 'justified')).toBe('reviewed');
      expect(await breakingGlass.review(manager, glass!.glassId, 'not-justified')).toBe(
        'reviewed-before',
      );
      const [reviewed] = (await breakingGlass.list(officer))!.filter(
        ({ glassId }) => glassId === glass!.glassId,
      );
      expect(reviewed?.review).toMatchObject({ by: 'officer-1', outcome: 'justified' });
    });

    it('never by whoever broke it', async () => {
      const glass = await open(manager, await restrictedFamily());
      const { breakingGlass } = vault.core;
      expect(await breakingGlass.review(manager, glass!.glassId, 'justified')).toBe('own');
      expect(await breakingGlass.review(officer, glass!.glassId, 'not-justified')).toBe(
        'reviewed',
      );
    });

    it('within a day: until then it stays on the list', async () => {
      const glass = await open(triage, await restrictedFamily());
      const dueMs = Date.parse(glass!.reviewDueAt) - Date.parse(glass!.openedAt);
      expect(dueMs).toBe(24 * 60 * MINUTE);
    });
  });

  it.each(['break_glass', 'break_glass_reviews'])('is written once: %s', async (table) => {
    const change = vault.pool.query(`delete from vault.${table}`);
    await expect(change).rejects.toThrow('written once');
  });

  it('keeps why in no readable form', async () => {
    const { rows } = await vault.pool.query<{ all: string }>(
      `select string_agg(g::text, '') as all from vault.break_glass g`,
    );
    expect(rows[0]!.all).not.toContain('police');
  });
});
