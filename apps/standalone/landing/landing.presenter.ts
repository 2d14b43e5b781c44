export interface LandingFacts {
  readonly password: string;
  readonly agencies: readonly {
    readonly name: string;
    readonly purpose: string;
    readonly address: string;
    readonly people: readonly { readonly name: string; readonly post: string }[];
  }[];
  readonly interfaces: readonly { readonly name: string; readonly address: string }[];
  /** How far the county has come, in words; empty where nothing is being added. */
  readonly progress: string;
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
    progress: facts.progress,
    agencies: facts.agencies.map((agency) => ({
      ...agency,
      people: agency.people.map(({ name, post }) => `${name}, ${lowerFirst(post)}`),
    })),
    interfaces: facts.interfaces,
  };
}

/** `MASH officer` keeps its capitals. */
function lowerFirst(post: string): string {
  return /^[A-Z][a-z]/.test(post) ? post.charAt(0).toLowerCase() + post.slice(1) : post;
}
