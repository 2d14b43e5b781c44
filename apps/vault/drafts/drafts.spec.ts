import { MemoryAudit } from '../audit/memory-audit.js';
import { Clock } from '../clock.js';
import { NoFaults } from '../fault-points.js';
import { DataKeys } from '../keys/data-keys.js';
import { MemoryKeyStore } from '../keys/memory-key-store.js';
import { MemoryMasterKey } from '../keys/memory-master-key.js';
import { Drafts } from './drafts.js';

class SetClock extends Clock {
  at = new Date('2026-01-05T09:00:00.000Z');
  now(): Date {
    return this.at;
  }
}

const pages = {
  id: 'larkfield-pages',
  organisation: 'larkfield-centres',
  audience: 'childrens-centre',
  recipient: 'larkfield-centres.childrens-centre',
  role: 'agency-pages',
  places: [],
  kind: 'system',
} as const;
const owner = { ownerId: 'worker-1', form: 'refer-a-family/1' };
const typed = 'Bruises on both arms';

describe('drafts', () => {
  const masterKey = new MemoryMasterKey();
  const clock = new SetClock();
  let audit: MemoryAudit;
  let keys: DataKeys;
  let drafts: Drafts;
  beforeEach(() => {
    clock.at = new Date('2026-01-05T09:00:00.000Z');
    audit = new MemoryAudit();
    keys = new DataKeys({ store: new MemoryKeyStore(), masterKey, faults: new NoFaults() });
    drafts = new Drafts({ keys, audit, clock });
  });

  it('come back to their owner, audited', async () => {
    const sealed = await drafts.seal('larkfield-centres', owner, typed);
    expect(sealed).not.toContain('Bruises');
    expect(await drafts.open(pages, owner, sealed)).toBe(typed);
    expect(audit.entries).toMatchObject([
      { kind: 'draft', asker: { id: 'larkfield-pages' }, items: [{ subjects: ['worker-1'] }] },
    ]);
    expect(JSON.stringify(audit.entries)).not.toContain('Bruises');
  });

  it.each([
    ['another owner', pages, { ...owner, ownerId: 'worker-2' }],
    ['another form', pages, { ...owner, form: 'refer-a-family/2' }],
    ['another organisation', { ...pages, organisation: 'brook-and-vale' }, owner],
  ])('do not come back to %s', async (_, asker, as) => {
    const sealed = await drafts.seal('larkfield-centres', owner, typed);
    expect(await drafts.open(asker, as, sealed)).toBeUndefined();
    expect(audit.entries).toEqual([]);
  });

  it('end one by one when they are sent', async () => {
    const [sent, kept] = [
      await drafts.seal('larkfield-centres', owner, typed),
      await drafts.seal('larkfield-centres', owner, 'another'),
    ];
    await drafts.discard('larkfield-centres', { ...owner, ownerId: 'worker-2' }, sent);
    expect(await drafts.open(pages, owner, sent)).toBe(typed);
    await drafts.discard('larkfield-centres', owner, sent);
    await drafts.discard('larkfield-centres', owner, sent);
    expect(await drafts.open(pages, owner, sent)).toBeUndefined();
    expect(await drafts.open(pages, owner, kept)).toBe('another');
  });

  it('end after 30 days, swept or not', async () => {
    const sealed = await drafts.seal('larkfield-centres', owner, typed);
    clock.at = new Date('2026-02-04T08:59:59.999Z');
    expect(await drafts.open(pages, owner, sealed)).toBe(typed);
    expect(await keys.eraseExpired(clock.at)).toBe(0);
    clock.at = new Date('2026-02-04T09:00:00.000Z');
    expect(await drafts.open(pages, owner, sealed)).toBeUndefined();
    expect(await keys.eraseExpired(clock.at)).toBe(1);
  });

  it('are not opened from a box of a record, nor under another header', async () => {
    const sealed = await drafts.seal('larkfield-centres', owner, typed);
    expect(await drafts.open(pages, owner, 'no box')).toBeUndefined();
    const header = sealed.split('.')[2]!;
    const other = sealed.replace(header, Buffer.from('{}').toString('base64url'));
    expect(await drafts.open(pages, owner, other)).toBeUndefined();
  });
});
