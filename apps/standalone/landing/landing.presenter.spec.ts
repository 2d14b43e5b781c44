import { landingView } from './landing.presenter.js';

describe('the landing page', () => {
  it('writes a post as it is said after a name', () => {
    const agency = { name: 'A hub', purpose: '', address: '' };
    const people = [
      { name: 'Hazel Thimble', post: 'Family support worker' },
      { name: 'Juniper Ashdown', post: 'MASH officer' },
    ];
    const view = landingView({
      password: 'x',
      interfaces: [],
      progress: '',
      agencies: [{ ...agency, people }],
    });
    expect(view.agencies[0]?.people).toEqual([
      'Hazel Thimble, family support worker',
      'Juniper Ashdown, MASH officer',
    ]);
  });
});
