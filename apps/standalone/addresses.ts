import { demonstrationAgencies } from './agencies.js';
import type { StandaloneConfiguration } from './configuration.js';
import { originOf } from './standalone.js';

/** Where everybody begins, and the pages of each agency. */
export function addressesOf(configuration: StandaloneConfiguration): string {
  const agencies = demonstrationAgencies.map(({ name, portOffset }) => {
    const address = originOf(configuration, configuration.basePort + portOffset);
    return `  ${address.origin}  ${name}`;
  });
  const landing = originOf(configuration, configuration.basePort).origin;
  return [`Begin at ${landing}`, ...agencies].join('\n');
}
