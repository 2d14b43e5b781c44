import { ConfigurationError, Environment } from './environment.js';

describe('configuration from the environment', () => {
  const environment = new Environment({
    PORT: '70000',
    RELAY: 'relay.example',
    LEVEL: 'loud',
    BLANK: '  ',
  });

  it.each([
    ['a variable that is unset', () => environment.text('VAULT_URL'), 'VAULT_URL is not set'],
    ['a variable that is blank', () => environment.text('BLANK'), 'BLANK is not set'],
    ['a port out of range', () => environment.port('PORT'), 'PORT must be a whole number'],
    ['an address without a scheme', () => environment.url('RELAY'), 'RELAY must be an address'],
    [
      'a word that is not a choice',
      () => environment.oneOf('LEVEL', ['info', 'warn']),
      'LEVEL must be one of info, warn',
    ],
  ])('names %s', (_, read, message) => {
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(message);
  });

  it('falls back where a default is given', () => {
    expect(environment.port('OTHER_PORT', 3000)).toBe(3000);
    expect(environment.oneOf('MODE', ['a', 'b'], 'b')).toBe('b');
    expect(environment.optional('BLANK')).toBeUndefined();
  });

  it('knows production by either variable', () => {
    expect(new Environment({ NODE_ENV: 'production' }).isProduction).toBe(true);
    expect(new Environment({ COMMON_THREAD_MODE: 'production' }).isProduction).toBe(true);
    expect(new Environment({}).isProduction).toBe(false);
  });
});
