import { checkContact } from './receive-contact.form.js';

const familyId = '0b0e0b0e-0000-4000-8000-000000000001';
const childId = '0b0e0b0e-0000-4000-8000-000000000002';
const typed = {
  channel: 'phone',
  source: '1B',
  callerDetails: 'A neighbour',
  describedAs: 'Two girls at the end house',
  concern: 'Shouting most nights.',
};
const wrong = (changes: Record<string, string>) => {
  const checked = checkContact({ ...typed, ...changes });
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
};

describe('a contact that is taken', () => {
  it('says who it is about in the caller’s words where nobody was matched', () => {
    expect(checkContact(typed)).toEqual({
      ok: true,
      value: {
        channel: 'phone',
        source: '1B',
        concern: 'Shouting most nights.',
        describedAs: 'Two girls at the end house',
        callerDetails: 'A neighbour',
      },
    });
    expect(wrong({ describedAs: '' })).toEqual(['describedAs']);
  });

  it('names the child who was looked up, and describes nobody beside', () => {
    expect(checkContact({ ...typed, familyId, childId })).toMatchObject({
      ok: true,
      value: { familyId, childIds: [childId] },
    });
    const matched = checkContact({ ...typed, familyId, childId });
    expect(matched.ok && 'describedAs' in matched.value).toBe(false);
  });

  it('writes down nobody who asked not to be known', () => {
    expect(wrong({ source: '9' })).toEqual(['callerDetails']);
    expect(wrong({ source: '9', callerDetails: '' })).toEqual([]);
  });

  it('keeps who they are for a manager where a caller asks to stay anonymous', () => {
    const checked = checkContact({ ...typed, wishesAnonymity: 'yes' });
    expect(checked).toMatchObject({ ok: true, value: { wishesAnonymity: true } });
    expect(wrong({ source: '2A', wishesAnonymity: 'yes' })).toEqual(['wishesAnonymity']);
    expect(wrong({ callerDetails: '', wishesAnonymity: 'yes' })).toEqual(['callerDetails']);
  });

  it('asks for what was told, by whom and how', () => {
    expect(wrong({ channel: '', source: '', concern: ' ' })).toEqual([
      'channel',
      'source',
      'concern',
    ]);
  });
});
