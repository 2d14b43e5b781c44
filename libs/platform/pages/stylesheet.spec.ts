import { Assets } from './assets.js';
import { stylesheet, withoutTypeface } from './stylesheet.js';

describe('the stylesheet', () => {
  it('holds neither the licensed typeface nor its name', () => {
    const css = stylesheet();
    expect(css).toContain('.govuk-button');
    expect(css).toContain('.moj-banner');
    expect(css).toContain('.ct-history');
    expect(css).not.toMatch(/@font-face/i);
    expect(css).not.toMatch(/GDS Transport/i);
    expect(css).not.toMatch(/\.woff/);
  });

  it('would catch it however it is written', () => {
    const css =
      '@font-face { font-family: "GDS Transport"; src: url(x.woff2) } p{font-family:"GDS Transport", arial}';
    expect(withoutTypeface(css).trim()).toBe('p{font-family:arial}');
  });

  it('has a version that stays while nothing changes', () => {
    expect(new Assets().version).toBe(new Assets().version);
  });
});
