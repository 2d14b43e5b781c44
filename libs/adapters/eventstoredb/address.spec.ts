import { connectionStringOf, hostsOf } from './address.js';

describe('the address of an EventStoreDB log', () => {
  it.each([
    ['esdb://localhost:2113', 'esdb://localhost:2113'],
    ['kurrentdb+discover://db.example:2113/', 'esdb+discover://db.example:2113'],
    ['esdb://a:1,b:2,c:3?tls=false', 'esdb://a:1,b:2,c:3?tls=false'],
    ['esdb://user:pass@localhost?tls=true', 'esdb://user:pass@localhost?tls=true'],
    // Not throwing, the client names a wrong revision.
    ['esdb://localhost?throwOnAppendFailure=false', 'esdb://localhost'],
  ])('takes %s', (connectionString, expected) => {
    expect(connectionStringOf({ connectionString })).toBe(expected);
  });

  it('puts credentials and certificates where the client looks for them', () => {
    const credentials = { username: 'log', password: 'p@ss/word' };
    const tls = { caFile: '/etc/ca.pem', certFile: '/etc/log.pem', keyFile: '/etc/log.key' };
    expect(
      connectionStringOf({ connectionString: 'esdb://old:secret@db:2113', credentials, tls }),
    ).toBe(
      'esdb://log:p%40ss%2Fword@db:2113?tlsCAFile=%2Fetc%2Fca.pem' +
        '&userCertFile=%2Fetc%2Flog.pem&userKeyFile=%2Fetc%2Flog.key',
    );
  });

  it('refuses what is none, without repeating what it holds', () => {
    const wrong = () => connectionStringOf({ connectionString: 'http://user:secret@db' });
    expect(wrong).toThrow(/no connection string such as esdb:/);
    expect(wrong).not.toThrow(/secret/);
    const halfOfPair = { connectionString: 'esdb://db', tls: { certFile: '/etc/log.pem' } };
    expect(() => connectionStringOf(halfOfPair)).toThrow(/give both files/);
  });

  it('is told without credentials', () => {
    expect(hostsOf('esdb://user:secret@a:1,b:2?tls=false')).toBe('a:1,b:2');
  });
});
