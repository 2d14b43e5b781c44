import { audits, cutOff, ofCutOff } from './doctored-audits.js';
import { entry, honest } from './honest-history.js';
import { judgeAudit } from './judge-audit.js';

describe('the judge of the audit', () => {
  it('lets each thing that was ended leave one entry of what nobody was shown', () => {
    const surplus = { notShown: [cutOff], audit: [entry, ofCutOff] };
    expect(judgeAudit({ ...honest, ...surplus })).toEqual([]);
    expect(judgeAudit({ ...honest, notShown: [cutOff] })).toEqual([]);
    const more = [entry, ofCutOff, { ...ofCutOff, page: 'openings/s0/3' }];
    const notShown = [cutOff, { ...cutOff, page: 'openings/s0/3' }];
    expect(judgeAudit({ ...honest, notShown, audit: more, ended: undefined })).toEqual([]);
  });

  it.each(audits)('names %s', (_, doctored, sentence, verdict) => {
    const named = { verdict, words: expect.stringMatching(sentence) as string };
    expect(judgeAudit({ ...honest, ...doctored })).toContainEqual(named);
  });
});
