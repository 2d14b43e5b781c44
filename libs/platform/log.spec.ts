import { Log } from './log.js';

function captured(): { lines: () => Record<string, unknown>[]; log: Log; text: () => string } {
  let text = '';
  const log = new Log({ app: 'vault', destination: { write: (line) => void (text += line) } });
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, text: () => text };
}

describe('the log', () => {
  it('writes ids, codes and durations', () => {
    const { log, lines } = captured();
    log.info('request.completed', {
      route: '/v1/contacts/:contactId',
      status: 201,
      durationMs: 4,
    });
    expect(lines()[0]).toMatchObject({
      app: 'vault',
      event: 'request.completed',
      route: '/v1/contacts/:contactId',
      status: 201,
      durationMs: 4,
    });
  });

  it('drops a field it does not know', () => {
    const { log, text } = captured();
    log.info('request.completed', Object.assign({ status: 200 }, { surname: 'Quillfeather' }));
    expect(text()).not.toContain('Quillfeather');
  });

  it('drops a value that has not the shape of its field', () => {
    const { log, text } = captured();
    log.info('request.completed', {
      requestId: 'Quillfeather',
      route: '/search?name=Quillfeather',
    });
    expect(text()).not.toContain('Quillfeather');
  });

  it('never writes the message of an error, wherever it is quoted', () => {
    const { log, lines, text } = captured();
    const cause = new Error('Quillfeather again');
    const error = Object.assign(new TypeError('Quillfeather\n    at Quillfeather', { cause }), {
      detail: 'Key (name)=(Quillfeather)',
      code: '23505',
    });
    log.error('request.failed', {}, error);
    expect(text()).not.toContain('Quillfeather');
    expect(lines()[0]).toMatchObject({ error: 'TypeError', reason: '23505' });
    expect(lines()[0]?.frames).toContainEqual(expect.stringContaining('log.spec.ts:'));
  });

  it('has no room for a message in place of a code', () => {
    const { log, text } = captured();
    log.warn('Could not find Quillfeather');
    expect(text()).not.toContain('Quillfeather');
    expect(text()).toContain('unnamed');
  });
});
