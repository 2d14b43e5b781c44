import { derivedId } from '@common-thread/eventing/identifiers';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { referralEvents } from './referral/events.js';
import { readReference, referenceOf } from './reference-number.js';

const ids = fc.integer().map((nth) => derivedId('spec', nth));

describe('a reference', () => {
  it('is the same for the same id and another for another', () => {
    const id = derivedId('spec', 'referral');
    expect(referenceOf(id)).toBe(referenceOf(id));
    expect(referenceOf('00000000-0000-5000-8000-000000000000')).toBe('CT-0000-0000');
    expect(referenceOf('ffffffff-ff00-5000-8000-000000000000')).toBe('CT-ZZZZ-ZZZZ');
    const many = new Set(Array.from({ length: 10_000 }, (_, nth) => referenceOf(derivedId(nth))));
    expect(many.size).toBe(10_000);
  });

  it('has the declared pattern and no character to be mistaken for another', () => {
    const declared = Compile(referralEvents.ReferralRaised.data.properties.reference);
    fc.assert(
      fc.property(ids, (id) => {
        const reference = referenceOf(id);
        expect(declared.Check(reference)).toBe(true);
        expect(reference.slice(3)).not.toMatch(/[ILOU]/);
      }),
    );
  });

  it('is read back however it is typed or heard', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const reference = referenceOf(id);
        const bare = reference.replaceAll('-', '').slice(2);
        const heard = bare.replaceAll('0', 'O').replaceAll('1', 'l').toLowerCase();
        for (const typed of [reference, bare, ` ct ${heard} `, heard]) {
          expect(readReference(typed)).toBe(reference);
        }
      }),
    );
  });

  it('is read without its prefix, also where it begins like one', () => {
    expect(readReference('CT4F7K29')).toBe('CT-CT4F-7K29');
    expect(readReference('ctct4f7k29')).toBe('CT-CT4F-7K29');
  });

  it.each(['', 'CT', 'CT-4F7K-29Q', 'CT-4F7K-29QDX', 'CT-4F7K-29QU', 'XY-4F7K-29QD'])(
    'is none in "%s"',
    (typed) => {
      expect(readReference(typed)).toBeUndefined();
    },
  );
});
