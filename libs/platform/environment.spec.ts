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

  const files = new Map([['/run/secrets/salts', 'forty winks\n']]);
  const secrets = (values: Record<string, string>) =>
    new Environment(values, (path) => {
      const text = files.get(path);
      if (text === undefined) throw new Error('ENOENT');
      return text;
    });

  it('reads a secret from a file before the environment', () => {
    const both = secrets({ SALTS: 'other', SALTS_FILE: '/run/secrets/salts' });
    expect(both.secret('SALTS')).toBe('forty winks');
    expect(secrets({ SALTS: 'other' }).secret('SALTS')).toBe('other');
    expect(secrets({}).optionalSecret('SALTS')).toBeUndefined();
  });

  it.each([
    ['no secret', {}, 'SALTS is not set. Set SALTS_FILE'],
    ['a file that is not there', { SALTS_FILE: '/nowhere' }, 'SALTS_FILE names /nowhere'],
    ['a short secret', { SALTS: 'salt' }, 'at least 8 characters'],
  ])('refuses %s', (_, values, message) => {
    expect(() => secrets(values).secret('SALTS', 8)).toThrow(message);
  });

  it('puts a password into the address of an engine, as it may stand in one', () => {
    const address = (values: Record<string, string>) =>
      secrets(values).engine('DATABASE', ['postgres', 'postgresql']);
    const DATABASE = 'postgres://vault@db:5432/vault?sslmode=verify-full';
    expect(address({ DATABASE })).toBe(DATABASE);
    expect(address({ DATABASE, DATABASE_PASSWORD: 'p@ss/$&' })).toBe(
      'postgres://vault:p%40ss%2F%24%26@db:5432/vault?sslmode=verify-full',
    );
    expect(() => address({ DATABASE: 'mysql://db' })).toThrow(
      'begins postgres:// or postgresql://',
    );
    const nobody = { DATABASE: 'postgres://db/vault', DATABASE_PASSWORD: 'x' };
    expect(() => address(nobody)).toThrow('DATABASE names no user without a password');
  });

  it('knows production by either variable', () => {
    expect(new Environment({ NODE_ENV: 'production' }).isProduction).toBe(true);
    expect(new Environment({ COMMON_THREAD_MODE: 'production' }).isProduction).toBe(true);
    expect(new Environment({}).isProduction).toBe(false);
  });
});
