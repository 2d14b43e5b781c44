import { argumentsOf } from './arguments.js';

describe('what a simulation is asked for', () => {
  it('is a thousand seeds from the first where nothing is said', () => {
    expect(argumentsOf([])).toMatchObject({ seeds: 1_000, from: 1 });
  });

  it('may be one seed to replay, with a bug planted', () => {
    const given = ['--seed', '17', '--plant', 'filtered-feed'];
    expect(argumentsOf(given)).toMatchObject({ seed: 17, plant: 'filtered-feed' });
  });

  it.each([
    [['--seeds', 'many']],
    [['--seeds', '0']],
    [['--from', '1.5']],
    [['--plant', 'nothing-like-it']],
    [['--speed', '9']],
  ])('is refused where it is wrong: %j', (given) => {
    const written = jestSpyOnStandardError();
    expect(() => argumentsOf(given)).toThrow();
    expect(written()).toContain('error:');
  });
});

function jestSpyOnStandardError(): () => string {
  let text = '';
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  return () => {
    process.stderr.write = write;
    return text;
  };
}
