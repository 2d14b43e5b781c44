import { pagination } from './paging.js';
import { errorsOf, hiddenFields, keyIn } from './posting.js';

describe('a form that is drawn', () => {
  it('carries which it is, where, a key, the tag that was read and how far', () => {
    const identity = { form: 'rate-contact', page: '/contacts/1', tag: 'tag', seen: 7 };
    const fields = Object.fromEntries(
      hiddenFields(identity, {}).map(({ name, value }) => [name, value]),
    );
    expect(fields).toMatchObject({
      _form: 'rate-contact',
      _page: '/contacts/1',
      _tag: 'tag',
      _seen: '7',
    });
    expect(fields._key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps its key while it is sent again, and has a new one when it is opened anew', () => {
    const key = '0b0e0b0e-0000-4000-8000-000000000001';
    expect(keyIn({ _key: key })).toBe(key);
    expect(keyIn({})).not.toBe(keyIn({}));
    expect(keyIn({ _key: 'Quillfeather' })).not.toBe('Quillfeather');
  });
});

describe('a command that was not recorded', () => {
  const refusal = { kind: 'refused', status: 422, slug: 'x', title: 'No', errors: [] } as const;

  it('is told at the field its refusal points at, under the page’s own name for it', () => {
    const errors = [{ pointer: '/reason', detail: 'Give a reason' }];
    expect(errorsOf({ ...refusal, errors }, 'rating', { reason: 'ratingReason' })).toEqual([
      { field: 'ratingReason', message: 'Give a reason' },
    ]);
  });

  it('is told at the question that fills a part of the body, by its whole path', () => {
    const errors = [{ pointer: '/person/dateOfBirth', detail: 'Check the year' }];
    const names = { 'person/dateOfBirth': 'birthday', person: 'name' };
    expect(errorsOf({ ...refusal, errors }, 'name', names)).toEqual([
      { field: 'birthday', message: 'Check the year' },
    ]);
  });

  it('is told at the first field where it points at none', () => {
    expect(errorsOf({ ...refusal, detail: 'It is closed' }, 'rating')).toEqual([
      { field: 'rating', message: 'It is closed' },
    ]);
  });

  it('is told as something to send again where no answer came', () => {
    expect(errorsOf({ kind: 'unavailable' }, 'rating')?.[0]?.message).toContain('send it again');
    expect(errorsOf({ kind: 'changed' }, 'rating')?.[0]?.message).toContain('changed');
  });

  it('is none once it was recorded', () => {
    expect(errorsOf({ kind: 'done', answer: {} }, 'rating')).toBeUndefined();
  });
});

describe('pages of a list', () => {
  it('are none where all fits on one', () => {
    expect(pagination('/', 1, 25, 25)).toBeUndefined();
  });

  it('name the first, the last and the neighbours', () => {
    const pages = pagination('/?place=ash-vale', 6, 300, 25);
    expect(pages?.items).toEqual([
      { number: 1, href: '/?place=ash-vale&page=1', current: false },
      { ellipsis: true },
      { number: 5, href: '/?place=ash-vale&page=5', current: false },
      { number: 6, href: '/?place=ash-vale&page=6', current: true },
      { number: 7, href: '/?place=ash-vale&page=7', current: false },
      { ellipsis: true },
      { number: 12, href: '/?place=ash-vale&page=12', current: false },
    ]);
    expect(pages?.previous).toEqual({ href: '/?place=ash-vale&page=5' });
    expect(pages?.next).toEqual({ href: '/?place=ash-vale&page=7' });
  });
});
