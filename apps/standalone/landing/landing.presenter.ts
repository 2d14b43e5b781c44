import type { SeedingProgress } from './seeding-progress.js';

export interface LandingFacts {
  readonly password: string;
  readonly agencies: readonly {
    readonly name: string;
    readonly purpose: string;
    readonly address: string;
    readonly people: readonly { readonly name: string; readonly post: string }[];
  }[];
  readonly interfaces: readonly { readonly name: string; readonly address: string }[];
  readonly seeding: SeedingProgress;
}

export interface LandingView {
  readonly password: string;
  readonly progress: string;
  readonly agencies: readonly {
    readonly name: string;
    readonly purpose: string;
    readonly address: string;
    /** `Hazel Thimble, family support worker` */
    readonly people: readonly string[];
  }[];
  readonly interfaces: readonly { readonly name: string; readonly address: string }[];
}

export function landingView(facts: LandingFacts): LandingView {
  return {
    password: facts.password,
    progress: progressInWords(facts.seeding),
    agencies: facts.agencies.map((agency) => ({
      ...agency,
      people: agency.people.map(({ name, post }) => `${name}, ${lowerFirst(post)}`),
    })),
    interfaces: facts.interfaces,
  };
}

const count = new Intl.NumberFormat('en-GB');

function progressInWords(seeding: SeedingProgress): string {
  switch (seeding.state) {
    case 'none':
      return 'The county is as you left it: nothing is being added.';
    case 'running':
      return (
        `The county is being recorded: ${count.format(seeding.done)} of ` +
        `${count.format(seeding.total)} commands so far. Every page works while it goes on.`
      );
    case 'finished':
      return `The whole county is recorded: ${count.format(seeding.total)} commands.`;
    case 'stopped':
      return (
        `Recording the county stopped after ${count.format(seeding.done)} commands. ` +
        'Start again to go on from there.'
      );
  }
}

/** `MASH officer` keeps its capitals. */
function lowerFirst(post: string): string {
  return /^[A-Z][a-z]/.test(post) ? post.charAt(0).toLowerCase() + post.slice(1) : post;
}
