import { landingView } from './landing.presenter.js';
import type { SeedingProgress } from './seeding-progress.js';

function progressOf(seeding: SeedingProgress): string {
  return landingView({ password: 'x', agencies: [], interfaces: [], seeding }).progress;
}

describe('the landing page', () => {
  it('says how far the county has come', () => {
    expect(progressOf({ state: 'running', done: 1234, total: 56789 })).toContain(
      '1,234 of 56,789 commands so far',
    );
    expect(progressOf({ state: 'finished', done: 9, total: 9 })).toContain('whole county');
    expect(progressOf({ state: 'stopped', done: 5, total: 9 })).toContain('Start again');
    expect(progressOf({ state: 'none', done: 0, total: 0 })).toContain('nothing is being added');
  });

  it('writes a post as it is said after a name', () => {
    const agency = { name: 'A hub', purpose: '', address: '' };
    const people = [
      { name: 'Hazel Thimble', post: 'Family support worker' },
      { name: 'Juniper Ashdown', post: 'MASH officer' },
    ];
    const seeding = { state: 'none', done: 0, total: 0 } as const;
    const view = landingView({
      password: 'x',
      interfaces: [],
      seeding,
      agencies: [{ ...agency, people }],
    });
    expect(view.agencies[0]?.people).toEqual([
      'Hazel Thimble, family support worker',
      'Juniper Ashdown, MASH officer',
    ]);
  });
});
