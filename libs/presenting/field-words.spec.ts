import { codec } from '@common-thread/domain/event-catalogue';
import { fieldInWords, fieldWords } from './field-words.js';

describe('the words of a field', () => {
  it('are there for whatever is sealed in any event', () => {
    const sealed = codec.types.flatMap((type) =>
      codec.personalFieldsOf(type).map(({ field }) => field),
    );
    expect([...new Set(sealed)].filter((field) => !Object.hasOwn(fieldWords, field))).toEqual([]);
  });

  it('take apart what has none', () => {
    expect(fieldInWords('nextOfKin')).toBe('Next of kin');
  });
});
