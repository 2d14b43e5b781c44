import { ProgressLine } from './progress-line.js';

function lineOn(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const line = new ProgressLine({ isTTY, write: (text) => written.push(text) }, () => now);
  return { line, written, pass: (ms: number) => (now += ms) };
}

describe('a progress line', () => {
  it('is written over on a terminal, not too often', () => {
    const { line, written, pass } = lineOn(true);
    line.update('1');
    line.update('2');
    pass(250);
    line.update('3');
    line.say('done');
    line.say('bye');
    expect(written).toEqual(['\r\u001b[2K1', '\r\u001b[2K3', '\r\u001b[2Kdone\n', 'bye\n']);
  });

  it('is a plain line every ten seconds elsewhere', () => {
    const { line, written, pass } = lineOn(false);
    line.update('1');
    pass(9_000);
    line.update('2');
    pass(1_000);
    line.update('3');
    line.say('done');
    expect(written).toEqual(['1\n', '3\n', 'done\n']);
  });
});
