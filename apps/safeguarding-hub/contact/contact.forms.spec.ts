import type { AnswersReferral, ContactForm } from './contact.forms.js';
import { contactForms, decideForm, errorForm, rateForm, tellForm } from './contact.forms.js';

const call: AnswersReferral = { referralId: null };
const referred = { referralId: '1' };
const fieldsWrong = (
  form: ContactForm,
  typed: Record<string, string | string[]>,
  contact = call,
) => {
  const checked = form.check(typed, contact);
  return checked.ok ? [] : checked.errors.map(({ field }) => field);
};

describe('the forms beside a contact', () => {
  it('rate with a reason', () => {
    expect(fieldsWrong(rateForm, {})).toEqual(['rating', 'ratingReason']);
    expect(rateForm.check({ rating: 'red', ratingReason: 'Bruises' }, call)).toEqual({
      ok: true,
      value: { rating: 'red', reason: 'Bruises' },
    });
  });

  it('decide with outcomes and a rationale', () => {
    expect(fieldsWrong(decideForm, {})).toEqual(['outcomes', 'rationale']);
    expect(
      decideForm.check({ outcomes: ['advice', 'early-help'], rationale: 'Support fits' }, call),
    ).toEqual({
      ok: true,
      value: { outcomes: ['advice', 'early-help'], rationale: 'Support fits' },
    });
  });

  it('ask why a referral is returned, and not where it is taken on', () => {
    const returned = { outcomes: 'advice', rationale: 'Support fits' };
    expect(fieldsWrong(decideForm, returned, referred)).toEqual(['returnReason']);
    const taken = {
      outcomes: ['new-referral'],
      rationale: 'Harm likely',
      returnReason: 'duplicate',
    };
    expect(decideForm.check(taken, referred)).toEqual({
      ok: true,
      value: { outcomes: ['new-referral'], rationale: 'Harm likely' },
    });
  });

  it('tell whoever asked, by some channel and in words', () => {
    expect(fieldsWrong(tellForm, {})).toEqual(['feedbackChannel', 'words']);
    expect(tellForm.check({ feedbackChannel: 'phone', words: 'Thank you' }, call)).toEqual({
      ok: true,
      value: { channel: 'phone', words: 'Thank you' },
    });
  });

  it('close what was recorded in error with a reason', () => {
    expect(fieldsWrong(errorForm, { errorReason: 'because' })).toEqual(['errorReason']);
  });

  it('share a page without sharing a field', () => {
    const fields = contactForms.flatMap((form) => fieldsWrong(form, {}));
    expect(new Set(fields).size).toBe(fields.length);
  });
});
