import { VaultUnreachable } from '@common-thread/platform/asking-vault';
import type { Revealed, RevealPage } from '@common-thread/platform/revealing';
import { Revealing } from '@common-thread/platform/revealing';
import { erasedWhen, insteadOf, PageReveal, shown, textIn } from './page-reveal.js';

class Vault extends Revealing {
  readonly pages: RevealPage[] = [];
  constructor(private readonly answer: (page: RevealPage) => readonly Revealed[]) {
    super();
  }
  async reveal(_token: string, page: RevealPage): Promise<readonly Revealed[]> {
    this.pages.push(page);
    return this.answer(page);
  }
}

const line = 'family/0b0e0b0e-0000-4000-8000-000000000001';
const names = (page: RevealPage): Revealed[] =>
  page.requests.map(({ field }) =>
    field === 'concern' ? { withheld: 'not-entitled' } : { text: `the ${field}` },
  );

describe('the reveal of a page', () => {
  it('is one call, with each box once, in whatever order they are looked up', async () => {
    const vault = new Vault(names);
    const reveal = new PageReveal('triage', 'hub/contact');
    reveal.ask(line, 'givenName', 'box.v1.a.b');
    reveal.ask(line, 'concern', 'box.v1.c.d');
    reveal.ask(line, 'givenName', 'box.v1.a.b');
    const opened = await reveal.open(vault, 'token');
    expect(vault.pages).toHaveLength(1);
    expect(vault.pages[0]?.requests).toHaveLength(2);
    expect(textIn(opened.of(line, 'givenName', 'box.v1.a.b'))).toBe('the givenName');
    expect(shown(opened.of(line, 'concern', 'box.v1.c.d'))).toBe('Not shown to you');
  });

  it('is one call even where nothing is sealed, because looking is what is audited', async () => {
    const vault = new Vault(names);
    const reveal = new PageReveal('direct-care', 'health-visiting/family');
    reveal.ask(line, 'givenName', null);
    await reveal.open(vault, 'token');
    expect(vault.pages).toEqual([
      { purpose: 'direct-care', page: 'health-visiting/family', about: [line], requests: [] },
    ]);
  });

  it('shows a page without its names while the vault cannot be asked', async () => {
    const vault = new Vault(() => {
      throw new VaultUnreachable('no answer');
    });
    const reveal = new PageReveal('triage', 'hub/contact');
    reveal.ask(line, 'givenName', 'box.v1.a.b');
    const opened = await reveal.open(vault, 'token');
    expect(opened.reachable).toBe(false);
    expect(insteadOf(opened.of(line, 'givenName', 'box.v1.a.b'))).toBe(
      'Cannot be shown right now',
    );
    expect(shown(opened.of(line, 'familyName', null))).toBeUndefined();
  });

  it('says when and why something was erased, and never less than that it was', async () => {
    const reveal = new PageReveal('triage', 'hub/contact');
    const [decided, died] = ['box.v1.a.b', 'box.v1.c.d'] as const;
    reveal.ask(line, 'concern', decided);
    reveal.ask(line, 'words', died);
    const erased = { on: '2056-03-03', ground: 'retention-ended' };
    const vault = new Vault(() => [{ withheld: 'erased', erased }, { withheld: 'erased' }]);
    const opened = await reveal.open(vault, 'token');
    expect(shown(opened.of(line, 'concern', decided))).toBe(
      'Erased on 3 March 2056, because the time to keep it is over',
    );
    expect(shown(opened.of(line, 'words', died))).toBe('Erased: it was kept as long as it may be');
    expect(erasedWhen(opened.of(line, 'concern', decided))).toBe('erased on 3 March 2056');
    expect(erasedWhen(opened.of(line, 'words', died))).toBe('erased');
    expect(erasedWhen(opened.of(line, 'words', null))).toBeUndefined();
  });

  it('never shows what is not a box', async () => {
    const opened = await new PageReveal('triage', 'hub/contact').open(new Vault(names), 'token');
    expect(shown(opened.of(line, 'concern', 'plain text'))).toBeUndefined();
  });

  it('lets a fault of our own be seen', async () => {
    const vault = new Vault(() => {
      throw new TypeError('ours');
    });
    await expect(new PageReveal('triage', 'hub/x').open(vault, 't')).rejects.toThrow(TypeError);
  });
});
