import { readFileSync } from 'node:fs';

/** The configuration is wrong: the message names the variable and what to put there. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export type EnvironmentValues = Readonly<Record<string, string | undefined>>;

/** Reads configuration from the environment; every fault names its variable. */
export class Environment {
  constructor(
    private readonly values: EnvironmentValues = process.env,
    private readonly readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
  ) {}

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

  /**
   * What must not stand in the environment for others to read: the text of the file that `<name>_FILE` names,
   * else the variable's own.
   * @throws ConfigurationError where there is neither, or it is shorter than `lengthMin`
   */
  secret(name: string, lengthMin = 1): string {
    const value = this.optionalSecret(name);
    if (value === undefined) {
      throw new ConfigurationError(
        `${name} is not set. Set ${name}_FILE to the path of a file that holds it, or ${name} itself, and start again.`,
      );
    }
    if (value.length >= lengthMin) return value;
    throw new ConfigurationError(
      `${name} is too short. Give at least ${lengthMin} characters of it and start again.`,
    );
  }

  optionalSecret(name: string): string | undefined {
    const path = this.optional(`${name}_FILE`);
    if (path === undefined) return this.optional(name);
    try {
      return this.readFile(path).trim() || undefined;
    } catch {
      throw new ConfigurationError(
        `${name}_FILE names ${path}, which cannot be read. Put the secret there and start again.`,
      );
    }
  }

  /**
   * The address of an engine, which may hold a user and a password; the password may also come from
   * `<name>_PASSWORD` or the file `<name>_PASSWORD_FILE` names.
   * @throws ConfigurationError where it does not begin with one of the schemes
   */
  engine(name: string, schemes: readonly string[]): string {
    const address = this.secret(name);
    if (!schemes.some((scheme) => address.startsWith(`${scheme}://`))) {
      throw new ConfigurationError(
        `${name} must be an address that begins ${schemes.map((s) => `${s}://`).join(' or ')}. Correct ${name} and start again.`,
      );
    }
    const password = this.optionalSecret(`${name}_PASSWORD`);
    if (password === undefined) return address;
    const [whole] = /^[a-z+]+:\/\/[^:@/]+(?=@)/.exec(address) ?? [];
    if (whole === undefined) {
      throw new ConfigurationError(
        `${name}_PASSWORD is set, and ${name} names no user without a password. Correct ${name} and start again.`,
      );
    }
    return address.replace(whole, () => `${whole}:${encodeURIComponent(password)}`);
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
