import { clusterIdOf } from './kafka.js';

describe('the identity of a local Kafka', () => {
  it('never begins as an option does', () => {
    const uuid = 'f8e5f1bf-e4d4-4cce-9f21-6da2d3f3c0ab';
    expect(Buffer.from(uuid.slice(0, 2), 'hex').toString('base64url')).toMatch(/^-/);
    expect(clusterIdOf(uuid)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
  });
});
