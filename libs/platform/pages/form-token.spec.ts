import { FormTokens } from './form-token.js';

describe('the token of a form', () => {
  const tokens = new FormTokens('a secret of this app');
  const origin = { sessionName: 'session', ownerId: 'worker-1' };

  it('says whose form it is and in which session it was opened', () => {
    expect(tokens.read(tokens.issue(origin))).toEqual(origin);
  });

  it('is nobody’s once anything about it is changed', () => {
    const [payload = '', signature = ''] = tokens.issue(origin).split('.');
    const other = Buffer.from(JSON.stringify(['session', 'worker-2'])).toString('base64url');
    const forged = [
      `${other}.${signature}`,
      `${payload}.${signature.slice(2)}`,
      `${payload}.`,
      payload,
      '',
      new FormTokens('another secret').issue(origin),
      undefined,
      ['a', 'b'],
    ];
    for (const token of forged) expect(tokens.read(token)).toBeUndefined();
  });
});
