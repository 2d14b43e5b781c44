import { ageBand } from './age-band.js';

describe('the age band', () => {
  it.each([
    ['2024-05-10', '2024-05-09', 'unborn'],
    ['2024-05-10', '2024-05-10', '0'],
    ['2024-05-10', '2025-05-09', '0'],
    ['2024-05-10', '2025-05-10', '1-4'],
    ['2024-05-10', '2029-05-09', '1-4'],
    ['2024-05-10', '2029-05-10', '5-9'],
    ['2024-05-10', '2034-05-10', '10-15'],
    ['2024-05-10', '2040-05-10', '16-17'],
    ['2024-05-10', '2042-05-09', '16-17'],
    ['2024-05-10', '2042-05-10', 'adult'],
    ['2024-02-29', '2025-02-28', '0'],
    ['2024-02-29', '2025-03-01', '1-4'],
  ])('of somebody born %s is on %s: %s', (dateOfBirth, on, band) => {
    expect(ageBand({ dateOfBirth }, on)).toBe(band);
  });

  it('of a child expected is unborn, and of nobody nothing', () => {
    expect(ageBand({ expectedDate: '2026-01-01' }, '2026-02-01')).toBe('unborn');
    expect(ageBand({}, '2026-02-01')).toBeUndefined();
  });
});
