/** The configuration is wrong: the message names the variable and what to put there. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export type EnvironmentValues = Readonly<Record<string, string | undefined>>;

/** Reads configuration from the environment; every fault names its variable. */
export class Environment {
  constructor(private readonly values: EnvironmentValues = process.env) {}

  /** @throws ConfigurationError where it is unset and has no fallback */
  text(name: string, fallback?: string): string {
    const value = this.values[name]?.trim();
    if (value) return value;
    if (fallback !== undefined) return fallback;
    throw new ConfigurationError(`${name} is not set. Set ${name} and start again.`);
  }

  optional(name: string): string | undefined {
    return this.values[name]?.trim() || undefined;
  }

  integer(name: string, range: { min: number; max: number }, fallback?: number): number {
    const text = this.text(name, fallback?.toString());
    const value = Number(text);
    if (Number.isInteger(value) && value >= range.min && value <= range.max) return value;
    throw new ConfigurationError(
      `${name} must be a whole number from ${range.min} to ${range.max}. Correct ${name} and start again.`,
    );
  }

  /** Port 0 lets the system choose a free one. */
  port(name: string, fallback?: number): number {
    return this.integer(name, { min: 0, max: 65_535 }, fallback);
  }

  url(name: string, fallback?: string): URL {
    const text = this.text(name, fallback);
    if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
    throw new ConfigurationError(
      `${name} must be an address that begins http:// or https://. Correct ${name} and start again.`,
    );
  }

  oneOf<const Choice extends string>(
    name: string,
    choices: readonly Choice[],
    fallback?: NoInfer<Choice>,
  ): Choice {
    const text = this.text(name, fallback);
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return choice;
    throw new ConfigurationError(
      `${name} must be one of ${choices.join(', ')}. Correct ${name} and start again.`,
    );
  }

  /** Production refuses everything meant for demonstration. */
  get isProduction(): boolean {
    return (
      this.values.NODE_ENV === 'production' || this.values.COMMON_THREAD_MODE === 'production'
    );
  }
}
